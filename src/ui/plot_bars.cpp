// Bars over categories, and histograms: bars over the bins of a number line.

#include <algorithm>
#include <cmath>

#include "ui/plot_canvas.h"
#include "ui/plot_frame.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

/// What both kinds draw: where each bar begins and ends on the x axis, and how its place is called.
struct Bars {
    const std::vector<BarSeries>& series;
    AxisLook x, y;
    size_t n = 0;
    std::function<double(size_t)> from, to;
    std::function<std::string(size_t)> name;
    bool is_side_by_side = true;  ///< else one in front of the other
};

Dash hatch_of(size_t index) { return static_cast<Dash>(index % 4); }

std::string words_at(const Bars& bars, const PlotState& state) {
    if (state.cursor < 0) return {};
    const auto at = static_cast<size_t>(state.cursor);
    std::string words = bars.name(at);
    for (const BarSeries& one : bars.series) {
        if (state.shows(one.name) && at < one.values.size())
            words = tr("{0}, {1} {2}", {words, one.name, value_words(static_cast<double>(one.values[at]))});
    }
    return words;
}

void draw_bars(const Canvas& canvas, const Bars& bars, PlotState& state) {
    std::vector<size_t> shown;
    for (size_t s = 0; s < bars.series.size(); ++s) {
        if (state.shows(bars.series[s].name)) shown.push_back(s);
    }
    const ImRect& box = canvas.box;
    const float zero = std::clamp(canvas.at(0, 0).y, box.Min.y, box.Max.y);
    const float base = std::isfinite(canvas.at(0, 0).y) ? zero : box.Max.y;  // a logarithmic axis has no zero
    const float mouse = ImGui::GetIO().MousePos.x;
    state.path.clear();
    for (size_t i = 0; i < bars.n; ++i) {
        const float left = canvas.at(bars.from(i), 1).x;
        const float right = canvas.at(bars.to(i), 1).x;
        if (!(right >= box.Min.x && left <= box.Max.x)) continue;
        if (canvas.is_hovered() && mouse >= left && mouse < right) state.cursor = static_cast<int>(i);
        if (static_cast<int>(i) == state.cursor)
            draw_list().AddRectFilled({left, box.Min.y}, {std::max(right, left + 1), box.Max.y},
                                      context().color(Ink::Soft));
        const size_t n_parts = bars.is_side_by_side ? std::max<size_t>(shown.size(), 1) : 1;
        const float width = (right - left) / static_cast<float>(n_parts);
        for (size_t k = 0; k < shown.size(); ++k) {
            const BarSeries& one = bars.series[shown[k]];
            if (i >= one.values.size()) continue;
            const float top = canvas.at(bars.from(i), static_cast<double>(one.values[i])).y;
            if (!std::isfinite(top)) continue;
            const float x = left + (bars.is_side_by_side ? width * static_cast<float>(k) : 0);
            const float gap = width > 4 ? 1.0f : 0.0f;
            const float y = std::clamp(top, box.Min.y, box.Max.y);
            const ImRect bar({x + gap, std::min(y, base)}, {std::max(x + width - gap, x + 1), std::max(y, base)});
            const float alpha = !bars.is_side_by_side && shown.size() > 1 ? 0.6f : 1.0f;
            draw_list().AddRectFilled(bar.Min, bar.Max, plot_color(one.color, alpha), width > 12 ? 3.0f : 0.0f,
                                      ImDrawFlags_RoundCornersTop);
            if (width > 6) hatch(bar, hatch_of(shown[k]));
            state.path.emplace_back(x, y);
        }
    }
    draw_list().AddLine({box.Min.x, base}, {box.Max.x, base}, context().color(Ink::Control));
}

PlotAnswer draw(std::string_view key, const std::string& title, const std::string& summary, float height, Bars bars,
                PlotState& state, const std::function<PlotTable(int)>& table) {
    if (is_hidden(key)) return {};
    Context& c = context();
    PlotParts parts{.key = key,
                    .title = title,
                    .summary = summary,
                    .series = {},
                    .n_positions = static_cast<int>(bars.n),
                    .can_zoom = true};
    for (size_t i = 0; i < bars.series.size(); ++i)
        parts.series.push_back({bars.series[i].name, bars.series[i].color, hatch_of(i), Mark::None, false});
    const int before = state.cursor;
    take_plot_keys(parts, state);
    const Axis whole = bars.x.axis;
    if (state.cursor >= 0 && state.cursor != before) {
        const auto at = static_cast<size_t>(state.cursor);
        follow(state, whole.share((bars.from(at) + bars.to(at)) / 2));
    }
    const Rect rect = c.place(c.area().width, c.scaled(height));
    take_plot_pointer(parts, state, rect);
    bars.x.axis = bars.x.axis.part(state.x_from, state.x_to);
    bars.y.axis = bars.y.axis.part(state.y_from, state.y_to);
    {
        const Canvas canvas(key, rect, bars.x, bars.y);
        if (canvas) {
            draw_list().PushClipRect(canvas.box.Min, canvas.box.Max, true);
            draw_bars(canvas, bars, state);
            draw_list().PopClipRect();
            if (state.cursor >= 0) {
                const auto at = static_cast<size_t>(state.cursor);
                draw_readout(canvas.box, canvas.at((bars.from(at) + bars.to(at)) / 2, 1).x, words_at(bars, state));
            }
            if (bars.n == 0) draw_nothing_yet(canvas.box);
        }
    }
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words_at(bars, state), table);
}

void add_values(PlotTable& table, const std::vector<BarSeries>& series, const std::vector<size_t>& rows) {
    for (const BarSeries& one : series) {
        table.columns.push_back(one.name);
        for (size_t k = 0; k < rows.size(); ++k)
            table.rows[k].push_back(rows[k] < one.values.size() ? core::io::CsvCell(exact(one.values[rows[k]]))
                                                                : core::io::CsvCell());
    }
}

PlotTable table_of(const BarPlot& plot, int n_rows) {
    PlotTable table{{plot.x_name}, {}};
    const std::vector<size_t> rows = spread(plot.categories.size(), n_rows);
    for (const size_t i : rows) table.rows.push_back({plot.categories[i]});
    add_values(table, plot.series, rows);
    return table;
}

size_t bins_of(const Histogram& plot) { return plot.edges.empty() ? 0 : plot.edges.size() - 1; }

PlotTable table_of(const Histogram& plot, int n_rows) {
    PlotTable table{{tr("from"), tr("to")}, {}};
    const std::vector<size_t> rows = spread(bins_of(plot), n_rows);
    for (const size_t i : rows) table.rows.push_back({exact(plot.edges[i]), exact(plot.edges[i + 1])});
    add_values(table, plot.series, rows);
    return table;
}

}  // namespace

PlotAnswer bar_plot(std::string_view key, const BarPlot& plot, PlotState& state) {
    const size_t n = plot.categories.size();
    const Bars bars{
        .series = plot.series,
        .x = {Axis::of(-0.6, static_cast<double>(std::max<size_t>(n, 1)) - 0.4, false), plot.x_name, &plot.categories},
        .y = {Axis::of(plot.y_min, plot.y_max, plot.is_log_y), plot.y_name},
        .n = n,
        .from = [](size_t i) { return static_cast<double>(i) - 0.4; },
        .to = [](size_t i) { return static_cast<double>(i) + 0.4; },
        .name = [&](size_t i) { return plot.categories[i]; }};
    return draw(key, plot.title, plot.summary, plot.height, bars, state,
                [&](int n_rows) { return table_of(plot, n_rows); });
}

PlotAnswer histogram(std::string_view key, const Histogram& plot, PlotState& state) {
    double most = 1;
    for (const BarSeries& one : plot.series) {
        for (const float value : one.values) {
            if (std::isfinite(value)) most = std::max(most, static_cast<double>(value));
        }
    }
    const auto edge = [&](size_t i) { return static_cast<double>(plot.edges[i]); };
    const size_t n = bins_of(plot);
    const Bars bars{.series = plot.series,
                    .x = {n > 0 ? Axis::of(edge(0), edge(n), false) : Axis{}, plot.x_name},
                    .y = {Axis::of(0, most * 1.15, false), tr("count")},
                    .n = n,
                    .from = edge,
                    .to = [&](size_t i) { return edge(i + 1); },
                    .name =
                        [&](size_t i) {
                            return tr("{0} from {1} to {2}",
                                      {plot.x_name, position_words(edge(i)), position_words(edge(i + 1))});
                        },
                    .is_side_by_side = false};
    return draw(key, plot.title, plot.summary, plot.height, bars, state,
                [&](int n_rows) { return table_of(plot, n_rows); });
}

std::string plot_csv(const BarPlot& plot) { return to_csv(table_of(plot, kAllRows)); }
std::string plot_csv(const Histogram& plot) { return to_csv(table_of(plot, kAllRows)); }

}  // namespace terrarium::ui
