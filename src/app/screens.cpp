// All screens of the shell, in the order of the menu.

#include <algorithm>
#include <array>

#include "app/screen.h"
#include "core/support/message.h"

namespace terrarium::app {

using core::tr_later;

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
        ScreenEntry{"map", tr_later("Course map"), make_map, true},
        ScreenEntry{"lessons", tr_later("All labs"), make_lessons, true},
        ScreenEntry{"search", tr_later("Search"), make_search, true},
        ScreenEntry{"progress", tr_later("Your progress"), make_progress, true},
        ScreenEntry{"passport", tr_later("Passport of your model"), make_passport, true},
        ScreenEntry{"verify", tr_later("Check a code"), make_verify, true},
        ScreenEntry{"calibration", tr_later("Calibration"), make_calibration, true},
        ScreenEntry{"settings", tr_later("Settings"), make_settings, true},
        ScreenEntry{"help", tr_later("Help"), make_help, true},
        ScreenEntry{"simplified", tr_later("What is simplified here"), make_simplified, true},
        ScreenEntry{"notes", tr_later("Notes for instructors"), make_notes, true},
        ScreenEntry{"about", tr_later("About Terrarium"), make_about, true},
        ScreenEntry{"gallery", tr_later("Widgets"), make_gallery, false},
    };
    return kScreens;
}

const ScreenEntry* find_screen(std::string_view id) {
    const auto screens = all_screens();
    const auto found = std::find_if(screens.begin(), screens.end(), [&](const ScreenEntry& it) { return it.id == id; });
    return found == screens.end() ? nullptr : &*found;
}

}  // namespace terrarium::app
