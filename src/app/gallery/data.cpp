#include "ui/data.h"

#include "app/gallery/gallery.h"
#include "ui/file_field.h"
#include "ui/locked.h"

namespace terrarium::app::gallery {
namespace {

using Step = ui::FileState::Step;

const ui::FileKind kKind{.limits = "Text or CSV, up to 1 MB. Choose a file, drop it here, or paste it below.",
                         .file_words = "",
                         .paste_words = "",
                         .use_words = ""};

struct Data final : Section {
    void draw() override {
        {
            const ui::Card card("gallery.files", "Files");
            ui::heading("gallery.files.title", 2, "Files");
            const ui::Locked locked({"gallery.file.locked"});
            for (FileInState& file : files_) {
                ui::heading("gallery.files.title." + file.key, 3, file.title, ui::Type::Body);
                if (ui::file_field("gallery.file." + file.key, file.title, kKind, file.state).wants_draft) {
                    take(file.state, "", file.state.draft);
                }
            }
        }
        const ui::Card card("gallery.data", "Data");
        ui::heading("gallery.data.title", 2, "Data");
        ui::heading("gallery.data.title.prices", 3, "Prices, one changed, one refused", ui::Type::Body);
        ui::price_sheet("gallery.prices", "Prices", prices_);
        const ui::Locked locked({"gallery.prices.locked", "gallery.rows.locked"});
        ui::heading("gallery.data.title.prices.locked", 3, "Prices, locked", ui::Type::Body);
        ui::price_sheet("gallery.prices.locked", "Prices to read", still_prices_);
        ui::heading("gallery.data.title.rows", 3, "Ten thousand rows", ui::Type::Body);
        ui::data_table("gallery.rows", "Ten thousand rows",
                       {{"name", "Document", false, true, 2}, {"words", "Words", true}, {"kind", "Kind"}}, source_,
                       table_);
        ui::heading("gallery.data.title.none", 3, "No rows", ui::Type::Body);
        ui::data_table("gallery.rows.none", "No rows", {{"name", "Document"}, {"words", "Words", true}}, {}, nothing_);
        ui::heading("gallery.data.title.still", 3, "Locked, with long names", ui::Type::Body);
        ui::data_table("gallery.rows.locked", "Rows to read",
                       {{"name", "A long name of a column that hardly has room", false, true},
                        {"words", "Number of words in it", true, true}},
                       {.n_rows = 3, .cell = source_.cell, .edit = source_.edit}, still_);
        ui::heading("gallery.data.title.filtered", 3, "Nothing left by the filter", ui::Type::Body);
        ui::data_table("gallery.rows.filtered", "Rows that a filter hides", {{"name", "Document"}}, source_, hidden_);
        ui::heading("gallery.data.title.table", 3, "A plain table, and tokens", ui::Type::Body);
        ui::table("gallery.table", "A plain table", {"Method", "Loss in nats", "A column with a long name"},
                  {{"unigram", "3.29", "nothing"}, {"bigram", "2.48", "one token, which stands just before it"}});
        chip_ = std::max(0, ui::tokens("gallery.tokens", "Tokens to choose",
                                       {{"the", 0.1f, "the, 10 percent"},
                                        {"harbour", 0.6f, "harbour, 60 percent"},
                                        {"↵", 1, "line break, 100 percent"}},
                                       chip_));
    }

    void receive_file(std::string_view key, const std::string& name, const std::string& bytes, int status) override {
        for (FileInState& file : files_) {
            if (key != "gallery.file." + file.key + ".file") continue;
            if (status == 200) return take(file.state, name, bytes);
            file.state = {.step = Step::Refused, .words = bytes, .name = "", .draft = file.state.draft};
        }
    }

private:
    /// A field, and the state that it begins in.
    struct FileInState {
        std::string key, title;
        ui::FileState state;
    };
    static void take(ui::FileState& state, const std::string& name, std::string_view bytes) {
        state = {.step = Step::Taken, .words = "", .name = name, .n_bytes = std::ssize(bytes), .draft = state.draft};
    }

    std::vector<FileInState> files_{
        {"empty", "Nothing yet", {}},
        {"reading", "Being read", {.step = Step::Reading, .words = "", .name = "", .draft = "It was a fine day."}},
        {"refused",
         "Refused",
         {.step = Step::Refused,
          .words = "“holiday.pdf” is a PDF file. Save it as plain text and choose that.",
          .name = "",
          .draft = ""}},
        {"taken",
         "Taken",
         {.step = Step::Taken,
          .words = "Two letters that could not be read were replaced.",
          .name = "all-letters-of-the-year-in-one-file.txt",
          .n_bytes = 34'800,
          .draft = ""}},
        {"locked", "Locked", {}}};
    std::vector<ui::Price> prices_{
        {"in", "Input tokens", "USD per million", 2.5, 2},
        {"out", "Output tokens", "USD per million", 8, 8, "eight"},
        {"store", "Storage of everything that was ever asked and answered", "USD per month", 0.25, 0.25}};
    std::vector<std::string> names_ = std::vector<std::string>(10'000);
    ui::TableSource source_{
        .n_rows = 10'000,
        .cell =
            [this](int row, int column) {
                const std::string& name = names_[static_cast<size_t>(row)];
                if (column == 0) return name.empty() ? "Document " + std::to_string(row + 1) : name;
                if (column == 1) return std::to_string(row * 7919 % 1000);
                return std::string(row % 3 == 0 ? "news" : "letter");
            },
        .edit = [this](int row, int, const std::string& typed) { names_[static_cast<size_t>(row)] = typed; }};
    ui::TableState table_{.sort_column = 1, .is_descending = true, .selected = {3}, .rows = {}};
    ui::TableState nothing_, still_, hidden_{.filter = "whatever nobody wrote", .rows = {}};
    std::vector<ui::Price> still_prices_{{"in", "Input tokens", "USD per million", 2, 2}};
    int chip_ = 1;
};

}  // namespace

std::unique_ptr<Section> make_data() { return std::make_unique<Data>(); }

}  // namespace terrarium::app::gallery
