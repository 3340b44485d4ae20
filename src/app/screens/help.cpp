// Help: what the parts of the page are, keyboard, touch, and where progress lives.

#include "app/screen.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

class Help final : public Screen {
public:
    void draw(Desk& desk) override {
        ui::heading("page.title", 1, ui::tr("Help"), ui::Type::Title);
        const bool is_wide = ui::available_width() >= 860 * ui::context().env.text_scale;
        if (is_wide) {
            ui::Columns columns({1, 1});
            draw_parts();
            draw_progress();
            columns.next();
            draw_keys();
            draw_touch();
        } else {
            draw_parts();
            draw_keys();
            draw_touch();
            draw_progress();
        }
        const ui::Row row;
        if (ui::button("help.simplified", ui::tr("What is simplified here")))
            desk.go({.page = "simplified", .item = {}, .lab = {}});
        if (ui::button("help.notes", ui::tr("Notes for instructors")))
            desk.go({.page = "notes", .item = {}, .lab = {}});
        if (ui::button("help.about", ui::tr("About Terrarium"))) desk.go({.page = "about", .item = {}, .lab = {}});
    }

private:
    static void draw_parts() {
        const ui::Card card("help.parts", ui::tr("How a lab works"));
        ui::heading("help.parts.title", 2, ui::tr("How a lab works"));
        ui::list(
            "help.parts.list",
            {ui::tr(
                 "**Predict.** Say what you expect before you see it. Training unlocks when your guess is locked in."),
             ui::tr("**Run.** A real model trains on your device. Pause it, change a setting, go on, begin again."),
             ui::tr("**Explain.** Short steps say what you have just seen. Dotted words open the glossary."),
             ui::tr(
                 "**Challenge.** Checked from the state of the model itself. A passed challenge gives you a code that "
                 "anyone can confirm.")});
    }

    static void draw_keys() {
        const ui::Card card("help.keys", ui::tr("With the keyboard"));
        ui::heading("help.keys.title", 2, ui::tr("With the keyboard"));
        const auto key = [](const char* name, const std::string& keys, const std::string& what) {
            ui::fact(name, what, keys);
        };
        key("help.keys.tab", ui::tr("Tab"), ui::tr("To the next control"));
        key("help.keys.space", ui::tr("Space or Enter"), ui::tr("Press a button"));
        key("help.keys.arrows", ui::tr("Arrow keys"), ui::tr("Move a slider, choose, walk along a plot"));
        key("help.keys.escape", ui::tr("Escape"), ui::tr("Close what lies on top"));
        key("help.keys.present", ui::tr("Alt + P"), ui::tr("Present to a class, and back"));
        ui::paragraph(
            "help.keys.present.about",
            ui::tr("While you present: Page Down, Page Up, arrow keys or a clicker turn the steps, `R` begins the "
                   "lab again, Escape ends."),
            ui::Ink::Muted, ui::Type::Small);
    }

    static void draw_touch() {
        const ui::Card card("help.touch", ui::tr("With fingers"));
        ui::heading("help.touch.title", 2, ui::tr("With fingers"));
        ui::list("help.touch.list",
                 {ui::tr("Swipe to scroll; drag sideways to move a slider."),
                  ui::tr("On a phone the settings of a lab open from below. Press beside them, or Close, to get back."),
                  ui::tr("Every plot can be read as a table: press Table below it.")});
    }

    static void draw_progress() {
        const ui::Card card("help.progress", ui::tr("About your progress"));
        ui::heading("help.progress.title", 2, ui::tr("Where your progress lives"));
        ui::paragraph(
            "help.progress.text",
            ui::tr("In this browser, on this device, and nowhere else: there is no account and no server that "
                   "would know you. The address of the page holds the settings of the lab, so a copied link "
                   "brings back the same experiment anywhere."));
    }
};

}  // namespace

std::unique_ptr<Screen> make_help() { return std::make_unique<Help>(); }

}  // namespace terrarium::app
