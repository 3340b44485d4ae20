#include "ui/steps.h"

#include <algorithm>

#include "ui/internal.h"

namespace terrarium::ui {

using namespace internal;

ChipPress chips(std::string_view key, std::string_view name, const std::vector<Chip>& chips) {
    ChipPress result;
    if (is_hidden(key)) return result;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    const float size = c.scaled(type_size(Type::Small) + 1);
    const float height = c.env.is_touch ? c.control_height() : c.scaled(34);
    add_node(key, "group", name, {c.area().x, c.area().y, c.area().width, height});
    c.twin.push_parent(std::string(key));
    {
        const Row row(8);
        for (const Chip& chip : chips) {
            const std::string chip_key = std::string(key) + "." + chip.id;
            const float side = chip.can_remove ? height : 0;
            const float mark = chip.is_selected ? size * 1.3f : 0;
            const Rect all = c.place(text_size(c.fonts.regular, size, chip.words).x + 24 + mark + side, height);
            const Rect body{all.x, all.y, all.width - side, height};
            const Press p = press(chip_key, body, is_enabled);
            const ImRect box = to_box(all);
            const bool is_warm = chip.is_selected || p.is_hovered;
            const ImU32 ink = c.color(!is_enabled ? Ink::Muted : chip.is_selected ? Ink::Accent : Ink::Text);
            draw_list().AddRectFilled(box.Min, box.Max, c.color(is_warm ? Ink::Soft : Ink::Panel), height / 2);
            draw_list().AddRect(box.Min, box.Max, c.color(chip.is_selected ? Ink::Accent : Ink::Control), height / 2, 0,
                                chip.is_selected ? 2.0f : 1.0f);
            const float y = (box.Min.y + box.Max.y) / 2;
            if (chip.is_selected) {  // a tick: never by colour alone
                const float x = box.Min.x + 12;
                const float t = size * 0.3f;
                draw_list().AddLine({x, y}, {x + t, y + t}, ink, 2);
                draw_list().AddLine({x + t, y + t}, {x + 2.6f * t, y - t}, ink, 2);
            }
            draw_text({box.Min.x + 12 + mark, y - size * 0.6f}, c.fonts.regular, size, ink,
                      fitted(c.fonts.regular, size, chip.words, body.width - 18 - mark));
            Node& node = add_node(chip_key, "button", chip.words, body);
            node.properties["pressed"] = chip.is_selected;
            if (!is_enabled) node.properties["disabled"] = true;
            if (is_enabled && (p.was_pressed || was_clicked_in_twin(chip_key))) result.chosen = chip.id;
            if (!chip.can_remove) continue;
            const Rect cross{all.x + all.width - side, all.y, side, height};
            const std::string cross_key = chip_key + ".remove";
            const Press remove = press(cross_key, cross, is_enabled);
            const ImVec2 middle = remove.box.GetCenter();
            const float arm = size * 0.28f;
            const ImU32 cross_ink = c.color(remove.is_hovered ? Ink::Warn : Ink::Muted);
            draw_list().AddLine({middle.x - arm, middle.y - arm}, {middle.x + arm, middle.y + arm}, cross_ink, 1.8f);
            draw_list().AddLine({middle.x - arm, middle.y + arm}, {middle.x + arm, middle.y - arm}, cross_ink, 1.8f);
            Node& removal = add_node(cross_key, "button", tr("Remove: {0}", {chip.words}), cross);
            if (!is_enabled) removal.properties["disabled"] = true;
            if (is_enabled && (remove.was_pressed || was_clicked_in_twin(cross_key))) result.removed = chip.id;
        }
    }
    c.twin.pop_parent();
    return result;
}

bool steps(std::string_view key, std::string_view name, const std::vector<std::string>& titles, int& at, int reached) {
    if (is_hidden(key) || titles.empty()) return false;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    const int count = static_cast<int>(titles.size());
    const int before = at = std::clamp(at, 0, count - 1);
    reached = std::max(reached, at);
    const float size = c.scaled(type_size(Type::Body));
    const float side = c.control_height();
    add_node(key, "group", name, {c.area().x, c.area().y, c.area().width, side});
    c.twin.push_parent(std::string(key));
    {
        const Row row(14);
        for (int i = 0; i < count; ++i) {
            const std::string number = std::to_string(i + 1);
            const std::string step_key = std::string(key) + "." + number;
            const bool may_enter = is_enabled && i <= reached;
            const Rect rect = c.place(side, side);
            const Press p = press(step_key, rect, may_enter);
            const ImVec2 middle = p.box.GetCenter();
            const bool is_here = i == at;
            draw_list().AddCircleFilled(middle, side / 2 - 2,
                                        c.color(is_here                       ? Ink::Accent
                                                : p.is_hovered || i < reached ? Ink::Soft
                                                                              : Ink::Panel));
            draw_list().AddCircle(middle, side / 2 - 2, c.color(i <= reached ? Ink::Accent : Ink::Control), 0, 1.5f);
            draw_text_centered(p.box, c.fonts.bold, size,
                               c.color(is_here     ? Ink::OnAccent
                                       : may_enter ? Ink::Text
                                                   : Ink::Muted),
                               number);
            Node& node = add_node(
                step_key, "button",
                tr("Step {0} of {1}: {2}", {number, std::to_string(count), titles[static_cast<size_t>(i)]}), rect);
            node.properties["pressed"] = is_here;
            if (!may_enter) node.properties["disabled"] = true;
            if (may_enter && (p.was_pressed || was_clicked_in_twin(step_key))) at = i;
        }
    }
    paragraph(std::string(key) + ".title", tr("Step {0} of {1}: {2}", {std::to_string(at + 1), std::to_string(count),
                                                                       titles[static_cast<size_t>(at)]}));
    {
        const Row row;
        if (button(std::string(key) + ".back", tr("Back"), Button::Plain, is_enabled && at > 0)) --at;
        if (button(std::string(key) + ".next", tr("Next"), Button::Primary, is_enabled && at < reached)) ++at;
    }
    c.twin.pop_parent();
    return at != before;
}

}  // namespace terrarium::ui
