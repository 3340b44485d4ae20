// What the pretraining lab looks like. Reads the snapshot, edits the config, returns intents; computes nothing that a
// test would want to check.

#include "labs/m2_pretraining/pretraining/view.h"

#include <algorithm>
#include <cmath>

#include "core/io/number_text.h"
#include "core/models/transformer_shape.h"
#include "labs/entry.h"
#include "labs/parts/plots.h"
#include "labs/parts/run_bar.h"
#include "labs/parts/settings.h"
#include "ui/messages.h"

namespace terrarium::labs::pretraining {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

constexpr float kWide = 620;  // CSS pixels from which columns stand side by side

std::string rate(double tokens_per_second) {
    return tokens_per_second >= 1000 ? tr("{0}k tokens/s", {number(tokens_per_second / 1000, 0)})
                                     : tr("{0} tokens/s", {number(tokens_per_second, 0)});
}

std::string run_words(const RunInfo& run, const Snapshot& snapshot) {
    const std::string step = grouped(snapshot.step), all = grouped(snapshot.max_steps);
    if (!run.is_active || run.steps_per_second <= 0) return tr("{0} of {1} steps", {step, all});
    const std::string speed = rate(run.steps_per_second * static_cast<double>(snapshot.tokens_per_step));
    if (run.is_paused) return tr("{0} of {1} steps · {2}", {step, all, speed});
    const double left_s = static_cast<double>(snapshot.max_steps - snapshot.step) / run.steps_per_second;
    return tr("{0} of {1} steps · {2} s left · {3}", {step, all, number(std::ceil(left_s), 0), speed});
}

std::string facts_of(const Snapshot& snapshot) {
    const std::string& tokenizer = snapshot.config.tokenizer;
    const std::string kept = tokenizer == "char"
                                 ? tr("the most frequent characters, at most 255, plus one for all others")
                             : tokenizer == "word" ? tr("the most frequent words plus one for all others")
                                                   : tr("256 bytes and what was joined from them");
    const std::string other = snapshot.other_fraction > 0
                                  ? tr("{0} of this text is “other”", {ui::percent(snapshot.other_fraction, 2)})
                                  : tr("nothing in this text is “other”");
    std::string words = tr(
        "This run: **{0}** parameters, **{1}** FLOPs per token, {2} tokens per step, {3} training and {4} validation "
        "tokens, vocabulary {5} ({6}; {7}).",
        {grouped(snapshot.n_parameters), grouped(snapshot.flops_per_token), grouped(snapshot.tokens_per_step),
         grouped(snapshot.n_train_tokens), grouped(snapshot.n_valid_tokens), std::to_string(snapshot.vocab_size), kept,
         other});
    if (snapshot.characters_per_token > 1) {
        words += " " + tr("A token has {0} characters on average.", {number(snapshot.characters_per_token, 2)});
    }
    return words;
}

std::string settings_words(const Content& content, const Config& config) {
    const std::string plan = config.plan == "compare"     ? tr("Compare models") + " · "
                             : config.plan == "find_rate" ? tr("Find a learning rate") + " · "
                                                          : "";
    return plan + tr("{0} · learning rate {1} · {2} steps · seed {3}",
                     {text_title(content, config.text), ui::localized(core::io::format_number(config.learning_rate)),
                      grouped(config.max_steps), std::to_string(config.seed)});
}

}  // namespace

Intents View::draw(const RunInfo& run, const Snapshot& snapshot, Config& config) {
    Intents out;
    draw_run_bar(run, snapshot, config, out);
    const bool has_room = is_wide(kWide);
    const auto settings = [&] { draw_settings(run, snapshot, config, out); };
    has_room ? settings() : settings_tile(settings_words(content_, config), is_sheet_open_);
    const std::string& plan = snapshot.status == Status::Idle ? config.plan : snapshot.config.plan;
    const auto left = [&] {
        draw_loss(snapshot, config, out);
        draw_writing(run, snapshot, out);
    };
    if (plan == "compare")
        draw_comparison(snapshot, out);
    else if (plan == "find_rate")
        draw_search(run, snapshot, config, out);
    else
        side_by_side(kWide, {left, [&] { draw_attention(run, snapshot, out); }}, {0.56f, 0.44f});
    if (!has_room) settings_sheet(is_sheet_open_, settings);
    return out;
}

void View::draw_run_bar(const RunInfo& run, const Snapshot& snapshot, const Config& config, Intents& out) {
    draw_run({.run = run,
              .status = snapshot.status,
              .fraction = fraction_of(snapshot.step, snapshot.max_steps),
              .words = run_words(run, snapshot),
              .may_start = config.text != "own" || run.is_active,
              .problem = snapshot.problem,
              .start = config.plan == "compare"     ? Message("Compare")
                       : config.plan == "find_rate" ? Message("Find a rate")
                                                    : Message("Train"),
              .again = config.plan == "compare"     ? Message("Compare again")
                       : config.plan == "find_rate" ? Message("Find again")
                                                    : Message("Train again")},
             out);
}

void View::draw_settings(const RunInfo& run, const Snapshot& snapshot, Config& config, Intents& out) {
    const ui::Card card("settings", tr("Settings"), ui::Card::Look::Plain);
    // The learning rate may change in mid-run; the shape of the model belongs to the next one.
    const Limit& limit = content_.limit("learning_rate");
    const ui::Scale scale{.min = limit.min,
                          .max = limit.max,
                          .step = 0,
                          .is_log = true,
                          .words = {},
                          .slider_max = 1.0,
                          .slider_min = 0.0001};
    const auto learning_rate = [&] {
        if (!ui::slider("learning_rate", tr("Learning rate"), scale, config.learning_rate)) return;
        if (run.is_active && snapshot.config.plan == "train")
            out.push_back(SetValue{"learning_rate", config.learning_rate});
    };
    const auto steps = [&] { whole_slider(content_, "max_steps", tr("Steps"), config.max_steps, {.is_log = true}); };
    draw_plan(run, config);
    own_text_.draw(content_, config.text, out);
    const auto seed = [&] { seed_slider(content_, config.seed); };
    // A search sets rate and steps itself.
    config.plan == "find_rate" ? seed() : settings_side_by_side({learning_rate, steps, seed});
    if (ui::button("shape.show", show_settings_ ? tr("Fewer settings") : tr("More settings"), ui::Button::Quiet)) {
        show_settings_ = !show_settings_;
    }
    if (show_settings_) draw_shape(config);
    if (config.width % config.n_heads != 0) {
        ui::note("shape.problem",
                 tr("{0} heads cannot share a width of {1} evenly: choose 1, 2, 4 or 8 heads, or another width.",
                    {std::to_string(config.n_heads), std::to_string(config.width)}),
                 ui::Ink::Warn);
    }
    draw_facts(snapshot, config);
}

void View::draw_shape(Config& config) {
    ui::choice("tokenizer", tr("Tokens are"),
               {{"char", tr("characters")}, {"subword", tr("parts of words")}, {"word", tr("words")}},
               config.tokenizer);
    ui::choice("objective", tr("The model guesses"),
               {{"causal", tr("the next token")}, {"masked", tr("hidden tokens, from both sides")}}, config.objective);
    ui::choice("positions", tr("Positions are"),
               {{"learned", tr("learned")}, {"rotary", tr("rotary")}, {"none", tr("not told")}}, config.positions);
    const auto first = [&] {
        whole_slider(content_, "n_layers", tr("Layers"), config.n_layers);
        whole_slider(content_, "width", tr("Width"), config.width);
    };
    const auto second = [&] {
        whole_slider(content_, "n_heads", tr("Heads per layer"), config.n_heads);
        whole_slider(content_, "context", tr("Context, in tokens"), config.context);
    };
    const auto third = [&] {
        whole_slider(content_, "batch_size", tr("Batch, in windows"), config.batch_size);
        ui::toggle("token_shift", tr("Token shift"), config.token_shift);
    };
    settings_side_by_side({first, second, third});
}

void View::draw_facts(const Snapshot& snapshot, const Config& config) {
    std::string words;
    if (!snapshot.variants.empty()) {
        words = tr("This run: {0} models, **{1}** steps each, {2} tokens per step.",
                   {std::to_string(snapshot.variants.size()), grouped(snapshot.config.max_steps),
                    grouped(snapshot.tokens_per_step)});
    } else if (snapshot.n_parameters > 0) {
        words = facts_of(snapshot);
    } else {
        if (config.width % config.n_heads != 0) return;
        words = tr("About **{0}** parameters with a vocabulary of 64 tokens.",
                   {grouped(core::parameter_count(shape_of(config, 64)) / 100 * 100)});
    }
    ui::paragraph("facts", words, ui::Ink::Muted, ui::Type::Small);
}

void View::draw_loss(const Snapshot& snapshot, const Config& config, Intents& out) {
    const bool is_masked = snapshot.config.objective == "masked";
    ui::heading("loss.title", 2,
                is_masked ? tr("Surprise per hidden token, in nats") : tr("Surprise per token, in nats"));
    count_up(steps_, snapshot.train_loss_nats.size());
    const size_t n_valid = std::min(snapshot.valid_step.size(), snapshot.valid_loss_nats.size());
    ui::LinePlot plot{.title = tr("Loss against training steps"),
                      .x_name = tr("step"),
                      .y_name = tr("nats per token"),
                      .summary = {},
                      .lines = {},
                      .markers = {}};
    plot.lines.push_back({tr("training"), std::span(steps_).first(snapshot.train_loss_nats.size()),
                          snapshot.train_loss_nats, 2, ui::Dash::Solid, 1.5f});
    plot.lines.push_back({tr("validation"), std::span(snapshot.valid_step).first(n_valid),
                          std::span(snapshot.valid_loss_nats).first(n_valid), 0, ui::Dash::Solid, 3.0f,
                          ui::Mark::Circle});
    remember_curve(snapshot);
    const int64_t n_steps = snapshot.status == Status::Idle ? config.max_steps : snapshot.max_steps;
    plot.x_max = static_cast<double>(std::max<int64_t>(n_steps, 10));
    for (size_t i = 0; i < earlier_runs_.size(); ++i) {
        const Curve& run = earlier_runs_[i];
        plot.lines.push_back({.name = tr("run {0}", {std::to_string(run.number)}),
                              .x = run.steps,
                              .y = run.losses,
                              .color = -1,
                              .dash = static_cast<ui::Dash>(1 + i % 3),
                              .weight = 2,
                              .is_ghost = true});
        plot.x_max = std::max(plot.x_max, static_cast<double>(run.steps.back()));
    }
    plot.y_max = 5;
    if (snapshot.uniform_nats > 0) {
        plot.markers.push_back(
            {tr("uniform {0}", {number(snapshot.uniform_nats, 2)}), snapshot.uniform_nats, -1, false, true});
        plot.markers.push_back(
            {tr("unigram {0}", {number(snapshot.unigram_nats, 2)}), snapshot.unigram_nats, 3, false, false});
        plot.markers.push_back(
            {tr("bigram {0}", {number(snapshot.bigram_nats, 2)}), snapshot.bigram_nats, 1, false, false});
        double lowest = snapshot.bigram_nats;
        for (const float loss : snapshot.train_loss_nats) {
            if (std::isfinite(loss)) lowest = std::min(lowest, static_cast<double>(loss));
        }
        plot.y_max = snapshot.uniform_nats * 1.12;
        plot.y_min = std::max(0.0, std::min(lowest - 0.25, snapshot.bigram_nats - 1.0));
    }
    if (const auto guess = predicted_.find("crossing_step"); guess != predicted_.end() && guess->second.is_number()) {
        const auto step = guess->second.get<double>();
        plot.markers.push_back({tr("your guess"), step, -1, true, false});
        plot.x_max = std::max(plot.x_max, step);
    }
    plot.summary = tr("Nothing has been trained yet.");
    if (n_valid > 0) {
        plot.summary = tr("Validation loss went from {0} to {1} nats in {2} steps; the bigram baseline is {3}.",
                          {number(static_cast<double>(snapshot.valid_loss_nats.front()), 2),
                           number(static_cast<double>(snapshot.valid_loss_nats[n_valid - 1]), 2),
                           grouped(snapshot.step), number(snapshot.bigram_nats, 2)});
    }
    save_plot(ui::line_plot("loss", plot, loss_plot_), "loss", plot, out);
    if (!earlier_runs_.empty() && ui::button("ghosts.forget", tr("Forget earlier runs"), ui::Button::Quiet))
        earlier_runs_.clear();
    draw_runs_table();
}

void View::remember_curve(const Snapshot& snapshot) {
    const size_t n = std::min(snapshot.valid_step.size(), snapshot.valid_loss_nats.size());
    if (n == this_run_.steps.size()) return;
    this_run_.config = snapshot.config;
    this_run_.characters_per_token = snapshot.characters_per_token;
    this_run_.steps.assign(snapshot.valid_step.begin(), snapshot.valid_step.begin() + static_cast<std::ptrdiff_t>(n));
    this_run_.losses.assign(snapshot.valid_loss_nats.begin(),
                            snapshot.valid_loss_nats.begin() + static_cast<std::ptrdiff_t>(n));
}

void View::clear() {
    steps_.clear();
    loss_plot_.cursor = compare_plot_.cursor = search_plot_.cursor = -1;
    guessed_ = favourite_;
    if (!this_run_.steps.empty()) {
        const int number = this_run_.number;
        earlier_runs_.push_back(std::move(this_run_));
        if (earlier_runs_.size() > kMaxGhosts) earlier_runs_.erase(earlier_runs_.begin());
        this_run_ = {.number = number + 1, .config = {}, .steps = {}, .losses = {}};
    }
    look_ = {};
    asked_for_.clear();
    written_.clear();
    written_step_ = -1;
    is_writing_ = false;
}

void View::predicted(const std::string& question_id, const json& answer) { predicted_[question_id] = answer; }

Outcome View::outcome(const std::string& question_id, const Snapshot& snapshot) const {
    const auto answer = predicted_.find(question_id);
    return pretraining::outcome(question_id, answer == predicted_.end() ? json() : answer->second, snapshot);
}

void View::receive_text(const std::string& key, std::string text, std::string note, Config& config) {
    own_text_.receive(key, std::move(text), std::move(note), config.text);
}

const LabEntry entry = make_entry<Job, View, &read_config, &artefacts_of>("m2.pretraining");

}  // namespace terrarium::labs::pretraining
