#include "ui/diagram.h"

#include "app/gallery/gallery.h"
#include "ui/locked.h"

namespace terrarium::app::gallery {
namespace {

const ui::DiagramKit kKit{.columns = 4,
                          .rows = 3,
                          .kinds = {{"person", "Person", 1},
                                    {"model", "Model", 2},
                                    {"search", "Search in documents", 2},
                                    {"check", "Check of the answer", 3}},
                          .services = {{"cloud", "A provider's computer"}, {"own", "Our own computer"}}};

ui::DiagramState filled() {
    ui::DiagramState made;
    made.history.now = {{{"person-1", "person", "Person", 0, 1, ""},
                         {"model-1", "model", "Model", 2, 1, "cloud"},
                         {"search-1", "search", "Search in documents", 1, 0, "own"},
                         {"check-1", "check", "A check by somebody who knows the subject very well", 3, 2, ""}},
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
            const ui::Card card("gallery.diagram", "Diagram");
            ui::heading("gallery.diagram.title", 2, "Diagram");
            ui::diagram("gallery.system", "A system that answers questions", kKit, system_);
        }
        {
            const ui::Card card("gallery.diagram.nothing", "Empty diagram");
            ui::heading("gallery.diagram.nothing.title", 2, "Empty diagram");
            ui::diagram("gallery.none", "A diagram to begin", kKit, empty_);
        }
        const ui::Card card("gallery.diagram.still", "Locked diagram");
        ui::heading("gallery.diagram.still.title", 2, "Locked diagram");
        const ui::Locked locked({"gallery.locked"});
        ui::diagram("gallery.locked", "A diagram to read", kKit, locked_);
    }

private:
    ui::DiagramState system_ = filled(), empty_, locked_ = filled();
};

}  // namespace

std::unique_ptr<Section> make_diagram() { return std::make_unique<Diagrams>(); }

}  // namespace terrarium::app::gallery
