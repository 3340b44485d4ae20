// Notes for instructors about a lab (`item` is its id, else the open one): what to show in two minutes, what to ask,
// what goes wrong. The answers stand behind a switch, because the notes may be on the projector.

#include "app/screen.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

class Notes final : public Screen {
public:
    void draw(Desk& desk) override {
        const std::string lab = desk.place().item.empty() ? std::string(desk.open_lab()) : desk.place().item;
        const labs::Content* content = desk.content(lab);
        ui::heading("page.title", 1, ui::tr("Notes for instructors"), ui::Type::Title);
        if (content == nullptr || content->instructor.show.empty())
            return ui::note("notes.missing", ui::tr("There are no notes for this lab yet."), ui::Ink::Muted);
        ui::space(-6);
        ui::paragraph("notes.lab",
                      ui::tr("{0} · about {1} minutes", {content->title, std::to_string(content->minutes)}),
                      ui::Ink::Muted);
        {
            const ui::Row row(12);
            if (ui::button("notes.present", ui::tr("Present this lab"), ui::Button::Primary)) desk.present();
            if (ui::button("notes.print", ui::tr("Print"))) desk.platform().print();
            ui::toggle("notes.answers", ui::tr("Show the answers"), shows_answers_);
        }
        draw_lists(*content);
        draw_questions(*content);
    }

private:
    static void draw_lists(const labs::Content& content) {
        {
            const ui::Card card("notes.show", ui::tr("Show it in two minutes"));
            ui::heading("notes.show.title", 2, ui::tr("Show it in two minutes"));
            for (size_t i = 0; i < content.instructor.show.size(); ++i) {
                ui::paragraph("notes.show." + std::to_string(i),
                              ui::tr("**{0}.** {1}", {std::to_string(i + 1), content.instructor.show[i]}));
            }
        }
        const ui::Card card("notes.mistakes", ui::tr("Common mistakes"));
        ui::heading("notes.mistakes.title", 2, ui::tr("Common mistakes"));
        ui::list("notes.mistakes.list", content.instructor.mistakes);
    }

    void draw_questions(const labs::Content& content) const {
        const ui::Card card("notes.questions", ui::tr("Questions to ask"));
        ui::heading("notes.questions.title", 2, ui::tr("Questions to ask"));
        for (size_t i = 0; i < content.instructor.questions.size(); ++i) {
            const std::string key = "notes.questions." + std::to_string(i);
            const labs::InstructorNotes::Question& question = content.instructor.questions[i];
            ui::paragraph(key, ui::tr("**{0}.** {1}", {std::to_string(i + 1), question.ask}));
            if (shows_answers_) ui::paragraph(key + ".answer", question.answer, ui::Ink::Ok);
        }
    }

    bool shows_answers_ = false;
};

}  // namespace

std::unique_ptr<Screen> make_notes() { return std::make_unique<Notes>(); }

}  // namespace terrarium::app
