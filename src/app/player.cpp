#include "app/player.h"

#include "app/services.h"
#include "ui/messages.h"
#include "ui/ui.h"

namespace terrarium::app {

using ui::tr;

namespace {

/// What the run says now, or else what it said when the prediction was first compared.
labs::Outcome outcome_of(const labs::Question& question, const labs::AnyView& view, const core::io::LabProgress& kept) {
    labs::Outcome outcome = view.outcome(question.id);
    const auto stored = kept.predictions.find(question.id);
    if (outcome.is_known() || stored == kept.predictions.end()) return outcome;
    outcome.words = ui::unpacked(stored->second.outcome);
    outcome.score = stored->second.score;
    return outcome;
}

}  // namespace

void Player::open(const labs::Content& content) {
    *this = Player();
    for (const labs::Question& question : content.questions) guesses_[question.id] = first_guess(question);
    quiz_.open(content);
}

bool Player::restore(const labs::Content& content, labs::AnyView& view, const core::io::LabProgress& kept) {
    std::map<std::string, Guess> guesses;
    for (const labs::Question& question : content.questions) {
        const auto stored = kept.predictions.find(question.id);
        Guess& guess = guesses[question.id] = first_guess(question);
        if (stored == kept.predictions.end() || !restore_guess(question, stored->second, guess)) return false;
    }
    guesses_ = std::move(guesses);
    for (const labs::Question& question : content.questions) {
        view.predicted(question.id, answer_of(question, guesses_[question.id]));
    }
    is_committed_ = true;
    return true;
}

bool Player::follow(const labs::Content& content, labs::AnyView& view, core::io::LabProgress& kept) {
    if (!is_committed_ && kept.is_predicted) restore(content, view, kept);
    if (!is_committed_) return false;
    bool changed = false;
    for (const labs::Question& question : content.questions) {
        core::io::Prediction& prediction = kept.predictions[question.id];
        if (prediction.score >= 0) continue;  // the first outcome counts: later runs are no longer predicted blindly
        const labs::Outcome outcome = view.outcome(question.id);
        if (!outcome.is_known()) continue;
        prediction.score = outcome.score;
        prediction.outcome = ui::packed(outcome.words);
        changed = true;
    }
    return changed;
}

int Player::step(const labs::Content& content) const {
    const int n_explanations = static_cast<int>(content.explain.size());
    if (tab_ == "predict") return 0;
    if (tab_ == "run") return 1;
    return tab_ == "quiz" ? 2 + n_explanations : 2 + static_cast<int>(explain_at_);
}

void Player::go_to_step(const labs::Content& content, int step) {
    const int n_explanations = static_cast<int>(content.explain.size());
    tab_ = step == 0 ? "predict" : step == 1 ? "run" : step < 2 + n_explanations ? "explain" : "quiz";
    if (tab_ == "explain") explain_at_ = static_cast<size_t>(step - 2);
}

std::string Player::draw(const labs::Content& content, labs::AnyView& view, core::io::LabProgress& kept,
                         const labs::Services* services) {
    const ui::Card card("lesson", tr("Lesson"));
    ui::paragraph("lesson.place", tr("Lab · about {0} minutes", {std::to_string(content.minutes)}), ui::Ink::Muted,
                  ui::Type::Small);
    ui::space(-8);
    ui::heading("lesson.title", 1, content.title, ui::Type::Title);
    ui::space(-6);
    ui::paragraph("lesson.subtitle", content.subtitle, ui::Ink::Muted, ui::Type::Small);
    std::vector<ui::Option> steps = {
        {"predict", is_committed_ ? tr("✓ Predict") : tr("Predict")}, {"run", tr("Run")}, {"explain", tr("Explain")}};
    if (!content.quiz.empty()) steps.push_back({"quiz", tr("Quiz")});
    steps.push_back({"about", tr("About")});
    ui::tabs("step", tr("Steps of the lesson"), steps, tab_);
    if (tab_ == "predict") return draw_predict(content, view, kept);
    if (tab_ == "run") return draw_run(content, view, kept);
    if (tab_ == "explain") return draw_explain(content);
    if (tab_ == "quiz") {
        has_changed_ = quiz_.draw(content, {view.quantities(), view.series()}, kept) || has_changed_;
        return {};
    }
    return draw_about(content, services);
}

std::string Player::draw_predict(const labs::Content& content, labs::AnyView& view, core::io::LabProgress& kept) {
    std::string asked;
    const auto keep = [&](std::string term) {
        if (!term.empty()) asked = std::move(term);
    };
    for (size_t i = 0; i < content.predict_text.size(); ++i) {
        keep(ui::paragraph("predict.text." + std::to_string(i), content.predict_text[i]));
    }
    bool all_complete = true;
    for (const labs::Question& question : content.questions) {
        const std::string key = "predict." + question.id;
        Guess& guess = guesses_[question.id];
        keep(ui::paragraph(key + ".question", "**" + question.text + "**"));
        if (is_committed_) {
            draw_given(key, question, guess, outcome_of(question, view, kept));
        } else {
            draw_guess(key, question, guess);
            all_complete = all_complete && is_complete(question, guess);
        }
    }
    if (is_committed_) return asked;
    if (ui::button("predict.commit", tr("Lock in my prediction"), ui::Button::Primary, all_complete)) {
        commit(content, view, kept);
    }
    if (!all_complete) ui::note("predict.missing", tr("Choose an answer to unlock the run."), ui::Ink::Muted);
    return asked;
}

void Player::commit(const labs::Content& content, labs::AnyView& view, core::io::LabProgress& kept) {
    is_committed_ = true;
    has_changed_ = true;
    tab_ = "run";
    kept.is_predicted = true;
    for (const labs::Question& question : content.questions) {
        const Guess& guess = guesses_[question.id];
        const labs::json answer = answer_of(question, guess);
        view.predicted(question.id, answer);
        kept.predictions[question.id] = {
            .answer = answer.dump(), .probability = probability_of(question, guess), .score = -1, .outcome = {}};
    }
    ui::context().twin.say(tr("Prediction stored. Train is unlocked."));
}

std::string Player::draw_run(const labs::Content& content, labs::AnyView& view, const core::io::LabProgress& kept) {
    std::string asked;
    if (!is_committed_ && !ui::is_hidden("predict")) {
        ui::note("run.locked", tr("First lock in a prediction: it is worth more than it looks."), ui::Ink::Warn);
    }
    for (size_t i = 0; i < content.run_text.size(); ++i) {
        const std::string term = ui::paragraph("run.text." + std::to_string(i), content.run_text[i]);
        if (!term.empty()) asked = term;
    }
    for (const labs::Question& question : content.questions) {
        if (!is_committed_) break;
        const labs::Outcome outcome = outcome_of(question, view, kept);
        if (outcome.is_known()) draw_outcome("run.outcome." + question.id, question, guesses_[question.id], outcome);
    }
    return asked;
}

std::string Player::draw_explain(const labs::Content& content) {
    std::string asked;
    const size_t n = content.explain.size();
    const labs::Explanation& step = content.explain[explain_at_];
    ui::paragraph("explain.count", tr("Step {0} of {1}", {std::to_string(explain_at_ + 1), std::to_string(n)}),
                  ui::Ink::Muted, ui::Type::Small);
    ui::heading("explain.title", 2, step.title);
    for (size_t i = 0; i <= step.text.size(); ++i) {
        for (size_t f = 0; f < step.figures.size(); ++f) {
            const labs::Explanation::Figure& figure = step.figures[f];
            if (figure.after != i) continue;
            ui::figure("explain.figure." + std::to_string(f), figure.id, figure.parameters, figure.caption);
        }
        if (i == step.text.size()) break;
        const std::string term = ui::prose("explain.text." + std::to_string(i), step.text[i]);
        if (!term.empty()) asked = term;
    }
    const ui::Row row;
    if (ui::button("explain.back", tr("Back"), ui::Button::Plain, explain_at_ > 0)) --explain_at_;
    if (ui::button("explain.next", tr("Next"), ui::Button::Plain, explain_at_ + 1 < n)) ++explain_at_;
    return asked;
}

std::string Player::draw_about(const labs::Content& content, const labs::Services* services) {
    std::string asked;
    const auto keep = [&](std::string term) {
        if (!term.empty()) asked = std::move(term);
    };
    ui::heading("about.simplified.title", 2, tr("What is simplified here"));
    keep(ui::list("about.simplified", content.simplified));
    if (!content.misconceptions.empty()) ui::heading("about.misconceptions.title", 2, tr("Often believed, and wrong"));
    for (size_t i = 0; i < content.misconceptions.size(); ++i) {
        const std::string key = "about.misconceptions." + std::to_string(i);
        keep(ui::paragraph(key,
                           "**“" + content.misconceptions[i].claim + "”** " + content.misconceptions[i].correction));
    }
    draw_services(content, services);
    ui::heading("about.sources.title", 2, tr("Sources"));
    keep(ui::list("about.sources", content.sources));
    return asked;
}

}  // namespace terrarium::app
