// A panel above the page: from the lower edge on narrow screens, in the middle elsewhere. For what would be a side
// panel on a large screen, and for menus.
//
//     if (is_open_) {
//         const ui::Sheet sheet("menu", tr("Menu"), "menu.open");
//         ...
//         if (sheet.wants_to_close()) is_open_ = false;
//     }
//
// It closes by its button, by Escape and by a press outside. The focus moves in when it opens and goes back to the
// opener when it closes; what lies behind it cannot be reached meanwhile. In the twin it is a dialog that scrolls by
// itself, so that a finger scrolls it with the browser's own inertia; the program only draws it shifted.

#pragma once

#include <string>
#include <string_view>

#include "ui/context.h"

namespace terrarium::ui {

class Sheet {
public:
    /// `opener` is the key of what opened it and gets the focus back.
    Sheet(std::string_view key, std::string_view name, std::string_view opener);
    ~Sheet();
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    bool wants_to_close() const { return wants_to_close_; }

private:
    void take_presses_outside(const Rect& panel);
    void draw_panel(const Rect& panel) const;
    void draw_title(std::string_view name);

    std::string key_;
    bool wants_to_close_ = false, was_fixed_ = false;
    float top_ = 0, padding_ = 20;
};

}  // namespace terrarium::ui
