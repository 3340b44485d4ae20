// About: version, licence, notices, privacy.

#include "app/screen.h"
#include "labs/replay.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

class About final : public Screen {
public:
    void draw(Desk& desk) override {
        ui::heading("page.title", 1, ui::tr("About Terrarium"), ui::Type::Title);
        ui::space(-6);
        ui::paragraph(
            "about.what",
            ui::tr("A laboratory for the whole life of a foundation model, in one browser tab. Tiny models really "
                   "train on your device, and every number on the screen is computed."));
        {
            const ui::Card card("about.privacy", ui::tr("Privacy"));
            ui::heading("about.privacy.title", 2, ui::tr("Nothing leaves this device"));
            ui::paragraph(
                "about.privacy.text",
                ui::tr("There is no account, no tracking and no request to any other site. Texts that you open, "
                       "models that you train and what you have done stay in this browser. After loading, the "
                       "network can be cut."));
        }
        {
            const ui::Card card("about.version", ui::tr("Version and licence"));
            ui::heading("about.version.title", 2, ui::tr("Version and licence"));
            ui::fact("about.build", ui::tr("Build"), build_id());
            ui::fact("about.licence", ui::tr("Licence"), "MIT");
            ui::paragraph(
                "about.notices.text",
                ui::tr("Terrarium stands on the work of others: Dear ImGui, ImPlot, SDL2, nlohmann/json, Inter and "
                       "JetBrains Mono."),
                ui::Ink::Muted, ui::Type::Small);
            if (ui::button("about.notices", ui::tr("Read all licences"))) desk.platform().open_page("notices.txt");
        }
    }
};

}  // namespace

std::unique_ptr<Screen> make_about() { return std::make_unique<About>(); }

}  // namespace terrarium::app
