// All screens of the shell, in the order of the menu.

#include <algorithm>
#include <array>

#include "app/screen.h"

namespace terrarium::app {

std::unique_ptr<Screen> make_progress();  // screens/progress.cpp
std::unique_ptr<Screen> make_gallery();   // screens/gallery.cpp

std::span<const ScreenEntry> all_screens() {
    static constexpr std::array kScreens = {
        ScreenEntry{"progress", "Your progress", make_progress},
        ScreenEntry{"gallery", "Widgets", make_gallery},
    };
    return kScreens;
}

const ScreenEntry* find_screen(std::string_view id) {
    const auto screens = all_screens();
    const auto found = std::find_if(screens.begin(), screens.end(), [&](const ScreenEntry& it) { return it.id == id; });
    return found == screens.end() ? nullptr : &*found;
}

}  // namespace terrarium::app
