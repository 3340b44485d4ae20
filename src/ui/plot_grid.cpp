// Grids. Heat map: rows by columns of shares, dark is much, drawn as cells with lines between them, so that it also
// reads in grey. Density: counts over two axes.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "ui/plot_canvas.h"
#include "ui/plot_frame.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

std::string share_words(float share) {
    return std::isfinite(share) ? percent(static_cast<double>(share), 0) : tr("not a number");
}

/// "row t: h 71 %, t 29 %": the strongest three of a row.
std::string row_words(const HeatMap& map, size_t row) {
    const size_t n = map.columns.size();
    std::vector<size_t> order;
    for (size_t i = 0; i < n && (!map.is_causal || i <= row); ++i) {
        if (std::isfinite(map.values[row * n + i])) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        const float va = map.values[row * n + a];
        const float vb = map.values[row * n + b];
        return va != vb ? va > vb : a < b;
    });
    std::string places;
    for (size_t i = 0; i < std::min<size_t>(3, order.size()); ++i) {
        const std::string place = tr("{0} {1} {2}", {std::to_string(order[i] + 1), map.columns[order[i]],
                                                     share_words(map.values[row * n + order[i]])});
        places = places.empty() ? place : tr("{0}, {1}", {places, place});
    }
    const std::string position = std::to_string(row + 1);
    return places.empty() ? tr("position {0}, {1}", {position, map.rows[row]})
                          : tr("position {0}, {1}, looks at {2}", {position, map.rows[row], places});
}

void draw_cells(const HeatMap& map, const ImRect& grid, float cell, int selected) {
    const Context& c = context();
    const size_t n = map.columns.size();
    for (size_t row = 0; row < map.rows.size(); ++row) {
        const float top = grid.Min.y + cell * static_cast<float>(row);
        if (top > c.env.height || top + cell < 0) continue;  // out of sight
        for (size_t column = 0; column < n; ++column) {
            if (map.is_causal && column > row) continue;
            const ImVec2 at{grid.Min.x + cell * static_cast<float>(column),
                            grid.Min.y + cell * static_cast<float>(row)};
            if (!std::isfinite(map.values[row * n + column])) {
                draw_list().AddLine(at, {at.x + cell, at.y + cell}, c.color(Ink::Warn), 1.5f);
                continue;
            }
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

PlotTable table_of(const HeatMap& map) {
    PlotTable table{{tr("from \\ to")}, {}};
    for (size_t i = 0; i < map.columns.size(); ++i)
        table.columns.push_back(std::to_string(i + 1) + " " + map.columns[i]);
    for (size_t r = 0; r < map.rows.size(); ++r) {
        auto& row = table.rows.emplace_back();
        row.emplace_back(std::to_string(r + 1) + " " + map.rows[r]);
        for (size_t i = 0; i < map.columns.size(); ++i)
            row.emplace_back(static_cast<double>(map.values[r * map.columns.size() + i]));
    }
    return table;
}

/// What a person reads: the strongest places of each row.
PlotTable words_of(const HeatMap& map, int n_rows) {
    PlotTable table{{tr("position"), tr("what it looks at most")}, {}};
    for (const size_t i : spread(map.rows.size(), n_rows))
        table.rows.push_back({std::to_string(i + 1) + " " + map.rows[i], row_words(map, i)});
    return table;
}

// ---- density -------------------------------------------------------------------------------------------------------

bool is_empty(const DensityPlot& plot) {
    return plot.n_rows <= 0 || plot.n_columns <= 0 ||
           plot.values.size() < static_cast<size_t>(plot.n_rows) * static_cast<size_t>(plot.n_columns);
}

float most_of(const DensityPlot& plot) {
    float most = 0;
    for (const float value : plot.values) {
        if (std::isfinite(value)) most = std::max(most, value);
    }
    return most;
}

struct Cell {
    double x_from, x_to, y_from, y_to;
};
Cell cell_of(const DensityPlot& plot, int index) {
    const double width = (plot.x_max - plot.x_min) / plot.n_columns;
    const double height = (plot.y_max - plot.y_min) / plot.n_rows;
    const double x = plot.x_min + width * (index % plot.n_columns);
    const double y = plot.y_min + height * (index / plot.n_columns);
    return {x, x + width, y, y + height};
}

std::string words_at(const DensityPlot& plot, int index) {
    if (index < 0) return {};
    const Cell cell = cell_of(plot, index);
    return tr(
        "{0} {1} to {2}, {3} {4} to {5}: {6}",
        {plot.x_name, position_words(cell.x_from), position_words(cell.x_to), plot.y_name, position_words(cell.y_from),
         position_words(cell.y_to), value_words(static_cast<double>(plot.values[static_cast<size_t>(index)]))});
}

PlotTable table_of(const DensityPlot& plot, int n_rows) {
    PlotTable table{{plot.x_name, plot.y_name, tr("count")}, {}};
    const size_t n = is_empty(plot) ? 0 : static_cast<size_t>(plot.n_rows) * static_cast<size_t>(plot.n_columns);
    for (const size_t i : spread(n, n_rows)) {
        const Cell cell = cell_of(plot, static_cast<int>(i));
        table.rows.push_back({(cell.x_from + cell.x_to) / 2, (cell.y_from + cell.y_to) / 2, exact(plot.values[i])});
    }
    return table;
}

}  // namespace

PlotAnswer heat_map(std::string_view key, const HeatMap& map, PlotState& state) {
    if (is_hidden(key)) return {};
    Context& c = context();
    const PlotParts parts{.key = key,
                          .title = map.title,
                          .summary = map.summary,
                          .series = {},
                          .n_positions = static_cast<int>(map.rows.size())};
    if (map.rows.empty() || map.columns.empty()) {
        const Rect rect = c.place(c.area().width, c.scaled(80));
        draw_nothing_yet(plain_item(key, rect));
        return finish_plot({.key = key, .title = map.title, .summary = map.summary}, state, rect, "",
                           [&](int n) { return words_of(map, n); });
    }
    const auto n_rows = static_cast<float>(map.rows.size());
    const auto n_columns = static_cast<float>(map.columns.size());
    const float label_size = c.scaled(type_size(Type::MonoSmall));
    // Room for short names beside the rows; longer ones are cut and stand whole in readout and table.
    float longest = 0;
    for (const std::string& name : map.rows) longest = std::max(longest, text_size(c.fonts.mono, label_size, name).x);
    const float margin = label_size * 1.8f;
    const float side = std::clamp(longest + 10, margin, std::max(margin, c.area().width * 0.3f));
    const float cell = std::floor(std::clamp(
        std::min((c.area().width - side) / n_columns, c.scaled(map.max_height) / n_rows), 4.0f, c.scaled(30)));
    const Rect rect = c.place(side + cell * n_columns, margin + cell * n_rows);
    const Press p = press(key, rect, true);
    const ImRect grid({p.box.Min.x + side, p.box.Min.y + margin}, p.box.Max);

    const std::string pressed = take_plot_keys(parts, state);
    if (pressed == "ArrowUp") --state.cursor;
    if (pressed == "ArrowDown") ++state.cursor;
    if (p.was_pressed) {
        const float row = (ImGui::GetIO().MousePos.y - grid.Min.y) / cell;
        if (row >= 0 && row < n_rows) state.cursor = static_cast<int>(row);
    }
    state.cursor = std::clamp(state.cursor, 0, parts.n_positions - 1);

    draw_cells(map, grid, cell, state.cursor);
    const auto label = [&](const std::string& words, const ImRect& box, bool is_chosen) {
        draw_text_centered(box, c.fonts.mono, label_size, c.color(is_chosen ? Ink::Text : Ink::Muted),
                           fitted(c.fonts.mono, label_size, words, box.GetWidth()));
    };
    if (cell >= label_size * 0.8f) {
        for (size_t i = 0; i < map.columns.size(); ++i) {
            const ImVec2 at{grid.Min.x + cell * static_cast<float>(i), p.box.Min.y};
            label(map.columns[i], {at, {at.x + cell, at.y + margin}}, false);
        }
        for (size_t i = 0; i < map.rows.size(); ++i) {
            const ImVec2 at{p.box.Min.x, grid.Min.y + cell * static_cast<float>(i)};
            label(map.rows[i], {at, {at.x + side, at.y + cell}}, static_cast<int>(i) == state.cursor);
        }
    }
    return finish_plot(parts, state, rect, row_words(map, static_cast<size_t>(state.cursor)),
                       [&](int n) { return words_of(map, n); });
}

PlotAnswer density_plot(std::string_view key, const DensityPlot& plot, PlotState& state) {
    if (is_hidden(key)) return {};
    Context& c = context();
    const PlotParts parts{.key = key,
                          .title = plot.title,
                          .summary = plot.summary,
                          .series = {},
                          .n_positions = is_empty(plot) ? 0 : plot.n_rows * plot.n_columns,
                          .can_zoom = true};
    const int before = state.cursor;
    const std::string pressed = take_plot_keys(parts, state);
    if (pressed == "ArrowLeft" || pressed == "ArrowRight") {  // cell by cell, whatever their number
        const int from = before < 0 ? parts.n_positions - 1 : before;
        state.cursor = std::clamp(from + (pressed == "ArrowLeft" ? -1 : 1), 0, parts.n_positions - 1);
    }
    if (pressed == "ArrowUp" && state.cursor + plot.n_columns < parts.n_positions) state.cursor += plot.n_columns;
    if (pressed == "ArrowDown" && state.cursor >= plot.n_columns) state.cursor -= plot.n_columns;
    const Axis x = Axis::of(plot.x_min, plot.x_max, false);
    const Axis y = Axis::of(plot.y_min, plot.y_max, false);
    const Rect rect = c.place(c.area().width, c.scaled(plot.height));
    take_plot_pointer(parts, state, rect);
    const float most = most_of(plot);
    {
        const Canvas canvas(key, rect, {x.part(state.x_from, state.x_to), plot.x_name},
                            {y.part(state.y_from, state.y_to), plot.y_name});
        if (canvas) {
            draw_list().PushClipRect(canvas.box.Min, canvas.box.Max, true);
            const ImVec2 mouse = ImGui::GetIO().MousePos;
            // Rows and columns that the axes show.
            const auto first = [](double from, int n) { return std::clamp(static_cast<int>(from * n), 0, n); };
            const auto end = [](double to, int n) { return std::clamp(static_cast<int>(std::ceil(to * n)), 0, n); };
            const int n_columns = is_empty(plot) ? 0 : plot.n_columns, n_rows = is_empty(plot) ? 0 : plot.n_rows;
            const int from = first(state.x_from, n_columns), to = end(state.x_to, n_columns);
            const int n_shown = (to - from) * (end(state.y_to, n_rows) - first(state.y_from, n_rows));
            for (int k = 0; k < n_shown; ++k) {
                const int i = (first(state.y_from, n_rows) + k / (to - from)) * n_columns + from + k % (to - from);
                const Cell cell = cell_of(plot, i);
                const ImRect box(canvas.at(cell.x_from, cell.y_to), canvas.at(cell.x_to, cell.y_from));
                const float value = plot.values[static_cast<size_t>(i)];
                if (std::isfinite(value) && most > 0)
                    draw_list().AddRectFilled(box.Min, box.Max,
                                              c.series_color(0, std::sqrt(std::clamp(value / most, 0.0f, 1.0f))));
                if (canvas.is_hovered() && box.Contains(mouse)) state.cursor = i;
                if (i == state.cursor) draw_list().AddRect(box.Min, box.Max, c.color(Ink::Text), 0, 0, 2.5f);
            }
            draw_list().PopClipRect();
            if (state.cursor >= 0)
                draw_readout(canvas.box, canvas.at(cell_of(plot, state.cursor).x_from, plot.y_min).x,
                             words_at(plot, state.cursor));
            if (is_empty(plot)) draw_nothing_yet(canvas.box);
        }
    }
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words_at(plot, state.cursor), [&](int n) { return table_of(plot, n); });
}

std::string plot_csv(const HeatMap& map) { return to_csv(table_of(map)); }
std::string plot_csv(const DensityPlot& plot) { return to_csv(table_of(plot, kAllRows)); }

}  // namespace terrarium::ui
