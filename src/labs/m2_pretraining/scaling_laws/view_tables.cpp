// The tables of the scaling lab: every model of the grid, and what published laws say of large ones.

#include <algorithm>
#include <cmath>

#include "core/support/math.h"
#include "labs/m2_pretraining/scaling_laws/view.h"
#include "ui/messages.h"

namespace terrarium::labs::scaling_laws {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

std::string amount(double count) {
    if (count >= 1e12) return tr("{0} trillion", {number(count / 1e12, 1)});
    if (count >= 1e9) return tr("{0} billion", {number(count / 1e9, 1)});
    return tr("{0} million", {number(count / 1e6, 1)});
}

}  // namespace

void View::draw_grid(const Snapshot& snapshot) {
    if (snapshot.cells.empty()) return;
    std::vector<std::string> columns{tr("width"), tr("parameters")};
    for (const double flops : snapshot.budgets_flops) columns.push_back(operations(flops));
    std::vector<std::vector<std::string>> rows;
    for (int32_t size = 0; size < kSizes; ++size) {
        std::vector<std::string> row(columns.size(), "–");
        row[0] = width_of(size);
        bool is_there = false;
        for (const Cell& cell : snapshot.cells) {
            if (cell.size != size) continue;
            is_there = true;
            row[1] = grouped(cell.parameters);
            std::string& words = row[static_cast<size_t>(2 + cell.budget)];
            const bool is_covered = cell.budget == kOpenBudgets && !snapshot.forecast.is_given();
            if (cell.has_diverged)
                words = tr("diverged");
            else if (cell.is_done())
                words = is_covered ? tr("covered") : number(cell.loss_nats, 3);
            else if (cell.step > 0)
                words = ui::percent(static_cast<double>(cell.step) / static_cast<double>(cell.steps), 0);
            else
                words = tr("waiting");
        }
        if (is_there) rows.push_back(row);
    }
    ui::heading("grid.title", 2, tr("All models: loss in nats, or how far they are"));
    ui::table("grid", tr("Loss of every model"), columns, rows);
}

void View::draw_calculator() {
    const ui::Card card("calculator", tr("The same question for large models"), ui::Card::Look::Panel);
    ui::heading("calculator.title", 2, tr("The same question for large models"));
    ui::slider("calculator.flops", tr("Budget: 10 to the power of"), {.min = 17, .max = 27, .step = 0.1, .words = {}},
               log10_flops_);
    ui::slider("calculator.chips", tr("Chips"), {.min = 1, .max = 100'000, .step = 1, .is_log = true, .words = {}},
               n_chips_);
    const double flops = core::pow(10, log10_flops_);
    std::vector<std::vector<std::string>> rows;
    const auto add = [&](std::string name, const core::ComputeOptimum& best, bool has_loss) {
        rows.push_back({std::move(name), amount(best.parameters), amount(best.tokens),
                        number(best.tokens / best.parameters, 0), has_loss ? number(best.loss_nats, 2) : "–"});
    };
    for (const PublishedLaw& law : published_laws()) {
        if (const auto best = core::compute_optimum(law.law, flops)) add(std::string(law.name), best.value(), true);
    }
    add(tr("rule of thumb: 20 tokens each"), twenty_to_one(flops), false);
    ui::table("calculator.table", tr("Best size by published laws"),
              {tr("source"), tr("parameters"), tr("tokens"), tr("tokens per parameter"), tr("loss, nats")}, rows);
    const double hours = training_hours(flops, n_chips_);
    ui::paragraph("calculator.hours",
                  tr("With {0} chips of a million billion operations a second each, used at 40 %, this takes about "
                     "**{1}** hours.",
                     {grouped(std::llround(n_chips_)), hours < 10 ? number(hours, 2) : grouped(std::llround(hours))}));
}

}  // namespace terrarium::labs::scaling_laws
