#include "ui/sketch.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

constexpr int kLevels = 50;  ///< heights that the arrow keys can reach

std::string short_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, std::abs(value) >= 1000 ? "%.0f" : "%.3g", value);
    return localized(text);
}

/// Where the curve is drawn: inside the labels of its axes.
struct Frame {
    const Sketch& sketch;
    ImRect box;

    float x(double value) const { return box.Min.x + box.GetWidth() * static_cast<float>(value / sketch.x_max); }
    float y(double value) const {
        const double share = (value - sketch.y_min) / (sketch.y_max - sketch.y_min);
        return box.Max.y - box.GetHeight() * static_cast<float>(std::clamp(share, 0.0, 1.0));
    }
    double height_at(float screen_y) const {
        const double share = std::clamp(static_cast<double>((box.Max.y - screen_y) / box.GetHeight()), 0.0, 1.0);
        return sketch.y_min + (sketch.y_max - sketch.y_min) * std::round(share * kLevels) / kLevels;
    }
};

double x_of(const Sketch& sketch, size_t point, size_t n) {
    return sketch.x_max * static_cast<double>(point) / static_cast<double>(n - 1);
}

void draw_axes(const Frame& frame) {
    const Context& c = context();
    const float size = c.scaled(type_size(Type::MonoSmall));
    const Sketch& sketch = frame.sketch;
    draw_list().AddRectFilled(frame.box.Min, frame.box.Max, c.color(Ink::Background), 4);
    for (int i = 0; i <= 4; ++i) {
        const double height = sketch.y_min + (sketch.y_max - sketch.y_min) * i / 4;
        const float y = frame.y(height);
        draw_list().AddLine({frame.box.Min.x, y}, {frame.box.Max.x, y}, c.color(Ink::Line));
        const std::string words = short_number(height);
        const ImVec2 extent = text_size(c.fonts.regular, size, words);
        draw_text({frame.box.Min.x - extent.x - 6, y - extent.y / 2}, c.fonts.regular, size, c.color(Ink::Muted),
                  words);
    }
    for (int i = 0; i <= 2; ++i) {
        const std::string words = short_number(sketch.x_max * i / 2);
        const float width = text_size(c.fonts.regular, size, words).x;
        const float x = frame.x(sketch.x_max * i / 2) - width * static_cast<float>(i) / 2;
        draw_text({x, frame.box.Max.y + 4}, c.fonts.regular, size, c.color(Ink::Muted), words);
    }
    const float name_width = frame.box.GetWidth();
    draw_text_centered(
        {{frame.box.Min.x, frame.box.Max.y + size * 1.5f}, {frame.box.Max.x, frame.box.Max.y + size * 3}},
        c.fonts.regular, size, c.color(Ink::Muted), fitted(c.fonts.regular, size, sketch.x_name, name_width));
}

void draw_guess(const Frame& frame, const std::vector<double>& heights) {
    const Context& c = context();
    const ImU32 color = c.series_color(1);
    for (size_t i = 0; i + 1 < heights.size(); ++i) {
        const ImVec2 from(frame.x(x_of(frame.sketch, i, heights.size())), frame.y(heights[i]));
        const ImVec2 to(frame.x(x_of(frame.sketch, i + 1, heights.size())), frame.y(heights[i + 1]));
        const float length = std::hypot(to.x - from.x, to.y - from.y);
        for (float at = 0; at < length; at += 12) {  // dashes: a guess, not a measurement
            const float a = at / length, b = std::min(at + 7, length) / length;
            draw_list().AddLine({from.x + (to.x - from.x) * a, from.y + (to.y - from.y) * a},
                                {from.x + (to.x - from.x) * b, from.y + (to.y - from.y) * b}, color, 2.5f);
        }
    }
    for (size_t i = 0; i < heights.size(); ++i) {
        const ImVec2 at(frame.x(x_of(frame.sketch, i, heights.size())), frame.y(heights[i]));
        draw_list().AddCircleFilled(at, c.scaled(frame.sketch.is_editable ? 8 : 4), c.color(Ink::Panel));
        draw_list().AddCircle(at, c.scaled(frame.sketch.is_editable ? 8 : 4), color, 0, 2.5f);
    }
}

void draw_real(const Frame& frame) {
    const Context& c = context();
    const Sketch& sketch = frame.sketch;
    const size_t n = std::min(sketch.real_x.size(), sketch.real_y.size());
    ImVec2 before;
    bool has_before = false;
    for (size_t i = 0; i < n; ++i) {
        if (!std::isfinite(sketch.real_y[i]) || static_cast<double>(sketch.real_x[i]) > sketch.x_max) break;
        const ImVec2 at(frame.x(static_cast<double>(sketch.real_x[i])), frame.y(static_cast<double>(sketch.real_y[i])));
        if (has_before) draw_list().AddLine(before, at, c.series_color(0), 3);
        before = at;
        has_before = true;
    }
}

/// The point that the pointer moves, or none: pressing picks the nearest one, a stroke goes from one to the next.
void move_by_pointer(const Frame& frame, bool is_moving, std::vector<double>& heights, bool& changed) {
    if (!is_moving || !ImGui::IsMousePosValid()) return;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const double share = static_cast<double>((mouse.x - frame.box.Min.x) / frame.box.GetWidth());
    const auto last = static_cast<double>(heights.size() - 1);
    double& height = heights[static_cast<size_t>(std::lround(std::clamp(share, 0.0, 1.0) * last))];
    const double wanted = frame.height_at(mouse.y);
    changed = changed || wanted != height;
    height = wanted;
}

/// One point: a column that takes the pointer, and a slider in the twin. True while the pointer moves points.
bool point_column(const std::string& key, const Sketch& sketch, const Rect& rect, double x, double& height,
                  bool& changed) {
    const bool is_enabled = sketch.is_editable && !is_locked(key);
    const Press p = press(key, rect, is_enabled);
    const bool is_finger = ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
    const bool is_stroke = !is_finger || std::abs(ImGui::GetMouseDragDelta(0, 0).x) >= 6;
    if (const auto action = context().twin.take(key, "set"); action && is_enabled) {
        double level = 0;
        if (action->value.is_number()) level = action->value.get<double>();
        if (action->value.is_string()) level = std::strtod(action->value.get<std::string>().c_str(), nullptr);
        const double wanted =
            sketch.y_min + (sketch.y_max - sketch.y_min) * std::clamp(std::round(level), 0.0, 1.0 * kLevels) / kLevels;
        changed = changed || wanted != height;
        height = wanted;
    }
    Node& node = add_node(key, "slider", tr("{0} at {1} {2}", {sketch.y_name, sketch.x_name, short_number(x)}), rect);
    node.properties["v"] = std::round((height - sketch.y_min) / (sketch.y_max - sketch.y_min) * kLevels);
    node.properties["min"] = 0;
    node.properties["max"] = kLevels;
    node.properties["step"] = 1;
    node.properties["vt"] = short_number(height);
    node.properties["touch"] = "pan-y";
    if (!is_enabled) node.properties["disabled"] = true;
    return is_enabled && ((p.is_held && is_stroke) || (p.was_pressed && is_finger));
}

/// Type the heights, or read them beside what came.
void draw_numbers(const std::string& key, const Sketch& sketch, std::vector<double>& heights, bool& changed) {
    const size_t n = heights.size();
    if (sketch.is_editable) {
        const Scale scale{.min = sketch.y_min, .max = sketch.y_max, .step = (sketch.y_max - sketch.y_min) / kLevels};
        for (size_t i = 0; i < n; ++i) {
            const std::string label = tr("At {0} {1}", {sketch.x_name, short_number(x_of(sketch, i, n))});
            changed = slider(key + ".n" + std::to_string(i), label, scale, heights[i]) || changed;
        }
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (size_t i = 0; i < n; ++i) {
        const double x = x_of(sketch, i, n);
        const auto after = std::lower_bound(sketch.real_x.begin(), sketch.real_x.end(), static_cast<float>(x));
        const bool is_there = after != sketch.real_x.end();
        const auto at = static_cast<size_t>(after - sketch.real_x.begin());
        rows.push_back({short_number(x), short_number(heights[i]),
                        is_there ? short_number(static_cast<double>(sketch.real_y[at])) : tr("not measured")});
    }
    table(key + ".rows", sketch.title, {sketch.x_name, tr("Your guess"), tr("What came")}, rows);
}

}  // namespace

bool sketch(std::string_view key, const Sketch& sketch, std::vector<double>& heights, bool& show_numbers) {
    if (is_hidden(key) || heights.size() < 2) return false;
    Context& c = context();
    const std::string name(key);
    const float small = c.scaled(type_size(Type::MonoSmall));
    const size_t n = heights.size();
    bool changed = false;
    paragraph(name + ".height_name", sketch.y_name, Ink::Muted, Type::Small);
    const Rect rect = c.place(c.area().width, c.scaled(sketch.height));
    const ImRect box = to_box(rect);
    const float left = c.scaled(44), knob = c.scaled(12);
    const Frame frame{sketch, {{box.Min.x + left, box.Min.y + knob}, {box.Max.x - knob, box.Max.y - small * 3.2f}}};
    add_node(key, "group", sketch.title, rect);
    c.twin.push_parent(name);
    bool is_moving = false;
    const float column = frame.box.GetWidth() / static_cast<float>(n - 1);
    for (size_t i = 0; i < n; ++i) {
        const float middle = rect.x + left + column * static_cast<float>(i);
        const float from = i == 0 ? middle - knob : middle - column / 2;
        const float to = i + 1 == n ? middle + knob : middle + column / 2;
        const Rect part{from, rect.y, to - from, rect.height - small * 3.2f};
        const bool moves =
            point_column(name + ".p" + std::to_string(i), sketch, part, x_of(sketch, i, n), heights[i], changed);
        is_moving = is_moving || moves;
    }
    c.twin.pop_parent();
    move_by_pointer(frame, is_moving, heights, changed);
    draw_axes(frame);
    draw_real(frame);
    draw_guess(frame, heights);
    if (!sketch.real_x.empty()) {
        paragraph(name + ".legend", tr("Dashed with circles: your guess. Solid: what came."), Ink::Muted, Type::Small);
    }
    const std::string label = show_numbers ? tr("Hide the numbers") : tr("As numbers");
    if (button(name + ".numbers", label, show_numbers ? Button::Selected : Button::Plain)) show_numbers = !show_numbers;
    if (show_numbers) draw_numbers(name, sketch, heights, changed);
    if (changed) c.frames_wanted = std::max(c.frames_wanted, 1);
    return changed;
}

void small_curve(std::string_view key, std::string_view name, std::span<const double> heights, float height) {
    if (is_hidden(key) || heights.size() < 2) return;
    Context& c = context();
    const Rect rect = c.place(c.area().width, c.scaled(height));
    const ImRect box = to_box(rect);
    draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Background), 6);
    constexpr float kMargin = 10;
    const float width = box.GetWidth() - 2 * kMargin;
    const float tall = box.GetHeight() - 2 * kMargin;
    const auto at = [&](size_t i) {
        const float share = static_cast<float>(i) / static_cast<float>(heights.size() - 1);
        return ImVec2(box.Min.x + kMargin + width * share, box.Max.y - kMargin - tall * static_cast<float>(heights[i]));
    };
    for (size_t i = 0; i + 1 < heights.size(); ++i) draw_list().AddLine(at(i), at(i + 1), c.series_color(0), 3);
    add_node(key, "text", name, rect);
}

}  // namespace terrarium::ui
