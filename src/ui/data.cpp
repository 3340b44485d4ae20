// Tables and token strips.

#include <algorithm>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

void table(std::string_view key, std::string_view name, const std::vector<std::string>& columns,
           const std::vector<std::vector<std::string>>& rows) {
    if (is_hidden(key) || columns.empty()) return;
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    const float row_height = size * 1.7f;
    const Rect rect = c.place(c.area().width, row_height * static_cast<float>(rows.size() + 1) + 4);
    const ImRect box = to_box(rect);
    const float column_width = rect.width / static_cast<float>(columns.size());
    const auto draw_row = [&](const std::vector<std::string>& cells, float y, ImFont* font, Ink ink) {
        if (y + row_height < 0 || y > c.env.height) return;  // outside the viewport; the twin has it all the same
        for (size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
            draw_text({box.Min.x + column_width * static_cast<float>(i) + 4, y + size * 0.2f}, font, size, c.color(ink),
                      fitted(font, size, cells[i], column_width - 8));
        }
        draw_list().AddLine({box.Min.x, y + row_height}, {box.Max.x, y + row_height}, c.color(Ink::Line));
    };
    draw_row(columns, box.Min.y, c.fonts.bold, Ink::Text);
    for (size_t r = 0; r < rows.size(); ++r) {
        draw_row(rows[r], box.Min.y + row_height * static_cast<float>(r + 1), c.fonts.regular, Ink::Text);
    }
    Node& node = add_node(key, "table", name, rect);
    node.properties["cols"] = columns;
    node.properties["rows"] = rows;
}

int tokens(std::string_view key, std::string_view name, const std::vector<TokenChip>& chips, int selected) {
    if (is_hidden(key)) return -1;
    Context& c = context();
    const float size = c.scaled(type_size(Type::Mono));
    const float height = c.env.is_touch ? c.scaled(kTouchHeight) : c.scaled(32);
    int chosen = -1;
    add_node(key, "radiogroup", name, {c.area().x, c.area().y, c.area().width, height});
    c.twin.push_parent(std::string(key));
    const Row row(2);
    for (size_t i = 0; i < chips.size(); ++i) {
        const std::string chip_key = std::string(key) + "." + std::to_string(i);
        const TokenChip& chip = chips[i];
        const float width =
            std::max(text_size(c.fonts.mono, size, chip.text).x + 10, c.env.is_touch ? c.scaled(30) : c.scaled(24));
        const Rect rect = c.place(width, height);
        const Press p = press(chip_key, rect, true);
        const bool is_selected = static_cast<int>(i) == selected;
        draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(Ink::Panel), 4);
        draw_list().AddRectFilled(p.box.Min, p.box.Max,
                                  c.series_color(0, 0.12f + 0.5f * std::clamp(chip.tint, 0.0f, 1.0f)), 4);
        draw_list().AddRect(p.box.Min, p.box.Max, c.color(is_selected ? Ink::Accent : Ink::Line), 4, 0,
                            is_selected ? 2.5f : 1.0f);
        draw_text_centered(p.box, c.fonts.mono, size, c.color(Ink::Text), chip.text);
        if (p.was_pressed || was_clicked_in_twin(chip_key) || c.twin.take(chip_key, "set").has_value()) {
            chosen = static_cast<int>(i);
        }
        Node& node = add_node(chip_key, "radio", chip.words, rect);
        node.properties["checked"] = is_selected;
    }
    c.twin.pop_parent();
    return chosen;
}

}  // namespace terrarium::ui
