// Lines with bands, baselines and ghosts of earlier runs; curves over a threshold (ROC, precision and recall).

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/plot_canvas.h"
#include "ui/plot_frame.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

bool is_shown(const Line& line, const PlotState& state) {
    return state.shows(line.is_ghost ? kGhosts : std::string_view(line.name));
}

/// The line that the cursor walks along: the longest of this run; -1 when there is nothing.
int longest_line(const LinePlot& plot, const PlotState& state) {
    int longest = -1;
    size_t n_best = 0;
    for (size_t i = 0; i < plot.lines.size(); ++i) {
        const Line& line = plot.lines[i];
        if (line.is_ghost || !is_shown(line, state) || line.x.size() <= n_best) continue;
        longest = static_cast<int>(i);
        n_best = line.x.size();
    }
    return longest;
}

/// The value of a line at the position x of another: the last one at or before it.
bool value_at(const Line& line, float x, float& value) {
    const auto after = std::upper_bound(line.x.begin(), line.x.end(), x);
    if (after == line.x.begin()) return false;
    value = line.y[static_cast<size_t>(after - line.x.begin()) - 1];
    return true;
}

std::string readout_words(const LinePlot& plot, const PlotState& state, float x) {
    std::string words = tr("{0} {1}", {plot.x_name, position_words(static_cast<double>(x))});
    for (const Line& line : plot.lines) {
        float value = 0;
        if (is_shown(line, state) && value_at(line, x, value))
            words = tr("{0}, {1} {2}", {words, line.name, value_words(static_cast<double>(value))});
    }
    return words;
}

/// Lower and upper edge of the band in turn, of at most 400 stretches of what is shown: of each the lowest and the
/// highest, so that a long band is as cheap as a short one.
void trace_band(const Canvas& canvas, const Line& line, std::vector<ImVec2>& edges) {
    const auto [from, to] = shown_part(canvas, line.x);
    const size_t stride = std::max<size_t>(1, (to - from) / 400);
    for (size_t i = from; i < to; i += stride) {
        float low = line.low[i];
        float high = line.high[i];
        for (size_t k = i; k < std::min(i + stride, to); ++k) {
            low = std::min(low, line.low[k]);
            high = std::max(high, line.high[k]);
        }
        edges.push_back(canvas.at(static_cast<double>(line.x[i]), static_cast<double>(low)));
        edges.push_back(canvas.at(static_cast<double>(line.x[i]), static_cast<double>(high)));
    }
    if (edges.empty() || stride == 1) return;
    const float end = canvas.at(static_cast<double>(line.x[to - 1]), 1).x;  // the last stretch, to its end
    edges.insert(edges.end(), {{end, edges[edges.size() - 2].y}, {end, edges[edges.size() - 1].y}});
}

/// Places series on the screen, the long ones only when something changed.
void place(const Canvas& canvas, std::span<const std::span<const float>> data, size_t slot, PlotState& state,
           const std::function<void(std::vector<ImVec2>&)>& make) {
    const size_t n = data[0].size();
    constexpr size_t kLong = 2000;
    state.path.clear();
    if (n < kLong) return make(state.path);
    uint64_t source = canvas.fingerprint();
    for (const std::span<const float> values : data) source = fingerprint(values, source);
    const ImVec2 corner = canvas.box.Min;
    const KeptSeries& kept = keep(state, slot, source, n, [&](KeptSeries& it) {
        make(it.path);
        for (ImVec2& at : it.path) at = {at.x - corner.x, at.y - corner.y};
    });
    for (const ImVec2 at : kept.path) state.path.emplace_back(at.x + corner.x, at.y + corner.y);
}

void draw_band(const Canvas& canvas, const Line& line, size_t slot, PlotState& state) {
    if (line.low.size() != line.x.size() || line.high.size() != line.x.size() || line.x.empty()) return;
    const std::array data{line.x, line.low, line.high};
    place(canvas, data, slot, state, [&](std::vector<ImVec2>& edges) { trace_band(canvas, line, edges); });
    const auto is_there = [](ImVec2 at) { return std::isfinite(at.x) && std::isfinite(at.y); };
    const std::span<const ImVec2> edges = state.path;
    ImDrawList& draw = draw_list();
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    const ImU32 color = plot_color(line.color, 0.2f);
    for (size_t i = 2; i + 1 < edges.size(); i += 2) {
        if (!std::all_of(&edges[i - 2], &edges[i + 1] + 1, is_there)) continue;
        draw.PrimReserve(6, 4);  // not AddQuadFilled(): its soft edges would show as stripes where stretches meet
        draw.PrimQuadUV(edges[i - 2], edges[i - 1], edges[i + 1], edges[i], white, white, white, white, color);
    }
}

void draw_line(const Canvas& canvas, const Line& line, size_t number, PlotState& state) {
    draw_band(canvas, line, 2 * number + 1, state);
    const std::array data{line.x, line.y};
    place(canvas, data, 2 * number, state, [&](std::vector<ImVec2>& path) { trace(canvas, line.x, line.y, path); });
    const ImU32 color = line.is_ghost ? context().color(Ink::Muted, 0.85f) : plot_color(line.color);
    stroke(state.path, color, line.dash, line.weight);
    // Marks only where a person could tell them apart.
    if (line.mark == Mark::None || state.path.size() * 10 > static_cast<size_t>(canvas.box.GetWidth())) return;
    for (const ImVec2 at : state.path) {
        if (std::isfinite(at.x)) draw_mark(at, line.mark, context().scaled(4), color);
    }
}

/// Returns how far down the labels at the right end must begin.
float draw_markers(const Canvas& canvas, const LinePlot& plot, std::vector<EndLabel>& labels) {
    const Context& c = context();
    const ImRect& box = canvas.box;
    float labels_from = 0;
    for (const Marker& marker : plot.markers) {
        const ImU32 color = plot_color(marker.color);
        const ImVec2 at =
            canvas.at(marker.is_vertical ? marker.value : plot.x_max, marker.is_vertical ? plot.y_max : marker.value);
        const Dash dash = marker.is_dotted ? Dash::Dotted : Dash::Dashed;
        if (!marker.is_vertical) {
            if (!(at.y >= box.Min.y && at.y <= box.Max.y)) continue;
            const std::array ends{ImVec2(box.Min.x, at.y), ImVec2(box.Max.x, at.y)};
            stroke(ends, color, dash, 2);
            labels.push_back({marker.name, at.y, color});
            continue;
        }
        if (!(at.x >= box.Min.x && at.x <= box.Max.x)) continue;
        const std::array ends{ImVec2(at.x, box.Min.y), ImVec2(at.x, box.Max.y)};
        stroke(ends, color, dash, 2);
        const float size = c.scaled(type_size(Type::MonoSmall));
        const float width = text_size(c.fonts.bold, size, marker.name).x;
        // On the side with more room: the names of the lines stand at the right end.
        const bool is_left = at.x - box.Min.x > box.GetWidth() / 2;
        const float x = is_left ? at.x - width - 6 : at.x + 6;
        draw_text({x, box.Min.y + 2}, c.fonts.bold, size, color, marker.name);
        if (x + width > box.Max.x - c.scaled(120)) labels_from = size * 1.5f;
    }
    return labels_from;
}

void draw_inside(const Canvas& canvas, const LinePlot& plot, PlotState& state) {
    std::vector<EndLabel> labels;
    const ImRect& box = canvas.box;
    draw_list().PushClipRect(box.Min, box.Max, true);
    const float labels_from = draw_markers(canvas, plot, labels);
    for (const bool is_ghost : {true, false}) {
        for (const Line& line : plot.lines) {
            if (line.is_ghost != is_ghost || line.x.empty() || !is_shown(line, state)) continue;
            draw_line(canvas, line, static_cast<size_t>(&line - plot.lines.data()), state);
            const ImVec2 end = canvas.at(static_cast<double>(line.x.back()), static_cast<double>(line.y.back()));
            if (!line.is_named || !(end.y >= box.Min.y && end.y <= box.Max.y) || !(end.x <= box.Max.x + 1) ||
                plot.has_operating_point)
                continue;
            labels.push_back({tr("{0} {1}", {line.name, value_words(static_cast<double>(line.y.back()))}), end.y,
                              is_ghost ? context().color(Ink::Muted) : plot_color(line.color)});
        }
    }
    draw_list().PopClipRect();
    draw_end_labels(std::move(labels), box.Max.x, box.Min.y + labels_from, box.Max.y);
}

void draw_cursor(const Canvas& canvas, const LinePlot& plot, const Line& walker, size_t at, const std::string& words) {
    const ImRect& box = canvas.box;
    const ImVec2 place = canvas.at(static_cast<double>(walker.x[at]), static_cast<double>(walker.y[at]));
    if (!(place.x >= box.Min.x - 1 && place.x <= box.Max.x + 1)) return;
    if (plot.has_operating_point && std::isfinite(place.y)) {
        draw_list().AddCircleFilled(place, context().scaled(8), context().color(Ink::Panel));
        draw_list().AddCircle(place, context().scaled(8), plot_color(walker.color), 0, 3);
        draw_list().AddCircleFilled(place, context().scaled(3), plot_color(walker.color));
    } else {
        draw_list().AddLine({place.x, box.Min.y}, {place.x, box.Max.y}, context().color(Ink::Text), 1);
    }
    draw_readout(box, place.x, words);
}

int nearest(std::span<const float> x, double wanted) {
    const auto found = std::lower_bound(x.begin(), x.end(), static_cast<float>(wanted));
    auto at = std::min<std::ptrdiff_t>(found - x.begin(), std::ssize(x) - 1);
    const auto distance = [&](std::ptrdiff_t i) {
        return std::abs(static_cast<double>(x[static_cast<size_t>(i)]) - wanted);
    };
    if (at > 0 && distance(at - 1) < distance(at)) --at;
    return static_cast<int>(at);
}

PlotTable table_of(const LinePlot& plot, const PlotState& state, int n_rows) {
    PlotTable table{{plot.x_name}, {}};
    for (const Line& line : plot.lines) table.columns.push_back(line.name);
    const int walker = longest_line(plot, state);
    if (walker < 0) return table;
    const std::span<const float> x = plot.lines[static_cast<size_t>(walker)].x;
    for (const size_t i : spread(x.size(), n_rows)) {
        const float at = x[i];
        std::vector<core::io::CsvCell> row{static_cast<double>(at)};
        for (const Line& line : plot.lines) {
            float value = 0;
            row.push_back(value_at(line, at, value) ? core::io::CsvCell(static_cast<double>(value))
                                                    : core::io::CsvCell());
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

PlotAnswer line_plot(std::string_view key, const LinePlot& plot, PlotState& state) {
    if (is_hidden(key)) return {};
    Context& c = context();
    const int walker = longest_line(plot, state);
    const Line* line = walker < 0 ? nullptr : &plot.lines[static_cast<size_t>(walker)];
    PlotParts parts{.key = key,
                    .title = plot.title,
                    .summary = plot.summary,
                    .series = {},
                    .n_positions = line ? static_cast<int>(line->x.size()) : 0,
                    .can_zoom = true};
    for (const Line& one : plot.lines) {
        parts.has_ghosts = parts.has_ghosts || one.is_ghost;
        if (!one.is_ghost) parts.series.push_back({one.name, one.color, one.dash, one.mark});
    }
    const Axis x = Axis::of(plot.x_min, plot.x_max, plot.is_log_x);
    const Axis y = Axis::of(plot.y_min, plot.y_max, plot.is_log_y);
    const int before = state.cursor;
    take_plot_keys(parts, state);
    if (line && state.cursor >= 0 && state.cursor != before)
        follow(state, x.share(static_cast<double>(line->x[static_cast<size_t>(state.cursor)])));

    const Rect rect = c.place(c.area().width, c.scaled(plot.height));
    take_plot_pointer(parts, state, rect);
    const auto words = [&]() -> std::string {
        if (state.cursor < 0 || line == nullptr) return {};
        if (plot.cursor_words) return plot.cursor_words(state.cursor);
        return readout_words(plot, state, line->x[static_cast<size_t>(state.cursor)]);
    };
    {
        const Canvas canvas(key, rect, {x.part(state.x_from, state.x_to), plot.x_name},
                            {y.part(state.y_from, state.y_to), plot.y_name});
        if (canvas) {
            if (line && canvas.is_hovered()) state.cursor = nearest(line->x, canvas.x_at(ImGui::GetIO().MousePos.x));
            draw_inside(canvas, plot, state);
            if (line == nullptr) draw_nothing_yet(canvas.box);
            if (line && state.cursor >= 0) draw_cursor(canvas, plot, *line, static_cast<size_t>(state.cursor), words());
        }
    }
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words(), [&](int n_rows) { return table_of(plot, state, n_rows); });
}

PlotAnswer threshold_curve(std::string_view key, const ThresholdCurve& curve, PlotState& state) {
    const bool is_roc = curve.kind == ThresholdCurve::Kind::Roc;
    static constexpr std::array<float, 2> kEnds{0, 1};
    const auto base = static_cast<float>(curve.prevalence);
    const std::array<float, 2> chance{is_roc ? 0 : base, is_roc ? 1 : base};
    LinePlot plot{.title = curve.title,
                  .x_name = is_roc ? tr("false positive rate") : tr("recall"),
                  .y_name = is_roc ? tr("true positive rate") : tr("precision"),
                  .summary = curve.summary,
                  .lines = {},
                  .markers = {}};
    plot.lines.push_back(
        {.name = is_roc ? tr("ROC curve") : tr("precision at each recall"), .x = curve.x, .y = curve.y, .color = 0});
    if (!curve.x.empty())
        plot.lines.push_back({.name = is_roc ? tr("guessing by chance") : tr("calling everything positive"),
                              .x = kEnds,
                              .y = chance,
                              .color = -1,
                              .dash = Dash::Dashed,
                              .weight = 2});
    plot.y_max = 1.05;
    plot.has_operating_point = true;
    plot.cursor_words = [&](int at) {
        const auto i = static_cast<size_t>(at);
        if (i >= curve.x.size() || i >= curve.thresholds.size()) return std::string();
        const std::vector<std::string> values{value_words(static_cast<double>(curve.thresholds[i])),
                                              value_words(static_cast<double>(curve.x[i])),
                                              value_words(static_cast<double>(curve.y[i]))};
        return is_roc ? tr("threshold {0}: false positive rate {1}, true positive rate {2}", values)
                      : tr("threshold {0}: recall {1}, precision {2}", values);
    };
    return line_plot(key, plot, state);
}

std::vector<std::vector<std::string>> plot_rows(const LinePlot& plot, int n_rows) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& cells : table_of(plot, {}, n_rows).rows) {
        std::vector<std::string>& row = rows.emplace_back();
        for (const auto& cell : cells) {
            const double* value = std::get_if<double>(&cell);
            row.push_back(value == nullptr ? "" : row.empty() ? position_words(*value) : value_words(*value));
        }
    }
    return rows;
}

std::string plot_csv(const LinePlot& plot) {
    PlotTable table{{plot.x_name}, {}};
    for (const Line& line : plot.lines) table.columns.push_back(line.name);
    for (const Marker& marker : plot.markers) table.columns.push_back(marker.name);
    std::set<float> positions;  // of all lines: a validation before the first step has no training loss beside it
    for (const Line& line : plot.lines) positions.insert(line.x.begin(), line.x.end());
    for (const float x : positions) {
        std::vector<core::io::CsvCell>& row = table.rows.emplace_back();
        row.emplace_back(static_cast<double>(x));
        for (const Line& line : plot.lines) {
            const auto at = std::lower_bound(line.x.begin(), line.x.end(), x);
            const bool is_there = at != line.x.end() && *at == x;
            row.push_back(is_there ? core::io::CsvCell(exact(line.y[static_cast<size_t>(at - line.x.begin())]))
                                   : core::io::CsvCell());
        }
        for (const Marker& marker : plot.markers) row.emplace_back(marker.value);
    }
    return to_csv(table);
}

std::string plot_csv(const ThresholdCurve& curve) {
    const bool is_roc = curve.kind == ThresholdCurve::Kind::Roc;
    PlotTable table{{tr("threshold"), is_roc ? tr("false positive rate") : tr("recall"),
                     is_roc ? tr("true positive rate") : tr("precision")},
                    {}};
    for (size_t i = 0; i < curve.x.size(); ++i)
        table.rows.push_back({exact(curve.thresholds[i]), exact(curve.x[i]), exact(curve.y[i])});
    return to_csv(table);
}

}  // namespace terrarium::ui
