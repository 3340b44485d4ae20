// The labs of one module (`item` is its id), or of all: those that can be opened, and those that are planned.

#include "app/course_parts.h"
#include "app/screen.h"
#include "ui/tiles.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

class Lessons final : public Screen {
public:
    void draw(Desk& desk) override {
        const labs::Module* chosen = desk.course().find(desk.place().item);
        ui::heading("page.title", 1, chosen ? chosen->title : ui::tr("All labs"), ui::Type::Title);
        if (chosen != nullptr) {
            ui::space(-6);
            ui::paragraph("lessons.about", chosen->about, ui::Ink::Muted);
            draw_labs(desk, *chosen);
        } else {
            for (const labs::Module& module : desk.course().modules) {
                const ui::Card card("lessons." + module.id, module.title, ui::Card::Look::Plain);
                ui::heading("lessons." + module.id + ".title", 2, module.title);
                draw_labs(desk, module);
            }
        }
        ui::space(8);
        const ui::Row row;
        if (ui::button("lessons.map", ui::tr("Back to the map"))) desk.go({.page = "map", .item = {}, .lab = {}});
        if (chosen != nullptr && ui::button("lessons.all", ui::tr("All labs")))
            desk.go({.page = "lessons", .item = {}, .lab = {}});
    }

private:
    static void draw_labs(Desk& desk, const labs::Module& module) {
        const bool is_wide = ui::available_width() >= 760 * ui::context().env.text_scale;
        const auto one = [&](size_t i) {
            if (i < module.labs.size()) {
                const std::string& lab = module.labs[i];
                if (lab_tile(desk, "lab." + lab, lab)) desk.go({.page = {}, .item = {}, .lab = lab});
                return;
            }
            const size_t at = i - module.labs.size();
            const labs::PlannedLab& lab = module.planned[at];
            ui::planned_tile("planned." + module.id + "." + std::to_string(at),
                             {.title = lab.title, .about = lab.about, .badge = ui::tr("Planned")});
        };
        const size_t n = module.labs.size() + module.planned.size();
        if (!is_wide) {
            for (size_t i = 0; i < n; ++i) one(i);
            return;
        }
        // Two columns, filled row by row, so that the order of reading is the order of the course.
        for (size_t i = 0; i < n; i += 2) {
            ui::Columns columns({1, 1}, 16);
            one(i);
            columns.next();
            if (i + 1 < n) one(i + 1);
        }
    }
};

}  // namespace

std::unique_ptr<Screen> make_lessons() { return std::make_unique<Lessons>(); }

}  // namespace terrarium::app
