// Showing a lab to a class: large letters, only the lesson and the experiment, the steps by Page Down and Page Up (what
// clickers send) or the arrow keys, R to begin again, Escape to end. Letters are keys only here: elsewhere a single
// letter would get in the way of those who speak to their computer (WCAG 2.1.4).

#include <algorithm>

#include "app/app.h"

namespace terrarium::app {

void App::set_presenting(bool is_presenting) {
    if (is_presenting == is_presenting_) return;
    is_presenting_ = is_presenting;
    class_lesson_ = {};
    if (!view_) return;
    const int step = player_.step(content_);
    player_.open(content_);  // a class guesses afresh, and afterwards the learner's own guesses come back
    player_.go_to_step(content_, std::min(step, player_.step_count(content_) - 1));
}

core::io::LabProgress& App::kept_lesson() {
    return is_presenting_ ? class_lesson_ : progress_.labs[std::string(lab_->id)];
}

void App::present() {
    set_presenting(true);
    is_menu_open_ = false;
    place_ = {};
    wanted_place_.reset();
    ui_.frames_wanted = std::max(ui_.frames_wanted, 2);
    platform_.scroll_to(0);
    ui_.twin.focus("present.next");
    ui_.twin.say(ui::tr("Presenting. Page Down and Page Up turn the steps, Escape ends."));
}

void App::stop_presenting() {
    set_presenting(false);
    ui_.frames_wanted = std::max(ui_.frames_wanted, 2);
    ui_.twin.focus("nav.menu");
}

void App::turn_step(int by) {
    const int last = player_.step_count(content_) - 1;
    const int wanted = std::clamp(player_.step(content_) + by, 0, last);
    if (wanted == player_.step(content_)) return;
    player_.go_to_step(content_, wanted);
    platform_.scroll_to(0);
    ui_.frames_wanted = std::max(ui_.frames_wanted, 2);
    ui_.twin.say(step_words());
}

std::string App::step_words() const {
    return ui::tr("Step {0} of {1}",
                  {std::to_string(player_.step(content_) + 1), std::to_string(player_.step_count(content_))});
}

void App::reset_lab() {
    const int step = player_.step(content_);
    class_lesson_ = {};
    view_.reset();
    runs_.leave();
    open_lab_when_ready();
    if (view_ == nullptr) return;
    player_.go_to_step(content_, step);
    ui_.twin.say(ui::tr("The lab begins again."));
    ui_.frames_wanted = std::max(ui_.frames_wanted, 2);
}

void App::take_keys() {
    if (!view_) return;
    for (const ui::Key& key : ui_.keys) {
        if (!key.has_alt || key.has_modifier || key.code != "KeyP") continue;
        if (is_presenting_)
            stop_presenting();
        else
            present();
    }
    if (!is_presenting_) return;
    if (ui_.take_key("PageDown") || ui_.take_key("ArrowRight")) turn_step(1);
    if (ui_.take_key("PageUp") || ui_.take_key("ArrowLeft")) turn_step(-1);
    if (ui_.take_key("r") || ui_.take_key("R")) reset_lab();
}

void App::draw_presenter_bar() {
    ui_.header_band(ui_.remembered_height("present"));
    ui_.area().y = 8;
    ui_.area().is_empty = true;
    {
        const ui::Group group("present", ui::tr("Presentation"));
        ui::Row row(8);
        ui::label("present.step", step_words());
        row.to_the_right("present.buttons");
        const int last = player_.step_count(content_) - 1;
        if (ui::button("present.back", ui::tr("Back"), ui::Button::Plain, player_.step(content_) > 0)) turn_step(-1);
        if (ui::button("present.next", ui::tr("Next"), ui::Button::Primary, player_.step(content_) < last))
            turn_step(1);
        if (ui::button("present.reset", ui::tr("Begin again"))) wants_reset_ = true;
        if (ui::button("present.end", ui::tr("End"), ui::Button::Quiet)) stop_presenting();
    }
    ui_.area().y += 8;
    ui_.remember_height("present", ui_.area().y);
    ui_.area().is_empty = false;
}

}  // namespace terrarium::app
