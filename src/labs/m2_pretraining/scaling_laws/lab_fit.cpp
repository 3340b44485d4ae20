// What follows from the trained grid: valleys and lines, the challenge, and how the run answers predictions.

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/support/math.h"
#include "labs/m2_pretraining/scaling_laws/lab.h"

namespace terrarium::labs::scaling_laws {
namespace {

std::string nats(double value) { return core::fixed(value, 3); }
std::string width_of(int32_t size) { return std::to_string(kWidths[size]); }

std::vector<core::ScalingPoint> points_of(const Snapshot& snapshot, int32_t budget) {
    std::vector<core::ScalingPoint> points;
    for (const Cell& cell : snapshot.cells) {
        if (cell.budget != budget || cell.loss_nats < 0) continue;
        points.push_back({static_cast<double>(cell.parameters), static_cast<double>(cell.tokens), cell.loss_nats});
    }
    return points;
}

bool is_budget_done(const Snapshot& snapshot, int32_t budget) {
    return std::all_of(snapshot.cells.begin(), snapshot.cells.end(),
                       [&](const Cell& cell) { return cell.budget != budget || cell.is_done(); });
}

int open_runs(const Snapshot& snapshot) {
    return static_cast<int>(std::count_if(snapshot.cells.begin(), snapshot.cells.end(), [](const Cell& cell) {
        return cell.budget < kOpenBudgets && cell.loss_nats >= 0;
    }));
}

/// Where the best of an open budget stands among the sizes that were trained: "small", "middle", "large".
Outcome best_place(const json& answer, const Snapshot& snapshot) {
    if (!is_budget_done(snapshot, 1)) return {};
    const Cell* best = best_cell(snapshot, 1);
    if (best == nullptr) return {Message("No model of this budget could be trained to its end."), 0, {}, {}};
    int32_t smallest = kSizes, largest = -1;
    for (const Cell& cell : snapshot.cells) {
        if (cell.budget != 1) continue;
        smallest = std::min(smallest, cell.size);
        largest = std::max(largest, cell.size);
    }
    const std::string truth = best->size == smallest ? "small" : best->size == largest ? "large" : "middle";
    const std::vector<std::string> values = {width_of(best->size)};
    return answer == truth
               ? Outcome{Message("Your guess was right: at the second budget width {0} won.", values), 1, {}, {}}
               : Outcome{Message("It came out differently: at the second budget width {0} won.", values), 0, {}, {}};
}

Outcome best_moves(const json& answer, const Snapshot& snapshot) {
    if (!is_budget_done(snapshot, kOpenBudgets - 1)) return {};
    const Cell *first = best_cell(snapshot, 0), *last = best_cell(snapshot, kOpenBudgets - 1);
    if (first == nullptr || last == nullptr) return {Message("Too few models were trained to their end."), 0, {}, {}};
    const std::string truth = last->size > first->size ? "larger" : last->size < first->size ? "smaller" : "same";
    const std::vector<std::string> values = {width_of(first->size), width_of(last->size)};
    const Message words("From the smallest to the largest open budget the best width went from {0} to {1}.", values);
    return {words, answer == truth ? 1.0 : 0.0, {}, {}};
}

Outcome above_floor(const Snapshot& snapshot) {
    if (!is_over(snapshot)) return {};
    double best = -1;
    for (const Cell& cell : snapshot.cells) {
        if (cell.loss_nats >= 0 && (best < 0 || cell.loss_nats < best)) best = cell.loss_nats;
    }
    const bool is_close = best >= 0 && best - snapshot.floor_nats < 0.05;
    const std::vector<std::string> values = {nats(best - snapshot.floor_nats)};
    return {is_close ? Message("It happened: the best of all models ended {0} nats above the floor.", values)
                     : Message("It did not happen: the best of all models ended {0} nats above the floor.", values),
            is_close ? 1.0 : 0.0,
            {},
            {}};
}

}  // namespace

bool is_over(const Snapshot& snapshot) { return snapshot.status == Status::Done || snapshot.status == Status::Stopped; }

const Cell* best_cell(const Snapshot& snapshot, int32_t budget) {
    const Cell* best = nullptr;
    for (const Cell& cell : snapshot.cells) {
        if (cell.budget != budget || cell.loss_nats < 0) continue;
        if (best == nullptr || cell.loss_nats < best->loss_nats) best = &cell;
    }
    return best;
}

Picture picture_of(const Snapshot& snapshot) {
    Picture picture;
    std::vector<std::vector<core::ScalingPoint>> budgets;
    for (int32_t budget = 0; budget < kOpenBudgets && is_budget_done(snapshot, budget); ++budget) {
        budgets.push_back(points_of(snapshot, budget));
        const auto minimum = core::iso_flop_minimum(budgets.back());
        if (!minimum) return picture;
        picture.minima.push_back(minimum.value());
    }
    if (picture.minima.size() < kOpenBudgets || snapshot.budgets_flops.empty()) return picture;
    auto fit = core::fit_iso_flop(budgets, snapshot.floor_nats);
    if (fit) picture.fit = std::move(fit).value();
    return picture;
}

std::span<const PublishedLaw> published_laws() {
    // Hoffmann et al. (2022), appendix D.3; Besiroglu et al. (2024), the fit to the same runs read off the figure.
    static constexpr PublishedLaw kLaws[] = {
        {"Hoffmann et al. 2022", {.e_nats = 1.69, .a = 406.4, .b = 410.7, .alpha = 0.34, .beta = 0.28}},
        {"Besiroglu et al. 2024", {.e_nats = 1.8172, .a = 482.01, .b = 2085.43, .alpha = 0.3478, .beta = 0.3658}}};
    return kLaws;
}

core::ComputeOptimum twenty_to_one(double flops) {
    const double parameters = core::sqrt(flops / 120);
    return {.parameters = parameters, .tokens = 20 * parameters, .size_exponent = 0.5, .data_exponent = 0.5};
}

double training_hours(double flops, double n_chips) { return flops / (n_chips * 1e15 * 0.4) / 3600; }

Verdict check(const Snapshot& snapshot, const Goal& goal) {
    const int n_open = open_runs(snapshot);
    const bool has_evidence = n_open >= goal.min_open_runs;
    const Cell* best = best_cell(snapshot, kOpenBudgets);
    const Forecast& forecast = snapshot.forecast;
    const bool is_judged = forecast.is_given() && best != nullptr && snapshot.status == Status::Done;
    const int steps_off = is_judged ? std::abs(forecast.size - best->size) : 0;
    const double error = is_judged ? std::abs(forecast.loss_nats - best->loss_nats) / best->loss_nats : 0;
    const bool is_size_right = is_judged && steps_off <= goal.max_size_steps_off;
    const bool is_loss_right = is_judged && error <= goal.max_relative_error;
    const auto percent = [](double share) { return core::fixed(100 * share, 1) + " %"; };

    Verdict verdict;
    verdict.conditions = {
        {"evidence", has_evidence, Message("{0} trained", {std::to_string(n_open)}),
         Message("≥ {0}", {std::to_string(goal.min_open_runs)}),
         std::min(1.0, static_cast<double>(n_open) / std::max(1, goal.min_open_runs))},
        {"size", is_size_right, is_judged ? Message("{0} off", {std::to_string(steps_off)}) : Message("none yet"),
         Message("≤ {0} step", {std::to_string(goal.max_size_steps_off)}), is_size_right ? 1.0 : 0.0},
        {"loss", is_loss_right, is_judged ? Message("{0} off", {percent(error)}) : Message("none yet"),
         Message("≤ {0}", {percent(goal.max_relative_error)}), is_loss_right ? 1.0 : 0.0}};
    verdict.passed = has_evidence && is_size_right && is_loss_right;
    if (snapshot.status == Status::Idle) {
        verdict.reason = Message("Start a run first.");
    } else if (snapshot.status == Status::Stopped) {
        verdict.reason = Message("This run was stopped. A forecast needs all of it: train again.");
    } else if (snapshot.status != Status::Done) {
        verdict.reason = Message("The models are still being trained.");
    } else if (!has_evidence) {
        verdict.reason = Message("Only {0} models were trained at the open budgets: too few for a forecast.",
                                 {std::to_string(n_open)});
    } else if (best == nullptr) {
        verdict.reason = Message("No model of the covered budget could be trained: lower the learning rate.");
    } else if (!forecast.is_given()) {
        verdict.reason = Message("Now say which width wins at the covered budget, and with which loss.");
    } else {
        const std::vector<std::string> values = {width_of(best->size), nats(best->loss_nats), width_of(forecast.size),
                                                 nats(forecast.loss_nats)};
        verdict.reason =
            verdict.passed ? Message("Width {0} won with {1} nats; you said {2} and {3}.", values)
            : !is_size_right
                ? Message("Width {0} won with {1} nats; you said {2} and {3}. The size is too far off.", values)
                : Message("Width {0} won with {1} nats; you said {2} and {3}. The loss is too far off.", values);
    }
    return verdict;
}

Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot) {
    if (snapshot.cells.empty()) return {};
    if (question_id == "best_place") return best_place(answer, snapshot);
    if (question_id == "best_moves") return best_moves(answer, snapshot);
    if (question_id == "near_floor") return above_floor(snapshot);
    return {};
}

std::map<std::string, double> quantities(const Snapshot& snapshot) {
    std::map<std::string, double> known;
    if (snapshot.status != Status::Done) return known;
    known["floor"] = snapshot.floor_nats;
    known["first_budget"] = snapshot.budgets_flops.front();
    if (const Cell* best = best_cell(snapshot, kOpenBudgets - 1)) {
        known["best_loss"] = best->loss_nats;
        known["best_parameters"] = static_cast<double>(best->parameters);
        known["best_tokens"] = static_cast<double>(best->tokens);
        known["tokens_per_parameter"] = static_cast<double>(best->tokens) / static_cast<double>(best->parameters);
    }
    if (const auto fit = picture_of(snapshot).fit) {
        known["size_exponent"] = fit->size_exponent.value;
        known["loss_exponent"] = fit->loss_exponent.value;
    }
    return known;
}

std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
    std::vector<core::io::PassportMetric> known;
    const auto add = [&](std::string id, std::string words, std::string unit, double value) {
        known.push_back({std::move(id), std::move(words), std::move(unit), value});
    };
    const std::map<std::string, double> all = quantities(snapshot);
    const auto find = [&](const char* name, std::string id, std::string words, std::string unit) {
        if (const auto found = all.find(name); found != all.end())
            add(std::move(id), std::move(words), std::move(unit), found->second);
    };
    const std::string nats_unit = core::tr_later("nats per token");
    find("floor", "floor_nats", core::tr_later("Floor: the language's own entropy"), nats_unit);
    find("best_loss", "best_loss_nats", core::tr_later("Best loss at the largest open budget"), nats_unit);
    find("best_parameters", "best_parameters", core::tr_later("Best size at the largest open budget"), "parameters");
    find("tokens_per_parameter", "tokens_per_parameter", core::tr_later("Tokens per parameter of that model"), "");
    find("size_exponent", "size_exponent", core::tr_later("Exponent of the best size"), "");
    find("loss_exponent", "loss_exponent", core::tr_later("Exponent of the loss above the floor"), "");
    return known;
}

}  // namespace terrarium::labs::scaling_laws
