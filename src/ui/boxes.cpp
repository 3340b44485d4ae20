#include <algorithm>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

bool is_hidden(std::string_view key) { return context().hidden.contains(key); }
bool is_locked(std::string_view key) { return context().locked.contains(key); }
float available_width() { return context().area().width; }

void space(float css_pixels) {
    Area& a = context().area();
    a.y += css_pixels;
}

Group::Group(std::string_view key, std::string_view name) {
    Context& c = context();
    add_node(key, "group", name, {c.area().x, c.area().y, c.area().width, c.control_height()});
    c.twin.push_parent(std::string(key));
}

Group::~Group() { context().twin.pop_parent(); }

Card::Card(std::string_view key, std::string_view name, Look look) : key_(key) {
    Context& c = context();
    Area& outer = c.area();
    if (!outer.is_empty) outer.y += outer.gap;
    outer.is_empty = false;
    top_ = outer.y;
    padding_ = look == Look::Plain ? 0 : (c.env.width < 700 ? 14.0f : 20.0f);
    const Rect rect{outer.x, top_, outer.width, c.remembered_height(key_)};
    ImRect box = to_box(rect);
    box.Floor();  // between two pixels the line around it would be cut or blurred
    if (look != Look::Plain) {
        const bool has_edge = look == Look::Accent;
        const float edge = has_edge ? 4.0f : 0.0f;
        // The edge is what a panel with the same round corners, shifted to the right, leaves of the accent below it.
        if (has_edge) draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Accent), kRadius);
        draw_list().AddRectFilled({box.Min.x + edge, box.Min.y}, box.Max, c.color(Ink::Panel), kRadius);
        draw_list().PushClipRect({box.Min.x + (has_edge ? kRadius : 0), box.Min.y}, {box.Max.x + 1, box.Max.y + 1},
                                 true);
        draw_list().AddRect(box.Min, box.Max, c.color(Ink::Line), kRadius);
        draw_list().PopClipRect();
    }
    add_node(key_, "region", name, rect);
    c.twin.push_parent(key_);
    c.push_area({.x = outer.x + padding_, .y = top_ + padding_, .width = outer.width - 2 * padding_, .gap = 12});
}

Card::~Card() {
    Context& c = context();
    const float bottom = c.area().y + padding_;
    c.pop_area();
    c.twin.pop_parent();
    c.area().y = bottom;
    c.remember_height(key_, bottom - top_);
}

Columns::Columns(std::vector<float> shares, float gap) : shares_(std::move(shares)), gap_(gap) {
    Area& outer = context().area();
    if (!outer.is_empty) outer.y += outer.gap;
    outer.is_empty = false;
    x_ = outer.x;
    top_ = bottom_ = outer.y;
    width_ = outer.width - gap_ * static_cast<float>(shares_.size() - 1);
    open();
}

void Columns::open() {
    float total = 0;
    for (const float share : shares_) total += share;
    const float width = width_ * shares_[index_] / total;
    context().push_area({.x = x_, .y = top_, .width = width, .gap = 16});
    x_ += width + gap_;
}

void Columns::next() {
    bottom_ = std::max(bottom_, context().area().y);
    context().pop_area();
    ++index_;
    open();
}

Columns::~Columns() {
    bottom_ = std::max(bottom_, context().area().y);
    context().pop_area();
    context().area().y = bottom_;
}

Row::Row(float gap) {
    Area& outer = context().area();
    if (!outer.is_empty) outer.y += outer.gap;
    outer.is_empty = false;
    context().push_area(
        {.x = outer.x, .y = outer.y, .width = outer.width, .gap = gap, .is_row = true, .row_x = outer.x});
}

void Row::to_the_right(std::string_view key) {
    Context& c = context();
    Area& a = c.area();
    const float width = c.remembered_height(key);  // of the last frame
    const float at = a.x + a.width - width - 1;
    pushed_ = std::string(key);
    pushed_line_ = a.y;
    if (width > 0 && at > a.row_x) a.row_x = at;
    pushed_from_ = a.row_x;
}

Row::~Row() {
    if (!pushed_.empty()) {
        // What did not fit is not pushed again, until it fits by itself.
        const bool fits = context().area().y == pushed_line_;
        context().remember_height(pushed_, fits ? context().area().row_x - context().area().gap - pushed_from_ : 0);
    }
    const float bottom = context().area().y + context().area().row_height;
    context().pop_area();
    context().area().y = bottom;
}

}  // namespace terrarium::ui
