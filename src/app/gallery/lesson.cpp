#include <map>

#include "app/challenge.h"
#include "app/gallery/gallery.h"
#include "app/predictions.h"
#include "app/quiz.h"
#include "ui/ui.h"

namespace terrarium::app::gallery {
namespace {

using Kind = labs::Question::Kind;
using ItemKind = labs::QuizItem::Kind;

labs::Question question_of(Kind kind, std::string id, std::string text) {
    labs::Question question;
    question.kind = kind;
    question.id = std::move(id);
    question.text = std::move(text);
    question.options = {{"first", say("The first of the options"), {}, {}}, {"second", say("The second"), {}, {}}};
    question.min = 0;
    question.max = 5;
    question.start = 4;
    question.unit = "nats";
    question.x_name = "step";
    question.y_name = say("loss in nats");
    question.x_max = 100;
    question.n_points = 5;
    return question;
}

std::vector<labs::Question> questions() {
    std::vector<labs::Question> all{question_of(Kind::Choice, "choice", say("Which one will it be?")),
                                    question_of(Kind::Number, "number", say("How many nats will it be?")),
                                    question_of(Kind::Order, "order", say("Which comes first?")),
                                    question_of(Kind::Sketch, "sketch", say("How will the curve go?")),
                                    question_of(Kind::Which, "which", say("Which of the two will it look like?")),
                                    question_of(Kind::Likelihood, "likelihood", say("Will it happen?"))};
    all[0].asks_certainty = true;
    all[4].options[0].curve = {1, 0.5, 0.3, 0.2, 0.15};
    all[4].options[1].curve = {1, 0.8, 0.6, 0.4, 0.2};
    return all;
}

labs::QuizItem item_of(ItemKind kind, std::string id, std::string text) {
    labs::QuizItem item;
    item.kind = kind;
    item.id = std::move(id);
    item.text = std::move(text);
    item.options = {
        {"a", say("The first option"), say("Right, because it is so."), true, say("Its partner")},
        {"b", say("The second option"), say("Also right."), kind == ItemKind::Multiple, say("Another partner")},
        {"c", say("The third one, with more words than fit on one line of a narrow column"), say("Wrong, and why."),
         false, say("The last partner")}};
    item.answer = {2, {}};
    item.tolerance = 0.1;
    item.unit = "nats";
    item.explanation = say("This is said after every answer.");
    item.target = {labs::PlotTarget::Kind::Lowest, "step", "loss", "step", "loss", {}};
    return item;
}

/// Predictions before and after the run, every kind of question, hints and conditions.
struct Lesson final : Section {
    void draw() override {
        const ui::Card card("gallery.lesson", say("Lesson"));
        ui::heading("gallery.lesson.title", 2, say("Lesson"));
        draw_predictions();
        draw_questions();
        draw_condition("gallery.condition.open", say("Validation loss"), {"a", false, "2.31", "≤ 2.10", 0.8});
        draw_condition("gallery.condition.met", say("Steps used"), {"b", true, "480", "≤ 600", 1});
    }

private:
    void draw_predictions() {
        static constexpr float kX[] = {0, 25, 50, 75, 100};
        static constexpr float kY[] = {4, 2.5f, 2, 1.7f, 1.6f};
        double score = 1;
        for (const labs::Question& question : questions()) {
            Guess& guess = guesses_.try_emplace(question.id, first_guess(question)).first->second;
            const std::string key = "gallery.predict." + question.id;
            ui::paragraph(key + ".question", "**" + question.text + "**");
            draw_guess(key, question, guess);
            labs::Outcome outcome{say("This is what came."), score, {}, {}};
            if (question.kind == Kind::Sketch) outcome.x = {kX, kX + 5}, outcome.y = {kY, kY + 5};
            draw_given(key + ".after", question, guess, outcome);
            score = score > 0 ? score - 0.5 : 1;
        }
    }
    void draw_questions() {
        static constexpr float kX[] = {0, 25, 50, 75, 100};
        static constexpr float kY[] = {4, 2.5f, 2, 1.7f, 1.8f};
        const labs::RunFacts facts{{}, {{"step", kX}, {"loss", kY}}};
        const std::vector<labs::QuizItem> items{item_of(ItemKind::Choice, "choice", say("Which one is right?")),
                                                item_of(ItemKind::Multiple, "multiple", say("Which ones are right?")),
                                                item_of(ItemKind::Order, "order", say("In which order?")),
                                                item_of(ItemKind::Match, "match", say("What belongs together?")),
                                                item_of(ItemKind::Number, "number", say("How much is 1 + 1?")),
                                                item_of(ItemKind::Find, "find", say("Where is the lowest place?")),
                                                item_of(ItemKind::Choice, "locked", say("Your loss was {loss}. And?"))};
        for (const labs::QuizItem& item : items) {
            draw_quiz_item("gallery.quiz." + item.id, item, facts, 1, states_[item.id]);
        }
        if (states_["judged"].n_tries == 0) {  // one that was answered, half right
            QuizState& state = states_["judged"];
            state.n_tries = 1;
            state.answer.chosen = {"a"};
            state.result = labs::judge(items[1], state.answer, facts);
        }
        draw_quiz_item("gallery.quiz.judged", items[1], facts, 1, states_["judged"]);
    }

    std::map<std::string, Guess> guesses_;
    std::map<std::string, QuizState> states_;
};

}  // namespace

std::unique_ptr<Section> make_lesson() { return std::make_unique<Lesson>(); }

}  // namespace terrarium::app::gallery
