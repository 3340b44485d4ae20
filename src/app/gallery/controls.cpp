#include "app/gallery/gallery.h"
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
        ui::progress("gallery.progress", "Progress", 0.4, "200 of 500 steps");
    }

private:
    bool is_on_ = true;
    double number_ = 3;
    std::string chosen_ = "b", text_;
};

}  // namespace

std::unique_ptr<Section> make_controls() { return std::make_unique<Controls>(); }

}  // namespace terrarium::app::gallery
