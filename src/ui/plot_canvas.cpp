#include "ui/plot_canvas.h"

#include <implot.h>
#include <implot_internal.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "ui/ui.h"

namespace terrarium::ui::internal {
namespace {

constexpr float kGap = std::numeric_limits<float>::quiet_NaN();

void style_for(const Context& c) {
    ImPlotStyle& style = ImPlot::GetStyle();
    style.PlotPadding = {8, 8};
    style.LabelPadding = {6, 6};
    style.PlotBorderSize = 0;
    style.MinorAlpha = 0;
    style.UseLocalTime = false;
    const auto set = [&](ImPlotCol which, ImU32 color) { style.Colors[which] = ImGui::ColorConvertU32ToFloat4(color); };
    for (const ImPlotCol none : {ImPlotCol_FrameBg, ImPlotCol_PlotBg, ImPlotCol_PlotBorder, ImPlotCol_AxisBg,
                                 ImPlotCol_AxisBgHovered, ImPlotCol_AxisBgActive})
        set(none, 0);
    set(ImPlotCol_AxisText, c.color(Ink::Muted));
    set(ImPlotCol_AxisGrid, c.color(Ink::Line));
    set(ImPlotCol_AxisTick, c.color(Ink::Line));
    set(ImPlotCol_InlayText, c.color(Ink::Text));
}

/// room: pixels of the axis, for names of categories: where not all fit, every second is shown, or every third ...
void set_up(ImAxis which, const AxisLook& look, float room) {
    ImPlot::SetupAxis(which, look.name.empty() ? nullptr : look.name.c_str(), ImPlotAxisFlags_NoHighlight);
    if (look.axis.is_log) ImPlot::SetupAxisScale(which, ImPlotScale_Log10);
    ImPlot::SetupAxisLimits(which, look.axis.min, look.axis.max, ImPlotCond_Always);
    if (look.categories == nullptr || look.categories->empty()) return;
    float widest = 0;
    for (const std::string& name : *look.categories) widest = std::max(widest, ImGui::CalcTextSize(name.c_str()).x);
    const double taken = static_cast<double>(widest + 6) * (look.axis.max - look.axis.min);
    const auto every = static_cast<size_t>(std::max(1.0, std::ceil(taken / static_cast<double>(std::max(room, 1.0f)))));
    std::vector<const char*> names;
    std::vector<double> places;
    for (size_t i = 0; i < look.categories->size(); i += every) {
        names.push_back((*look.categories)[i].c_str());
        places.push_back(static_cast<double>(i));
    }
    ImPlot::SetupAxisTicks(which, places.data(), static_cast<int>(places.size()), names.data());
}

/// Length of the strokes and gaps of a pattern, in turn.
std::span<const float> pattern_of(Dash dash) {
    static constexpr float kDashed[] = {8, 5};
    static constexpr float kDotted[] = {2, 4};
    static constexpr float kDashDot[] = {9, 4, 2, 4};
    switch (dash) {
        case Dash::Dashed:
            return kDashed;
        case Dash::Dotted:
            return kDotted;
        case Dash::DashDot:
            return kDashDot;
        case Dash::Solid:
            break;
    }
    return {};
}

void stroke_pattern(std::span<const ImVec2> path, ImU32 color, std::span<const float> pattern, float weight) {
    size_t part = 0;
    float left = pattern[0];
    for (size_t i = 1; i < path.size(); ++i) {
        ImVec2 at = path[i - 1];
        float length = std::hypot(path[i].x - at.x, path[i].y - at.y);
        if (!(length > 0)) continue;
        const ImVec2 unit{(path[i].x - at.x) / length, (path[i].y - at.y) / length};
        while (length > 0) {
            const float run = std::min(left, length);
            const ImVec2 to{at.x + unit.x * run, at.y + unit.y * run};
            if (part % 2 == 0) draw_list().AddLine(at, to, color, weight);
            at = to;
            length -= run;
            left -= run;
            if (left <= 0) part = (part + 1) % pattern.size(), left = pattern[part];
        }
    }
}

/// In pieces that turn by less than a right angle: at a sharper turn ImGui's joint would cut the peak off.
void stroke_solid(std::span<const ImVec2> path, ImU32 color, float weight) {
    size_t begin = 0;
    for (size_t i = 1; i < path.size(); ++i) {
        const bool is_last = i + 1 == path.size();
        const float turn = is_last ? 0
                                   : (path[i].x - path[i - 1].x) * (path[i + 1].x - path[i].x) +
                                         (path[i].y - path[i - 1].y) * (path[i + 1].y - path[i].y);
        if (!is_last && turn > 0) continue;
        draw_list().AddPolyline(&path[begin], static_cast<int>(i - begin + 1), color, 0, weight);
        begin = i;
    }
}

/// Lines far outside are cut to a little more than the plot: a dashed line to 1e30 would never end.
ImVec2 bounded(ImVec2 at, const ImRect& box) {
    const float room = box.GetHeight() + 100;
    return {std::clamp(at.x, box.Min.x - box.GetWidth(), box.Max.x + box.GetWidth()),
            std::clamp(at.y, box.Min.y - room, box.Max.y + room)};
}

}  // namespace

double Axis::share(double value) const {
    if (!is_log) return (value - min) / (max - min);
    return value > 0 ? std::log(value / min) / std::log(max / min) : std::numeric_limits<double>::quiet_NaN();
}

double Axis::value(double share) const { return is_log ? min * std::pow(max / min, share) : min + (max - min) * share; }

Axis Axis::of(double min, double max, bool is_log) {
    if (!std::isfinite(min)) min = 0;
    if (!std::isfinite(max)) max = min + 1;
    if (is_log && !(max > 0)) max = 1;
    if (is_log && !(min > 0)) min = max * 1e-4;
    if (!(max > min)) max = is_log ? min * 10 : min + 1;
    return {min, max, is_log};
}

Canvas::Canvas(std::string_view key, const Rect& rect, const AxisLook& x, const AxisLook& y) : x_(x.axis), y_(y.axis) {
    Context& c = context();
    const ImRect outer = to_box(rect);
    if (outer.Max.y <= 0 || outer.Min.y >= c.env.height) return;
    style_for(c);
    ImGui::SetCursorScreenPos(outer.Min);
    ImGui::PushFont(c.fonts.regular, c.fonts.imgui_size(c.fonts.regular, c.scaled(type_size(Type::MonoSmall))));
    const ImPlotFlags flags = ImPlotFlags_NoTitle | ImPlotFlags_NoLegend | ImPlotFlags_NoMenus |
                              ImPlotFlags_NoBoxSelect | ImPlotFlags_NoMouseText | ImPlotFlags_NoInputs;
    const std::string id = "##" + std::string(key);
    is_open_ = ImPlot::BeginPlot(id.c_str(), outer.GetSize(), flags);
    if (!is_open_) {
        ImGui::PopFont();
        return;
    }
    c.known_items.insert(ImGui::GetID(id.c_str()));
    set_up(ImAxis_X1, x, rect.width - c.scaled(60));
    set_up(ImAxis_Y1, y, rect.height);
    const ImVec2 corner = ImPlot::GetPlotPos();
    box = {corner, {corner.x + ImPlot::GetPlotSize().x, corner.y + ImPlot::GetPlotSize().y}};
    const ImPlotPlot& drawn = *ImPlot::GetCurrentPlot();
    c.known_items.insert(drawn.ID);
    for (const ImPlotAxis& axis : drawn.Axes) c.known_items.insert(axis.ID);
}

Canvas::~Canvas() {
    if (!is_open_) return;
    ImPlot::EndPlot();
    ImGui::PopFont();
}

ImVec2 Canvas::at(double x, double y) const {
    return {box.Min.x + static_cast<float>(x_.share(x)) * box.GetWidth(),
            box.Max.y - static_cast<float>(y_.share(y)) * box.GetHeight()};
}

uint64_t Canvas::fingerprint() const {
    uint64_t mixed = 0;
    for (const Axis& axis : {x_, y_}) {
        for (const double value : {axis.min, axis.max, axis.is_log ? 1.0 : 0.0})
            mixed = (std::rotl(mixed, 29) ^ std::bit_cast<uint64_t>(value)) * 0x9e3779b97f4a7c15u;
    }
    const float size[] = {box.GetWidth(), box.GetHeight()};
    return internal::fingerprint(size, mixed);
}

uint64_t fingerprint(std::span<const float> values, uint64_t seed) {
    // Four chains side by side, because each multiplication waits for the one before it. A change of one value always
    // changes its chain: both steps can be undone.
    constexpr uint64_t kOdd = 0x9e3779b97f4a7c15u;
    uint64_t chains[4] = {seed ^ values.size(), 1, 2, 3};
    const auto add = [](uint64_t& chain, uint64_t bits) { chain = std::rotl((chain ^ bits) * kOdd, 29); };
    size_t at = 0;
    for (; at + 8 <= values.size(); at += 8) {
        uint64_t bits[4];
        std::memcpy(bits, &values[at], sizeof bits);
        for (size_t k = 0; k < 4; ++k) add(chains[k], bits[k]);
    }
    for (; at < values.size(); ++at) add(chains[0], std::bit_cast<uint32_t>(values[at]));
    for (size_t k = 1; k < 4; ++k) add(chains[0], chains[k]);
    return chains[0] | 1;  // 0 means: nothing is kept yet
}

bool Canvas::is_hovered() const { return ImGui::IsWindowHovered() && box.Contains(ImGui::GetIO().MousePos); }

namespace {

/// The first value behind a place of the axis.
size_t index_after(std::span<const float> x, double position) {
    return static_cast<size_t>(std::upper_bound(x.begin(), x.end(), static_cast<float>(position)) - x.begin());
}

}  // namespace

std::pair<size_t, size_t> shown_part(const Canvas& canvas, std::span<const float> x) {
    const size_t first = index_after(x, canvas.x_axis().min);
    const size_t end = std::min(index_after(x, canvas.x_axis().max) + 1, x.size());
    return {std::min(first > 0 ? first - 1 : 0, end), end};
}

void trace(const Canvas& canvas, std::span<const float> x, std::span<const float> y, std::vector<ImVec2>& path) {
    path.clear();
    const auto pixel = [&](size_t i) {
        const ImVec2 at = canvas.at(static_cast<double>(x[i]), static_cast<double>(y[i]));
        return std::isfinite(at.x) && std::isfinite(at.y) ? bounded(at, canvas.box) : ImVec2(kGap, kGap);
    };
    const auto [first, end] = shown_part(canvas, x);
    const auto n_columns = static_cast<size_t>(std::max(canvas.box.GetWidth(), 1.0f));
    if (end - first <= 3 * n_columns) {
        for (size_t i = first; i < end; ++i) path.push_back(pixel(i));
        return;
    }
    size_t begin = first;
    for (size_t column = 1; column <= n_columns + 1 && begin < end; ++column) {
        const double edge = canvas.x_axis().value(static_cast<double>(column) / static_cast<double>(n_columns));
        const size_t stop = column > n_columns ? end : std::min(index_after(x, edge), end);
        size_t lowest = stop;
        size_t highest = stop;
        for (size_t i = begin; i < stop; ++i) {
            if (!std::isfinite(y[i])) continue;
            if (lowest == stop || y[i] < y[lowest]) lowest = i;
            if (highest == stop || y[i] > y[highest]) highest = i;
        }
        if (lowest == stop && begin < stop) path.emplace_back(kGap, kGap);  // nothing but gaps in here
        if (lowest < stop) {
            size_t last = stop - 1;
            while (!std::isfinite(y[last])) --last;
            while (!std::isfinite(y[begin])) ++begin;
            const size_t picks[] = {begin, std::min(lowest, highest), std::max(lowest, highest), last};
            for (size_t k = 0; k < 4; ++k) {
                if (k == 0 || picks[k] != picks[k - 1]) path.push_back(pixel(picks[k]));
            }
        }
        begin = std::max(begin, stop);
    }
}

void stroke(std::span<const ImVec2> path, ImU32 color, Dash dash, float weight) {
    for (size_t begin = 0; begin < path.size();) {
        size_t end = begin;
        while (end < path.size() && std::isfinite(path[end].x)) ++end;
        const std::span<const ImVec2> piece = path.subspan(begin, end - begin);
        if (piece.size() == 1) {
            draw_list().AddCircleFilled(piece[0], std::max(weight, 2.0f), color);
        } else if (piece.size() > 1 && dash == Dash::Solid) {
            stroke_solid(piece, color, weight);
        } else if (piece.size() > 1) {
            stroke_pattern(piece, color, pattern_of(dash), weight);
        }
        begin = end + 1;
    }
}

void draw_mark(ImVec2 at, Mark mark, float r, ImU32 color) {
    ImDrawList& draw = draw_list();
    switch (mark) {
        case Mark::None:
            return;
        case Mark::Circle:
            return draw.AddCircleFilled(at, r, color, 12);
        case Mark::Square:
            return draw.AddRectFilled({at.x - r * 0.9f, at.y - r * 0.9f}, {at.x + r * 0.9f, at.y + r * 0.9f}, color);
        case Mark::Triangle:
            return draw.AddTriangleFilled({at.x, at.y - r * 1.2f}, {at.x - r * 1.1f, at.y + r * 0.8f},
                                          {at.x + r * 1.1f, at.y + r * 0.8f}, color);
        case Mark::Diamond:
            return draw.AddQuadFilled({at.x, at.y - r * 1.3f}, {at.x + r * 1.3f, at.y}, {at.x, at.y + r * 1.3f},
                                      {at.x - r * 1.3f, at.y}, color);
    }
}

void hatch(const ImRect& box, Dash dash) {
    if (dash == Dash::Solid || box.GetWidth() < 2) return;
    const float pitch = dash == Dash::Dashed ? 7.0f : dash == Dash::Dotted ? 4.0f : 10.0f;
    const ImU32 color = context().color(Ink::Panel, 0.75f);
    draw_list().PushClipRect(box.Min, box.Max, true);
    const float lean = dash == Dash::DashDot ? 0 : box.GetHeight();
    if (box.GetHeight() / pitch < 400) {
        for (float x = box.Min.x - lean; x < box.Max.x; x += pitch)
            draw_list().AddLine({x, box.Max.y}, {x + lean, box.Min.y}, color, 1.5f);
    }
    draw_list().PopClipRect();
}

ImU32 plot_color(int index, float alpha) {
    const Context& c = context();
    return index < 0 ? c.color(Ink::Muted, alpha) : c.series_color(index, alpha);
}

void draw_end_labels(std::vector<EndLabel> labels, float right, float top, float bottom) {
    const Context& c = context();
    const float size = c.scaled(type_size(Type::MonoSmall));
    const float line = size * 1.25f;
    std::sort(labels.begin(), labels.end(), [](const EndLabel& a, const EndLabel& b) { return a.y < b.y; });
    float below = top;
    for (EndLabel& label : labels) {
        label.y = std::max(label.y - line, below);
        below = label.y + line;
    }
    float above = bottom;
    for (size_t i = labels.size(); i-- > 0;) {
        labels[i].y = std::min(labels[i].y, above - line);
        above = labels[i].y;
    }
    for (const EndLabel& label : labels) {
        const float width = text_size(c.fonts.bold, size, label.words).x;
        draw_list().AddRectFilled({right - width - 6, label.y}, {right, label.y + line}, c.color(Ink::Panel, 0.85f), 3);
        draw_text({right - width - 3, label.y}, c.fonts.bold, size, label.color, label.words);
    }
}

void draw_readout(const ImRect& box, float x, std::string_view readout) {
    const Context& c = context();
    const float size = c.scaled(type_size(Type::MonoSmall));
    std::vector<std::string> lines(1);  // broken at spaces only: wrapped() would also break a number at its point
    for (size_t at = 0; at < readout.size();) {
        const size_t end = std::min(readout.find(' ', at), readout.size());
        const std::string word(readout.substr(at, end - at));
        const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
        if (lines.back().empty() || text_size(c.fonts.regular, size, longer).x <= box.GetWidth() - 16)
            lines.back() = longer;
        else
            lines.push_back(word);
        at = end + 1;
    }
    float width = 0;
    for (std::string& line : lines) {
        line = fitted(c.fonts.regular, size, line, box.GetWidth() - 8);
        width = std::max(width, text_size(c.fonts.regular, size, line).x);
    }
    const float left = std::clamp(x - width / 2, box.Min.x + 4, std::max(box.Min.x + 4, box.Max.x - width - 4));
    const float height = size * kLineHeight * static_cast<float>(lines.size()) + 4;
    draw_list().AddRectFilled({left - 4, box.Min.y}, {left + width + 4, box.Min.y + height}, c.color(Ink::Soft), 4);
    draw_lines({left, box.Min.y + 2}, c.fonts.regular, size, c.color(Ink::Text), lines);
}

void draw_nothing_yet(const ImRect& box) {
    const Context& c = context();
    draw_text_centered(box, c.fonts.regular, c.scaled(type_size(Type::Small)), c.color(Ink::Muted),
                       tr("No values yet."));
}

}  // namespace terrarium::ui::internal
