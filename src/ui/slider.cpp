// A number: a field to type in, two steppers and a track. Nothing by drag alone.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/io/number_text.h"
#include "ui/internal.h"
#include "ui/locked.h"
#include "ui/steps.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace internal {

bool small_button(std::string_view key, std::string_view sign, std::string_view name, const Rect& rect,
                  bool is_enabled) {
    Context& c = context();
    const Press p = press(key, rect, is_enabled);
    if (p.is_hovered) draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(Ink::Soft), 6);
    draw_list().AddRect(p.box.Min, p.box.Max, c.color(is_enabled ? Ink::Control : Ink::Line), 6);
    draw_text_centered(p.box, c.fonts.bold, c.scaled(16), c.color(is_enabled ? Ink::Text : Ink::Muted), sign);
    Node& node = add_node(key, "button", name, rect);
    if (!is_enabled) node.properties["disabled"] = true;
    return is_enabled && (p.was_pressed || was_clicked_in_twin(key));
}

}  // namespace internal

namespace {

double slider_low(const Scale& scale) { return scale.slider_min != 0 ? scale.slider_min : scale.min; }
double slider_high(const Scale& scale) { return scale.slider_max != 0 ? scale.slider_max : scale.max; }

double to_fraction(const Scale& scale, double value) {
    const double low = slider_low(scale);
    const double high = slider_high(scale);
    const double at = scale.is_log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    return std::clamp(at, 0.0, 1.0);
}

double from_fraction(const Scale& scale, double fraction) {
    const double low = slider_low(scale);
    const double high = slider_high(scale);
    return scale.is_log ? low * std::exp(std::log(high / low) * fraction) : low + (high - low) * fraction;
}

/// Whole steps of the scale, or two significant digits where it is continuous: what people can read and repeat.
double tidy(const Scale& scale, double value) {
    if (scale.step > 0) {
        value = scale.min + std::round((value - scale.min) / scale.step) * scale.step;
    } else if (value > 0) {
        const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
        value = std::round(value / unit) * unit;
        char text[32];  // back through text: 0.0031, not 0.0031000000000000003
        std::snprintf(text, sizeof text, "%.6g", value);
        value = core::io::parse_number(text).value_or(value);
    }
    return std::clamp(value, scale.min, scale.max);
}

double stepped(const Scale& scale, double value, int direction) {
    if (scale.step > 0) return tidy(scale, value + direction * scale.step);
    // A twentieth of the track, from where the value is: a number that was typed may lie beyond the track.
    const double range =
        scale.is_log ? std::log(slider_high(scale) / slider_low(scale)) : slider_high(scale) - slider_low(scale);
    return tidy(scale, scale.is_log ? value * std::exp(direction * 0.05 * range) : value + direction * 0.05 * range);
}

bool apply_typed(const Scale& scale, const std::string& as_typed, double& value) {
    const std::string typed = to_data_number(as_typed);
    const size_t first = typed.find_first_not_of(' ');
    const size_t last = typed.find_last_not_of(' ');
    if (first == std::string::npos) return false;
    const auto number = core::io::parse_number(std::string_view(typed).substr(first, last - first + 1));
    if (!number) return false;
    // What is typed is kept to the digit; only limits and whole steps bind.
    const double wanted = scale.step > 0 ? tidy(scale, *number) : std::clamp(*number, scale.min, scale.max);
    if (wanted == value) return false;
    value = wanted;
    return true;
}

void draw_track(const Press& p, double fraction, bool is_enabled) {
    const Context& c = context();
    const float middle = (p.box.Min.y + p.box.Max.y) / 2;
    const float knob = c.scaled(9);
    const float left = p.box.Min.x + knob;
    const float right = p.box.Max.x - knob;
    const float x = left + (right - left) * static_cast<float>(fraction);
    draw_list().AddRectFilled({left, middle - 3}, {right, middle + 3}, c.color(Ink::Line), 3);
    draw_list().AddRectFilled({left, middle - 3}, {x, middle + 3}, c.color(part_ink(is_enabled, Ink::Accent)), 3);
    if (!is_enabled) {  // a mark instead of a knob: there is nothing to take hold of
        draw_list().AddRectFilled({x - 2, middle - knob}, {x + 2, middle + knob}, c.color(part_ink(false, Ink::Accent)),
                                  2);
        return;
    }
    draw_list().AddCircleFilled({x, middle}, knob, c.color(Ink::Panel));
    draw_list().AddCircle({x, middle}, knob, c.color(Ink::Accent), 0, p.is_held ? 3.5f : 2.0f);
}

/// The number as text: the DOM's own input where there is one, ImGui's field natively.
bool number_field(const std::string& key, std::string_view label, const Scale& scale, const Rect& rect, bool is_enabled,
                  double& value) {
    Context& c = context();
    const ImRect box = to_box(rect);
    bool changed = false;
    const std::string words = core::io::format_number(value);
    if (!c.env.has_dom && is_enabled) {
        char typed[32];
        std::snprintf(typed, sizeof typed, "%s", localized(words).c_str());
        ImGui::SetCursorScreenPos(box.Min);
        ImGui::SetNextItemWidth(rect.width);
        ImGui::PushOverrideID(item_id(key));
        const FieldStyle style(10, rect.height, c.fonts.mono, c.scaled(type_size(Type::Body)));
        if (ImGui::InputText("##number", typed, sizeof typed, ImGuiInputTextFlags_EnterReturnsTrue)) {
            changed = apply_typed(scale, typed, value);
        }
        c.known_items.insert(ImGui::GetItemID());
        ImGui::PopID();
    } else {
        plain_item(key, rect);
        draw_list().AddRect(box.Min, box.Max, c.color(is_enabled ? Ink::Control : Ink::Line), 6);
        draw_text_centered(box, c.fonts.mono, c.scaled(type_size(Type::Mono)), c.color(part_ink(is_enabled, Ink::Text)),
                           localized(words));
    }
    Node& node = add_node(key, "number", label, rect);
    node.properties["v"] = words;
    node.properties["min"] = scale.min;
    node.properties["max"] = scale.max;
    if (!is_enabled) node.properties["disabled"] = true;
    if (const auto action = c.twin.take(key, "set"); action && is_enabled) {
        const std::string typed = action->value.is_string() ? action->value.get<std::string>() : action->value.dump();
        changed = apply_typed(scale, typed, value) || changed;
    }
    return changed;
}

}  // namespace

bool slider(std::string_view key, std::string_view label, const Scale& scale, double& value) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    const std::string name(key);
    const float touch = c.env.is_touch ? kTouchHeight : 32.0f;
    const float line = c.scaled(touch);
    const float size = c.scaled(type_size(Type::Small));
    const float field_width = c.scaled(84);
    const float width = c.area().is_row ? c.scaled(200) : c.area().width;
    const auto words = wrapped(c.fonts.regular, size, label,
                               std::max(width - field_width - 8 - lock_room(is_enabled, size), size * 4));
    const float words_height = size * 1.2f * static_cast<float>(words.size());
    const float top = std::max(line, words_height);  // long words make the control taller
    const Rect all = c.place(width, top + line + 4);
    bool changed = false;

    const ImVec2 at = c.to_screen(all.x, all.y);
    float y = at.y + (top - words_height) / 2;
    for (const std::string& one : words) {
        draw_text({at.x, y}, c.fonts.regular, size, c.color(Ink::Muted), one);
        y += size * 1.2f;
    }
    draw_lock(is_enabled, {at.x + text_size(c.fonts.regular, size, words.back()).x, y - size * 0.6f}, size);
    const Rect field{all.x + all.width - field_width, all.y + (top - line) / 2, field_width, line};
    const float side = line;
    const Rect minus{all.x, all.y + top + 4, side, line};
    const Rect track{all.x + side + 4, all.y + top + 4, all.width - 2 * side - 8, line};
    const Rect plus{all.x + all.width - side, all.y + top + 4, side, line};

    changed = number_field(name + ".number", label, scale, field, is_enabled, value) || changed;
    if (small_button(name + ".less", "−", tr("{0}: less", {std::string(label)}), minus,
                     is_enabled && value > scale.min)) {
        value = stepped(scale, value, -1);
        changed = true;
    }
    const Press p = press(key, track, is_enabled);
    // A finger that begins to scroll the page starts on a slider, too: it counts only once it moves sideways, or taps.
    const bool is_finger = ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
    const bool is_drag = !is_finger || std::abs(ImGui::GetMouseDragDelta(0, 0).x) >= 6;
    if ((p.is_held && is_drag && ImGui::IsMousePosValid()) ||
        (p.was_pressed && is_finger && ImGui::IsMousePosValid())) {
        const float knob = c.scaled(9);
        const double fraction = (ImGui::GetIO().MousePos.x - p.box.Min.x - knob) / (track.width - 2 * knob);
        const double wanted = tidy(scale, from_fraction(scale, std::clamp(fraction, 0.0, 1.0)));
        changed = changed || wanted != value;
        value = wanted;
    }
    if (const auto action = c.twin.take(key, "set"); action && is_enabled) {
        // The DOM's range works in thousandths of the track, so that a logarithmic scale steps evenly.
        double thousandths = 0;
        if (action->value.is_number()) thousandths = action->value.get<double>();
        if (action->value.is_string()) {
            thousandths = core::io::parse_number(action->value.get<std::string>()).value_or(0);
        }
        double wanted = tidy(scale, from_fraction(scale, std::clamp(thousandths / 1000, 0.0, 1.0)));
        if (wanted == value) {  // one arrow key is less than a step of the scale: take a whole step
            const double before = to_fraction(scale, value) * 1000;
            if (thousandths > before + 0.5) wanted = stepped(scale, value, 1);
            if (thousandths < before - 0.5) wanted = stepped(scale, value, -1);
        }
        changed = changed || wanted != value;
        value = wanted;
    }
    draw_track(p, to_fraction(scale, value), is_enabled);
    if (small_button(name + ".more", "+", tr("{0}: more", {std::string(label)}), plus,
                     is_enabled && value < scale.max)) {
        value = stepped(scale, value, 1);
        changed = true;
    }

    Node& node = add_node(key, "slider", label, track);
    node.properties["v"] = std::round(to_fraction(scale, value) * 1000);
    node.properties["min"] = 0;
    node.properties["max"] = 1000;
    node.properties["step"] = 1;
    node.properties["vt"] = scale.words ? scale.words(value) : localized(core::io::format_number(value));
    node.properties["touch"] = "pan-y";
    if (!is_enabled) node.properties["disabled"] = true;
    return changed;
}

bool stepper(std::string_view key, std::string_view label, const Scale& scale, double& value) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    const std::string name(key);
    const double before = value;
    const Group group(key, label);
    caption(label, is_enabled);
    const float gap = std::exchange(c.area().gap, 4.0f);
    const float side = c.control_height();
    const Rect all = c.place(2 * side + c.scaled(96), side);
    c.area().gap = gap;
    const Rect minus{all.x, all.y, side, side};
    const Rect plus{all.x + all.width - side, all.y, side, side};
    const Rect field{all.x + side + 6, all.y, all.width - 2 * side - 12, side};
    if (small_button(name + ".less", "−", tr("{0}: less", {std::string(label)}), minus,
                     is_enabled && value > scale.min))
        value = stepped(scale, value, -1);
    number_field(name + ".number", label, scale, field, is_enabled, value);
    if (small_button(name + ".more", "+", tr("{0}: more", {std::string(label)}), plus, is_enabled && value < scale.max))
        value = stepped(scale, value, 1);
    return value != before;
}

}  // namespace terrarium::ui
