#include "app/gallery/gallery.h"
#include "ui/locked.h"
#include "ui/ui.h"

namespace terrarium::app::gallery {
namespace {

struct Controls final : Section {
    void draw() override {
        const ui::Card card("gallery.controls", say("Controls"));
        ui::heading("gallery.controls.title", 2, say("Controls"));
        {
            const ui::Row row;
            ui::button("gallery.button.primary", say("Primary"), ui::Button::Primary);
            ui::button("gallery.button.plain", say("Plain"));
            ui::button("gallery.button.quiet", say("Quiet"), ui::Button::Quiet);
            ui::button("gallery.button.selected", say("Selected"), ui::Button::Selected);
            ui::button("gallery.button.disabled", say("Disabled"), ui::Button::Plain, false);
        }
        ui::toggle("gallery.toggle", say("A switch"), is_on_);
        ui::slider("gallery.slider", say("A number"), {.min = 0, .max = 10, .step = 1}, number_);
        ui::choice("gallery.choice", say("One of a few"),
                   {{"a", say("First")}, {"b", say("Second")}, {"c", say("Third")}}, chosen_);
        ui::text_field("gallery.text", say("A line of text"), text_, {.placeholder = say("Type here")});
        ui::checks("gallery.checks", say("Several of a few"), {{"a", say("First")}, {"b", say("Second")}}, ticked_);
        ui::file_button("gallery.file", say("Choose a file …"), 1000);
        ui::link("gallery.link", say("A link"));
        ui::progress("gallery.progress", say("Progress"), 0.4, say("200 of 500 steps"));
        ui::progress("gallery.progress.none", say("Progress at its beginning"), 0, say("Starting …"));
        draw_locked();
        draw_long();
    }

private:
    void draw_locked() {
        ui::heading("gallery.controls.locked", 3, say("Locked"), ui::Type::Body);
        const ui::Locked locked({"gallery.locked.button", "gallery.locked.toggle", "gallery.locked.slider",
                                 "gallery.locked.choice", "gallery.locked.text", "gallery.locked.checks"});
        ui::button("gallery.locked.button", say("A button"));
        ui::toggle("gallery.locked.toggle", say("A switch"), is_on_);
        ui::slider("gallery.locked.slider", say("A number"), {.min = 0, .max = 10, .step = 1}, number_);
        ui::choice("gallery.locked.choice", say("One of a few"), {{"a", say("First")}, {"b", say("Second")}}, chosen_);
        ui::checks("gallery.locked.checks", say("Several of a few"), {{"a", say("First")}, {"b", say("Second")}},
                   ticked_);
        ui::text_field("gallery.locked.text", say("A line of text"), kept_);
    }
    void draw_long() {
        ui::heading("gallery.controls.long", 3, say("With long words"), ui::Type::Body);
        const std::string words = say("Words that go on and on, as translations of short ones sometimes have to");
        ui::button("gallery.long.button", words);
        ui::toggle("gallery.long.toggle", words, is_on_);
        ui::slider("gallery.long.slider", words, {.min = 0, .max = 10, .step = 1}, number_);
        ui::choice("gallery.long.choice", words, {{"a", words}, {"b", say("Donaudampfschifffahrtsgesellschaft")}},
                   long_);
        ui::text_field("gallery.long.text", words, text_, {.rows = 3});
        ui::progress("gallery.long.progress", words, 1, words);
    }

    bool is_on_ = true;
    double number_ = 3;
    std::string chosen_ = "b", long_ = "a", text_, kept_ = "What was typed before";
    std::vector<std::string> ticked_{"b"};
};

}  // namespace

std::unique_ptr<Section> make_controls() { return std::make_unique<Controls>(); }

}  // namespace terrarium::app::gallery
