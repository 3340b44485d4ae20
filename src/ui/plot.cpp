#include "ui/plot.h"

#include <implot.h>
#include <implot_internal.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "core/io/csv.h"
#include "core/io/number_text.h"
#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

std::string short_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, std::abs(value) >= 1000 ? "%.0f" : "%.3g", value);
    return text;
}

std::string loss_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    return std::isfinite(value) ? text : "not a number";
}

/// The double that prints as the float does: 2.31, not 2.309999942779541.
double exact(float value) {
    return core::io::parse_number(core::io::format_number(value)).value_or(static_cast<double>(value));
}

int longest_line(const LinePlot& plot) {
    int longest = -1;
    for (size_t i = 0; i < plot.lines.size(); ++i) {
        if (longest < 0 || plot.lines[i].x.size() > plot.lines[static_cast<size_t>(longest)].x.size()) {
            longest = static_cast<int>(i);
        }
    }
    return longest >= 0 && plot.lines[static_cast<size_t>(longest)].x.empty() ? -1 : longest;
}

/// The value of a line at the position x of another: the last one at or before it.
bool value_at(const Line& line, float x, float& value) {
    const auto after = std::upper_bound(line.x.begin(), line.x.end(), x);
    if (after == line.x.begin()) return false;
    value = line.y[static_cast<size_t>(after - line.x.begin()) - 1];
    return true;
}

std::string readout(const LinePlot& plot, float x) {
    std::string words = plot.x_name + " " + short_number(x);
    for (const Line& line : plot.lines) {
        float value = 0;
        if (value_at(line, x, value)) words += ", " + line.name + " " + loss_number(value);
    }
    return words;
}

void style_for(const Context& c) {
    ImPlotStyle& style = ImPlot::GetStyle();
    style.PlotPadding = {8, 8};
    style.LabelPadding = {6, 6};
    style.PlotBorderSize = 0;
    style.MinorAlpha = 0;
    style.UseLocalTime = false;
    const auto set = [&](ImPlotCol which, ImU32 color) { style.Colors[which] = ImGui::ColorConvertU32ToFloat4(color); };
    set(ImPlotCol_FrameBg, 0);
    set(ImPlotCol_PlotBg, 0);
    set(ImPlotCol_PlotBorder, 0);
    set(ImPlotCol_AxisText, c.color(Ink::Muted));
    set(ImPlotCol_AxisGrid, c.color(Ink::Line));
    set(ImPlotCol_AxisTick, c.color(Ink::Line));
    set(ImPlotCol_AxisBg, 0);
    set(ImPlotCol_AxisBgHovered, 0);
    set(ImPlotCol_AxisBgActive, 0);
    set(ImPlotCol_InlayText, c.color(Ink::Text));
    set(ImPlotCol_Selection, c.color(Ink::Accent));
    set(ImPlotCol_Crosshairs, c.color(Ink::Muted));
}

/// Words at the right end of lines and markers, moved apart so that none covers another.
struct Label {
    std::string words;
    float y;
    ImU32 color;
};

void draw_labels(std::vector<Label> labels, float right, float top, float bottom) {
    const Context& c = context();
    const float size = c.scaled(type_size(Type::MonoSmall));
    const float line = size * 1.25f;
    std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
    float below = top;
    for (Label& label : labels) {
        label.y = std::max(label.y - line, below);
        below = label.y + line;
    }
    float above = bottom;
    for (size_t i = labels.size(); i-- > 0;) {
        labels[i].y = std::min(labels[i].y, above - line);
        above = labels[i].y;
    }
    for (const Label& label : labels) {
        const float width = text_size(c.fonts.bold, size, label.words).x;
        draw_list().AddRectFilled({right - width - 6, label.y}, {right, label.y + line}, c.color(Ink::Panel, 0.85f), 3);
        draw_text({right - width - 3, label.y}, c.fonts.bold, size, label.color, label.words);
    }
}

void draw_dashed(ImVec2 from, ImVec2 to, ImU32 color, bool is_dotted) {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const float dash = is_dotted ? 2.0f : 7.0f;
    const float gap = is_dotted ? 4.0f : 5.0f;
    const ImVec2 direction = length > 0 ? ImVec2((to.x - from.x) / length, (to.y - from.y) / length) : ImVec2(0, 0);
    for (float at = 0; at < length; at += dash + gap) {
        const float end = std::min(at + dash, length);
        draw_list().AddLine({from.x + direction.x * at, from.y + direction.y * at},
                            {from.x + direction.x * end, from.y + direction.y * end}, color, 2);
    }
}

void draw_inside(const LinePlot& plot, int cursor) {
    const Context& c = context();
    std::vector<Label> labels;
    float labels_from = 0;  // below the name of a vertical marker that stands where the labels do
    const ImVec2 corner = ImPlot::GetPlotPos();
    const ImVec2 extent = ImPlot::GetPlotSize();
    ImPlot::PushPlotClipRect();
    for (const Marker& marker : plot.markers) {
        const ImU32 color = marker.color < 0 ? c.color(Ink::Muted) : c.series_color(marker.color);
        const ImVec2 at =
            ImPlot::PlotToPixels(marker.is_vertical ? marker.value : 0, marker.is_vertical ? 0 : marker.value);
        if (marker.is_vertical) {
            draw_dashed({at.x, corner.y}, {at.x, corner.y + extent.y}, color, marker.is_dotted);
            const float size = c.scaled(type_size(Type::MonoSmall));
            const float width = text_size(c.fonts.bold, size, marker.name).x;
            // On the side with more room: the names of the lines stand at the right end.
            const bool is_left = at.x - corner.x > extent.x / 2;
            const float x = is_left ? at.x - width - 6 : at.x + 6;
            draw_text({x, corner.y + 2}, c.fonts.bold, size, color, marker.name);
            if (x + width > corner.x + extent.x - c.scaled(120)) labels_from = size * 1.5f;
        } else {
            draw_dashed({corner.x, at.y}, {corner.x + extent.x, at.y}, color, marker.is_dotted);
            labels.push_back({marker.name, at.y, color});
        }
    }
    ImPlot::PopPlotClipRect();
    for (const Line& line : plot.lines) {
        if (line.x.empty()) continue;
        ImPlot::SetNextLineStyle(ImGui::ColorConvertU32ToFloat4(c.series_color(line.color)), line.weight);
        ImPlot::PlotLine(line.name.c_str(), line.x.data(), line.y.data(), static_cast<int>(line.x.size()));
        const float last = line.y.back();
        const ImVec2 end = ImPlot::PlotToPixels(static_cast<double>(line.x.back()), static_cast<double>(last));
        if (std::isfinite(last))
            labels.push_back({line.name + " " + loss_number(last), end.y, c.series_color(line.color)});
    }
    draw_labels(std::move(labels), corner.x + extent.x, corner.y + labels_from, corner.y + extent.y);
    const int walker = longest_line(plot);
    if (cursor >= 0 && walker >= 0) {
        const Line& line = plot.lines[static_cast<size_t>(walker)];
        const float x = line.x[std::min(static_cast<size_t>(cursor), line.x.size() - 1)];
        const float at = ImPlot::PlotToPixels(static_cast<double>(x), 0.0).x;
        draw_list().AddLine({at, corner.y}, {at, corner.y + extent.y}, c.color(Ink::Text), 1);
        const float size = c.scaled(type_size(Type::MonoSmall));
        const std::string words = fitted(c.fonts.regular, size, readout(plot, x), extent.x);
        const float width = text_size(c.fonts.regular, size, words).x;
        const float left = std::clamp(at - width / 2, corner.x, corner.x + extent.x - width);
        draw_list().AddRectFilled({left - 4, corner.y}, {left + width + 4, corner.y + size * 1.5f}, c.color(Ink::Soft),
                                  4);
        draw_text({left, corner.y + 2}, c.fonts.regular, size, c.color(Ink::Text), words);
    }
}

int cursor_from_keys(std::string_view key, int cursor, int last) {
    Context& c = context();
    const auto action = c.twin.take(key, "key");
    if (!action || !action->value.is_string() || last < 0) return cursor;
    const std::string name = action->value.get<std::string>();
    const int jump = std::max(1, last / 20);
    if (cursor < 0) cursor = last;
    if (name == "ArrowLeft") return std::max(0, cursor - jump);
    if (name == "ArrowRight") return std::min(last, cursor + jump);
    if (name == "Home") return 0;
    if (name == "End") return last;
    if (name == "Escape") return -1;
    return cursor;
}

int cursor_from_pointer(const LinePlot& plot, int walker, int cursor) {
    const Line& line = plot.lines[static_cast<size_t>(walker)];
    const float x = static_cast<float>(ImPlot::GetPlotMousePos().x);
    const auto near = std::lower_bound(line.x.begin(), line.x.end(), x);
    if (line.x.empty()) return cursor;
    return static_cast<int>(std::min<std::ptrdiff_t>(near - line.x.begin(), std::ssize(line.x) - 1));
}

}  // namespace

std::vector<std::vector<std::string>> plot_rows(const LinePlot& plot, int n_rows) {
    std::vector<std::vector<std::string>> rows;
    const int walker = longest_line(plot);
    if (walker < 0) return rows;
    const Line& guide = plot.lines[static_cast<size_t>(walker)];
    const auto size = static_cast<int64_t>(guide.x.size());
    const int64_t count = std::min<int64_t>(n_rows, size);
    for (int64_t i = 0; i < count; ++i) {
        const auto at = static_cast<size_t>(count == 1 ? 0 : i * (size - 1) / (count - 1));
        std::vector<std::string> row{short_number(static_cast<double>(guide.x[at]))};
        for (const Line& line : plot.lines) {
            float value = 0;
            row.push_back(value_at(line, guide.x[at], value) ? loss_number(static_cast<double>(value)) : "");
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

PlotAnswer line_plot(std::string_view key, const LinePlot& plot, int& cursor, bool& show_table) {
    PlotAnswer answer;
    if (is_hidden(key)) return answer;
    Context& c = context();
    const std::string name(key);
    const int walker = longest_line(plot);
    const int last = walker < 0 ? -1 : static_cast<int>(plot.lines[static_cast<size_t>(walker)].x.size()) - 1;
    const int before = cursor;
    cursor = std::min(cursor_from_keys(key, cursor, last), last);

    const Rect rect = c.place(c.area().width, c.scaled(plot.height));
    const ImRect box = to_box(rect);
    answer.screen = {box.Min.x, box.Min.y, rect.width, rect.height};
    if (box.Max.y > 0 && box.Min.y < c.env.height) {
        style_for(c);
        ImGui::SetCursorScreenPos(box.Min);
        ImGui::PushFont(c.fonts.regular, c.fonts.imgui_size(c.fonts.regular, c.scaled(type_size(Type::MonoSmall))));
        const ImPlotFlags flags = ImPlotFlags_NoTitle | ImPlotFlags_NoLegend | ImPlotFlags_NoMenus |
                                  ImPlotFlags_NoBoxSelect | ImPlotFlags_NoMouseText | ImPlotFlags_NoInputs;
        if (ImPlot::BeginPlot(("##" + name).c_str(), box.GetSize(), flags)) {
            c.known_items.insert(ImGui::GetID(("##" + name).c_str()));
            ImPlot::SetupAxes(plot.x_name.c_str(), nullptr, ImPlotAxisFlags_NoHighlight, ImPlotAxisFlags_NoHighlight);
            ImPlot::SetupAxesLimits(0, plot.x_max, plot.y_min, plot.y_max, ImPlotCond_Always);
            draw_inside(plot, cursor);
            // Plots take no input (they would pan and zoom under the page's own scrolling), so ImPlot never says
            // "hovered".
            const ImVec2 corner = ImPlot::GetPlotPos();
            const ImRect inside(corner, {corner.x + ImPlot::GetPlotSize().x, corner.y + ImPlot::GetPlotSize().y});
            if (walker >= 0 && ImGui::IsWindowHovered() && inside.Contains(ImGui::GetIO().MousePos))
                cursor = cursor_from_pointer(plot, walker, cursor);
            const ImPlotPlot& drawn = *ImPlot::GetCurrentPlot();
            c.known_items.insert(drawn.ID);
            for (const ImPlotAxis& axis : drawn.Axes) c.known_items.insert(axis.ID);
            ImPlot::EndPlot();
        }
        ImGui::PopFont();
    }
    if (cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);

    Node& node = add_node(key, "plot", plot.title, rect);
    node.properties["d"] = plot.summary;
    if (cursor >= 0 && walker >= 0) {
        const auto at = std::min(static_cast<size_t>(cursor), static_cast<size_t>(last));
        node.properties["vt"] = readout(plot, plot.lines[static_cast<size_t>(walker)].x[at]);
    }
    {
        const Row row(6);
        if (button(name + ".table", show_table ? "Hide table" : "Table",
                   show_table ? Button::Selected : Button::Plain)) {
            show_table = !show_table;
        }
        answer.wants_csv = button(name + ".csv", "CSV", Button::Plain, last >= 0);
        if (c.env.has_canvas) answer.wants_png = button(name + ".png", "PNG");
    }
    if (show_table) {
        std::vector<std::string> columns{plot.x_name};
        for (const Line& line : plot.lines) columns.push_back(line.name);
        table(name + ".rows", plot.title + ", as a table", columns, plot_rows(plot, 25));
    }
    return answer;
}

std::string plot_csv(const LinePlot& plot) {
    std::vector<std::string> header{plot.x_name};
    for (const Line& line : plot.lines) header.push_back(line.name);
    for (const Marker& marker : plot.markers) header.push_back(marker.name);
    core::io::CsvWriter csv(header);
    std::set<float> positions;  // of all lines: a validation before the first step has no training loss beside it
    for (const Line& line : plot.lines) positions.insert(line.x.begin(), line.x.end());
    for (const float x : positions) {
        std::vector<core::io::CsvCell> row{static_cast<double>(x)};
        for (const Line& line : plot.lines) {
            const auto at = std::lower_bound(line.x.begin(), line.x.end(), x);
            const bool is_there = at != line.x.end() && *at == x;
            row.push_back(is_there ? core::io::CsvCell(exact(line.y[static_cast<size_t>(at - line.x.begin())]))
                                   : core::io::CsvCell());
        }
        for (const Marker& marker : plot.markers) row.emplace_back(marker.value);
        csv.row(row);
    }
    return csv.text();
}

}  // namespace terrarium::ui
