// Stands in for the gallery in the module that learners load: the widgets have a module of their own, which the page
// brings in when its address asks for them at the start (web/load.js).

#include "app/screen.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

class Apart final : public Screen {
public:
    void draw(Desk&) override {
        ui::heading("gallery.title", 1, ui::tr("Widgets"), ui::Type::Title);
        ui::note("gallery.apart", ui::tr("This page is loaded apart from the labs. Load the page again to see it."),
                 ui::Ink::Muted);
    }
};

}  // namespace

std::unique_ptr<Screen> make_gallery() { return std::make_unique<Apart>(); }

}  // namespace terrarium::app
