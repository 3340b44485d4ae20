#include "app/gallery/gallery.h"
#include "ui/locked.h"
#include "ui/ui.h"

namespace terrarium::app::gallery {
namespace {

struct Controls final : Section {
    void draw() override {
        const ui::Card card("gallery.controls", "Controls");
        ui::heading("gallery.controls.title", 2, "Controls");
        {
            const ui::Row row;
            ui::button("gallery.button.primary", "Primary", ui::Button::Primary);
            ui::button("gallery.button.plain", "Plain");
            ui::button("gallery.button.quiet", "Quiet", ui::Button::Quiet);
            ui::button("gallery.button.selected", "Selected", ui::Button::Selected);
            ui::button("gallery.button.disabled", "Disabled", ui::Button::Plain, false);
        }
        ui::toggle("gallery.toggle", "A switch", is_on_);
        ui::slider("gallery.slider", "A number", {.min = 0, .max = 10, .step = 1}, number_);
        ui::choice("gallery.choice", "One of a few", {{"a", "First"}, {"b", "Second"}, {"c", "Third"}}, chosen_);
        ui::text_field("gallery.text", "A line of text", text_, {.placeholder = "Type here"});
        ui::checks("gallery.checks", "Several of a few", {{"a", "First"}, {"b", "Second"}}, ticked_);
        ui::file_button("gallery.file", "Choose a file …", 1000);
        ui::link("gallery.link", "A link");
        ui::progress("gallery.progress", "Progress", 0.4, "200 of 500 steps");
        ui::progress("gallery.progress.none", "Progress at its beginning", 0, "Starting …");
        draw_locked();
        draw_long();
    }

private:
    void draw_locked() {
        ui::heading("gallery.controls.locked", 3, "Locked", ui::Type::Body);
        const ui::Locked locked({"gallery.locked.button", "gallery.locked.toggle", "gallery.locked.slider",
                                 "gallery.locked.choice", "gallery.locked.text", "gallery.locked.checks"});
        ui::button("gallery.locked.button", "A button");
        ui::toggle("gallery.locked.toggle", "A switch", is_on_);
        ui::slider("gallery.locked.slider", "A number", {.min = 0, .max = 10, .step = 1}, number_);
        ui::choice("gallery.locked.choice", "One of a few", {{"a", "First"}, {"b", "Second"}}, chosen_);
        ui::checks("gallery.locked.checks", "Several of a few", {{"a", "First"}, {"b", "Second"}}, ticked_);
        ui::text_field("gallery.locked.text", "A line of text", kept_);
    }
    void draw_long() {
        ui::heading("gallery.controls.long", 3, "With long words", ui::Type::Body);
        const std::string words = "Words that go on and on, as translations of short ones sometimes have to";
        ui::button("gallery.long.button", words);
        ui::toggle("gallery.long.toggle", words, is_on_);
        ui::slider("gallery.long.slider", words, {.min = 0, .max = 10, .step = 1}, number_);
        ui::choice("gallery.long.choice", words, {{"a", words}, {"b", "Donaudampfschifffahrtsgesellschaft"}}, long_);
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
