#include "app/player.h"

#include "core/io/number_text.h"
#include "ui/ui.h"

namespace terrarium::app {

void Player::open(const labs::Content& content) {
    *this = Player();
    for (const labs::Question& question : content.questions) {
        if (question.kind == labs::Question::Kind::Number) numbers_[question.id] = question.start;
    }
}

int Player::step() const {
    if (tab_ == "predict") return 0;
    return tab_ == "run" ? 1 : 2 + static_cast<int>(explain_at_);
}

void Player::go_to_step(int step) {
    tab_ = step == 0 ? "predict" : step == 1 ? "run" : "explain";
    if (step >= 2) explain_at_ = static_cast<size_t>(step - 2);
}

std::string Player::draw(const labs::Content& content, labs::AnyView& view) {
    const ui::Card card("lesson", "Lesson");
    ui::paragraph("lesson.place", "Lab · about " + std::to_string(content.minutes) + " minutes", ui::Ink::Muted,
                  ui::Type::Small);
    ui::space(-8);
    ui::heading("lesson.title", 1, content.title, ui::Type::Title);
    ui::space(-6);
    ui::paragraph("lesson.subtitle", content.subtitle, ui::Ink::Muted, ui::Type::Small);
    ui::tabs("step", "Steps of the lesson",
             {{"predict", is_committed_ ? "✓ Predict" : "Predict"},
              {"run", "Run"},
              {"explain", "Explain"},
              {"about", "About"}},
             tab_);
    if (tab_ == "predict") return draw_predict(content, view);
    if (tab_ == "run") return draw_run(content, view);
    if (tab_ == "explain") return draw_explain(content);
    return draw_about(content);
}

std::string Player::draw_predict(const labs::Content& content, labs::AnyView& view) {
    std::string asked;
    const auto keep = [&](std::string term) {
        if (!term.empty()) asked = std::move(term);
    };
    for (size_t i = 0; i < content.predict_text.size(); ++i) {
        keep(ui::paragraph("predict.text." + std::to_string(i), content.predict_text[i]));
    }
    bool is_complete = true;
    for (const labs::Question& question : content.questions) {
        const std::string key = "predict." + question.id;
        keep(ui::paragraph(key + ".question", "**" + question.text + "**"));
        if (is_committed_) {
            const bool is_choice = question.kind == labs::Question::Kind::Choice;
            std::string answer =
                is_choice ? chosen_[question.id] : core::io::format_number(numbers_[question.id]) + " " + question.unit;
            for (const auto& option : question.options) {
                if (option.id == chosen_[question.id]) answer = option.text;
            }
            ui::paragraph(key + ".given", "You said: " + answer);
            const std::string outcome = view.outcome(question.id);
            ui::note(key + ".outcome", outcome.empty() ? "The run will tell." : outcome,
                     outcome.empty() ? ui::Ink::Muted : ui::Ink::Ok);
            continue;
        }
        if (question.kind == labs::Question::Kind::Choice) {
            std::vector<ui::Option> options;
            for (const auto& option : question.options) options.push_back({option.id, option.text});
            ui::choice(key, "Your guess", options, chosen_[question.id]);
            is_complete = is_complete && !chosen_[question.id].empty();
        } else {
            const ui::Scale scale{
                .min = question.min,
                .max = question.max,
                .step = 10,
                .is_log = question.min > 0,
                .words = [&](double value) { return core::io::format_number(value) + " " + question.unit; }};
            ui::slider(key, "Your guess, in " + question.unit, scale, numbers_[question.id]);
        }
    }
    if (is_committed_) return asked;
    if (ui::button("predict.commit", "Lock in my prediction", ui::Button::Primary, is_complete)) {
        is_committed_ = true;
        tab_ = "run";
        for (const labs::Question& question : content.questions) {
            if (question.kind == labs::Question::Kind::Choice)
                view.predicted(question.id, chosen_[question.id]);
            else
                view.predicted(question.id, numbers_[question.id]);
        }
        ui::context().twin.say("Prediction stored. Train is unlocked.");
    }
    if (!is_complete) ui::note("predict.missing", "Choose an answer to unlock the run.", ui::Ink::Muted);
    return asked;
}

std::string Player::draw_run(const labs::Content& content, const labs::AnyView& view) {
    std::string asked;
    if (!is_committed_ && !ui::is_hidden("predict")) {
        ui::note("run.locked", "First lock in a prediction: it is worth more than it looks.", ui::Ink::Warn);
    }
    for (size_t i = 0; i < content.run_text.size(); ++i) {
        const std::string term = ui::paragraph("run.text." + std::to_string(i), content.run_text[i]);
        if (!term.empty()) asked = term;
    }
    for (const labs::Question& question : content.questions) {
        const std::string outcome = is_committed_ ? view.outcome(question.id) : "";
        if (!outcome.empty()) ui::note("run.outcome." + question.id, outcome, ui::Ink::Ok);
    }
    return asked;
}

std::string Player::draw_explain(const labs::Content& content) {
    std::string asked;
    const size_t n = content.explain.size();
    const labs::Explanation& step = content.explain[explain_at_];
    ui::paragraph("explain.count", "Step " + std::to_string(explain_at_ + 1) + " of " + std::to_string(n),
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
    if (ui::button("explain.back", "Back", ui::Button::Plain, explain_at_ > 0)) --explain_at_;
    if (ui::button("explain.next", "Next", ui::Button::Plain, explain_at_ + 1 < n)) ++explain_at_;
    return asked;
}

std::string Player::draw_about(const labs::Content& content) {
    std::string asked;
    const auto keep = [&](std::string term) {
        if (!term.empty()) asked = std::move(term);
    };
    ui::heading("about.simplified.title", 2, "What is simplified here");
    keep(ui::list("about.simplified", content.simplified));
    if (!content.misconceptions.empty()) ui::heading("about.misconceptions.title", 2, "Often believed, and wrong");
    for (size_t i = 0; i < content.misconceptions.size(); ++i) {
        const std::string key = "about.misconceptions." + std::to_string(i);
        keep(ui::paragraph(key,
                           "**“" + content.misconceptions[i].claim + "”** " + content.misconceptions[i].correction));
    }
    ui::heading("about.sources.title", 2, "Sources");
    keep(ui::list("about.sources", content.sources));
    return asked;
}

}  // namespace terrarium::app
