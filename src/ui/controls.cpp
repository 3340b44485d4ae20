// Buttons and choices.

#include <algorithm>

#include "ui/internal.h"
#include "ui/locked.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

struct Paint {
    ImU32 fill, border, words;
};

Paint button_paint(Button look, const Press& p, bool is_enabled) {
    const Context& c = context();
    const bool is_warm = p.is_hovered || p.is_held;
    Paint paint{c.color(is_warm ? Ink::Soft : Ink::Panel), c.color(Ink::Control), c.color(Ink::Text)};
    if (look == Button::Primary)
        paint = {c.color(Ink::Accent, is_warm ? 0.9f : 1.0f), c.color(Ink::Accent), c.color(Ink::OnAccent)};
    if (look == Button::Quiet) paint = {is_warm ? c.color(Ink::Soft) : 0, 0, c.color(Ink::Text)};
    if (look == Button::Selected) paint = {c.color(Ink::Soft), c.color(Ink::Accent), c.color(Ink::Accent)};
    // Of the system's colours the one of lines is also that of words which cannot be used.
    const Ink words = c.env.forced ? Ink::Line : Ink::Muted;
    if (!is_enabled) paint = {c.color(Ink::Background), c.color(Ink::Line), c.color(words)};
    if (!is_enabled && look == Button::Quiet) paint = {0, 0, c.color(words)};
    return paint;
}

/// Words of a button that are too long for its line stand in several.
std::vector<std::string> button_lines(std::string_view label, float size, float padding) {
    Context& c = context();
    return wrapped(c.fonts.bold, size, label, std::max(c.area().width - 2 * padding, size * 4));
}

void draw_button(const Press& p, const std::vector<std::string>& lines, Button look, bool is_enabled, float size) {
    const Context& c = context();
    const Paint paint = button_paint(look, p, is_enabled);
    if (paint.fill != 0) draw_list().AddRectFilled(p.box.Min, p.box.Max, paint.fill, kRadius - 2);
    if (paint.border != 0) draw_list().AddRect(p.box.Min, p.box.Max, paint.border, kRadius - 2);
    const float pitch = size * kLineHeight;
    float top = (p.box.Min.y + p.box.Max.y - pitch * static_cast<float>(lines.size())) / 2;
    for (const std::string& line : lines) {
        draw_text_centered({{p.box.Min.x, top}, {p.box.Max.x, top + pitch}}, c.fonts.bold, size, paint.words, line);
        top += pitch;
    }
}

Rect button_rect(const std::vector<std::string>& lines, float size, float padding) {
    Context& c = context();
    float width = c.control_height();
    for (const std::string& line : lines) width = std::max(width, text_size(c.fonts.bold, size, line).x + 2 * padding);
    const float height = size * kLineHeight * static_cast<float>(lines.size()) + c.scaled(14);
    return c.place(width, std::max(c.control_height(), height));
}

}  // namespace

bool button(std::string_view key, std::string_view label, Button look, bool is_enabled) {
    if (is_hidden(key)) return false;
    Context& c = context();
    is_enabled = is_enabled && !is_locked(key);
    const float size = c.scaled(type_size(look == Button::Quiet ? Type::Small : Type::Body) - 1);
    const float padding = c.scaled(look == Button::Quiet ? 8 : 14);
    const std::vector<std::string> lines = button_lines(label, size, padding);
    const Rect rect = button_rect(lines, size, padding);
    const Press p = press(key, rect, is_enabled);
    draw_button(p, lines, look, is_enabled, size);
    Node& node = add_node(key, "button", label, rect);
    if (!is_enabled) node.properties["disabled"] = true;
    if (look == Button::Selected) node.properties["pressed"] = true;
    if (look == Button::Primary) node.properties["look"] = "primary";
    return is_enabled && (was_clicked_in_twin(key) || p.was_pressed);
}

bool file_button(std::string_view key, std::string_view label, int64_t max_bytes) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    const float size = c.scaled(type_size(Type::Body) - 1);
    const std::vector<std::string> lines = button_lines(label, size, c.scaled(14));
    const Rect rect = button_rect(lines, size, c.scaled(14));
    const Press p = press(key, rect, is_enabled);
    draw_button(p, lines, Button::Plain, is_enabled, size);
    Node& node = add_node(key, "file", label, rect);
    node.properties["accept"] = ".txt,.md,.csv,text/plain";
    node.properties["max_bytes"] = max_bytes;
    if (!is_enabled) node.properties["disabled"] = true;
    return is_enabled && p.was_pressed;
}

bool toggle(std::string_view key, std::string_view label, bool& value) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    const float size = c.scaled(type_size(Type::Small) + 1);
    const float knob = c.scaled(22);
    const float before_words = knob * 1.8f + 10;
    const float room = lock_room(is_enabled, size);
    const auto lines = wrapped(c.fonts.regular, size, label, std::max(c.area().width - before_words - room, size * 4));
    float width = 0;
    for (const std::string& line : lines) width = std::max(width, text_size(c.fonts.regular, size, line).x);
    const float height = size * kLineHeight * static_cast<float>(lines.size());
    const Rect rect = c.place(before_words + width + room, std::max(c.control_height(), height + c.scaled(10)));
    const Press p = press(key, rect, is_enabled);
    bool changed = p.was_pressed;
    if (p.was_pressed) value = !value;
    if (const auto action = c.twin.take(key, "set"); action && is_enabled && action->value.is_boolean()) {
        changed = changed || value != action->value.get<bool>();
        value = action->value.get<bool>();
    } else if (was_clicked_in_twin(key) && is_enabled) {
        value = !value;
        changed = true;
    }
    const float middle = (p.box.Min.y + p.box.Max.y) / 2;
    const ImRect track({p.box.Min.x, middle - knob / 2}, {p.box.Min.x + knob * 1.8f, middle + knob / 2});
    const bool is_filled = value && is_enabled;
    const Ink edge = part_ink(is_enabled, value ? Ink::Accent : Ink::Control);
    draw_list().AddRectFilled(track.Min, track.Max,
                              c.color(is_filled    ? Ink::Accent
                                      : is_enabled ? Ink::Panel
                                                   : Ink::Background),
                              knob / 2);
    draw_list().AddRect(track.Min, track.Max, c.color(edge), knob / 2, 0, is_enabled ? 1.5f : 1.0f);
    const float x = value ? track.Max.x - knob / 2 : track.Min.x + knob / 2;
    draw_list().AddCircleFilled({x, middle}, knob / 2 - 4,
                                c.color(is_filled ? Ink::OnAccent : part_ink(is_enabled, Ink::Control)));
    draw_lines({track.Max.x + 10, middle - height / 2}, c.fonts.regular, size, c.color(part_ink(is_enabled, Ink::Text)),
               lines);
    draw_lock(is_enabled, {track.Max.x + 10 + width, middle}, size);
    Node& node = add_node(key, "toggle", label, rect);
    node.properties["checked"] = value;
    node.properties["sw"] = true;
    if (!is_enabled) node.properties["disabled"] = true;
    return changed;
}

namespace {

Ink edge_of(bool is_selected, bool is_enabled) {
    if (is_enabled) return is_selected ? Ink::Accent : Ink::Control;
    return is_selected ? part_ink(false, Ink::Accent) : Ink::Line;
}

/// The options of a choice or of tabs: pills in a wrapping row. Returns true when the selection changed.
bool pills(std::string_view key, std::string_view option_role, const std::vector<Option>& options,
           std::string& selected, bool is_enabled) {
    Context& c = context();
    bool changed = false;
    const float size = c.scaled(type_size(Type::Small) + 1);
    const bool is_tab = option_role == "tab";
    const Row row(6);
    for (const Option& option : options) {
        const std::string option_key = std::string(key) + "." + option.id;
        const bool is_selected = option.id == selected;
        ImFont* font = is_selected ? c.fonts.bold : c.fonts.regular;
        const float width = text_size(c.fonts.bold, size, option.words).x + c.scaled(is_tab ? 16 : 24);
        const auto lines = wrapped(font, size, option.words, c.area().width - c.scaled(24));
        const float height = std::max(c.control_height() - (is_tab && !c.env.is_touch ? 4 : 0),
                                      size * 1.35f * static_cast<float>(lines.size()) + c.scaled(16));
        const Rect rect = c.place(width, height);
        const Press p = press(option_key, rect, is_enabled);
        const bool chosen = is_enabled && (p.was_pressed || was_clicked_in_twin(option_key) ||
                                           c.twin.take(option_key, "set").has_value());
        if (chosen && !is_selected) {
            selected = option.id;
            changed = true;
        }
        const ImU32 fill = c.color(!is_enabled    ? Ink::Background
                                   : is_selected  ? Ink::Soft
                                   : p.is_hovered ? Ink::Soft
                                   : is_tab       ? Ink::Background
                                                  : Ink::Panel);
        draw_list().AddRectFilled(p.box.Min, p.box.Max, fill, kRadius - 2);
        if (!is_tab || is_selected) {
            draw_list().AddRect(p.box.Min, p.box.Max, c.color(edge_of(is_selected, is_enabled)), kRadius - 2, 0,
                                is_selected ? 2.0f : 1.0f);
        }
        const float text_height = size * 1.35f * static_cast<float>(lines.size());
        const float letters = size * c.fonts.metrics(font).height;
        float y = (p.box.Min.y + p.box.Max.y - text_height + size * 1.35f - letters) / 2;
        for (const std::string& line : lines) {
            const float line_width = text_size(font, size, line).x;
            const float x =
                lines.size() == 1 ? (p.box.Min.x + p.box.Max.x - line_width) / 2 : p.box.Min.x + c.scaled(12);
            draw_text({x, y}, font, size, c.color(part_ink(is_enabled, is_selected ? Ink::Accent : Ink::Text)), line);
            y += size * 1.35f;
        }
        Node& node = add_node(option_key, option_role, option.words, rect);
        node.properties[is_tab ? "selected" : "checked"] = option.id == selected;
        if (!is_enabled) node.properties["disabled"] = true;
    }
    return changed;
}

}  // namespace

bool choice(std::string_view key, std::string_view label, const std::vector<Option>& options, std::string& selected) {
    if (is_hidden(key)) return false;
    Context& c = context();
    add_node(key, "radiogroup", label, caption(label, !is_locked(key)));
    c.twin.push_parent(std::string(key));
    const float gap = std::exchange(c.area().gap, 4.0f);
    const bool changed = pills(key, "radio", options, selected, !is_locked(key));
    c.area().gap = gap;
    c.twin.pop_parent();
    return changed;
}

bool tabs(std::string_view key, std::string_view name, const std::vector<Option>& options, std::string& selected) {
    if (is_hidden(key)) return false;
    Context& c = context();
    add_node(key, "tablist", name, {c.area().x, c.area().y, c.area().width, c.control_height()});
    c.twin.push_parent(std::string(key));
    const bool changed = pills(key, "tab", options, selected, !is_locked(key));
    c.twin.pop_parent();
    return changed;
}

}  // namespace terrarium::ui
