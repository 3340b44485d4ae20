// What the diffusion lab looks like. Reads the snapshot, edits the config, returns intents; computes nothing that a
// test would want to check.

#include "labs/m2_pretraining/diffusion/view.h"

#include <algorithm>
#include <cmath>

#include "core/io/number_text.h"
#include "labs/entry.h"
#include "labs/parts/run_bar.h"
#include "ui/messages.h"
#include "ui/sheet.h"
#include "ui/tiles.h"

namespace terrarium::labs::diffusion {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

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

}  // namespace

Intents View::draw(const RunInfo& run, const Snapshot& snapshot, Config& config) {
    Intents out;
    draw_run_bar(run, snapshot, config, out);
    if (ui::available_width() >= 620 * ui::context().env.text_scale) {
        draw_settings(run, config, out);
        {
            ui::Columns columns({1, 1});
            draw_way_back(run, snapshot, config, out);
            columns.next();
            draw_coverage(snapshot, config, out);
            draw_parts(snapshot, out);
        }
        {
            ui::Columns columns({1, 1});
            draw_way_there(run, snapshot, out);
            columns.next();
            draw_loss(snapshot, config, out);
        }
    } else {
        draw_settings_button(config);
        draw_way_back(run, snapshot, config, out);
        draw_coverage(snapshot, config, out);
        draw_parts(snapshot, out);
        draw_way_there(run, snapshot, out);
        draw_loss(snapshot, config, out);
        draw_settings_sheet(run, config, out);
    }
    draw_comparison(snapshot);
    return out;
}

void View::draw_run_bar(const RunInfo& run, const Snapshot& snapshot, const Config&, Intents& out) {
    const double fraction =
        snapshot.max_steps > 0 ? static_cast<double>(snapshot.step) / static_cast<double>(snapshot.max_steps) : 0;
    const bool has_run = snapshot.status != Status::Idle || run.is_active;
    labs::draw_run_bar({.start = tr("Train"),
                        .again = tr("Train again"),
                        .is_active = run.is_active,
                        .is_paused = run.is_paused,
                        .has_run = has_run,
                        .may_start = run.may_start,
                        .fraction = fraction,
                        .progress_name = tr("Training progress"),
                        .words = run_words(run, snapshot),
                        .seed = {}},
                       out);
    if (!has_run && !run.may_start) {
        ui::note("train.locked", tr("Train unlocks when you have locked in your prediction."), ui::Ink::Muted);
    } else if (!has_run) {
        ui::note("train.ready", tr("Ready. The same seed and settings give the same curve on every device."),
                 ui::Ink::Muted);
    }
    if (!run.problem.empty()) ui::note("run.problem", run.problem, ui::Ink::Warn);
    if (snapshot.status == Status::Diverged) ui::note("run.diverged", tr(snapshot.problem), ui::Ink::Warn);
}

void View::draw_settings_button(const Config& config) {
    const std::string words =
        tr("{0} · {1} steps · guidance {2} · seed {3}", {shape_words(config.shape), grouped(config.max_steps),
                                                         number(config.guidance, 1), std::to_string(config.seed)});
    if (ui::tile("settings.open", {.title = tr("Settings"), .about = words, .badge = tr("Change")}))
        is_sheet_open_ = true;
}

void View::draw_settings_sheet(const RunInfo& run, Config& config, Intents& out) {
    if (!is_sheet_open_) return;
    const ui::Sheet sheet("settings.sheet", tr("Settings of this run"), "settings.open");
    if (sheet.wants_to_close()) is_sheet_open_ = false;
    draw_settings(run, config, out);
}

bool View::whole_number(const char* key, const std::string& label, bool is_log, int32_t& value) {
    const Limit& limit = content_.limit(key);
    double edited = value;
    const ui::Scale scale{.min = limit.min, .max = limit.max, .step = std::max(1.0, limit.step), .is_log = is_log};
    if (!ui::slider(key, label, scale, edited)) return false;
    value = static_cast<int32_t>(std::lround(edited));
    return true;
}

void View::draw_settings(const RunInfo& run, Config& config, Intents& out) {
    const ui::Card card("settings", tr("Settings"), ui::Card::Look::Plain);
    ui::choice("shape", tr("What to learn"), shape_options(), config.shape);
    if (ui::available_width() >= 560) {
        ui::Columns columns({1, 1}, 20);
        draw_training(run, config, out);
        columns.next();
        draw_sampling(run, config, out);
    } else {
        draw_training(run, config, out);
        draw_sampling(run, config, out);
    }
    if (ui::button("shape.show", show_settings_ ? tr("Fewer settings") : tr("More settings"), ui::Button::Quiet)) {
        show_settings_ = !show_settings_;
    }
    if (show_settings_) draw_more(config);
}

void View::draw_training(const RunInfo& run, Config& config, Intents& out) {
    whole_number("max_steps", tr("Training steps"), true, config.max_steps);
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
    whole_number("n_levels", tr("Noise levels"), true, config.n_levels);
}

/// How pictures are drawn may change in mid-run: the next measurement uses it.
void View::draw_sampling(const RunInfo& run, Config& config, Intents& out) {
    const Limit& limit = content_.limit("guidance");
    if (ui::slider("guidance", tr("Guidance"), {.min = limit.min, .max = limit.max, .step = limit.step},
                   config.guidance) &&
        run.is_active)
        out.push_back(SetValue{"guidance", config.guidance});
    if (whole_number("sampling_steps", tr("Sampling steps"), true, config.sampling_steps) && run.is_active)
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
        whole_number("width", tr("Width"), false, config.width);
        const Limit& seeds = content_.limit("seed");
        double edited = static_cast<double>(config.seed);
        if (ui::slider("seed", tr("Seed"),
                       {.min = seeds.min, .max = seeds.max, .step = 1, .is_log = false, .words = {}, .slider_max = 100},
                       edited)) {
            config.seed = static_cast<int64_t>(edited);
        }
    };
    if (ui::available_width() < 560) {
        first();
        second();
        return;
    }
    ui::Columns columns({1, 1}, 20);
    first();
    columns.next();
    second();
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
