#include "ui/plot_frame.h"

#include <implot.h>
#include <implot_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/io/number_text.h"
#include "ui/internal.h"
#include "ui/plot_canvas.h"
#include "ui/ui.h"

namespace terrarium::ui::internal {
namespace {

/// The axes of a plot as shares of its whole picture, as they stood in the last frame.
struct AxesPlace {
    double left = 0, top = 0, width = 1, height = 1;
};
AxesPlace axes_place(std::string_view key) {
    const ImPlotPlot* plot = ImPlot::GetPlot(("##" + std::string(key)).c_str());
    if (plot == nullptr || !(plot->PlotRect.GetWidth() > 1) || !(plot->PlotRect.GetHeight() > 1)) return {};
    const ImRect &all = plot->FrameRect, &axes = plot->PlotRect;
    return {static_cast<double>((axes.Min.x - all.Min.x) / all.GetWidth()),
            static_cast<double>((axes.Min.y - all.Min.y) / all.GetHeight()),
            static_cast<double>(axes.GetWidth() / all.GetWidth()),
            static_cast<double>(axes.GetHeight() / all.GetHeight())};
}

constexpr double kSmallestPart = 1.0 / 256;  ///< of an axis

/// A quiet button of a plot: lower than others, so that the picture stays the loudest.
bool tool(const std::string& key, std::string_view sign, std::string_view name, bool is_enabled,
          bool is_pressed = false) {
    Context& c = context();
    is_enabled = is_enabled && !is_locked(key);
    const float size = c.scaled(type_size(Type::Small));
    const float height = c.env.is_touch ? c.control_height() : c.scaled(32);
    const Rect rect =
        c.place(std::max(height, text_size(c.fonts.bold, size, sign).x + c.scaled(c.env.is_touch ? 14 : 20)), height);
    const Press p = press(key, rect, is_enabled);
    const ImU32 fill = c.color(is_pressed || p.is_hovered ? Ink::Soft : Ink::Panel);
    draw_list().AddRectFilled(p.box.Min, p.box.Max, fill, 7);
    draw_list().AddRect(p.box.Min, p.box.Max, c.color(is_enabled ? is_pressed ? Ink::Accent : Ink::Control : Ink::Line),
                        7);
    draw_text_centered(p.box, c.fonts.bold, size,
                       c.color(is_enabled ? is_pressed ? Ink::Accent : Ink::Text : Ink::Muted), sign);
    Node& node = add_node(key, "button", name, rect);
    if (!is_enabled) node.properties["disabled"] = true;
    if (is_pressed) node.properties["pressed"] = true;
    return is_enabled && (p.was_pressed || was_clicked_in_twin(key));
}

/// The switch of a series: its sample (colour, dash, mark) and its name. Off: the sample is empty and the name is
/// struck through.
void series_switch(const std::string& key, const SeriesTag& tag, std::string_view hidden_name, PlotState& state) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    const float height = c.env.is_touch ? c.control_height() : c.scaled(30);
    const float sample = c.scaled(28);
    const float room = c.area().width - sample - c.scaled(24);
    const std::string words = fitted(c.fonts.regular, size, tag.name, room);
    const ImVec2 extent = text_size(c.fonts.regular, size, words);
    const Rect rect = c.place(sample + extent.x + c.scaled(24), height);
    const Press p = press(key, rect, true);
    if (p.was_pressed || was_clicked_in_twin(key)) {
        if (state.shows(hidden_name))
            state.hidden.emplace(hidden_name);
        else
            state.hidden.erase(std::string(hidden_name));
        c.frames_wanted = std::max(c.frames_wanted, 1);
    }
    const bool is_on = state.shows(hidden_name);
    if (p.is_hovered) draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(Ink::Soft), 7);
    const float middle = (p.box.Min.y + p.box.Max.y) / 2;
    const ImVec2 from{p.box.Min.x + c.scaled(6), middle};
    const ImVec2 to{from.x + sample, middle};
    const ImU32 color = tag.color < 0 ? c.color(Ink::Muted) : c.series_color(tag.color);
    if (!is_on) {
        draw_list().AddRect({from.x, middle - 5}, {to.x, middle + 5}, c.color(Ink::Control), 3);
    } else if (tag.is_line) {
        const ImVec2 ends[] = {from, to};
        stroke(ends, color, tag.dash, 2.5f);
        draw_mark({(from.x + to.x) / 2, middle}, tag.mark, c.scaled(4), color);
    } else if (tag.mark != Mark::None) {
        draw_mark({(from.x + to.x) / 2, middle}, tag.mark, c.scaled(5), color);
    } else {
        draw_list().AddRectFilled({from.x, middle - 6}, {to.x, middle + 6}, color, 2);
        hatch({{from.x, middle - 6}, {to.x, middle + 6}}, tag.dash);
    }
    const ImVec2 at{to.x + c.scaled(8), middle - extent.y / 2};
    draw_text(at, c.fonts.regular, size, c.color(is_on ? Ink::Text : Ink::Muted), words);
    if (!is_on) draw_list().AddLine({at.x, middle}, {at.x + extent.x, middle}, c.color(Ink::Muted), 1.5f);
    add_node(key, "button", tag.name, rect).properties["pressed"] = is_on;
}

void draw_switches(const PlotParts& parts, PlotState& state) {
    if (parts.series.size() + (parts.has_ghosts ? 1 : 0) < 2) return;
    const std::string key = std::string(parts.key) + ".series";
    add_node(key, "group", tr("Series of the plot"), {context().area().x, context().area().y, 1, 1});
    context().twin.push_parent(key);
    {
        const Row row(4);
        for (size_t i = 0; i < parts.series.size(); ++i) {
            series_switch(key + "." + std::to_string(i), parts.series[i], parts.series[i].name, state);
        }
        if (parts.has_ghosts) {
            series_switch(key + ".ghosts", {.name = tr("earlier runs"), .color = -1, .dash = Dash::Dashed}, kGhosts,
                          state);
        }
    }
    context().twin.pop_parent();
}

std::string cell_words(const core::io::CsvCell& cell, bool is_position) {
    if (const auto* words = std::get_if<std::string>(&cell)) return *words;
    if (const auto* whole = std::get_if<int64_t>(&cell)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&cell))
        return is_position && std::isfinite(*number) ? position_words(*number) : value_words(*number);
    return {};
}

void shift_into_range(double& from, double& to) {
    const double width = std::min(to - from, 1.0);
    from = std::clamp(from, 0.0, 1.0 - width);
    to = from + width;
}

void zoom_axis(double& from, double& to, double factor, double share) {
    const double width = std::clamp((to - from) * factor, kSmallestPart, 1.0);
    const double at = from + (to - from) * share;
    from = at - width * share;
    to = from + width;
    shift_into_range(from, to);
    if (width >= 1.0) from = 0, to = 1;
}

}  // namespace

std::string position_words(double value) {
    char text[32];
    std::snprintf(text, sizeof text, std::abs(value) >= 1000 ? "%.0f" : "%.3g", value);
    return localized(text);
}

std::string value_words(double value) {
    if (!std::isfinite(value)) return tr("not a number");
    char text[32];
    std::snprintf(text, sizeof text, std::abs(value) >= 1e6 ? "%.3g" : "%.3f", value);
    return localized(text);
}

double exact(float value) {
    return core::io::parse_number(core::io::format_number(value)).value_or(static_cast<double>(value));
}

std::string to_csv(const PlotTable& table) {
    core::io::CsvWriter csv(table.columns);
    for (const auto& row : table.rows) csv.row(row);
    return csv.text();
}

std::vector<size_t> spread(size_t n, int n_rows) {
    const size_t count = std::min(static_cast<size_t>(std::max(n_rows, 0)), n);
    std::vector<size_t> rows(count);
    for (size_t i = 0; i < count; ++i) rows[i] = count == 1 ? 0 : i * (n - 1) / (count - 1);
    return rows;
}

void zoom(PlotState& state, double factor, double x_share, double y_share) {
    zoom_axis(state.x_from, state.x_to, factor, x_share);
    zoom_axis(state.y_from, state.y_to, factor, y_share);
}

void pan(PlotState& state, double dx, double dy) {
    state.x_from += dx, state.x_to += dx;
    state.y_from += dy, state.y_to += dy;
    shift_into_range(state.x_from, state.x_to);
    shift_into_range(state.y_from, state.y_to);
}

void follow(PlotState& state, double x_share) {
    if (!(x_share >= 0 && x_share <= 1) || (x_share >= state.x_from && x_share <= state.x_to)) return;
    pan(state, x_share - (state.x_from + state.x_to) / 2, 0);
}

std::string take_plot_keys(const PlotParts& parts, PlotState& state) {
    Context& c = context();
    const int last = parts.n_positions - 1;
    state.cursor = std::min(state.cursor, last);
    const auto action = c.twin.take(parts.key, "key");
    if (!action || !action->value.is_string()) return {};
    const std::string name = action->value.get<std::string>();
    c.frames_wanted = std::max(c.frames_wanted, 1);
    if (parts.can_zoom && (name == "+" || name == "=")) return zoom(state, 0.5), "";
    if (parts.can_zoom && name == "-") return zoom(state, 2), "";
    if (parts.can_zoom && name == "0") return zoom(state, 1e6), "";
    if (state.is_zoomed() && (name == "ArrowUp" || name == "ArrowDown")) {
        pan(state, 0, (name == "ArrowUp" ? 0.25 : -0.25) * (state.y_to - state.y_from));
        return {};
    }
    if (last < 0) return {};
    const bool is_walk = name == "ArrowLeft" || name == "ArrowRight" || name == "Home" || name == "End";
    if (name == "Escape") state.cursor = -1;
    if (!is_walk) return name;
    const double part = state.x_to - state.x_from;
    const int jump = std::max(1, static_cast<int>(last * part / 20));
    if (state.cursor < 0) state.cursor = last;
    if (name == "ArrowLeft") state.cursor = std::max(0, state.cursor - jump);
    if (name == "ArrowRight") state.cursor = std::min(last, state.cursor + jump);
    if (name == "Home") state.cursor = 0;
    if (name == "End") state.cursor = last;
    return name;
}

void take_plot_pointer(const PlotParts& parts, PlotState& state, const Rect& rect) {
    if (!parts.can_zoom) return;
    Context& c = context();
    const Press p = press(parts.key, rect, true);
    const bool is_finger = ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
    if (p.is_held && state.is_zoomed() && !is_finger) {
        const ImVec2 moved = ImGui::GetIO().MouseDelta;
        pan(state, -static_cast<double>(moved.x / rect.width) * (state.x_to - state.x_from),
            static_cast<double>(moved.y / rect.height) * (state.y_to - state.y_from));
    }
    const AxesPlace axes = axes_place(parts.key);
    while (const auto action = c.twin.take(parts.key, "zoom")) {
        std::array<double, 5> told{};  // factor, place and way, in shares of the plot
        if (!action->value.is_array() || action->value.size() != told.size()) continue;
        std::transform(action->value.begin(), action->value.end(), told.begin(),
                       [](const json& it) { return it.is_number() ? it.get<double>() : std::nan(""); });
        if (!std::all_of(told.begin(), told.end(), [](double it) { return std::isfinite(it); })) continue;
        const auto [factor, x, y, dx, dy] = told;
        pan(state, -dx / axes.width * (state.x_to - state.x_from), dy / axes.height * (state.y_to - state.y_from));
        zoom(state, std::clamp(factor, 0.1, 10.0), std::clamp((x - axes.left) / axes.width, 0.0, 1.0),
             1 - std::clamp((y - axes.top) / axes.height, 0.0, 1.0));
        c.frames_wanted = std::max(c.frames_wanted, 1);
    }
}

PlotAnswer finish_plot(const PlotParts& parts, PlotState& state, const Rect& rect, const std::string& readout,
                       const std::function<PlotTable(int)>& rows) {
    Context& c = context();
    const std::string key(parts.key);
    PlotAnswer answer;
    const ImRect box = to_box(rect);
    answer.screen = {box.Min.x, box.Min.y, rect.width, rect.height};
    Node& node = add_node(key, "plot", parts.title, rect);
    node.properties["d"] = parts.summary;
    node.properties["cap"] = true;  // the sentence stands below it, too
    if (parts.n_positions > 0) {
        node.properties["kind"] = tr("plot");
        node.properties["max"] = parts.n_positions - 1;
        node.properties["v"] = std::max(state.cursor, 0);
        if (state.cursor < 0) node.properties["hint"] = tr("The arrow keys read out its values.");
    }
    if (!readout.empty()) node.properties["vt"] = readout;
    if (parts.can_zoom) node.properties["zoom"] = true;
    paragraph(key + ".summary", parts.summary, Ink::Muted, Type::Small);
    draw_switches(parts, state);
    const bool has_values = parts.n_positions > 0;
    {
        const Row row(c.env.is_touch ? 4 : 6);  // all of them in one line of a phone
        if (tool(key + ".table", state.show_table ? tr("Hide table") : tr("Table"),
                 state.show_table ? tr("Hide table") : tr("Table"), true, state.show_table)) {
            state.show_table = !state.show_table;
        }
        answer.wants_csv = tool(key + ".csv", "CSV", "CSV", has_values);
        if (c.env.has_canvas) answer.wants_png = tool(key + ".png", "PNG", "PNG", true);
        if (parts.can_zoom && c.env.has_canvas) {
            if (tool(key + ".zoom_in", "+", tr("Zoom in"), has_values && state.x_to - state.x_from > kSmallestPart))
                zoom(state, 0.5);
            if (tool(key + ".zoom_out", "−", tr("Zoom out"), state.is_zoomed())) zoom(state, 2);
            if (tool(key + ".zoom_all", tr("All"), tr("Show all"), state.is_zoomed())) zoom(state, 1e6);
        }
    }
    if (state.show_table) {
        const PlotTable numbers = rows(kTableRows);
        std::vector<std::vector<std::string>> shown;
        for (const auto& row : numbers.rows) {
            std::vector<std::string>& cells = shown.emplace_back();
            for (const auto& cell : row) cells.push_back(cell_words(cell, cells.empty()));
        }
        table(key + ".rows", tr("{0}, as a table", {parts.title}), numbers.columns, shown);
    }
    return answer;
}

}  // namespace terrarium::ui::internal
