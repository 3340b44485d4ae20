// Several of a few: rows with a box to tick, whose words wrap.

#include <algorithm>

#include "ui/internal.h"
#include "ui/locked.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

void draw_box(const ImRect& row, float side, bool is_chosen, bool is_enabled) {
    const Context& c = context();
    const ImVec2 corner(row.Min.x + c.scaled(10), (row.Min.y + row.Max.y - side) / 2);
    const ImRect box(corner, {corner.x + side, corner.y + side});
    const Ink ground = is_enabled ? Ink::Panel : Ink::Background;
    draw_list().AddRectFilled(box.Min, box.Max, c.color(is_chosen && is_enabled ? Ink::Accent : ground), 4);
    draw_list().AddRect(box.Min, box.Max, c.color(part_ink(is_enabled, is_chosen ? Ink::Accent : Ink::Control)), 4, 0,
                        is_enabled ? 1.5f : 1.0f);
    if (!is_chosen) return;
    const ImVec2 tick[] = {{box.Min.x + side * 0.22f, box.Min.y + side * 0.52f},
                           {box.Min.x + side * 0.42f, box.Min.y + side * 0.72f},
                           {box.Min.x + side * 0.78f, box.Min.y + side * 0.28f}};
    draw_list().AddPolyline(tick, 3, c.color(part_ink(is_enabled, Ink::OnAccent)), 0, 2.5f);
}

bool check_row(const std::string& key, const Option& option, bool is_chosen, bool is_enabled) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small) + 1);
    const float side = c.scaled(18);
    const float left = side + c.scaled(20);
    const auto lines = wrapped(c.fonts.regular, size, option.words,
                               c.area().width - left - c.scaled(10) - lock_room(is_enabled, size));
    const float height = std::max(c.control_height(), size * 1.35f * static_cast<float>(lines.size()) + c.scaled(16));
    const Rect rect = c.place(c.area().width, height);
    const Press p = press(key, rect, is_enabled);
    const Ink ground = !is_enabled ? Ink::Background : is_chosen || p.is_hovered ? Ink::Soft : Ink::Panel;
    const Ink edge = !is_enabled ? Ink::Line : is_chosen ? Ink::Accent : Ink::Control;
    draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(ground), kRadius - 2);
    draw_list().AddRect(p.box.Min, p.box.Max, c.color(edge), kRadius - 2);
    draw_box(p.box, side, is_chosen, is_enabled);
    draw_lock(is_enabled, {p.box.Max.x - c.scaled(6) - lock_room(is_enabled, size), (p.box.Min.y + p.box.Max.y) / 2},
              size);
    float y = (p.box.Min.y + p.box.Max.y - size * 1.35f * static_cast<float>(lines.size())) / 2;
    for (const std::string& line : lines) {
        draw_text({p.box.Min.x + left, y}, c.fonts.regular, size, c.color(part_ink(is_enabled, Ink::Text)), line);
        y += size * 1.35f;
    }
    Node& node = add_node(key, "toggle", option.words, rect);
    node.properties["checked"] = is_chosen;
    if (!is_enabled) node.properties["disabled"] = true;
    if (!is_enabled) return false;
    const auto action = c.twin.take(key, "set");
    const bool is_set = action && action->value.is_boolean() && action->value.get<bool>() != is_chosen;
    return p.was_pressed || is_set || was_clicked_in_twin(key);
}

}  // namespace

bool checks(std::string_view key, std::string_view label, const std::vector<Option>& options,
            std::vector<std::string>& selected) {
    if (is_hidden(key)) return false;
    Context& c = context();
    paragraph(std::string(key) + ".name", label, Ink::Muted, Type::Small);
    const Group group(key, label);
    const float gap = std::exchange(c.area().gap, 6.0f);
    bool changed = false;
    for (const Option& option : options) {
        const bool is_chosen = std::find(selected.begin(), selected.end(), option.id) != selected.end();
        if (!check_row(std::string(key) + "." + option.id, option, is_chosen, !is_locked(key))) continue;
        changed = true;
        if (is_chosen)
            std::erase(selected, option.id);
        else
            selected.push_back(option.id);
    }
    c.area().gap = gap;
    return changed;
}

}  // namespace terrarium::ui
