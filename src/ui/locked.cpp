#include "ui/locked.h"

#include "ui/internal.h"

namespace terrarium::ui {

Ink part_ink(bool is_enabled, Ink usual) {
    if (is_enabled) return usual;
    // Of the system's colours the one of lines is also that of what cannot be used.
    return context().env.forced ? Ink::Line : Ink::Muted;
}

float lock_room(bool is_enabled, float size) { return is_enabled ? 0 : size * 1.3f; }

void draw_lock(bool is_enabled, ImVec2 left_middle, float size) {
    if (is_enabled) return;
    const ImU32 color = context().color(part_ink(false, Ink::Muted));
    const ImVec2 corner(left_middle.x + size * 0.35f, left_middle.y - size * 0.08f);
    const ImVec2 end(corner.x + size * 0.72f, corner.y + size * 0.5f);
    ImDrawList& list = internal::draw_list();
    list.AddRectFilled(corner, end, color, size * 0.1f);
    const float radius = size * 0.22f, middle = (corner.x + end.x) / 2, arch = corner.y - size * 0.14f;
    list.PathLineTo({middle - radius, corner.y});
    list.PathArcTo({middle, arch}, radius, IM_PI, 2 * IM_PI);
    list.PathLineTo({middle + radius, corner.y});
    list.PathStroke(color, 0, size * 0.12f);
}

}  // namespace terrarium::ui
