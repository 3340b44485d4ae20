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
    const ImRect box = to_box(rect);
    if (look != Look::Plain) {
        draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Panel), kRadius);
        if (look == Look::Accent) {
            draw_list().AddRectFilled(box.Min, {box.Min.x + 4, box.Max.y}, c.color(Ink::Accent), kRadius,
                                      ImDrawFlags_RoundCornersLeft);
        }
        draw_list().AddRect(box.Min, box.Max, c.color(Ink::Line), kRadius);
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

Row::~Row() {
    const float bottom = context().area().y + context().area().row_height;
    context().pop_area();
    context().area().y = bottom;
}

}  // namespace terrarium::ui
