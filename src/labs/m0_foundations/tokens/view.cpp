// What the token lab looks like. Reads the snapshot, edits the config, returns intents; computes nothing that a test
// would want to check.

#include "labs/m0_foundations/tokens/view.h"

#include <algorithm>
#include <cmath>

#include "labs/entry.h"
#include "labs/parts/plots.h"
#include "labs/parts/run_bar.h"
#include "labs/parts/settings.h"
#include "ui/messages.h"

namespace terrarium::labs::tokens {

using ui::grouped;
using ui::number;
using ui::tr;

std::vector<ui::Option> split_options() {
    return {{"gpt2", tr("at words, with the space before them")},
            {"apart", tr("at words, spaces by themselves")},
            {"none", tr("nowhere")}};
}

namespace {

constexpr float kWide = 620;  // CSS pixels from which columns stand side by side

std::string settings_words(const Content& content, const Config& config) {
    std::string split;
    for (const ui::Option& option : split_options()) {
        if (option.id == config.split) split = option.words;
    }
    return tr("{0} · {1} merges · cut {2} · seed {3}",
              {text_title(content, config.text), grouped(config.n_merges), split, std::to_string(config.seed)});
}

}  // namespace

Intents View::draw(const RunInfo& run, const Snapshot& snapshot, Config& config) {
    Intents out;
    draw_run_bar(run, snapshot, config, out);
    const bool has_room = is_wide(kWide);
    const auto settings = [&] { draw_settings(config, out); };
    has_room ? settings() : settings_tile(settings_words(content_, config), is_sheet_open_);
    draw_letter(snapshot);
    draw_stepper(run, snapshot, out);
    draw_opening(out);
    side_by_side(kWide, {[&] { draw_pairs(out); }, [&] { draw_curve(snapshot, config, out); }});
    side_by_side(kWide, {[&] { draw_sentence(); }, [&] { draw_vocabulary(snapshot); }});
    draw_ways(snapshot, config);
    draw_probes(snapshot);
    if (!has_room) settings_sheet(is_sheet_open_, settings);
    return out;
}

void View::draw_run_bar(const RunInfo& run, const Snapshot& snapshot, const Config& config, Intents& out) {
    draw_run({.run = run,
              .status = snapshot.status,
              .fraction = fraction_of(snapshot.step, snapshot.max_steps),
              .words = tr("{0} of {1} merges", {grouped(snapshot.step), grouped(snapshot.max_steps)}),
              .may_start = config.text != "own" || run.is_active,
              .start = Message("Learn the merges"),
              .again = Message("Learn them again"),
              .progress_name = Message("Progress of the merges"),
              .locked = Message("The button unlocks when you have locked in your prediction."),
              .ready = Message("Ready. The same text and settings give the same merges on every device.")},
             out);
    if (snapshot.is_exhausted) {
        ui::note("run.exhausted",
                 tr("After {0} merges no two tokens stand side by side any more: every chunk is one "
                    "token.",
                    {grouped(snapshot.step)}),
                 ui::Ink::Muted);
    }
}

void View::draw_settings(Config& config, Intents& out) {
    const ui::Card card("settings", tr("Settings"), ui::Card::Look::Plain);
    own_text_.draw(content_, config.text, out);
    ui::choice("split", tr("Cut the text before merging"), split_options(), config.split);
    settings_side_by_side({[&] { whole_slider(content_, "n_merges", tr("Merges"), config.n_merges); },
                           [&] { seed_slider(content_, config.seed); }});
}

void View::draw_letter(const Snapshot& snapshot) {
    if (snapshot.letter.empty()) return;
    ui::sample("letter", tr("The letter of this seed, its beginning"), snapshot.letter + " …");
}

void View::draw_stepper(const RunInfo& run, const Snapshot& snapshot, Intents& out) {
    ui::heading("stepper.title", 2, tr("Merge by merge"));
    if (snapshot.status == Status::Idle) {
        ui::paragraph("stepper.none", tr("Learn the merges, then walk through them here, one at a time."),
                      ui::Ink::Muted, ui::Type::Small);
        return;
    }
    double shown_merges = static_cast<double>(at_ < 0 ? snapshot.step : std::min(at_, snapshot.step));
    const ui::Scale scale{
        .min = 0, .max = std::max(1.0, static_cast<double>(snapshot.step)), .step = 1, .is_log = false, .words = {}};
    if (ui::slider("at", tr("Show the text after this many merges"), scale, shown_merges)) {
        at_ = std::llround(shown_merges);
        if (at_ >= snapshot.step) at_ = -1;
        piece_ = -1;
    }
    const int64_t wanted_merges = at_ < 0 ? snapshot.step : std::min(at_, snapshot.step);
    const std::string wanted = std::to_string(wanted_merges) + "|" + sentence_;
    if (run.problem.empty() && wanted != asked_for_) {
        asked_for_ = wanted;
        out.push_back(Ask{"look", {{"kind", "look"}, {"merges", wanted_merges}, {"text", sentence_}}});
    }
    const auto n = static_cast<size_t>(wanted_merges);
    if (n == 0 || n > snapshot.left.size()) {
        ui::paragraph("stepper.made", tr("No merge yet: every byte is a token of its own."), ui::Ink::Text,
                      ui::Type::Small);
        return;
    }
    const auto bytes_of = [&](float id) {
        return shown(token_bytes(std::span(snapshot.left).first(n),
                                 std::span(snapshot.right).first(n))[static_cast<size_t>(id)]);
    };
    ui::paragraph("stepper.made",
                  tr("Merge {0} joined **{1}** and **{2}**, which stood side by side {3} times. The new token has the "
                     "number {4}.",
                     {grouped(wanted_merges), bytes_of(snapshot.left[n - 1]), bytes_of(snapshot.right[n - 1]),
                      grouped(static_cast<int64_t>(snapshot.count[n - 1])),
                      std::to_string(core::kByteTokens + wanted_merges - 1)}),
                  ui::Ink::Text, ui::Type::Small);
}

void View::draw_opening(Intents& out) {
    if (look_.merges < 0) return;
    const CutText& cut = look_.opening;
    double n_bytes = 0;
    for (const float size : cut.sizes) n_bytes += static_cast<double>(size);
    const ui::TokenStrip strip{
        .title = tr("The text begins like this"),
        .summary = tr("{0} bytes are {1} tokens now. Each box is one token, the number in it says how many bytes it "
                      "holds; ␣ is a space, ⏎ a line end.",
                      {number(n_bytes, 0), std::to_string(cut.pieces.size())}),
        .value_name = tr("bytes"),
        .tokens = cut.pieces,
        .values = cut.sizes,
        .max = 8};
    save_plot(ui::token_strip("opening", strip, opening_plot_), "tokens", strip, out);
}

void View::draw_pairs(Intents& out) {
    if (look_.merges < 0) return;
    ui::BarPlot plot{.title = tr("Pairs that stand side by side most often now"),
                     .x_name = tr("pair"),
                     .y_name = tr("times in the training text"),
                     .summary = tr("No pair is left: nothing can be merged."),
                     .categories = look_.pairs,
                     .series = {{tr("times"), look_.pair_counts, 0}}};
    if (!look_.pairs.empty()) {
        plot.y_max = 1.08 * static_cast<double>(look_.pair_counts[0]);
        plot.summary = tr("The next merge joins {0}: {1} times.",
                          {look_.pairs[0], grouped(static_cast<int64_t>(look_.pair_counts[0]))});
    }
    save_plot(ui::bar_plot("pairs", plot, pairs_plot_), "pairs", plot, out);
}

void View::draw_sentence() {
    if (look_.merges < 0) return;
    ui::heading("sentence.title", 2, tr("Your own sentence"));
    ui::text_field("sentence", tr("A word, a name, an emoji, another script"), sentence_, {.max_length = 400});
    const CutText& cut = look_.sentence;
    std::vector<ui::TokenChip> chips;
    for (size_t i = 0; i < cut.pieces.size(); ++i) {
        chips.push_back({cut.pieces[i], cut.sizes[i] / 8,
                         cut.sizes[i] == 1
                             ? tr("{0}, 1 byte", {cut.pieces[i]})
                             : tr("{0}, {1} bytes", {cut.pieces[i], number(static_cast<double>(cut.sizes[i]), 0)})});
    }
    if (!chips.empty()) {
        const int chosen = ui::tokens("pieces", tr("Tokens of your sentence"), chips, piece_);
        if (chosen >= 0) piece_ = chosen;
    }
    if (piece_ >= 0 && piece_ < std::ssize(cut.pieces)) {
        const auto at = static_cast<size_t>(piece_);
        ui::paragraph("pieces.chosen",
                      tr("**{0}** is token number {1}. This number is all that a model sees of it.",
                         {cut.pieces[at], std::to_string(cut.ids[at])}),
                      ui::Ink::Text, ui::Type::Small);
    }
    ui::paragraph("sentence.counts",
                  tr("{0} bytes, {1} characters, {2} words and marks ({3} of them unknown), **{4} tokens**.",
                     {grouped(look_.n_bytes), grouped(look_.n_characters), grouped(look_.n_words),
                      grouped(look_.n_unknown_words), grouped(std::ssize(cut.pieces))}),
                  ui::Ink::Muted, ui::Type::Small);
}

void View::clear() {
    at_ = -1;
    piece_ = -1;
    look_ = {};
    asked_for_.clear();
    n_known_ = -1;
    token_bytes_.clear();
    vocabulary_ = {};
    opening_plot_ = {};
    pairs_plot_ = {};
    curve_plot_ = {};
}

Outcome View::outcome(const std::string& question_id, const Snapshot& snapshot) const {
    const auto answer = predicted_.find(question_id);
    return tokens::outcome(question_id, answer == predicted_.end() ? json() : answer->second, snapshot);
}

void View::receive_answer(const std::string& kind, const json& answer) {
    if (kind != "look" || !answer.contains("pairs")) return;
    const auto cut_from = [](const json& part) {
        return CutText{part.at("pieces").get<std::vector<std::string>>(), part.at("ids").get<std::vector<int32_t>>(),
                       part.at("sizes").get<std::vector<float>>()};
    };
    look_ = {};
    look_.merges = answer.value("merges", int64_t{0});
    look_.opening = cut_from(answer.at("opening"));
    look_.sentence = cut_from(answer.at("sentence"));
    for (const json& pair : answer["pairs"]) {
        look_.pairs.push_back(pair.at("left").get<std::string>() + " " + pair.at("right").get<std::string>());
        look_.pair_counts.push_back(pair.at("count").get<float>());
    }
    look_.n_bytes = answer.value("n_bytes", int64_t{0});
    look_.n_characters = answer.value("n_characters", int64_t{0});
    look_.n_words = answer.value("n_words", int64_t{0});
    look_.n_unknown_words = answer.value("n_unknown_words", int64_t{0});
    if (piece_ >= std::ssize(look_.sentence.pieces)) piece_ = -1;
}

void View::receive_text(const std::string& key, std::string text, std::string note, Config& config) {
    own_text_.receive(key, std::move(text), std::move(note), config.text);
}

const LabEntry entry = make_entry<Job, View, &read_config, &artefacts_of>("m0.tokens");

}  // namespace terrarium::labs::tokens
