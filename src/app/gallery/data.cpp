#include "ui/data.h"

#include "app/gallery/gallery.h"

namespace terrarium::app::gallery {
namespace {

struct Data final : Section {
    void draw() override {
        const ui::Card card("gallery.data", "Data");
        ui::heading("gallery.data.title", 2, "Data");
        ui::price_sheet("gallery.prices", "Prices", prices_);
        ui::data_table("gallery.rows", "Ten thousand rows",
                       {{"name", "Document", false, true, 2}, {"words", "Words", true}, {"kind", "Kind"}}, source_,
                       table_);
    }

private:
    std::vector<ui::Price> prices_{{"in", "Input tokens", "USD per million", 2.5, 2},
                                   {"out", "Output tokens", "USD per million", 8, 8}};
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
};

}  // namespace

std::unique_ptr<Section> make_data() { return std::make_unique<Data>(); }

}  // namespace terrarium::app::gallery
