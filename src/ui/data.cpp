// Tables and token strips.

#include <algorithm>
#include <numeric>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

/// A table's cells, broken between words into what room there is. Where not even the longest words fit side by side
/// (a phone, large letters), each row stands as lines, with its columns' names before the cells.
class TableShape {
public:
    TableShape(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows, float width,
               float size)
        : columns_(columns), width_(width), size_(size) {
        const auto n = static_cast<float>(columns.size());
        std::vector<float> least, whole;
        for (size_t i = 0; i < columns.size(); ++i) {
            least.push_back(widest_word(bold(), columns[i]));
            whole.push_back(text_size(bold(), size, columns[i]).x + kGap);
            for (const auto& row : rows) {
                if (i >= row.size()) continue;
                least[i] = std::max(least[i], widest_word(regular(), row[i]));
                whole[i] = std::max(whole[i], text_size(regular(), size, row[i]).x + kGap);
            }
        }
        const float sum_least = std::accumulate(least.begin(), least.end(), 0.0f);
        const float sum_whole = std::accumulate(whole.begin(), whole.end(), 0.0f);
        is_stacked_ = sum_least > width;
        const float widest = *std::max_element(whole.begin(), whole.end());
        for (size_t i = 0; i < columns.size(); ++i) {
            if (widest <= width / n) {
                widths_.push_back(width / n);
            } else if (sum_whole <= width) {
                widths_.push_back(whole[i] + (width - sum_whole) / n);
            } else {
                widths_.push_back(least[i] + (whole[i] - least[i]) * (width - sum_least) / (sum_whole - sum_least));
            }
        }
        if (!is_stacked_) head_ = laid_out(columns, bold());
        for (const auto& row : rows) rows_.push_back(is_stacked_ ? stacked(row) : laid_out(row, regular()));
    }

    float height() const {
        float sum = head_.height;
        for (const Laid& row : rows_) sum += row.height;
        return sum;
    }

    void draw(ImVec2 at) const {
        draw_row(head_, at);
        for (const Laid& row : rows_) draw_row(row, at);
    }

private:
    struct Words {
        std::vector<std::string> lines;
        ImVec2 at;
        ImFont* font;
        Ink ink;
    };
    struct Laid {
        std::vector<Words> cells;
        float height = 0;
    };
    static constexpr float kGap = 8;

    static ImFont* bold() { return context().fonts.bold; }
    static ImFont* regular() { return context().fonts.regular; }
    float pitch() const { return size_ * kLineHeight; }
    float padding() const { return size_ * 0.35f; }

    float widest_word(ImFont* font, const std::string& words) const {
        float widest = 0;
        for (size_t from = 0; from < words.size();) {
            const size_t end = std::min(words.find(' ', from), words.size());
            widest = std::max(widest, text_size(font, size_, words.substr(from, end - from)).x);
            from = end + 1;
        }
        return widest + kGap;
    }

    Laid laid_out(const std::vector<std::string>& cells, ImFont* font) const {
        Laid row;
        size_t n_lines = 1;
        float x = kGap / 2;
        for (size_t i = 0; i < cells.size() && i < widths_.size(); ++i) {
            row.cells.push_back(
                {wrapped(font, size_, cells[i], widths_[i] - kGap + 0.5f), {x, padding()}, font, Ink::Text});
            n_lines = std::max(n_lines, row.cells.back().lines.size());
            x += widths_[i];
        }
        row.height = pitch() * static_cast<float>(n_lines) + 2 * padding();
        return row;
    }

    Laid stacked(const std::vector<std::string>& cells) const {
        Laid row;
        float y = padding();
        const auto add = [&](const std::string& words, ImFont* font, Ink ink) {
            row.cells.push_back({wrapped(font, size_, words, width_ - kGap), {kGap / 2, y}, font, ink});
            y += pitch() * static_cast<float>(row.cells.back().lines.size());
        };
        for (size_t i = 0; i < cells.size() && i < columns_.size(); ++i) {
            if (i > 0) add(columns_[i], regular(), Ink::Muted);  // the first cell is the row's own name
            add(cells[i], i == 0 ? bold() : regular(), Ink::Text);
        }
        row.height = y + padding();
        return row;
    }

    /// Draws a row at `at` and moves it below.
    void draw_row(const Laid& row, ImVec2& at) const {
        const Context& c = context();
        const float end = at.y + row.height;
        if (end >= 0 && at.y <= c.env.height && row.height > 0) {  // outside the viewport; the twin has it all the same
            for (const Words& cell : row.cells) {
                draw_lines({at.x + cell.at.x, at.y + cell.at.y}, cell.font, size_, c.color(cell.ink), cell.lines);
            }
            draw_list().AddLine({at.x, end}, {at.x + width_, end}, c.color(Ink::Line));
        }
        at.y = end;
    }

    const std::vector<std::string>& columns_;
    float width_, size_;
    bool is_stacked_ = false;
    std::vector<float> widths_;
    Laid head_;
    std::vector<Laid> rows_;
};

}  // namespace

void table(std::string_view key, std::string_view name, const std::vector<std::string>& columns,
           const std::vector<std::vector<std::string>>& rows) {
    if (is_hidden(key) || columns.empty()) return;
    Context& c = context();
    const TableShape shape(columns, rows, c.area().width, c.scaled(type_size(Type::Small)));
    const Rect rect = c.place(c.area().width, shape.height() + 4);
    shape.draw(to_box(rect).Min);
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
