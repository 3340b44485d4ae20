#include "app/quiz.h"

#include <algorithm>
#include <cmath>

#include "ui/ui.h"

namespace terrarium::app {

using labs::QuizItem;
using ui::tr;

void Quiz::open(const labs::Content& content) {
    *this = Quiz();
    seed_ = content.defaults.is_object() && content.defaults.contains("seed") && content.defaults["seed"].is_number()
                ? content.defaults["seed"].get<uint64_t>()
                : 0;
}

void Quiz::draw_case(const QuizItem& item) {
    ui::heading("quiz.case", 3, tr("Case: {0}", {item.case_title}));
    for (size_t i = 0; i < item.case_text.size(); ++i) {
        ui::paragraph("quiz.case." + std::to_string(i), item.case_text[i]);
    }
}

void Quiz::draw_score(const labs::Content& content, const core::io::LabProgress& kept) {
    double sum = 0;
    int64_t n_answered = 0;
    for (const QuizItem& item : content.quiz) {
        const auto found = kept.items.find(item.id);
        if (found == kept.items.end()) continue;
        sum += found->second.best_share;
        ++n_answered;
    }
    const auto n = std::ssize(content.quiz);
    ui::progress("quiz.score", tr("Your quiz"), sum / static_cast<double>(n),
                 tr("{0} of {1} answered · best result {2}",
                    {std::to_string(n_answered), std::to_string(n), ui::percent(sum / static_cast<double>(n), 0)}));
}

bool Quiz::draw(const labs::Content& content, const labs::RunFacts& facts, core::io::LabProgress& kept) {
    at_ = std::min(at_, content.quiz.size() - 1);
    const QuizItem& item = content.quiz[at_];
    ui::heading("quiz.title", 2, tr("Quiz"));
    draw_score(content, kept);
    ui::paragraph("quiz.count",
                  tr("Question {0} of {1}", {std::to_string(at_ + 1), std::to_string(content.quiz.size())}),
                  ui::Ink::Muted, ui::Type::Small);
    if (!item.case_id.empty()) draw_case(item);
    QuizState& state = states_[item.id];
    const bool is_judged = draw_quiz_item("quiz." + item.id, item, facts, seed_, state);
    if (is_judged) {
        core::io::AnsweredItem& answered = kept.items[item.id];
        ++answered.tries;
        answered.best_share = std::max(answered.best_share, state.result->share);
    }
    const ui::Row row;
    if (ui::button("quiz.back", tr("Previous question"), ui::Button::Plain, at_ > 0)) --at_;
    if (ui::button("quiz.next", tr("Next question"), ui::Button::Plain, at_ + 1 < content.quiz.size())) ++at_;
    return is_judged;
}

}  // namespace terrarium::app
