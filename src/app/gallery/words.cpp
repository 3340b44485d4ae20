#include "app/gallery/gallery.h"
#include "ui/ui.h"

namespace terrarium::app::gallery {
namespace {

struct Words final : Section {
    void draw() override {
        const ui::Card card("gallery.words", say("Words"));
        ui::heading("gallery.words.title", 2, say("Words"));
        ui::paragraph("gallery.words.body", say("Body text with **bold**, `code` and a [[loss|glossary term]]."));
        ui::paragraph("gallery.words.small", say("Small and muted."), ui::Ink::Muted, ui::Type::Small);
        ui::note("gallery.words.ok", say("Something went well."), ui::Ink::Ok);
        ui::note("gallery.words.warn", say("Something needs a look."), ui::Ink::Warn);
        ui::fact("gallery.words.fact", say("Validation loss"), say("2.31 → needs ≤ 2.10"), ui::Ink::Warn);
        ui::list("gallery.words.list", {say("First point."), say("Second point.")});
        ui::sample("gallery.words.sample", say("What the model wrote"),
                   say("the harbour was quiet\nand the boats came in"));
    }
};

}  // namespace

std::unique_ptr<Section> make_words() { return std::make_unique<Words>(); }

}  // namespace terrarium::app::gallery
