// What the lab looks like: the run, what each part is worth, and the switches. Reads the snapshot, edits the config,
// returns intents; computes nothing that a test would want to check.

#include "labs/m2_pretraining/inside_attention/view.h"

#include <algorithm>
#include <cmath>

#include "labs/entry.h"
#include "labs/parts/plots.h"
#include "labs/parts/run_bar.h"
#include "labs/parts/settings.h"
#include "ui/lists.h"
#include "ui/messages.h"

namespace terrarium::labs::inside_attention {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

constexpr size_t kTriesShown = 6;

std::string run_words(const RunInfo& run, const Snapshot& snapshot) {
    const std::string step = grouped(snapshot.step), all = grouped(snapshot.max_steps);
    if (snapshot.step >= snapshot.max_steps && run.is_active && !snapshot.is_open && snapshot.max_steps > 0)
        return tr("measuring the parts, {0} of {1}",
                  {std::to_string(snapshot.part_cost_nats.size()), std::to_string(kParts)});
    if (!run.is_active || run.is_paused || run.steps_per_second <= 0) return tr("{0} of {1} steps", {step, all});
    const double left_s = static_cast<double>(snapshot.max_steps - snapshot.step) / run.steps_per_second;
    return tr("{0} of {1} steps · {2} s left", {step, all, number(std::ceil(left_s), 0)});
}

/// The parts of a set by name, in a row.
std::string names_of(uint32_t set) {
    std::string names;
    for (int part = 0; part < kParts; ++part) {
        if ((set >> part & 1u) != 0) names += (names.empty() ? "" : ", ") + tr(part_name(part));
    }
    return names;
}

bool is_in_group(int part, int group) {
    const Part what = part_at(part);
    const bool is_shared = what.kind == PartKind::Positions || what.layer == kLayers;
    return group == kLayers ? is_shared : !is_shared && what.layer == group;
}

}  // namespace

Intents View::draw(const RunInfo& run, const Snapshot& snapshot, Config& config) {
    Intents out;
    draw_run_bar(run, snapshot, out);
    draw_settings(config);
    side_by_side(720, {[&] { draw_loss(snapshot, config, out); }, [&] { draw_walk(run, snapshot, out); }},
                 {0.45f, 0.55f});
    draw_parts(snapshot, out);
    draw_switches(snapshot, out);
    return out;
}

void View::draw_run_bar(const RunInfo& run, const Snapshot& snapshot, Intents& out) {
    draw_run({.run = run,
              .status = snapshot.status,
              .fraction = fraction_of(snapshot.step, snapshot.max_steps),
              .words = run_words(run, snapshot),
              .problem = snapshot.problem},
             out);
}

void View::draw_settings(Config& config) {
    const ui::Card card("settings", tr("Settings"), ui::Card::Look::Plain);
    const auto text = [&] {
        std::vector<ui::Option> options;
        for (const CorpusInfo& corpus : content_.corpora) options.push_back({"corpus:" + corpus.id, corpus.title});
        ui::select("text", tr("Text to read"), options, config.text);
    };
    settings_side_by_side({text, [&] { whole_slider(content_, "max_steps", tr("Steps"), config.max_steps); },
                           [&] { seed_slider(content_, config.seed); }});
}

void View::draw_loss(const Snapshot& snapshot, const Config& config, Intents& out) {
    ui::heading("loss.title", 2, tr("Surprise per token, in nats"));
    count_up(steps_, snapshot.train_loss_nats.size());
    const size_t n_valid = std::min(snapshot.valid_step.size(), snapshot.valid_loss_nats.size());
    ui::LinePlot plot{.title = tr("Loss against training steps"),
                      .x_name = tr("step"),
                      .y_name = tr("nats per token"),
                      .summary = tr("Nothing has been trained yet."),
                      .lines = {},
                      .markers = {}};
    plot.lines.push_back({tr("training"), std::span(steps_).first(snapshot.train_loss_nats.size()),
                          snapshot.train_loss_nats, 2, ui::Dash::Solid, 1.5f});
    plot.lines.push_back({tr("held out"), std::span(snapshot.valid_step).first(n_valid),
                          std::span(snapshot.valid_loss_nats).first(n_valid), 0, ui::Dash::Solid, 3.0f,
                          ui::Mark::Circle});
    const int64_t n_steps = snapshot.status == Status::Idle ? config.max_steps : snapshot.max_steps;
    plot.x_max = static_cast<double>(std::max<int64_t>(n_steps, 10));
    plot.y_max = 5;
    plot.height = 180;
    if (n_valid > 0) {
        plot.markers.push_back(
            {tr("bigram {0}", {number(snapshot.bigram_nats, 2)}), snapshot.bigram_nats, 1, false, false});
        plot.summary = tr("The held-out loss went from {0} to {1} nats in {2} steps; the bigram baseline is {3}.",
                          {number(static_cast<double>(snapshot.valid_loss_nats.front()), 2),
                           number(static_cast<double>(snapshot.valid_loss_nats[n_valid - 1]), 2),
                           grouped(snapshot.step), number(snapshot.bigram_nats, 2)});
    }
    save_plot(ui::line_plot("loss", plot, loss_plot_), "inside-loss", plot, out);
}

void View::draw_parts(const Snapshot& snapshot, Intents& out) {
    ui::heading("parts.title", 2, tr("What each part is worth"));
    const auto& costs = snapshot.part_cost_nats;
    ui::BarPlot plot{.title = tr("Rise of the held-out loss when one part is turned off"),
                     .x_name = tr("part"),
                     .y_name = tr("nats per token"),
                     .summary = tr("As soon as training is over, every part is turned off once, alone."),
                     .categories = {},
                     .series = {},
                     .y_min = 0,
                     .y_max = 1};
    for (int part = 0; part < kParts; ++part) plot.categories.push_back(tr(part_name(part)));
    plot.series.push_back({tr("rise"), costs, 0});
    for (const float cost : costs) {
        if (!std::isfinite(cost)) continue;
        plot.y_max = std::max(plot.y_max, static_cast<double>(cost) * 1.1);
        plot.y_min = std::min(plot.y_min, static_cast<double>(cost) * 1.1);
    }
    if (!costs.empty()) {
        const auto most = std::max_element(costs.begin(), costs.end());
        plot.summary =
            tr("Largest rise so far: {0} nats, without {1}.",
               {number(static_cast<double>(*most), 2), tr(part_name(static_cast<int>(most - costs.begin())))});
    }
    save_plot(ui::bar_plot("parts", plot, parts_plot_), "parts", plot, out);
}

void View::draw_switches(const Snapshot& snapshot, Intents& out) {
    ui::heading("switches.title", 2, tr("Turn parts off"));
    if (!snapshot.is_open) {
        ui::paragraph("switches.none", tr("The switches appear when training is over."), ui::Ink::Muted,
                      ui::Type::Small);
        return;
    }
    const uint32_t before = off_;
    settings_side_by_side({[&] { draw_group(0); }, [&] { draw_group(1); }, [&] { draw_group(kLayers); }});
    if (ui::button("off.none", tr("Turn everything on again"), ui::Button::Quiet, off_ != 0)) off_ = 0;
    if (off_ != before) out.push_back(SetValue{"off", off_});
    if (snapshot.off == 0) {
        ui::note("off.says", tr("Everything works: {0} nats on the held-out text.", {number(snapshot.whole_nats, 2)}),
                 ui::Ink::Muted);
    } else {
        ui::note("off.says",
                 tr("With these parts off the held-out loss rises by {0} nats, to {1}.",
                    {number(snapshot.rise_nats, 2), number(snapshot.whole_nats + snapshot.rise_nats, 2)}),
                 ui::Ink::Text);
    }
    draw_tries(snapshot);
}

void View::draw_group(int group) {
    std::vector<ui::Option> options;
    std::vector<std::string> ticked;
    for (int part = 0; part < kParts; ++part) {
        if (!is_in_group(part, group)) continue;
        options.push_back({std::to_string(part), tr(part_name(part))});
        if ((off_ >> part & 1u) != 0) ticked.push_back(std::to_string(part));
    }
    const std::string label =
        group < kLayers ? tr("Off in layer {0}", {std::to_string(group + 1)}) : tr("Off elsewhere");
    if (!ui::checks("off." + std::to_string(group), label, options, ticked)) return;
    for (const ui::Option& option : options) off_ &= ~(1u << std::stoi(option.id));
    for (const std::string& part : ticked) off_ |= 1u << std::stoi(part);
}

void View::draw_tries(const Snapshot& snapshot) {
    const size_t n = std::min(snapshot.tried_set.size(), snapshot.tried_rise_nats.size());
    if (n == 0) return;
    std::vector<std::vector<std::string>> rows;
    for (size_t i = n; i-- > 0 && rows.size() < kTriesShown;) {
        const auto set = static_cast<uint32_t>(snapshot.tried_set[i]);
        const auto rise = static_cast<double>(snapshot.tried_rise_nats[i]);
        const double excess = excess_nats(snapshot, set, rise);
        rows.push_back({names_of(set), number(rise, 2), std::isfinite(excess) ? number(rise - excess, 2) : "",
                        std::isfinite(excess) ? number(excess, 2) : ""});
    }
    ui::table("tries", tr("What you turned off, the last first"),
              {tr("off"), tr("rise together"), tr("rises one by one, added"), tr("difference")}, rows);
}

void View::clear() {
    steps_.clear();
    loss_plot_.cursor = parts_plot_.cursor = -1;
    off_ = 0;
    inside_ = {};
    asked_for_.clear();
}

void View::predicted(const std::string& question_id, const json& answer) { predicted_[question_id] = answer; }

Outcome View::outcome(const std::string& question_id, const Snapshot& snapshot) const {
    const auto answer = predicted_.find(question_id);
    return inside_attention::outcome(question_id, answer == predicted_.end() ? json() : answer->second, snapshot);
}

const LabEntry entry = make_entry<Job, View, &read_config, &artefacts_of>("m2.inside_attention");

}  // namespace terrarium::labs::inside_attention
