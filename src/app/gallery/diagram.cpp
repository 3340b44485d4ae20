#include "ui/diagram.h"

#include "app/gallery/gallery.h"
#include "ui/locked.h"

namespace terrarium::app::gallery {
namespace {

ui::DiagramKit kit() {
    return {.columns = 4,
            .rows = 3,
            .kinds = {{"person", say("Person"), 1},
                      {"model", say("Model"), 2},
                      {"search", say("Search in documents"), 2},
                      {"check", say("Check of the answer"), 3}},
            .services = {{"cloud", say("A provider's computer")}, {"own", say("Our own computer")}}};
}

ui::DiagramState filled() {
    ui::DiagramState made;
    made.history.now = {{{"person-1", "person", say("Person"), 0, 1, ""},
                         {"model-1", "model", say("Model"), 2, 1, "cloud"},
                         {"search-1", "search", say("Search in documents"), 1, 0, "own"},
                         {"check-1", "check", say("A check by somebody who knows the subject very well"), 3, 2, ""}},
                        {{"person-1", "model-1"},
                         {"model-1", "person-1"},
                         {"person-1", "search-1"},
                         {"search-1", "model-1"},
                         {"model-1", "check-1"}}};
    made.selected = made.from = "model-1";
    return made;
}

struct Diagrams final : Section {
    void draw() override {
        {
            const ui::Card card("gallery.diagram", say("Diagram"));
            ui::heading("gallery.diagram.title", 2, say("Diagram"));
            ui::diagram("gallery.system", say("A system that answers questions"), kit(), system_);
        }
        {
            const ui::Card card("gallery.diagram.nothing", say("Empty diagram"));
            ui::heading("gallery.diagram.nothing.title", 2, say("Empty diagram"));
            ui::diagram("gallery.none", say("A diagram to begin"), kit(), empty_);
        }
        const ui::Card card("gallery.diagram.still", say("Locked diagram"));
        ui::heading("gallery.diagram.still.title", 2, say("Locked diagram"));
        const ui::Locked locked({"gallery.locked"});
        ui::diagram("gallery.locked", say("A diagram to read"), kit(), locked_);
    }

private:
    ui::DiagramState system_ = filled(), empty_, locked_ = filled();
};

}  // namespace

std::unique_ptr<Section> make_diagram() { return std::make_unique<Diagrams>(); }

}  // namespace terrarium::app::gallery
