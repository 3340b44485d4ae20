// What the scaling lab looks like. Reads the snapshot, edits the config, returns intents.

#include "labs/m2_pretraining/scaling_laws/view.h"

#include <algorithm>
#include <cmath>

#include "core/support/math.h"
#include "labs/entry.h"
#include "labs/parts/plots.h"
#include "labs/parts/run_bar.h"
#include "labs/parts/settings.h"
#include "ui/messages.h"
#include "ui/steps.h"

namespace terrarium::labs::scaling_laws {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

constexpr int kColors[] = {0, 1, 2, 3};

double share_done(const Snapshot& snapshot) {
    double done = 0, all = 0;
    for (const Cell& cell : snapshot.cells) {
        const double flops = snapshot.budgets_flops[static_cast<size_t>(cell.budget)];
        all += flops;
        done += cell.is_done() ? flops : flops * static_cast<double>(cell.step) / static_cast<double>(cell.steps);
    }
    return all > 0 ? done / all : 0;
}

std::string run_words(const Snapshot& snapshot) {
    const auto n_done =
        std::count_if(snapshot.cells.begin(), snapshot.cells.end(), [](const Cell& cell) { return cell.is_done(); });
    return tr("{0} of {1} models · {2} of the arithmetic",
              {std::to_string(n_done), std::to_string(snapshot.cells.size()), ui::percent(share_done(snapshot), 0)});
}

}  // namespace

std::string width_of(int32_t size) { return std::to_string(kWidths[size]); }

std::string operations(double flops) {
    if (flops >= 1e12) {
        const double power = std::floor(std::log10(flops));
        return tr("{0} × 10^{1}", {number(flops / std::pow(10, power), 1), number(power, 0)});
    }
    if (flops >= 1e9) return tr("{0} billion", {number(flops / 1e9, 1)});
    return tr("{0} million", {number(flops / 1e6, 0)});
}

Intents View::draw(const RunInfo& run, const Snapshot& snapshot, Config& config) {
    Intents out;
    update(snapshot);
    draw_run_bar(run, snapshot, out);
    draw_settings(config);
    side_by_side(620, {[&] { draw_valleys(snapshot, out); }, [&] { draw_line(snapshot, out); }});
    draw_forecast(snapshot, out);
    draw_grid(snapshot);
    draw_calculator();
    return out;
}

void View::clear() {
    n_done_ = -1;
    valley_plot_.cursor = line_plot_.cursor = -1;
    forecast_size_.clear();
}

void View::update(const Snapshot& snapshot) {
    const auto n_done = static_cast<int>(
        std::count_if(snapshot.cells.begin(), snapshot.cells.end(), [](const Cell& cell) { return cell.is_done(); }));
    const bool is_open = snapshot.forecast.is_given();
    if (n_done == n_done_ && is_open == was_open_) return;
    n_done_ = n_done;
    was_open_ = is_open;
    picture_ = picture_of(snapshot);
    valleys_.assign(kBudgets, {});
    parabolas_.assign(kBudgets, {});
    best_ = line_ = covered_ = forecast_ = {};
    for (const Cell& cell : snapshot.cells) {
        if (cell.loss_nats < 0 || (cell.budget == kOpenBudgets && !is_open)) continue;
        Curve& valley = valleys_[static_cast<size_t>(cell.budget)];
        valley.x.push_back(static_cast<float>(cell.parameters));
        valley.y.push_back(static_cast<float>(cell.loss_nats));
    }
    for (size_t budget = 0; budget < picture_.minima.size(); ++budget) {
        const core::IsoFlopMinimum& minimum = picture_.minima[budget];
        best_.x.push_back(static_cast<float>(minimum.flops / 1e9));
        best_.y.push_back(static_cast<float>(minimum.loss_nats - snapshot.floor_nats));
        if (!(minimum.curvature > 0)) continue;
        for (int i = -10; i <= 10; ++i) {
            const double x = 0.11 * i;
            parabolas_[budget].x.push_back(static_cast<float>(minimum.parameters * core::exp(x)));
            parabolas_[budget].y.push_back(static_cast<float>(minimum.loss_nats + minimum.curvature * x * x));
        }
    }
    if (!picture_.fit) return;
    // Drawn over the open budgets only, until the forecast is made: going on with the line is the learner's work.
    const double last = snapshot.budgets_flops[is_open ? kOpenBudgets : kOpenBudgets - 1];
    for (const double flops : {snapshot.budgets_flops.front(), last}) {
        line_.x.push_back(static_cast<float>(flops / 1e9));
        line_.y.push_back(static_cast<float>(picture_.fit->excess.at(flops)));
    }
    if (!is_open) return;
    const auto covered_flops = static_cast<float>(snapshot.budgets_flops.back() / 1e9);
    if (const Cell* best = best_cell(snapshot, kOpenBudgets))
        covered_ = {{covered_flops}, {static_cast<float>(best->loss_nats - snapshot.floor_nats)}};
    forecast_ = {{covered_flops}, {static_cast<float>(snapshot.forecast.loss_nats - snapshot.floor_nats)}};
}

void View::draw_run_bar(const RunInfo& run, const Snapshot& snapshot, Intents& out) {
    draw_run({.run = run,
              .status = snapshot.status,
              .fraction = share_done(snapshot),
              .words = run_words(snapshot),
              .start = Message("Train the grid"),
              .locked = Message("Training unlocks when you have locked in your prediction."),
              .ready = Message("Ready. The same seed and settings give the same losses on every device.")},
             out);
}

void View::draw_settings(Config& config) {
    const ui::Card card("settings", tr("Settings"), ui::Card::Look::Plain);
    std::vector<ui::Chip> chips;
    for (int32_t size = 0; size < kSizes; ++size) {
        chips.push_back({.id = width_of(size),
                         .words = tr("width {0}", {width_of(size)}),
                         .is_selected = (config.sizes >> size & 1) != 0});
    }
    ui::label("sizes.label", tr("Sizes to train at the three open budgets"));
    const std::string pressed = ui::chips("sizes", tr("Sizes to train at the three open budgets"), chips).chosen;
    for (int32_t size = 0; size < kSizes; ++size) {
        if (pressed == width_of(size)) config.sizes ^= 1 << size;
    }
    const auto budget = [&] {
        whole_slider(content_, "budget_mflop", tr("Smallest budget, in million operations"), config.budget_mflop,
                     {.is_log = true});
    };
    const auto rate = [&] {
        const Limit& limit = content_.limit("learning_rate");
        ui::slider("learning_rate", tr("Learning rate of width 16"),
                   {.min = limit.min, .max = limit.max, .step = 0, .is_log = true, .words = {}}, config.learning_rate);
    };
    settings_side_by_side({budget, rate, [&] { seed_slider(content_, config.seed); }});
}

void View::draw_valleys(const Snapshot& snapshot, Intents& out) {
    ui::heading("valleys.title", 2, tr("One valley for each budget"));
    ui::LinePlot plot{.title = tr("Loss against the size of the model"),
                      .x_name = tr("parameters"),
                      .y_name = tr("nats per token"),
                      .summary = tr("Nothing is trained yet."),
                      .lines = {},
                      .markers = {}};
    plot.is_log_x = true;
    plot.x_min = 300;
    plot.x_max = 60'000;
    plot.y_min = snapshot.floor_nats > 0 ? snapshot.floor_nats - 0.05 : 1.2;
    plot.y_max = plot.y_min + 0.5;
    std::string words;
    for (size_t budget = 0; budget < valleys_.size(); ++budget) {
        const Curve& valley = valleys_[budget];
        if (valley.x.empty()) continue;
        const std::string name = operations(snapshot.budgets_flops[budget]);
        plot.lines.push_back({.name = name,
                              .x = valley.x,
                              .y = valley.y,
                              .color = kColors[budget],
                              .dash = kDashes[budget],
                              .mark = kMarks[budget]});
        for (const float loss : valley.y)
            plot.y_max = std::max(plot.y_max, std::min(3.2, static_cast<double>(loss) + 0.05));
        if (budget < picture_.minima.size()) {
            words += tr("With {0} operations about {1} parameters are best: {2} nats. ",
                        {name, grouped(std::llround(picture_.minima[budget].parameters / 10) * 10),
                         number(picture_.minima[budget].loss_nats, 3)});
        }
    }
    for (size_t budget = 0; budget < parabolas_.size(); ++budget) {
        if (parabolas_[budget].x.empty()) continue;
        plot.lines.push_back({.name = tr("parabola, {0}", {operations(snapshot.budgets_flops[budget])}),
                              .x = parabolas_[budget].x,
                              .y = parabolas_[budget].y,
                              .color = kColors[budget],
                              .weight = 1,
                              .is_named = false});
    }
    if (snapshot.floor_nats > 0)
        plot.markers.push_back(
            {tr("floor {0}", {number(snapshot.floor_nats, 3)}), snapshot.floor_nats, -1, false, true});
    if (!words.empty()) plot.summary = words;
    save_plot(ui::line_plot("valleys", plot, valley_plot_), "valleys", plot, out);
}

void View::draw_line(const Snapshot& snapshot, Intents& out) {
    ui::heading("line.title", 2, tr("What is left above the floor"));
    ui::LinePlot plot{.title = tr("Best loss above the floor against the budget"),
                      .x_name = tr("billion operations"),
                      .y_name = tr("nats above the floor"),
                      .summary = tr("Appears when the three open budgets are trained."),
                      .lines = {},
                      .markers = {}};
    plot.is_log_x = plot.is_log_y = true;
    const double first = snapshot.budgets_flops.empty() ? 1 : snapshot.budgets_flops.front() / 1e9;
    plot.x_min = first / 2;
    plot.x_max = first * 150;
    plot.y_min = 0.1;
    plot.y_max = 1;
    for (const float excess : best_.y) plot.y_max = std::max(plot.y_max, 1.2 * static_cast<double>(excess));
    if (!best_.x.empty()) {
        plot.lines.push_back({.name = tr("best of each open budget"),
                              .x = best_.x,
                              .y = best_.y,
                              .color = 0,
                              .weight = 0.1f,
                              .mark = ui::Mark::Circle});
    }
    if (!line_.x.empty())
        plot.lines.push_back(
            {.name = tr("power law"), .x = line_.x, .y = line_.y, .color = 1, .dash = ui::Dash::Dashed});
    if (!covered_.x.empty()) {
        plot.lines.push_back({.name = tr("covered budget, trained"),
                              .x = covered_.x,
                              .y = covered_.y,
                              .color = 3,
                              .mark = ui::Mark::Diamond});
        plot.lines.push_back(
            {.name = tr("your forecast"), .x = forecast_.x, .y = forecast_.y, .color = 2, .mark = ui::Mark::Square});
    }
    if (snapshot.budgets_flops.size() == kBudgets) {
        plot.markers.push_back({tr("covered budget"), snapshot.budgets_flops.back() / 1e9, -1, true, true});
    }
    if (picture_.fit) {
        plot.summary =
            tr("On logarithmic axes the points lie close to a line: {0} times the budget leaves {1} of what "
               "was above the floor.",
               {"10", ui::percent(core::pow(10, -picture_.fit->loss_exponent.value), 0)});
    }
    save_plot(ui::line_plot("line", plot, line_plot_), "scaling", plot, out);
}

void View::draw_forecast(const Snapshot& snapshot, Intents& out) {
    const ui::Card card("forecast", tr("Your forecast"), ui::Card::Look::Panel);
    ui::heading("forecast.title", 2, tr("Your forecast"));
    if (snapshot.budgets_flops.size() < kBudgets || snapshot.status != Status::Done) {
        ui::paragraph("forecast.wait",
                      tr("When all models are trained, you say here what the covered budget will bring."),
                      ui::Ink::Muted);
        return;
    }
    if (picture_.fit) {
        const core::IsoFlopFit& fit = *picture_.fit;
        const auto range = [](const core::Interval& it) {
            return tr("{0} (about {1} to {2})", {number(it.value, 3), number(it.low, 3), number(it.high, 3)});
        };
        ui::paragraph(
            "forecast.law",
            tr("From your open budgets: floor **{0}** nats; at {1} operations {2} nats lie above it, and this "
               "part falls with the budget to the power −{3}. The best size grows with the power {4}.",
               {number(fit.floor_nats, 3), operations(snapshot.budgets_flops[kOpenBudgets - 1]),
                number(fit.excess.at(snapshot.budgets_flops[kOpenBudgets - 1]), 3), range(fit.loss_exponent),
                range(fit.size_exponent)}));
    } else {
        ui::note("forecast.no_law", tr("These budgets give no power law: train at least three widths at each."),
                 ui::Ink::Warn);
    }
    const Forecast& given = snapshot.forecast;
    if (given.is_given()) {
        const Cell* best = best_cell(snapshot, kOpenBudgets);
        if (best == nullptr) return;
        ui::fact("forecast.size", tr("Best width: you said {0}, it was", {width_of(given.size)}), width_of(best->size));
        ui::fact("forecast.loss", tr("Its loss: you said {0}, it was", {number(given.loss_nats, 3)}),
                 number(best->loss_nats, 3));
        return;
    }
    ui::paragraph("forecast.ask", tr("The covered budget is **{0}** operations, eight times the largest open one.",
                                     {operations(snapshot.budgets_flops.back())}));
    std::vector<ui::Option> options;
    for (int32_t size = kFirstCoveredSize; size < kSizes; ++size)
        options.push_back({std::to_string(size), tr("width {0}", {width_of(size)})});
    ui::choice("forecast.width", tr("Which width will be best?"), options, forecast_size_);
    ui::slider("forecast.nats", tr("Its loss, in nats per token"), {.min = 1, .max = 3, .step = 0.005, .words = {}},
               forecast_nats_);
    if (ui::button("forecast.commit", tr("Uncover the fourth budget"), ui::Button::Primary, !forecast_size_.empty())) {
        out.push_back(SetValue{"forecast", {{"size", std::stoi(forecast_size_)}, {"loss_nats", forecast_nats_}}});
    }
}

Outcome View::outcome(const std::string& question_id, const Snapshot& snapshot) const {
    const auto answer = predicted_.find(question_id);
    return scaling_laws::outcome(question_id, answer == predicted_.end() ? json() : answer->second, snapshot);
}

const LabEntry entry = make_entry<Job, View, &read_config, &artefacts_of>("m2.scaling_laws");

}  // namespace terrarium::labs::scaling_laws
