// All screens of the shell, in the order of the menu.

#include <algorithm>
#include <array>

#include "app/screen.h"

namespace terrarium::app {

std::unique_ptr<Screen> make_map();          // screens/map.cpp
std::unique_ptr<Screen> make_lessons();      // screens/lessons.cpp
std::unique_ptr<Screen> make_search();       // screens/search.cpp
std::unique_ptr<Screen> make_progress();     // screens/progress.cpp
std::unique_ptr<Screen> make_passport();     // screens/passport.cpp
std::unique_ptr<Screen> make_verify();       // screens/verify.cpp
std::unique_ptr<Screen> make_settings();     // screens/settings.cpp
std::unique_ptr<Screen> make_help();         // screens/help.cpp
std::unique_ptr<Screen> make_simplified();   // screens/simplified.cpp
std::unique_ptr<Screen> make_notes();        // screens/notes.cpp
std::unique_ptr<Screen> make_about();        // screens/about.cpp
std::unique_ptr<Screen> make_gallery();      // gallery/gallery.cpp or gallery/apart.cpp
std::unique_ptr<Screen> make_calibration();  // screens/calibration.cpp

std::span<const ScreenEntry> all_screens() {
    static constexpr std::array kScreens = {
        ScreenEntry{"map", "Course map", make_map, true},
        ScreenEntry{"lessons", "All labs", make_lessons, true},
        ScreenEntry{"search", "Search", make_search, true},
        ScreenEntry{"progress", "Your progress", make_progress, true},
        ScreenEntry{"passport", "Passport of your model", make_passport, true},
        ScreenEntry{"verify", "Check a code", make_verify, true},
        ScreenEntry{"calibration", "Calibration", make_calibration, true},
        ScreenEntry{"settings", "Settings", make_settings, true},
        ScreenEntry{"help", "Help", make_help, true},
        ScreenEntry{"simplified", "What is simplified here", make_simplified, true},
        ScreenEntry{"notes", "Notes for instructors", make_notes, true},
        ScreenEntry{"about", "About Terrarium", make_about, true},
        ScreenEntry{"gallery", "Widgets", make_gallery, false},
    };
    return kScreens;
}

const ScreenEntry* find_screen(std::string_view id) {
    const auto screens = all_screens();
    const auto found = std::find_if(screens.begin(), screens.end(), [&](const ScreenEntry& it) { return it.id == id; });
    return found == screens.end() ? nullptr : &*found;
}

}  // namespace terrarium::app
