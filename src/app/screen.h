// A whole page of the shell that is not a lab: map, search, settings, help ... Its address is `#page=ID&item=...`.
//
// To add one: a class in screens/ID.cpp with a make function, declared and listed in screens.cpp.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app/desk.h"

namespace terrarium::app {

class Screen {
public:
    virtual ~Screen() = default;
    /// Draws the whole page below the header. What it wants to happen goes through the desk.
    virtual void draw(Desk& desk) = 0;
    /// Called before every frame from then on when the screen was first shown, whichever screen is: for what goes on.
    virtual void work(Desk&) {}
    /// A file that was chosen, dropped or pasted for a field whose key begins with the screen's id and a dot.
    virtual void receive_file(Desk&, const std::string& /*key*/, const std::string& /*name*/,
                              const std::string& /*bytes*/, int /*status*/) {}
    /// The worker with this index ended; the first, 0, is the lab's own and never a screen's.
    virtual void worker_failed(Desk&, int /*index*/, const std::string& /*reason*/) {}
};

struct ScreenEntry {
    std::string_view id;     ///< as in the address
    std::string_view title;  ///< English; tr() translates it
    std::unique_ptr<Screen> (*make)();
    bool is_listed;  ///< in the menu and in the search; others are reached by their address
};

std::span<const ScreenEntry> all_screens();
const ScreenEntry* find_screen(std::string_view id);

}  // namespace terrarium::app
