#include "ui/data.h"

#include "app/gallery/gallery.h"
#include "ui/file_field.h"
#include "ui/locked.h"

namespace terrarium::app::gallery {
namespace {

using Step = ui::FileState::Step;

ui::FileKind kind() {
    return {.limits = say("Text or CSV, up to 1 MB. Choose a file, drop it here, or paste it below."),
            .file_words = "",
            .paste_words = "",
            .use_words = ""};
}

struct Data final : Section {
    void draw() override {
        {
            const ui::Card card("gallery.files", say("Files"));
            ui::heading("gallery.files.title", 2, say("Files"));
            const ui::Locked locked({"gallery.file.locked"});
            for (FileInState& file : files_) {
                ui::heading("gallery.files.title." + file.key, 3, say(file.title), ui::Type::Body);
                if (ui::file_field("gallery.file." + file.key, say(file.title), kind(), file.state).wants_draft) {
                    take(file.state, "", file.state.draft);
                }
            }
        }
        const ui::Card card("gallery.data", say("Data"));
        ui::heading("gallery.data.title", 2, say("Data"));
        ui::heading("gallery.data.title.prices", 3, say("Prices, one changed, one refused"), ui::Type::Body);
        ui::price_sheet("gallery.prices", say("Prices"), prices_);
        const ui::Locked locked({"gallery.prices.locked", "gallery.rows.locked"});
        ui::heading("gallery.data.title.prices.locked", 3, say("Prices, locked"), ui::Type::Body);
        ui::price_sheet("gallery.prices.locked", say("Prices to read"), still_prices_);
        ui::heading("gallery.data.title.rows", 3, say("Ten thousand rows"), ui::Type::Body);
        ui::data_table(
            "gallery.rows", say("Ten thousand rows"),
            {{"name", say("Document"), false, true, 2}, {"words", say("Words"), true}, {"kind", say("Kind")}}, source_,
            table_);
        ui::heading("gallery.data.title.none", 3, say("No rows"), ui::Type::Body);
        ui::data_table("gallery.rows.none", say("No rows"), {{"name", say("Document")}, {"words", say("Words"), true}},
                       {}, nothing_);
        ui::heading("gallery.data.title.still", 3, say("Locked, with long names"), ui::Type::Body);
        ui::data_table("gallery.rows.locked", say("Rows to read"),
                       {{"name", say("A long name of a column that hardly has room"), false, true},
                        {"words", say("Number of words in it"), true, true}},
                       {.n_rows = 3, .cell = source_.cell, .edit = source_.edit}, still_);
        ui::heading("gallery.data.title.filtered", 3, say("Nothing left by the filter"), ui::Type::Body);
        ui::data_table("gallery.rows.filtered", say("Rows that a filter hides"), {{"name", say("Document")}}, source_,
                       hidden_);
        ui::heading("gallery.data.title.table", 3, say("A plain table, and tokens"), ui::Type::Body);
        ui::table("gallery.table", say("A plain table"),
                  {say("Method"), say("Loss in nats"), say("A column with a long name")},
                  {{"unigram", "3.29", "nothing"}, {"bigram", "2.48", say("one token, which stands just before it")}});
        chip_ = std::max(0, ui::tokens("gallery.tokens", say("Tokens to choose"),
                                       {{"the", 0.1f, say("the, 10 percent")},
                                        {"harbour", 0.6f, say("harbour, 60 percent")},
                                        {"↵", 1, say("line break, 100 percent")}},
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
          .words = say("“holiday.pdf” is a PDF file. Save it as plain text and choose that."),
          .name = "",
          .draft = ""}},
        {"taken",
         "Taken",
         {.step = Step::Taken,
          .words = say("Two letters that could not be read were replaced."),
          .name = "all-letters-of-the-year-in-one-file.txt",
          .n_bytes = 34'800,
          .draft = ""}},
        {"locked", "Locked", {}}};
    std::vector<ui::Price> prices_{
        {"in", say("Input tokens"), say("USD per million"), 2.5, 2},
        {"out", say("Output tokens"), say("USD per million"), 8, 8, "eight"},
        {"store", say("Storage of everything that was ever asked and answered"), say("USD per month"), 0.25, 0.25}};
    std::vector<std::string> names_ = std::vector<std::string>(10'000);
    ui::TableSource source_{
        .n_rows = 10'000,
        .cell =
            [this](int row, int column) {
                const std::string& name = names_[static_cast<size_t>(row)];
                if (column == 0) return name.empty() ? say("Document ") + std::to_string(row + 1) : name;
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
