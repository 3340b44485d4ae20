// What the token lab looks like. Reads the snapshot, edits the config, returns intents; computes nothing that a test
// would want to check.

#include "labs/m0_foundations/tokens/view.h"

#include <algorithm>
#include <cmath>

#include "core/io/sha256.h"
#include "labs/entry.h"
#include "labs/parts/run_bar.h"
#include "ui/messages.h"
#include "ui/sheet.h"
#include "ui/tiles.h"

namespace terrarium::labs::tokens {

using ui::grouped;
using ui::number;
using ui::tr;

std::vector<ui::Option> split_options() {
    return {{"gpt2", tr("at words, with the space before them")},
            {"apart", tr("at words, spaces by themselves")},
            {"none", tr("nowhere")}};
}

Intents View::draw(const RunInfo& run, const Snapshot& snapshot, Config& config) {
    Intents out;
    draw_run_bar(run, snapshot, config, out);
    if (ui::available_width() >= 620 * ui::context().env.text_scale) {
        draw_settings(config, out);
        draw_letter(snapshot);
        draw_stepper(run, snapshot, out);
        {
            ui::Columns columns({1, 1});
            draw_opening(out);
            columns.next();
            draw_pairs(out);
        }
        {
            ui::Columns columns({1, 1});
            draw_curve(snapshot, config, out);
            draw_sentence();
            columns.next();
            draw_vocabulary(snapshot);
        }
    } else {
        draw_settings_button(config);
        draw_letter(snapshot);
        draw_stepper(run, snapshot, out);
        draw_opening(out);
        draw_pairs(out);
        draw_curve(snapshot, config, out);
        draw_sentence();
        draw_vocabulary(snapshot);
        draw_settings_sheet(config, out);
    }
    draw_ways(snapshot, config);
    draw_probes(snapshot);
    return out;
}

void View::draw_run_bar(const RunInfo& run, const Snapshot& snapshot, const Config& config, Intents& out) {
    const bool has_run = snapshot.status != Status::Idle || run.is_active;
    const double fraction =
        snapshot.max_steps > 0 ? static_cast<double>(snapshot.step) / static_cast<double>(snapshot.max_steps) : 0;
    labs::draw_run_bar({.start = tr("Learn the merges"),
                        .again = tr("Learn them again"),
                        .is_active = run.is_active,
                        .is_paused = run.is_paused,
                        .has_run = has_run,
                        .may_start = run.may_start && (config.text != "own" || run.is_active),
                        .fraction = fraction,
                        .progress_name = tr("Progress of the merges"),
                        .words = tr("{0} of {1} merges", {grouped(snapshot.step), grouped(snapshot.max_steps)}),
                        .seed = {}},
                       out);
    if (!has_run && !run.may_start) {
        ui::note("learn.locked", tr("The button unlocks when you have locked in your prediction."), ui::Ink::Muted);
    } else if (!has_run) {
        ui::note("learn.ready", tr("Ready. The same text and settings give the same merges on every device."),
                 ui::Ink::Muted);
    }
    if (!run.problem.empty()) ui::note("run.problem", run.problem, ui::Ink::Warn);
    if (snapshot.is_exhausted) {
        ui::note("run.exhausted",
                 tr("After {0} merges no two tokens stand side by side any more: every chunk is one "
                    "token.",
                    {grouped(snapshot.step)}),
                 ui::Ink::Muted);
    }
}

int64_t View::whole_number(const char* key, const std::string& label, bool is_log, int64_t value, double slider_max) {
    const Limit& limit = content_.limit(key);
    double edited = static_cast<double>(value);
    const ui::Scale scale{.min = limit.min,
                          .max = limit.max,
                          .step = std::max(1.0, limit.step),
                          .is_log = is_log,
                          .words = {},
                          .slider_max = slider_max};
    return ui::slider(key, label, scale, edited) ? std::llround(edited) : value;
}

void View::draw_settings_button(const Config& config) {
    std::string text = tr("Your own text");
    for (const CorpusInfo& corpus : content_.corpora) {
        if (config.text == "corpus:" + corpus.id) text = corpus.title;
    }
    std::string split;
    for (const ui::Option& option : split_options()) {
        if (option.id == config.split) split = option.words;
    }
    const std::string words = tr("{0} · {1} merges · cut {2} · seed {3}",
                                 {text, grouped(config.n_merges), split, std::to_string(config.seed)});
    if (ui::tile("settings.open", {.title = tr("Settings"), .about = words, .badge = tr("Change")}))
        is_sheet_open_ = true;
}

void View::draw_settings_sheet(Config& config, Intents& out) {
    if (!is_sheet_open_) return;
    const ui::Sheet sheet("settings.sheet", tr("Settings of this run"), "settings.open");
    if (sheet.wants_to_close()) is_sheet_open_ = false;
    draw_settings(config, out);
}

void View::draw_settings(Config& config, Intents& out) {
    const ui::Card card("settings", tr("Settings"), ui::Card::Look::Plain);
    draw_text_choice(config, out);
    draw_split_and_numbers(config);
}

void View::draw_text_choice(Config& config, Intents& out) {
    std::vector<ui::Option> options;
    for (const CorpusInfo& corpus : content_.corpora) options.push_back({"corpus:" + corpus.id, corpus.title});
    options.push_back({"own", tr("Your own text")});
    std::string selected = config.text.starts_with("artefact:") ? "own" : config.text;
    if (ui::choice("text", tr("Text to learn the merges from"), options, selected)) {
        config.text = selected;
        if (selected == "own" && !own_.empty()) config.text = own_.begin()->first;
    }
    for (const CorpusInfo& corpus : content_.corpora) {
        if (config.text == "corpus:" + corpus.id)
            ui::paragraph("text.about", corpus.about, ui::Ink::Muted, ui::Type::Small);
    }
    if (selected != "own") return;
    const ui::FileKind kind{.limits = tr("Plain text in any language, {0} characters to 1 MB; the first {1} kB are "
                                         "used. It stays on this device. Choose a file, drop it here, or paste it "
                                         "below.",
                                         {grouped(kMinCharacters), grouped(kMaxTrainBytes / 1000)}),
                            .max_bytes = 1'048'576,
                            .file_words = tr("Open a text file"),
                            .paste_words = tr("Or paste text here"),
                            .use_words = ""};
    const ui::FileWish wish = ui::file_field("own", tr("Your own text"), kind, own_field_);
    if (wish.wants_file) out.push_back(OpenFile{"own.file"});
    if (wish.wants_draft) out.push_back(UseText{"own.draft", own_field_.draft});
    if (config.text == "own")
        ui::note("own.missing", tr("Open or paste a text, and the merges can be learned."), ui::Ink::Warn);
}

void View::draw_split_and_numbers(Config& config) {
    ui::choice("split", tr("Cut the text before merging"), split_options(), config.split);
    const auto merges = [&] {
        config.n_merges = static_cast<int32_t>(whole_number("n_merges", tr("Merges"), false, config.n_merges));
    };
    const auto seed = [&] { config.seed = whole_number("seed", tr("Seed of the letter"), false, config.seed, 100); };
    if (ui::available_width() < 560) {
        merges();
        seed();
        return;
    }
    ui::Columns columns({1, 1}, 20);
    merges();
    columns.next();
    seed();
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
    const ui::PlotAnswer answer = ui::token_strip("opening", strip, opening_plot_);
    if (answer.wants_csv) out.push_back(SaveFile{"terrarium-tokens.csv", "text/csv", ui::plot_csv(strip)});
    if (answer.wants_png) {
        out.push_back(SavePicture{"terrarium-tokens.png", answer.screen.x, answer.screen.y, answer.screen.width,
                                  answer.screen.height});
    }
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
    const ui::PlotAnswer answer = ui::bar_plot("pairs", plot, pairs_plot_);
    if (answer.wants_csv) out.push_back(SaveFile{"terrarium-pairs.csv", "text/csv", ui::plot_csv(plot)});
    if (answer.wants_png) {
        out.push_back(SavePicture{"terrarium-pairs.png", answer.screen.x, answer.screen.y, answer.screen.width,
                                  answer.screen.height});
    }
}

void View::draw_sentence() {
    if (look_.merges < 0) return;
    ui::heading("sentence.title", 2, tr("Your own sentence"));
    ui::text_field("sentence", tr("A word, a name, an emoji, another script"), sentence_, {.max_length = 400});
    const CutText& cut = look_.sentence;
    std::vector<ui::TokenChip> chips;
    for (size_t i = 0; i < cut.pieces.size(); ++i) {
        chips.push_back({cut.pieces[i], cut.sizes[i] / 8,
                         tr("{0}, {1} bytes", {cut.pieces[i], number(static_cast<double>(cut.sizes[i]), 0)})});
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
    if (key != "own.file" && key != "own.draft") return;
    own_field_.step = text.empty() ? ui::FileState::Step::Refused : ui::FileState::Step::Taken;
    own_field_.words = note;
    own_field_.n_bytes = std::ssize(text);
    if (text.empty()) return;
    const std::string name = "artefact:" + core::io::sha256_hex(text);
    own_.clear();
    own_[name] = std::move(text);
    config.text = name;
}

const LabEntry entry = make_entry<Job, View, &read_config, &artefacts_of>("m0.tokens");

}  // namespace terrarium::labs::tokens
