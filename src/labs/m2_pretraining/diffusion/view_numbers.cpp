// The numbers: how samples cover the shape, the loss, and what a picture costs.

#include <algorithm>
#include <cmath>

#include "labs/m2_pretraining/diffusion/view.h"
#include "labs/parts/plots.h"
#include "ui/messages.h"

namespace terrarium::labs::diffusion {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

/// Parts by name: glyphs have signs, shapes numbers.
std::vector<std::string> part_names(bool is_glyphs) {
    if (is_glyphs) {
        return {tr("ring"),  tr("plus"), tr("cross"), tr("box"),  // short, so that all fit below their bars
                tr("delta"), tr("bars"), tr("tick"),  tr("slash")};
    }
    std::vector<std::string> names;
    for (int32_t part = 1; part <= kParts; ++part) names.push_back(std::to_string(part));
    return names;
}

}  // namespace

void View::draw_coverage(const Snapshot& snapshot, const Config& config, Intents& out) {
    ui::heading("coverage.title", 2, tr("How the samples cover the shape"));
    const size_t n = std::min({snapshot.measured_step.size(), snapshot.on_share.size(), snapshot.parts_hit.size()});
    for (size_t i = share_percent_.size(); i < n; ++i) share_percent_.push_back(100.0f * snapshot.on_share[i]);
    this_run_.steps.assign(snapshot.measured_step.begin(),
                           snapshot.measured_step.begin() + static_cast<std::ptrdiff_t>(n));
    this_run_.percent.assign(share_percent_.begin(), share_percent_.begin() + static_cast<std::ptrdiff_t>(n));
    part_values_.clear();
    for (size_t i = 0; i < n; ++i) part_values_.push_back(snapshot.parts_hit[i] * 100.0f / kParts);
    ui::LinePlot plot{.title = tr("Coverage against training steps"),
                      .x_name = tr("step"),
                      .y_name = tr("percent"),
                      .summary = tr("Nothing has been sampled yet."),
                      .lines = {},
                      .markers = {}};
    plot.lines.push_back({tr("samples on the shape"), std::span(snapshot.measured_step).first(n),
                          std::span(share_percent_).first(n), 0, ui::Dash::Solid, 3.0f, ui::Mark::Circle});
    plot.lines.push_back({tr("parts reached"), std::span(snapshot.measured_step).first(n), part_values_, 1,
                          ui::Dash::Dashed, 2.5f, ui::Mark::Square});
    const int64_t n_steps = snapshot.status == Status::Idle ? config.max_steps : snapshot.max_steps;
    plot.x_max = static_cast<double>(std::max<int64_t>(n_steps, 10));
    for (size_t i = 0; i < earlier_runs_.size(); ++i) {
        const Curve& earlier = earlier_runs_[i];
        plot.lines.push_back({.name = tr("run {0}", {std::to_string(earlier.number)}),
                              .x = earlier.steps,
                              .y = earlier.percent,
                              .color = -1,
                              .dash = static_cast<ui::Dash>(1 + i % 3),
                              .weight = 2,
                              .is_ghost = true});
        plot.x_max = std::max(plot.x_max, static_cast<double>(earlier.steps.back()));
    }
    plot.y_max = 105;
    if (snapshot.n_samples > 0)
        plot.markers.push_back({tr("true examples {0}", {ui::percent(snapshot.true_share, 0)}),
                                100.0 * snapshot.true_share, -1, false, true});
    if (n > 0) {
        plot.summary = tr("After {0} steps {1} of the samples lie on the shape, and they reach {2} of 8 parts.",
                          {grouped(snapshot.measured_at), ui::percent(snapshot.coverage.on_share, 0),
                           std::to_string(snapshot.coverage.parts_hit)});
    }
    save_plot(ui::line_plot("coverage", plot, coverage_plot_), "coverage", plot, out);
    if (!earlier_runs_.empty() && ui::button("ghosts.forget", tr("Forget earlier runs"), ui::Button::Quiet))
        earlier_runs_.clear();
}

void View::draw_parts(const Snapshot& snapshot, Intents& out) {
    if (snapshot.measured_at < 0) return;
    part_counts_.assign(snapshot.coverage.part_counts.begin(), snapshot.coverage.part_counts.end());
    ui::BarPlot plot{
        .title = tr("Samples on each part"),
        .x_name = snapshot.is_glyphs ? tr("sign") : tr("part"),
        .y_name = tr("samples"),
        .summary = tr(
            "Of {0} samples. A part counts as reached from {1} samples on, a quarter of its fair share.",
            {std::to_string(snapshot.n_samples), std::to_string((snapshot.n_samples + 4 * kParts - 1) / (4 * kParts))}),
        .categories = part_names(snapshot.is_glyphs),
        .series = {{tr("samples"), part_counts_, 0}},
        .y_min = 0,
        .y_max = std::max(10.0, 1.1 * static_cast<double>(*std::max_element(part_counts_.begin(), part_counts_.end()))),
        .height = 180};
    save_plot(ui::bar_plot("parts", plot, parts_plot_), "parts", plot, out);
}

void View::draw_loss(const Snapshot& snapshot, const Config& config, Intents& out) {
    ui::heading("loss.title", 2, tr("What the denoiser misses"));
    count_up(loss_steps_, snapshot.train_loss.size());
    ui::LinePlot plot{.title = tr("Loss against training steps"),
                      .x_name = tr("step"),
                      .y_name = tr("mean squared error"),
                      .summary = tr("Nothing has been trained yet."),
                      .lines = {},
                      .markers = {}};
    plot.lines.push_back({tr("training"), std::span(loss_steps_).first(snapshot.train_loss.size()), snapshot.train_loss,
                          2, ui::Dash::Solid, 1.5f});
    plot.x_max = static_cast<double>(
        std::max<int64_t>(snapshot.status == Status::Idle ? config.max_steps : snapshot.max_steps, 10));
    plot.y_max = 1.3;
    if (!snapshot.train_loss.empty()) {
        plot.summary = tr("The loss went from {0} to {1} in {2} steps.",
                          {number(static_cast<double>(snapshot.train_loss.front()), 2),
                           number(static_cast<double>(snapshot.train_loss.back()), 2), grouped(snapshot.step)});
    }
    save_plot(ui::line_plot("loss", plot, loss_plot_), "loss", plot, out);
    if (snapshot.flops_per_step == 0) return;
    ui::paragraph("facts",
                  tr("This run: **{0}** parameters, **{1}** examples per step, **{2}** million FLOPs per step.",
                     {grouped(snapshot.comparison.denoiser_parameters), grouped(snapshot.rows_per_step),
                      number(static_cast<double>(snapshot.flops_per_step) / 1e6, 1)}),
                  ui::Ink::Muted, ui::Type::Small);
}

void View::draw_comparison(const Snapshot& snapshot) {
    const Comparison& cost = snapshot.comparison;
    if (cost.predictions == 0) return;
    ui::heading("compare.title", 2, tr("A transformer or a diffusion model?"));
    const auto thousands = [](int64_t flops) { return tr("{0} thousand", {grouped((flops + 500) / 1000)}); };
    ui::table("compare", tr("A transformer and a diffusion model that make the same picture"),
              {tr("For one picture of {0} numbers", {std::to_string(cost.tokens)}), tr("Transformer"), tr("Diffusion")},
              {{tr("What is predicted"), tr("the next token"),
                snapshot.is_glyphs ? tr("the picture under the noise") : tr("the noise in all numbers")},
               {tr("In which order"), tr("one number after the other"), tr("all numbers at once, coarse first")},
               {tr("Steps"), std::to_string(cost.tokens), std::to_string(cost.predictions)},
               {tr("Parameters"), grouped(cost.transformer_parameters), grouped(cost.denoiser_parameters)},
               {tr("FLOPs"), thousands(cost.transformer_flops), thousands(cost.denoiser_flops)}});
    ui::paragraph("compare.about",
                  tr("Counted for the settings above: this denoiser, asked {0} times, and a transformer of two layers "
                     "and width 32, as in the lab on reading, that writes each number as one of 64 tokens.",
                     {std::to_string(cost.predictions)}),
                  ui::Ink::Muted, ui::Type::Small);
}

}  // namespace terrarium::labs::diffusion
