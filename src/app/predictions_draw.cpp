#include <algorithm>

#include "app/predictions.h"
#include "core/io/number_text.h"
#include "ui/lists.h"
#include "ui/messages.h"
#include "ui/sketch.h"
#include "ui/ui.h"

namespace terrarium::app {

using Kind = labs::Question::Kind;
using ui::tr;

namespace {

std::string number_words(double value) { return ui::localized(core::io::format_number(value)); }
std::string percent(double value) { return ui::percent(value / 100, 0); }

std::vector<ui::Option> options_of(const labs::Question& question) {
    std::vector<ui::Option> options;
    for (const labs::QuestionOption& option : question.options) options.push_back({option.id, option.text});
    return options;
}

void draw_number(const std::string& key, const labs::Question& question, Guess& guess) {
    const ui::Scale scale{.min = question.min,
                          .max = question.max,
                          .step = question.min > 0 ? 10.0 : 0.0,
                          .is_log = question.min > 0,
                          .words = [&](double value) { return tr("{0} {1}", {number_words(value), question.unit}); }};
    ui::slider(key, tr("Your guess, in {0}", {question.unit}), scale, guess.number);
}

ui::Sketch sketch_of(const labs::Question& question) {
    return {.title = question.text,
            .x_name = question.x_name,
            .y_name = question.y_name,
            .x_max = question.x_max,
            .y_min = question.min,
            .y_max = question.max,
            .is_editable = true,
            .real_x = {},
            .real_y = {}};
}

/// The two things to compare, side by side where there is room, and the choice below.
void draw_pair(const std::string& key, const labs::Question& question) {
    const auto draw_one = [&](const labs::QuestionOption& option) {
        const std::string one = key + "." + option.id + ".shown";
        if (!option.curve.empty()) {
            ui::paragraph(one + ".name", option.text, ui::Ink::Muted, ui::Type::Small);
            ui::small_curve(one, tr("Curve: {0}", {option.text}), option.curve);
        } else if (!option.sample.empty()) {
            ui::sample(one, option.text, option.sample);
        }
    };
    if (ui::available_width() < 420 * ui::context().env.text_scale) {
        for (const labs::QuestionOption& option : question.options) draw_one(option);
        return;
    }
    ui::Columns columns({0.5f, 0.5f}, 12);
    draw_one(question.options[0]);
    columns.next();
    draw_one(question.options[1]);
}

std::string words_of(const labs::Question& question, const std::string& id) {
    for (const labs::QuestionOption& option : question.options) {
        if (option.id == id) return option.text;
    }
    return id;
}

std::string given_words(const labs::Question& question, const Guess& guess) {
    switch (question.kind) {
        case Kind::Choice:
        case Kind::Which:
            return tr("You said: {0}", {words_of(question, guess.chosen)});
        case Kind::Number:
            return tr("You said: {0} {1}", {number_words(guess.number), question.unit});
        case Kind::Likelihood:
            return tr("You said: {0} likely", {percent(guess.number)});
        case Kind::Order:
            return tr("You put them in this order:");
        case Kind::Sketch:
            return tr("You sketched:");
    }
    return {};
}

}  // namespace

void draw_guess(const std::string& key, const labs::Question& question, Guess& guess) {
    switch (question.kind) {
        case Kind::Which:
            draw_pair(key, question);
            [[fallthrough]];
        case Kind::Choice:
            ui::choice(key, tr("Your guess"), options_of(question), guess.chosen);
            break;
        case Kind::Number:
            draw_number(key, question, guess);
            break;
        case Kind::Order:
            ui::order_list(key, tr("From first to last"), options_of(question), guess.order);
            break;
        case Kind::Sketch:
            ui::sketch(key, sketch_of(question), guess.heights, guess.shows_numbers);
            break;
        case Kind::Likelihood:
            ui::slider(key, tr("How likely is it? 0 %: surely not, 100 %: surely"),
                       {.min = 0, .max = 100, .step = 5, .words = percent}, guess.number);
            break;
    }
    if (question.asks_certainty) {
        ui::slider(key + ".certainty", tr("How sure are you that this is right?"),
                   {.min = 0, .max = 100, .step = 5, .words = percent}, guess.certainty);
    }
}

void draw_outcome(const std::string& key, const labs::Question& question, const Guess& guess,
                  const labs::Outcome& outcome) {
    if (!outcome.is_known()) {
        ui::note(key, tr("The run will tell."), ui::Ink::Muted);
        return;
    }
    const double quality = quality_of(question, guess, outcome.score);
    if (quality > 0.75) {  // a likelihood of 50 % says nothing, whatever happened
        ui::note(key, tr("✓ {0}", {tr(outcome.words)}), ui::Ink::Ok);
    } else if (quality >= 0.4) {
        ui::note(key, tr("Partly: {0}", {tr(outcome.words)}), ui::Ink::Text);
    } else {
        ui::note(key, tr("✗ {0}", {tr(outcome.words)}), ui::Ink::Warn);
    }
}

void draw_given(const std::string& key, const labs::Question& question, Guess& guess, const labs::Outcome& outcome) {
    ui::paragraph(key + ".given", given_words(question, guess));
    if (question.kind == Kind::Order) {
        std::vector<std::string> lines;
        for (const std::string& id : guess.order) lines.push_back(words_of(question, id));
        ui::list(key + ".order", lines);
    }
    if (question.kind == Kind::Sketch) {
        ui::Sketch sketch = sketch_of(question);
        sketch.is_editable = false;
        sketch.real_x = outcome.x;
        sketch.real_y = outcome.y;
        ui::sketch(key, sketch, guess.heights, guess.shows_numbers);
    }
    if (question.asks_certainty) {
        ui::paragraph(key + ".sure", tr("You were {0} sure.", {percent(guess.certainty)}), ui::Ink::Muted,
                      ui::Type::Small);
    }
    draw_outcome(key + ".outcome", question, guess, outcome);
}

}  // namespace terrarium::app
