// "The best size for a budget": trains a grid of models at three budgets of arithmetic, finds the best size of each,
// and forecasts a covered budget eight times as large. The lesson: at a fixed budget neither the smallest nor the
// largest model wins; the best size grows with the budget; and what is left of the loss above its floor falls by a
// power law, well enough to forecast a run nobody has seen.
//
// The text is an invented language (core/world/zipf_language.h): fresh in every step, with a known floor. The models
// differ in width only. Each cell of the grid is trained by itself, so workers share a run (Job::take_part).
// No UI in this file: workers run Jobs, the page reads the merged Snapshot, tests and command line call both.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/metrics/iso_flop.h"
#include "core/models/transformer.h"
#include "core/train/adamw.h"
#include "core/world/zipf_language.h"
#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::core::io {
class Fields;
}

namespace terrarium::labs::scaling_laws {

/// The sizes on offer, from small to large.
inline constexpr int32_t kWidths[] = {4, 6, 8, 12, 16, 24, 32, 48};
inline constexpr int32_t kSizes = 8;
/// Each open budget is three times the one before; the covered one is eight times the last of them.
inline constexpr int32_t kOpenBudgets = 3;
inline constexpr int32_t kBudgets = kOpenBudgets + 1;
inline constexpr double kBudgetRatio = 3, kCoveredRatio = 8;
/// At the covered budget only these are trained: the others would be far from the best.
inline constexpr int32_t kFirstCoveredSize = 3;

/// What the learner can turn. The first values and the limits come from the content file.
struct Config {
    int32_t budget_mflop = 1000;   ///< 6 N D of the smallest budget, in millions of operations
    int32_t sizes = 255;           ///< which of kWidths are trained at the open budgets: bit i is kWidths[i]
    double learning_rate = 0.015;  ///< of width 16; other widths take it times sqrt(16 / width)
    int64_t seed = 7;              ///< same config, same losses, on every machine
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Config, budget_mflop, sizes, learning_rate, seed)

/// One model of the grid.
struct Cell {
    int32_t budget = 0;      ///< 0, 1, 2 open; 3 covered
    int32_t size = 0;        ///< index into kWidths
    int64_t parameters = 0;  ///< N
    int64_t tokens = 0;      ///< D: what it reads
    int64_t steps = 0;       ///< optimiser steps that make D
    int64_t step = 0;        ///< of them, done
    double live_nats = -1;   ///< training loss lately; -1: not begun
    double loss_nats = -1;   ///< on the validation text, when its training is over; -1: not known
    bool has_diverged = false;
    bool is_done() const { return loss_nats >= 0 || has_diverged; }
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Cell, budget, size, parameters, tokens, steps, step, live_nats, loss_nats,
                                   has_diverged)

/// What the learner says before the covered budget is shown.
struct Forecast {
    int32_t size = -1;     ///< index into kWidths of the best size at the covered budget; -1: nothing said yet
    double loss_nats = 0;  ///< of that budget's best model
    bool is_given() const { return size >= 0; }
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Forecast, size, loss_nats)

/// What the page may know. Jobs write it, the page only reads it.
struct Snapshot {
    Status status = Status::Idle;
    int64_t step = 0, max_steps = 0;    ///< optimiser steps over all cells
    double floor_nats = 0;              ///< mean surprise of the validation text under the language itself
    double uniform_nats = 0;            ///< of a guess among all characters
    std::vector<double> budgets_flops;  ///< [kBudgets]
    std::vector<Cell> cells;            ///< open budgets first, sizes ascending
    Forecast forecast;

    std::vector<float>* series(const std::string&) { return nullptr; }
    /// The losses of all cells in their order, NaN where unknown: what a result code proves.
    std::vector<Series> all_series() const;
    void take_series_from(Snapshot&) {}
    /// One snapshot from those of the jobs that share a run.
    static Snapshot merged(std::span<const Snapshot> parts);

    void remember_losses();
    std::vector<float> losses;  ///< behind all_series(), worked out from the cells
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Snapshot, status, step, max_steps, floor_nats, uniform_nats, budgets_flops, cells,
                                   forecast)

/// The challenge, as written in the content file.
struct Goal {
    int32_t min_open_runs = 0;       ///< a forecast needs evidence: models trained at the open budgets
    int32_t max_size_steps_off = 0;  ///< of the named size from the best one, on the grid of kWidths
    double max_relative_error = 0;   ///< of the forecast loss
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Goal, min_open_runs, max_size_steps_off, max_relative_error)

class Job {
public:
    using Config = scaling_laws::Config;
    using Snapshot = scaling_laws::Snapshot;
    using Goal = scaling_laws::Goal;
    static constexpr int kMaxParts = 8;

    /// Refuses with a sentence when no size is chosen.
    static core::Result<std::unique_ptr<Job>> create(const Config& config, const Artefacts&);

    /// Does only the cells of one share. Shares are made by cost, the largest first, so that they take equally long.
    void take_part(int part, int n_parts);

    /// One unit: an optimiser step, or a part of a validation.
    bool step();
    bool at_boundary() const { return !trainer_ || !trainer_->is_validating; }
    const Snapshot& snapshot() const { return snapshot_; }
    std::vector<Series> series() const { return snapshot_.all_series(); }

    /// forecast {size, loss_nats}, once and only when all training is over; stop.
    core::Result<bool> set(const std::string& name, const json& value);
    json answer(const json& question);
    Verdict check(const Goal& goal) const;

private:
    using Lanes = core::Simd4f;
    /// The model that is trained now.
    struct Trainer {
        Trainer(const core::TransformerShape& shape, int32_t size, double learning_rate, core::Rng rng);
        core::Transformer<Lanes> model;
        core::AdamW<Lanes> optimizer;
        core::Rng text_rng;
        double learning_rate;
        bool is_validating = false;
        int32_t window = 0;  ///< validated next
        double loss_sum = 0;
    };
    explicit Job(const Config& config);
    void begin_next_cell();
    void train(Cell& cell);
    void validate(Cell& cell);
    void tokens_of(std::string_view window, std::size_t row);

    Config config_;
    core::ZipfLanguage language_;
    std::vector<int32_t> id_of_;      ///< [256] token of a character
    std::vector<std::string> valid_;  ///< validation windows
    std::vector<bool> is_mine_;       ///< [cells]
    std::size_t at_ = 0;              ///< cell that is trained now
    std::optional<Trainer> trainer_;
    std::vector<int32_t> inputs_, targets_;
    std::string window_;
    Snapshot snapshot_;
};

void read_config(core::io::Fields& fields, const Content& content, Config& config);
inline std::vector<std::string> artefacts_of(const Config&) { return {}; }

/// What the page shows of the grid: valleys, lines and the forecast (lab_fit.cpp). Empty while too little is known.
struct Picture {
    std::vector<core::IsoFlopMinimum> minima;  ///< of the open budgets whose models are all done
    std::optional<core::IsoFlopFit> fit;       ///< of all open budgets
};
Picture picture_of(const Snapshot& snapshot);
/// The best trained model of a budget; null while none is done.
const Cell* best_cell(const Snapshot& snapshot, int32_t budget);
/// Whether everything is trained that the run was to train.
bool is_over(const Snapshot& snapshot);

/// What is published about large models, for the calculator beside the experiment.
struct PublishedLaw {
    std::string_view name;  ///< of the paper
    core::ScalingLaw law;
};
std::span<const PublishedLaw> published_laws();
/// N and D for a budget by the rule of thumb D = 20 N: N = sqrt(C / 120).
core::ComputeOptimum twenty_to_one(double flops);
/// Hours that so many chips need at 10^15 operations a second each, of which 40 % are used.
double training_hours(double flops, double n_chips);

Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot);
std::map<std::string, double> quantities(const Snapshot& snapshot);
std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot);
Verdict check(const Snapshot& snapshot, const Goal& goal);

extern const LabEntry entry;  ///< defined in view.cpp, listed in labs/registry.cpp

}  // namespace terrarium::labs::scaling_laws
