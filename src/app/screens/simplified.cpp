// What is simplified in the lab (`item` is its id, else the open one), and what is often believed and wrong.

#include "app/course_parts.h"
#include "app/screen.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

class Simplified final : public Screen {
public:
    void draw(Desk& desk) override {
        const std::string lab = desk.place().item.empty() ? std::string(desk.open_lab()) : desk.place().item;
        const labs::Content* content = desk.content(lab);
        ui::heading("page.title", 1, ui::tr("What is simplified here"), ui::Type::Title);
        if (content == nullptr)
            return ui::note("simplified.missing", ui::tr("There is no such lab here."), ui::Ink::Muted);
        ui::space(-6);
        ui::paragraph("simplified.lab", content->title, ui::Ink::Muted);
        std::string term;
        const auto keep = [&](std::string asked) {
            if (!asked.empty()) term = std::move(asked);
        };
        {
            const ui::Card card("simplified.card", ui::tr("Where the real thing differs"));
            ui::heading("simplified.title", 2, ui::tr("Where the real thing differs"));
            keep(ui::list("simplified.list", content->simplified));
        }
        if (!content->misconceptions.empty()) {
            const ui::Card card("simplified.beliefs", ui::tr("Often believed, and wrong"));
            ui::heading("simplified.beliefs.title", 2, ui::tr("Often believed, and wrong"));
            for (size_t i = 0; i < content->misconceptions.size(); ++i) {
                const labs::Misconception& one = content->misconceptions[i];
                keep(ui::paragraph("simplified.beliefs." + std::to_string(i),
                                   ui::tr("**“{0}”** {1}", {one.claim, one.correction})));
            }
        }
        {
            const ui::Card card("simplified.sources", ui::tr("Sources"));
            ui::heading("simplified.sources.title", 2, ui::tr("Sources"));
            keep(ui::list("simplified.sources.list", content->sources));
        }
        if (!term.empty()) desk.show_term(term);
    }
};

}  // namespace

std::unique_ptr<Screen> make_simplified() { return std::make_unique<Simplified>(); }

}  // namespace terrarium::app
