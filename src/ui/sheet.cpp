#include "ui/sheet.h"

#include <algorithm>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

constexpr float kNarrow = 700;
constexpr float kWidest = 560;

Rect panel_rect(const Context& c, float content_height) {
    const bool is_narrow = c.env.width < kNarrow;
    const float highest = std::max(120.0f, c.env.height * (is_narrow ? 0.86f : 0.9f));
    const float height = content_height > 0 ? std::min(content_height, highest) : highest;
    if (is_narrow) return {0, c.env.height - height, c.env.width, height};
    const float width = std::min(kWidest * c.env.text_scale, c.env.width - 48);
    return {(c.env.width - width) / 2, (c.env.height - height) / 2, width, height};
}

}  // namespace

Sheet::Sheet(std::string_view key, std::string_view name, std::string_view opener) : key_(key) {
    Context& c = context();
    was_fixed_ = std::exchange(c.is_drawing_fixed, true);
    SheetState& state = c.sheet_state(key_);
    const bool is_new = state.frame + 1 < c.frame_count();
    state.frame = c.frame_count();
    if (is_new) {
        state.scroll_y = 0;
        c.twin.focus(key_ + ".close");
    }
    const float content_height = c.remembered_height(key_);
    const Rect panel = panel_rect(c, content_height);
    if (const auto scroll = c.twin.take(key_, "scroll"); scroll && scroll->value.is_number()) {
        state.scroll_y = scroll->value.get<float>();
    }
    if (!c.env.has_dom) state.scroll_y -= ImGui::GetIO().MouseWheel * 60;
    state.scroll_y = std::clamp(state.scroll_y, 0.0f, std::max(0.0f, content_height - panel.height));

    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({c.env.width, c.env.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
    ImGui::Begin("sheet", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(2);
    take_presses_outside(panel);
    draw_panel(panel);

    c.twin.push_parent("");
    Node& node = add_node(key_, "dialog", name, panel);
    node.properties["scroll"] = state.scroll_y;
    c.twin.push_parent(key_);
    ImGui::PushClipRect({panel.x, panel.y}, {panel.x + panel.width, panel.y + panel.height}, true);
    c.fixed_scroll_y = state.scroll_y;
    padding_ = c.env.width < kNarrow ? 16.0f : 24.0f;
    top_ = panel.y;
    c.push_area({.x = panel.x + padding_, .y = panel.y + padding_ + 4, .width = panel.width - 2 * padding_, .gap = 12});
    draw_title(name);
    if (c.take_key("Escape")) wants_to_close_ = true;
    if (wants_to_close_) {
        c.twin.focus(std::string(opener));
        c.frames_wanted = std::max(c.frames_wanted, 2);
    }
}

void Sheet::take_presses_outside(const Rect& panel) {
    const Context& c = context();
    const float right = panel.x + panel.width, bottom = panel.y + panel.height;
    const Rect around[] = {{0, 0, c.env.width, panel.y},
                           {0, bottom, c.env.width, c.env.height - bottom},
                           {0, panel.y, panel.x, panel.height},
                           {right, panel.y, c.env.width - right, panel.height}};
    for (size_t i = 0; i < std::size(around); ++i) {
        if (around[i].width < 1 || around[i].height < 1) continue;
        draw_list().AddRectFilled(to_box(around[i]).Min, to_box(around[i]).Max, IM_COL32(0, 0, 0, 115));
        if (press(key_ + ".outside." + std::to_string(i), around[i], true).was_pressed) wants_to_close_ = true;
    }
}

void Sheet::draw_panel(const Rect& panel) const {
    const Context& c = context();
    const ImRect box = to_box(panel);
    const bool is_narrow = c.env.width < kNarrow;
    const ImDrawFlags corners = is_narrow ? ImDrawFlags_RoundCornersTop : ImDrawFlags_RoundCornersAll;
    draw_list().AddRectFilled(box.Min, box.Max, IM_COL32(0, 0, 0, 115));  // behind the round corners
    draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Panel), 16, corners);
    draw_list().AddRect(box.Min, box.Max, c.color(Ink::Line), 16, corners);
    if (!is_narrow) return;
    const float middle = (box.Min.x + box.Max.x) / 2;
    draw_list().AddRectFilled({middle - 20, box.Min.y + 7}, {middle + 20, box.Min.y + 11}, c.color(Ink::Control), 2);
}

void Sheet::draw_title(std::string_view name) {
    Context& c = context();
    Area& area = c.area();
    const Area whole = area;
    const float size = c.scaled(type_size(Type::Body) - 1);
    const float button_width = text_size(c.fonts.bold, size, tr("Close")).x + 2 * c.scaled(14);
    c.push_area({.x = whole.x + whole.width - button_width, .y = whole.y, .width = button_width});
    if (button(key_ + ".close", tr("Close"))) wants_to_close_ = true;
    const float button_bottom = c.area().y;
    c.pop_area();
    const float line = c.scaled(type_size(Type::Heading)) * 1.5f;
    c.push_area({.x = whole.x,
                 .y = whole.y + std::max(0.0f, (c.control_height() - line) / 2),
                 .width = whole.width - button_width - 12});
    heading(key_ + ".title", 2, name);
    const float title_bottom = c.area().y;
    c.pop_area();
    area.y = std::max(button_bottom, title_bottom) + 4;
    area.is_empty = false;
}

Sheet::~Sheet() {
    Context& c = context();
    c.remember_height(key_, c.area().y + padding_ - top_);
    c.pop_area();
    ImGui::PopClipRect();
    ImGui::End();
    c.twin.pop_parent();
    c.twin.pop_parent();
    c.fixed_scroll_y = 0;
    c.is_drawing_fixed = was_fixed_;
}

}  // namespace terrarium::ui
