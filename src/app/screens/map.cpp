// The course map: the five stages of a model's life on their loop, foundations before, projects after.

#include "app/course_parts.h"
#include "app/screen.h"
#include "ui/life_loop.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

class Map final : public Screen {
public:
    void draw(Desk& desk) override {
        ui::heading("page.title", 1, ui::tr("The life of a model"), ui::Type::Title);
        ui::space(-6);
        ui::paragraph(
            "map.about",
            ui::tr("Five stages in a circle: what you learn from watching a model in use becomes the data for "
                   "the next one. Choose a stage to see its labs."),
            ui::Ink::Muted);
        {
            const std::string lab(desk.open_lab());
            const std::string words = ui::tr("Go on with: {0}", {lab_title(desk, lab)});
            if (ui::button("map.continue", words, ui::Button::Primary)) desk.go({.page = {}, .item = {}, .lab = lab});
        }
        const std::string chosen = ui::life_loop("map", ui::tr("Stages of the course"), picture(desk));
        if (!chosen.empty()) desk.go({.page = "lessons", .item = chosen, .lab = {}});
        ui::paragraph(
            "map.planned",
            ui::tr("Labs that are still being built are marked as planned; nothing on this map pretends to be "
                   "there."),
            ui::Ink::Muted, ui::Type::Small);
    }

private:
    ui::LifeLoop picture(Desk& desk) {
        ui::LifeLoop out{.before = {},
                         .loop = {},
                         .after = {},
                         .before_words = ui::tr("Before you begin"),
                         .after_words = ui::tr("When you have been around once"),
                         .centre = ui::tr("Feedback from use starts the next round")};
        const labs::Content* open = desk.content(desk.open_lab());
        for (const labs::Module& module : desk.course().modules) {
            const ModuleCount count = count_labs(desk, module);
            ui::Stage stage{.id = module.id,
                            .title = module.title,
                            .detail = count_words(count),
                            .mark = {},
                            .done_fraction = count.all() == 0
                                                 ? 0.0
                                                 : static_cast<double>(count.passed) / static_cast<double>(count.all()),
                            .is_here = open != nullptr && open->module == module.id};
            if (!module.stage.empty()) {
                stage.mark = std::to_string(out.loop.size() + 1);
                out.loop.push_back(std::move(stage));
            } else {
                stage.mark = out.loop.empty() ? "0" : "+";
                (out.loop.empty() ? out.before : out.after).push_back(std::move(stage));
            }
        }
        return out;
    }
};

}  // namespace

std::unique_ptr<Screen> make_map() { return std::make_unique<Map>(); }

}  // namespace terrarium::app
