// What stands beside the single run: up to four models side by side, a search for a learning rate, and a table of the
// last runs.

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/io/number_text.h"
#include "labs/m2_pretraining/pretraining/view.h"
#include "labs/parts/plots.h"
#include "ui/lists.h"
#include "ui/messages.h"

namespace terrarium::labs::pretraining {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

std::string rate_words(double rate) { return ui::localized(core::io::format_number(rate)); }

/// A value as it is kept in a config or in Variant::value.
std::string plain(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

}  // namespace

std::string View::setting_words(const std::string& name, const std::string& value) const {
    if (name == "n_heads") return value == "1" ? tr("1 head") : tr("{0} heads", {value});
    if (name == "n_layers") return value == "1" ? tr("1 layer") : tr("{0} layers", {value});
    if (name == "width") return tr("width {0}", {value});
    if (name == "context") return tr("context {0}", {value});
    if (name == "batch_size") return tr("batch {0}", {value});
    if (name == "max_steps") return tr("{0} steps", {value});
    if (name == "seed") return tr("seed {0}", {value});
    if (name == "learning_rate") return tr("rate {0}", {ui::localized(value)});
    if (name == "token_shift") return value == "true" ? tr("with token shift") : tr("without token shift");
    if (name == "objective") return value == "masked" ? tr("hidden tokens") : tr("next token");
    if (name == "positions") {
        return value == "rotary" ? tr("rotary positions")
               : value == "none" ? tr("no positions")
                                 : tr("learned positions");
    }
    if (name == "tokenizer")
        return value == "word" ? tr("words") : value == "subword" ? tr("parts of words") : tr("characters");
    if (name == "text") return text_title(content_, value);
    return value;
}

void View::draw_plan(const RunInfo& run, Config& config) {
    ui::choice("plan", tr("What to do"),
               {{"train", tr("Train one model")},
                {"compare", tr("Compare models")},
                {"find_rate", tr("Find a learning rate")}},
               config.plan);
    if (config.plan == "find_rate") {
        ui::paragraph("plan.about",
                      tr("One short run of 100 steps. Its learning rate grows from far too small to far too large, "
                         "and the loss shows where learning begins and where it breaks."),
                      ui::Ink::Muted, ui::Type::Small);
    }
    if (config.plan != "compare") return;
    ui::select("vary", tr("What differs among the models"),
               {{"n_heads", tr("Heads per layer: 1, 2, 4, 8")},
                {"n_layers", tr("Layers: 1, 2, 3, 4")},
                {"width", tr("Width: 8, 16, 32, 64")},
                {"positions", tr("Positions: learned, rotary, none")},
                {"token_shift", tr("Token shift: off, on")},
                {"tokenizer", tr("Tokens: characters, parts of words, words")},
                {"learning_rate", tr("Learning rate: a tenth, the same, ten times, a hundred times")},
                {"seed", tr("Seed: this one and the next three")}},
               config.vary);
    ui::paragraph(
        "plan.about",
        tr("All other settings stay as they are below. The models take turns, so that you see them learn side "
           "by side."),
        ui::Ink::Muted, ui::Type::Small);
    if (run.is_active) return;
    std::vector<ui::Option> options;
    for (const Config& variant : variants_of(config)) {
        const std::string value = plain(json(variant).at(config.vary));
        options.push_back({value, setting_words(config.vary, value)});
    }
    ui::choice("favourite", tr("Your guess: which one ends lowest?"), options, favourite_);
}

void View::draw_comparison(const Snapshot& snapshot, Intents& out) {
    const std::string& vary = snapshot.config.vary;
    ui::heading("compare.title", 2, tr("Surprise per character, in nats"));
    ui::LinePlot plot{.title = tr("Validation loss of the models against training steps"),
                      .x_name = tr("step"),
                      .y_name = tr("nats per character"),
                      .summary = tr("Nothing has been trained yet."),
                      .lines = {},
                      .markers = {}};
    plot.x_max = static_cast<double>(std::max(10, snapshot.config.max_steps));
    double lowest = std::numeric_limits<double>::max(), highest = 0;
    for (size_t i = 0; i < snapshot.variants.size(); ++i) {
        const Variant& variant = snapshot.variants[i];
        const std::vector<float>& losses = snapshot.variant_nats[i];
        const size_t n = std::min(losses.size(), snapshot.compared_step.size());
        plot.lines.push_back({.name = setting_words(vary, variant.value),
                              .x = std::span(snapshot.compared_step).first(n),
                              .y = std::span(losses).first(n),
                              .color = static_cast<int>(i),
                              .dash = kDashes[i % 4],
                              .mark = kMarks[i % 4]});
        for (const float loss : std::span(losses).first(n)) {
            if (!std::isfinite(loss)) continue;
            lowest = std::min(lowest, static_cast<double>(loss));
            highest = std::max(highest, static_cast<double>(loss));
        }
    }
    if (highest > 0) {
        plot.y_min = std::max(0.0, lowest - 0.25);
        plot.y_max = highest * 1.05;
        plot.summary = tr("{0} models, losses between {1} and {2} nats per character so far.",
                          {std::to_string(snapshot.variants.size()), number(lowest, 2), number(highest, 2)});
    }
    // Tokens of another length make another bigram: then there is no one line to draw.
    if (!snapshot.variants.empty() && vary != "tokenizer") {
        const double bigram = snapshot.variants.front().bigram_nats;
        plot.markers.push_back({tr("bigram {0}", {number(bigram, 2)}), bigram, 1, false, false});
    }
    save_plot(ui::line_plot("compare", plot, compare_plot_), "comparison", plot, out);
    draw_best(snapshot);
    draw_variants(snapshot);
}

void View::draw_best(const Snapshot& snapshot) {
    if (snapshot.best_variant < 0) return;
    const auto& variants = snapshot.variants;
    const Variant& best = variants[static_cast<size_t>(snapshot.best_variant)];
    const auto words = [&](const std::string& value) { return setting_words(snapshot.config.vary, value); };
    const Variant* second = nullptr;
    for (const Variant& variant : variants) {
        if (&variant == &best || variant.has_diverged) continue;
        if (second == nullptr || variant.valid_nats < second->valid_nats) second = &variant;
    }
    std::string said =
        tr("Lowest: **{0}** with {1} nats per character.", {words(best.value), number(best.valid_nats, 3)});
    if (second != nullptr) {
        said += " " + tr("Next comes **{0}**, {1} nats higher.",
                         {words(second->value), number(second->valid_nats - best.valid_nats, 3)});
    }
    // A guess that was made for another setting says nothing about these models.
    const bool is_guess =
        std::any_of(variants.begin(), variants.end(), [&](const Variant& it) { return it.value == guessed_; });
    if (guessed_ == best.value) said += " " + tr("You guessed it.");
    if (is_guess && guessed_ != best.value) said += " " + tr("Your guess was {0}.", {words(guessed_)});
    ui::paragraph("compare.best", said);
    if (snapshot.config.vary == "seed") {
        ui::paragraph(
            "compare.chance",
            tr("These models differ by chance alone. In other comparisons, a difference smaller than this says "
               "nothing."),
            ui::Ink::Muted, ui::Type::Small);
    } else {
        ui::paragraph(
            "compare.chance",
            tr("Is that difference more than chance? Compare four seeds of one model, and see how far they lie "
               "apart."),
            ui::Ink::Muted, ui::Type::Small);
    }
    if (snapshot.config.vary == "tokenizer") {
        ui::paragraph(
            "compare.tokens",
            tr("Two things favour long tokens here: in the same number of steps such a model reads more text, "
               "and a word outside its vocabulary counts as one character, because it does not spell it."),
            ui::Ink::Muted, ui::Type::Small);
    }
}

void View::draw_variants(const Snapshot& snapshot) {
    if (snapshot.variants.empty()) return;
    std::vector<std::vector<std::string>> rows;
    for (const Variant& variant : snapshot.variants) {
        const std::string loss = variant.has_diverged     ? tr("diverged")
                                 : variant.valid_nats < 0 ? tr("waiting")
                                                          : number(variant.valid_nats, 3);
        const bool is_known = variant.valid_nats >= 0;
        rows.push_back({setting_words(snapshot.config.vary, variant.value), grouped(variant.n_parameters),
                        grouped(variant.step), loss,
                        is_known ? number(variant.bigram_nats - variant.valid_nats, 3) : "–",
                        is_known ? ui::percent(variant.best_head_mass, 0) : "–"});
    }
    ui::table("variants", tr("The models of this comparison"),
              {tr("model"), tr("parameters"), tr("steps"), tr("loss per character"), tr("below the bigram"),
               tr("strongest look one back")},
              rows);
    for (size_t i = 0; i < snapshot.variants.size(); ++i) {
        const Variant& variant = snapshot.variants[i];
        if (variant.sample.empty()) continue;
        ui::sample("variant.sample." + std::to_string(i), setting_words(snapshot.config.vary, variant.value),
                   variant.sample);
    }
}

void View::draw_search(const RunInfo& run, const Snapshot& snapshot, Config& config, Intents& out) {
    ui::heading("search.title", 2, tr("Loss while the learning rate grows"));
    const size_t n = std::min(snapshot.tried_rate.size(), snapshot.tried_loss_nats.size());
    ui::LinePlot plot{.title = tr("Smoothed training loss against the learning rate"),
                      .x_name = tr("learning rate"),
                      .y_name = tr("nats per token"),
                      .summary = tr("Nothing has been tried yet."),
                      .lines = {},
                      .markers = {},
                      .x_min = 1e-5,
                      .x_max = 1,
                      .is_log_x = true};
    plot.lines.push_back({.name = tr("training loss"),
                          .x = std::span(snapshot.tried_rate).first(n),
                          .y = std::span(snapshot.tried_loss_nats).first(n),
                          .color = 0});
    double lowest = std::numeric_limits<double>::max();
    for (const float loss : std::span(snapshot.tried_loss_nats).first(n)) {
        if (std::isfinite(loss)) lowest = std::min(lowest, static_cast<double>(loss));
    }
    if (n > 0) {
        plot.y_min = std::max(0.0, lowest - 0.3);
        plot.y_max = snapshot.uniform_nats * 1.4;
        plot.summary =
            tr("The lowest smoothed loss is {0} nats; {1} rates were tried.", {number(lowest, 2), std::to_string(n)});
    }
    if (snapshot.steepest_rate > 0) {
        plot.markers.push_back(
            {tr("steepest {0}", {rate_words(snapshot.steepest_rate)}), snapshot.steepest_rate, 1, true, false});
    }
    if (snapshot.tenth_rate > 0) {
        plot.markers.push_back(
            {tr("a tenth {0}", {rate_words(snapshot.tenth_rate)}), snapshot.tenth_rate, 3, true, true});
    }
    save_plot(ui::line_plot("search", plot, search_plot_), "learning-rates", plot, out);
    if (snapshot.status != Status::Done || run.is_active) return;
    ui::paragraph("search.about",
                  tr("Two rules are common: the rate at which the loss falls most steeply, or a tenth of the rate with "
                     "the lowest loss. Both are only good places to begin, because this run took 100 steps and yours "
                     "takes many more."),
                  ui::Ink::Muted, ui::Type::Small);
    const auto use = [&](const char* key, const std::string& words, double rate) {
        if (rate <= 0 || !ui::button(key, words)) return;
        config.learning_rate = rate;
        config.plan = "train";
    };
    const ui::Row row(8);
    use("search.steepest", tr("Train with {0}", {rate_words(snapshot.steepest_rate)}), snapshot.steepest_rate);
    if (snapshot.tenth_rate != snapshot.steepest_rate)
        use("search.tenth", tr("Train with {0}", {rate_words(snapshot.tenth_rate)}), snapshot.tenth_rate);
}

void View::draw_runs_table() {
    if (earlier_runs_.empty()) return;
    std::vector<const Curve*> runs;
    for (const Curve& run : earlier_runs_) runs.push_back(&run);
    if (!this_run_.losses.empty()) runs.push_back(&this_run_);
    std::vector<std::string> differing;
    const json first = runs.front()->config;
    for (const auto& [name, value] : first.items()) {
        if (name == "plan" || name == "vary") continue;
        const bool differs = std::any_of(runs.begin(), runs.end(), [&, key = name, shared = value](const Curve* run) {
            return json(run->config).at(key) != shared;
        });
        if (differs) differing.push_back(name);
    }
    std::vector<std::vector<std::string>> rows;
    for (const Curve* run : runs) {
        std::string words;
        for (const std::string& name : differing)
            words += (words.empty() ? "" : " · ") + setting_words(name, plain(json(run->config).at(name)));
        const float lowest = *std::min_element(run->losses.begin(), run->losses.end());
        rows.push_back({tr("run {0}", {std::to_string(run->number)}), words.empty() ? tr("the same settings") : words,
                        number(static_cast<double>(run->losses.back()), 3), number(static_cast<double>(lowest), 3),
                        number(static_cast<double>(lowest) / run->characters_per_token, 3)});
    }
    ui::table("runs", tr("The last runs"),
              {tr("run"), tr("what differs"), tr("last validation loss"), tr("lowest"), tr("lowest per character")},
              rows);
}

}  // namespace terrarium::labs::pretraining
