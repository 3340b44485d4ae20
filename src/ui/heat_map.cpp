// Heat map: rows by columns of shares, dark is much. Drawn as cells with lines between them, so that it also reads in
// grey.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/io/csv.h"
#include "ui/internal.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

std::string percent(float share) {
    char text[16];
    std::snprintf(text, sizeof text, "%.0f %%", static_cast<double>(share) * 100);
    return text;
}

/// "row t: h 71 %, t 29 %": the strongest three of a row.
std::string row_words(const HeatMap& map, size_t row) {
    const size_t n = map.columns.size();
    std::vector<size_t> order;
    for (size_t i = 0; i < n && (!map.is_causal || i <= row); ++i) order.push_back(i);
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        const float va = map.values[row * n + a];
        const float vb = map.values[row * n + b];
        return va != vb ? va > vb : a < b;
    });
    std::string words = "position " + std::to_string(row + 1) + ", " + map.rows[row] + ", looks at";
    for (size_t i = 0; i < std::min<size_t>(3, order.size()); ++i) {
        words += (i == 0 ? " " : ", ") + std::to_string(order[i] + 1) + " " + map.columns[order[i]] + " " +
                 percent(map.values[row * n + order[i]]);
    }
    return words;
}

void draw_cells(const HeatMap& map, const ImRect& grid, float cell, int selected) {
    const Context& c = context();
    const size_t n = map.columns.size();
    for (size_t row = 0; row < map.rows.size(); ++row) {
        for (size_t column = 0; column < n; ++column) {
            if (map.is_causal && column > row) continue;
            const ImVec2 at{grid.Min.x + cell * static_cast<float>(column),
                            grid.Min.y + cell * static_cast<float>(row)};
            const float value = std::clamp(map.values[row * n + column], 0.0f, 1.0f);
            draw_list().AddRectFilled(at, {at.x + cell, at.y + cell}, c.series_color(0, value));
        }
    }
    // Lines of whole pixels between the cells; of a causal map only as far as it has cells.
    const auto line = [&](ImVec2 from, ImVec2 to) { draw_list().AddRectFilled(from, to, c.color(Ink::Line)); };
    const auto n_rows = static_cast<int>(map.rows.size());
    const auto n_columns = static_cast<int>(n);
    for (int i = 0; i <= n_rows; ++i) {
        const int width = map.is_causal ? std::min(std::max(i, 1), n_columns) : n_columns;
        const float y = grid.Min.y + cell * static_cast<float>(i);
        line({grid.Min.x, y}, {grid.Min.x + cell * static_cast<float>(width) + 1, y + 1});
    }
    for (int i = 0; i <= n_columns; ++i) {
        const int first = map.is_causal ? std::max(i - 1, 0) : 0;
        const float x = grid.Min.x + cell * static_cast<float>(i);
        line({x, grid.Min.y + cell * static_cast<float>(first)}, {x + 1, grid.Max.y});
    }
    const int width = map.is_causal ? std::min(selected + 1, n_columns) : n_columns;
    const ImVec2 at{grid.Min.x, grid.Min.y + cell * static_cast<float>(selected)};
    draw_list().AddRect(at, {at.x + cell * static_cast<float>(width) + 1, at.y + cell + 1}, c.color(Ink::Accent), 0, 0,
                        2);
}

}  // namespace

PlotAnswer heat_map(std::string_view key, const HeatMap& map, int& selected_row, bool& show_table) {
    PlotAnswer answer;
    if (is_hidden(key) || map.rows.empty()) return answer;
    Context& c = context();
    const std::string name(key);
    const auto n_rows = static_cast<float>(map.rows.size());
    const auto n_columns = static_cast<float>(map.columns.size());
    const float label_size = c.scaled(type_size(Type::MonoSmall));
    const float margin = label_size * 1.8f;
    const float cell = std::floor(std::clamp(
        std::min((c.area().width - margin) / n_columns, c.scaled(map.max_height) / n_rows), 4.0f, c.scaled(30)));
    const Rect rect = c.place(margin + cell * n_columns, margin + cell * n_rows);
    const Press p = press(key, rect, true);
    answer.screen = {p.box.Min.x, p.box.Min.y, rect.width, rect.height};
    const ImRect grid({p.box.Min.x + margin, p.box.Min.y + margin}, p.box.Max);

    const int last = static_cast<int>(map.rows.size()) - 1;
    if (const auto action = c.twin.take(key, "key"); action && action->value.is_string()) {
        const std::string pressed = action->value.get<std::string>();
        if (pressed == "ArrowUp" || pressed == "ArrowLeft") selected_row = std::max(0, selected_row - 1);
        if (pressed == "ArrowDown" || pressed == "ArrowRight") selected_row = std::min(last, selected_row + 1);
        if (pressed == "Home") selected_row = 0;
        if (pressed == "End") selected_row = last;
    }
    if (p.was_pressed) {
        const float row = (ImGui::GetIO().MousePos.y - grid.Min.y) / cell;
        if (row >= 0 && row < n_rows) selected_row = static_cast<int>(row);
    }
    selected_row = std::clamp(selected_row, 0, last);

    draw_cells(map, grid, cell, selected_row);
    if (cell >= label_size * 0.8f) {
        for (size_t i = 0; i < map.columns.size(); ++i) {
            const ImVec2 at{grid.Min.x + cell * static_cast<float>(i), p.box.Min.y};
            draw_text_centered({at, {at.x + cell, at.y + margin}}, c.fonts.mono, label_size, c.color(Ink::Muted),
                               map.columns[i]);
        }
        for (size_t i = 0; i < map.rows.size(); ++i) {
            const ImVec2 at{p.box.Min.x, grid.Min.y + cell * static_cast<float>(i)};
            draw_text_centered({at, {at.x + margin, at.y + cell}}, c.fonts.mono, label_size,
                               c.color(static_cast<int>(i) == selected_row ? Ink::Text : Ink::Muted), map.rows[i]);
        }
    }
    Node& node = add_node(key, "plot", map.title, rect);
    node.properties["d"] = map.summary;
    node.properties["vt"] = row_words(map, static_cast<size_t>(selected_row));
    {
        const Row row(6);
        if (button(name + ".table", show_table ? "Hide table" : "Table",
                   show_table ? Button::Selected : Button::Plain)) {
            show_table = !show_table;
        }
        answer.wants_csv = button(name + ".csv", "CSV");
        if (c.env.has_canvas) answer.wants_png = button(name + ".png", "PNG");
    }
    if (show_table) {
        std::vector<std::vector<std::string>> rows;
        for (size_t i = 0; i < map.rows.size(); ++i)
            rows.push_back({std::to_string(i + 1) + " " + map.rows[i], row_words(map, i)});
        table(name + ".rows", map.title + ", as a table", {"position", "what it looks at most"}, rows);
    }
    return answer;
}

std::string heat_map_csv(const HeatMap& map) {
    std::vector<std::string> header{"from \\ to"};
    for (size_t i = 0; i < map.columns.size(); ++i) header.push_back(std::to_string(i + 1) + " " + map.columns[i]);
    core::io::CsvWriter csv(header);
    for (size_t r = 0; r < map.rows.size(); ++r) {
        std::vector<core::io::CsvCell> row{std::to_string(r + 1) + " " + map.rows[r]};
        for (size_t i = 0; i < map.columns.size(); ++i) {
            row.emplace_back(static_cast<double>(map.values[r * map.columns.size() + i]));
        }
        csv.row(row);
    }
    return csv.text();
}

}  // namespace terrarium::ui
