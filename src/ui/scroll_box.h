// A part of the page that scrolls by itself, for what is far longer than a screen: the browser scrolls an element of
// the twin, with its own inertia, bar and keys, and we draw shifted. Not for views.

#pragma once

#include <string>
#include <string_view>

#include "ui/context.h"

namespace terrarium::ui::internal {

/// How far it is scrolled, CSS pixels. Outlives the frame.
struct ScrollState {
    float y = 0;
    float jump_y = 0;  ///< where the program last went by itself
    int n_jumps = 0;   ///< how often: the page follows when this changes, and leads at all other times

    void jump(float to) {
        y = jump_y = to;
        ++n_jumps;
    }
};

/// While it lives, widgets are placed as if the whole content stood on the page from top() on, and drawn where it is
/// scrolled to. What is out of sight costs nothing when the caller asks for first() and end() and skips the rest.
class ScrollBox {
public:
    ScrollBox(std::string_view key, std::string_view name, float height, float content_height, ScrollState& state);
    ~ScrollBox();
    ScrollBox(const ScrollBox&) = delete;
    ScrollBox& operator=(const ScrollBox&) = delete;

    float top() const { return rect_.y; }
    float width() const { return width_; }
    /// Of rows that are this high: the first one in sight, and the one behind the last.
    int first(float row_height) const { return static_cast<int>(from_ / row_height); }
    int end(float row_height) const { return static_cast<int>(to_ / row_height) + 1; }

private:
    Rect rect_;
    float width_, shift_, from_, to_;
};

}  // namespace terrarium::ui::internal
