// One question on screen: its options by kind, then what was right and why.

#include <algorithm>

#include "app/quiz.h"
#include "core/io/number_text.h"
#include "ui/lists.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::app {

using labs::QuizItem;
using labs::QuizOption;
using Kind = QuizItem::Kind;
using ui::tr;

namespace {

std::string instruction(const QuizItem& item) {
    switch (item.kind) {
        case Kind::Choice:
            return tr("Choose one answer");
        case Kind::Multiple:
            return tr("Choose all that are right");
        case Kind::Order:
            return tr("Put them in order, first at the top");
        case Kind::Match:
            return tr("Find the partner of each");
        case Kind::Number:
            return tr("Your number");
        case Kind::Find:
            return tr("Go to the place with the arrow keys or the pointer");
    }
    return {};
}

const QuizOption* find_option(const QuizItem& item, const std::string& id) {
    const auto found = std::find_if(item.options.begin(), item.options.end(), [&](auto& it) { return it.id == id; });
    return found == item.options.end() ? nullptr : &*found;
}

void draw_match(const std::string& key, const QuizItem& item, const std::vector<size_t>& order, QuizState& state) {
    std::vector<ui::Option> items, partners;
    for (const QuizOption& option : item.options) items.push_back({option.id, option.text});
    for (const size_t i : order) partners.push_back({item.options[i].id, item.options[i].partner});
    state.answer.chosen.resize(item.options.size());
    std::map<std::string, std::string> chosen;
    for (size_t i = 0; i < items.size(); ++i) {
        if (!state.answer.chosen[i].empty()) chosen[items[i].id] = state.answer.chosen[i];
    }
    if (!ui::match_list(key, instruction(item), items, partners, chosen)) return;
    for (size_t i = 0; i < items.size(); ++i) state.answer.chosen[i] = chosen[items[i].id];
}

void draw_number(const std::string& key, const QuizItem& item, QuizState& state) {
    const std::string label = item.unit.empty() ? instruction(item) : tr("Your number, in {0}", {item.unit});
    ui::text_field(key + ".number", label, state.number_words, {.max_length = 24});
    state.answer.number = core::io::parse_number(ui::to_data_number(state.number_words));
    if (!state.number_words.empty() && !state.answer.number) {
        ui::note(key + ".unread", tr("This is not a number yet: write it like {0}.", {ui::number(2.31, 2)}),
                 ui::Ink::Warn);
    }
}

void draw_find(const std::string& key, const QuizItem& item, const labs::RunFacts& facts, QuizState& state) {
    const labs::QuizCurve curve = labs::curve_of(item.target, facts);
    if (curve.y.empty()) return;
    const auto [low, high] = std::minmax_element(curve.y.begin(), curve.y.end());
    const double room = std::max(1e-6, static_cast<double>(*high - *low)) * 0.1;
    ui::LinePlot plot{.title = tr("{0} of your run", {item.target.y_name}),
                      .x_name = item.target.x_name,
                      .y_name = item.target.y_name,
                      .summary = instruction(item),
                      .lines = {},
                      .markers = {}};
    plot.lines.push_back({.name = item.target.y_name, .x = curve.x, .y = curve.y});
    plot.x_max = static_cast<double>(curve.x.back());
    plot.y_min = static_cast<double>(*low) - room;
    plot.y_max = static_cast<double>(*high) + room;
    plot.height = 200;
    ui::line_plot(key + ".plot", plot, state.plot);
    if (state.plot.cursor >= 0) {
        const float x = curve.x[std::min(static_cast<size_t>(state.plot.cursor), curve.x.size() - 1)];
        const std::string place = ui::localized(core::io::format_number(static_cast<double>(x)));
        if (ui::button(key + ".take", tr("Take {0} {1}", {item.target.x_name, place}))) {
            state.answer.number = static_cast<double>(x);
        }
    }
    const std::string taken =
        state.answer.number ? tr("You took {0} {1}.",
                                 {item.target.x_name, ui::localized(core::io::format_number(*state.answer.number))})
                            : tr("Go to the place with the arrow keys or the pointer, then take it.");
    ui::note(key + ".taken", taken, ui::Ink::Muted);
}

void draw_options(const std::string& key, const QuizItem& item, const labs::RunFacts& facts, uint64_t seed,
                  QuizState& state) {
    const std::vector<size_t> order = labs::shown_order(item, seed, state.n_tries);
    std::vector<ui::Option> options;
    for (const size_t i : order) options.push_back({item.options[i].id, item.options[i].text});
    switch (item.kind) {
        case Kind::Choice:
            state.answer.chosen.resize(1);
            ui::choice(key, instruction(item), options, state.answer.chosen[0]);
            if (state.answer.chosen[0].empty()) state.answer.chosen.clear();
            break;
        case Kind::Multiple:
            ui::checks(key, instruction(item), options, state.answer.chosen);
            break;
        case Kind::Order:
            if (state.answer.chosen.empty()) {
                for (const ui::Option& option : options) state.answer.chosen.push_back(option.id);
            }
            ui::order_list(key, instruction(item), options, state.answer.chosen);
            break;
        case Kind::Match:
            draw_match(key, item, order, state);
            break;
        case Kind::Number:
            draw_number(key, item, state);
            break;
        case Kind::Find:
            draw_find(key, item, facts, state);
            break;
    }
}

std::string option_words(const QuizItem& item, const QuizOption& option) {
    return item.kind == Kind::Match ? tr("{0}: {1}", {option.text, option.partner}) : option.text;
}

void draw_result(const std::string& key, const QuizItem& item, const labs::QuizResult& result) {
    if (result.is_right()) {
        ui::note(key + ".verdict", tr("✓ Right."), ui::Ink::Ok);
    } else if (result.share > 0) {
        ui::note(key + ".verdict", tr("Partly right: {0}.", {ui::percent(result.share, 0)}), ui::Ink::Warn);
    } else {
        ui::note(key + ".verdict", tr("✗ Not right yet."), ui::Ink::Warn);
    }
    if (!result.truth.empty()) {
        ui::paragraph(key + ".truth", tr("It is {0} {1}.", {ui::localized(result.truth), item.unit}));
    }
    for (const labs::QuizFeedback& one : result.feedback) {
        const QuizOption* option = find_option(item, one.option_id);
        if (option == nullptr) continue;
        const std::string words = option_words(item, *option);
        ui::paragraph(key + "." + one.option_id + ".feedback",
                      one.is_right ? tr("✓ **{0}** {1}", {words, one.words}) : tr("✗ **{0}** {1}", {words, one.words}));
    }
    if (!item.explanation.empty()) ui::paragraph(key + ".explanation", item.explanation);
}

}  // namespace

bool draw_quiz_item(const std::string& key, const QuizItem& item, const labs::RunFacts& facts, uint64_t seed,
                    QuizState& state) {
    const auto text = labs::filled(item.text, facts, &ui::localized);
    const bool is_ready = labs::is_ready(item, facts);
    ui::paragraph("text." + key, "**" + (text ? *text : tr("A question about your own run")) + "**");
    if (!is_ready) {
        ui::note(key + ".train_first", tr("Train first: this question asks about your own run, from start to end."),
                 ui::Ink::Warn);
        return false;
    }
    if (state.result) {
        draw_result(key, item, *state.result);
        if (ui::button(key + ".again", tr("Try again"))) {
            const int64_t n_tries = state.n_tries + 1;
            state = QuizState();
            state.n_tries = n_tries;
        }
        return false;
    }
    draw_options(key, item, facts, seed, state);
    if (!ui::button(key + ".check", tr("Check"), ui::Button::Primary, labs::is_complete(item, state.answer))) {
        return false;
    }
    state.result = labs::judge(item, state.answer, facts);
    ui::context().twin.say(state.result->is_right() ? tr("Right.") : tr("Not quite. Read why below."));
    ui::context().frames_wanted = std::max(ui::context().frames_wanted, 2);
    return true;
}

}  // namespace terrarium::app
