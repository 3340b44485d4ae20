#include "ui/scroll_box.h"

#include <algorithm>

#include "ui/internal.h"

namespace terrarium::ui::internal {

ScrollBox::ScrollBox(std::string_view key, std::string_view name, float height, float content_height,
                     ScrollState& state) {
    Context& c = context();
    rect_ = c.place(c.area().width, height);
    const float furthest = std::max(0.0f, content_height - height);
    const bool scrolls = furthest > 0;
    width_ = rect_.width - (scrolls ? 14.0f : 0.0f);  // room for the bar
    while (const auto action = c.twin.take(key, "scroll")) {
        if (action->value.is_number()) state.y = action->value.get<float>();
    }
    const ImRect box = to_box(rect_);
    if (!c.env.has_dom && ImGui::IsWindowHovered() && box.Contains(ImGui::GetIO().MousePos))
        state.y -= ImGui::GetIO().MouseWheel * 60;
    state.y = std::clamp(state.y, 0.0f, furthest);
    shift_ = state.y;
    // In sight is what lies in the box and in the viewport.
    from_ = std::clamp(shift_ - std::min(box.Min.y, 0.0f), shift_, shift_ + height);
    to_ = std::clamp(shift_ + c.env.height - box.Min.y, shift_, shift_ + height);
    if (scrolls) draw_list().AddRect(box.Min, box.Max, c.color(Ink::Line), 6);
    if (scrolls && !c.env.has_dom) {
        const float share = height / content_height;
        const float at = box.Min.y + shift_ / furthest * (1 - share) * height;
        draw_list().AddRectFilled({box.Max.x - 8, at}, {box.Max.x - 3, at + std::max(20.0f, share * height)},
                                  c.color(Ink::Control), 3);
    }
    Node& node = add_node(key, "scrollbox", name, rect_);
    node.properties["tall"] = content_height;
    node.properties["to"] = {state.n_jumps, state.jump_y};
    c.twin.push_parent(std::string(key));
    ImGui::PushClipRect(box.Min, box.Max, true);
    (c.is_drawing_fixed ? c.fixed_scroll_y : c.env.scroll_y) += shift_;
    c.push_area({.x = rect_.x, .y = rect_.y, .width = width_, .gap = 0});
}

ScrollBox::~ScrollBox() {
    Context& c = context();
    c.pop_area();
    (c.is_drawing_fixed ? c.fixed_scroll_y : c.env.scroll_y) -= shift_;
    ImGui::PopClipRect();
    c.twin.pop_parent();
}

}  // namespace terrarium::ui::internal
