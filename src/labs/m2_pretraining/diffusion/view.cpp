// What the diffusion lab looks like. Reads the snapshot, edits the config, returns intents; computes nothing that a
// test would want to check.

#include "labs/m2_pretraining/diffusion/view.h"

#include <algorithm>
#include <cmath>

#include "core/io/number_text.h"
#include "labs/entry.h"
#include "labs/parts/run_bar.h"
#include "labs/parts/settings.h"
#include "ui/messages.h"

namespace terrarium::labs::diffusion {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

constexpr float kWide = 620;  // CSS pixels from which columns stand side by side

std::vector<ui::Option> shape_options() {
    return {{"ring", tr("Ring of eight groups")},
            {"moons", tr("Two moons")},
            {"spiral", tr("Spiral")},
            {"board", tr("Chessboard")},
            {"glyphs", tr("Glyphs, 12 × 12")}};
}

std::string shape_words(const std::string& id) {
    for (const ui::Option& option : shape_options()) {
        if (option.id == id) return option.words;
    }
    return id;
}

std::string run_words(const RunInfo& run, const Snapshot& snapshot) {
    const std::string step = grouped(snapshot.step), all = grouped(snapshot.max_steps);
    if (!run.is_active || run.is_paused || run.steps_per_second <= 0) return tr("{0} of {1} steps", {step, all});
    const double left_s = static_cast<double>(snapshot.max_steps - snapshot.step) / run.steps_per_second;
    return tr("{0} of {1} steps · {2} s left", {step, all, number(std::ceil(left_s), 0)});
}

std::string settings_words(const Config& config) {
    return tr("{0} · {1} steps · guidance {2} · seed {3}", {shape_words(config.shape), grouped(config.max_steps),
                                                            number(config.guidance, 1), std::to_string(config.seed)});
}

}  // namespace

Intents View::draw(const RunInfo& run, const Snapshot& snapshot, Config& config) {
    Intents out;
    draw_run_bar(run, snapshot, out);
    const bool has_room = is_wide(kWide);
    const auto settings = [&] { draw_settings(run, config, out); };
    has_room ? settings() : settings_tile(settings_words(config), is_sheet_open_);
    const auto numbers = [&] {
        draw_coverage(snapshot, config, out);
        draw_parts(snapshot, out);
    };
    side_by_side(kWide, {[&] { draw_way_back(run, snapshot, config, out); }, numbers});
    side_by_side(kWide, {[&] { draw_way_there(run, snapshot, out); }, [&] { draw_loss(snapshot, config, out); }});
    if (!has_room) settings_sheet(is_sheet_open_, settings);
    draw_comparison(snapshot);
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

void View::draw_settings(const RunInfo& run, Config& config, Intents& out) {
    const ui::Card card("settings", tr("Settings"), ui::Card::Look::Plain);
    ui::choice("shape", tr("What to learn"), shape_options(), config.shape);
    settings_side_by_side({[&] { draw_training(run, config, out); }, [&] { draw_sampling(run, config, out); }});
    if (ui::button("shape.show", show_settings_ ? tr("Fewer settings") : tr("More settings"), ui::Button::Quiet)) {
        show_settings_ = !show_settings_;
    }
    if (show_settings_) draw_more(config);
}

void View::draw_training(const RunInfo& run, Config& config, Intents& out) {
    whole_slider(content_, "max_steps", tr("Training steps"), config.max_steps, {.is_log = true});
    const Limit& limit = content_.limit("learning_rate");
    const ui::Scale scale{.min = limit.min,
                          .max = limit.max,
                          .step = 0,
                          .is_log = true,
                          .words = {},
                          .slider_max = 0.1,
                          .slider_min = 0.0001};
    if (ui::slider("learning_rate", tr("Learning rate"), scale, config.learning_rate) && run.is_active)
        out.push_back(SetValue{"learning_rate", config.learning_rate});
    whole_slider(content_, "n_levels", tr("Noise levels"), config.n_levels, {.is_log = true});
}

/// How pictures are drawn may change in mid-run: the next measurement uses it.
void View::draw_sampling(const RunInfo& run, Config& config, Intents& out) {
    const Limit& limit = content_.limit("guidance");
    if (ui::slider("guidance", tr("Guidance"), {.min = limit.min, .max = limit.max, .step = limit.step},
                   config.guidance) &&
        run.is_active)
        out.push_back(SetValue{"guidance", config.guidance});
    if (whole_slider(content_, "sampling_steps", tr("Sampling steps"), config.sampling_steps, {.is_log = true}) &&
        run.is_active)
        out.push_back(SetValue{"sampling_steps", config.sampling_steps});
    if (ui::choice("method", tr("Way back"), {{"ddpm", tr("DDPM, with fresh noise")}, {"ddim", tr("DDIM, without")}},
                   config.method) &&
        run.is_active)
        out.push_back(SetValue{"method", config.method});
}

void View::draw_more(Config& config) {
    const auto first = [&] {
        ui::choice("schedule", tr("Noise grows"), {{"cosine", tr("along a cosine")}, {"linear", tr("linearly")}},
                   config.schedule);
    };
    const auto second = [&] {
        whole_slider(content_, "width", tr("Width"), config.width);
        seed_slider(content_, config.seed);
    };
    settings_side_by_side({first, second});
}

Outcome View::outcome(const std::string& question_id, const Snapshot& snapshot) const {
    const auto answer = predicted_.find(question_id);
    return diffusion::outcome(question_id, answer == predicted_.end() ? json() : answer->second, snapshot);
}

void View::clear() {
    constexpr size_t kMaxGhosts = 3;
    ++n_runs_;
    path_ = fresh_ = noised_ = {};
    shows_fresh_ = is_drawing_ = false;
    asked_for_ = -1;
    noised_for_.clear();
    loss_steps_.clear();
    share_percent_.clear();
    loss_plot_.cursor = coverage_plot_.cursor = path_plot_.cursor = noised_plot_.cursor = -1;
    if (this_run_.steps.empty()) return;
    const int number = this_run_.number;
    earlier_runs_.push_back(std::move(this_run_));
    if (earlier_runs_.size() > kMaxGhosts) earlier_runs_.erase(earlier_runs_.begin());
    this_run_ = {.number = number + 1, .steps = {}, .percent = {}};
}

const LabEntry entry = make_entry<Job, View, &read_config, &artefacts_of>("m2.diffusion");

}  // namespace terrarium::labs::diffusion
