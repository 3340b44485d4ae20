#include "labs/m2_pretraining/scaling_laws/lab.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/io/fields.h"
#include "core/support/math.h"

namespace terrarium::labs::scaling_laws {
namespace {

using core::Error;
using core::Result;

constexpr int32_t kContext = 16, kBatch = 8;             // tokens a window, windows a step
constexpr int32_t kValidWindows = 512, kValidUnit = 32;  // windows in all, windows a unit of work
constexpr double kDeviation = 0.12;                     // of the first weights: 0.02 is for rows of hundreds of numbers
constexpr uint64_t kLanguageSeed = 1, kValidSeed = 99;  // the same world for every run: only the models differ

core::TransformerShape shape_of(int32_t size, int32_t vocab_size) {
    const int32_t width = kWidths[size];
    return {.n_layers = 1,
            .width = width,
            .n_heads = width < 24 ? 2 : 4,
            .context = kContext,
            .vocab_size = vocab_size,
            .token_shift = true};
}

double budget_flops(const Config& config, int32_t budget) {
    double flops = 1e6 * config.budget_mflop;
    for (int32_t i = 0; i < budget; ++i) flops *= i + 1 < kOpenBudgets ? kBudgetRatio : kCoveredRatio;
    return flops;
}

/// Rises over the first twentieth of the steps, then falls in a straight line to a tenth.
double rate_share(int64_t step, int64_t steps) {
    const double done = (static_cast<double>(step) + 0.5) / static_cast<double>(steps);
    const double warm = static_cast<double>(step + 1) / (0.05 * static_cast<double>(steps) + 1);
    return std::min(1.0, warm) * (0.1 + 0.9 * (1 - done));
}

}  // namespace

void Snapshot::remember_losses() {
    losses.clear();
    for (const Cell& cell : cells) {
        losses.push_back(cell.loss_nats >= 0 ? static_cast<float>(cell.loss_nats)
                                             : std::numeric_limits<float>::quiet_NaN());
    }
}

std::vector<Series> Snapshot::all_series() const { return {{"loss_nats", losses}}; }

Snapshot Snapshot::merged(std::span<const Snapshot> parts) {
    Snapshot all = parts.front();
    bool is_running = false, is_stopped = false;
    all.step = 0;
    for (const Snapshot& part : parts) {
        all.step += part.step;
        is_running = is_running || part.status == Status::Running || part.status == Status::Idle;
        is_stopped = is_stopped || part.status == Status::Stopped;
        if (all.cells.empty()) {  // the first part has not reported yet
            const int64_t step = all.step;
            all = part;
            all.step = step;
        }
        for (std::size_t i = 0; i < part.cells.size(); ++i) {
            if (part.cells[i].step > 0 || part.cells[i].is_done()) all.cells[i] = part.cells[i];
        }
    }
    all.status = is_running ? Status::Running : is_stopped ? Status::Stopped : Status::Done;
    all.remember_losses();
    return all;
}

// ---- config --------------------------------------------------------------------------------------------------------

void read_config(core::io::Fields& fields, const Content& content, Config& config) {
    const auto whole = [&](const char* name, auto value) {
        const Limit& limit = content.limit(name);
        return fields.int_in_or(name, static_cast<int64_t>(limit.min), static_cast<int64_t>(limit.max), value);
    };
    config.budget_mflop = static_cast<int32_t>(whole("budget_mflop", config.budget_mflop));
    config.sizes = static_cast<int32_t>(whole("sizes", config.sizes));
    const Limit& rate = content.limit("learning_rate");
    config.learning_rate = fields.number_in_or("learning_rate", rate.min, rate.max, config.learning_rate);
    config.seed = whole("seed", config.seed);
}

// ---- job -----------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Job>> Job::create(const Config& config, const Artefacts&) {
    if ((config.sizes & 255) == 0) {
        return Error{"sizes.none", "sizes", "No size is chosen, so there is nothing to train.",
                     "Choose at least one size; four or more show a valley."};
    }
    return std::unique_ptr<Job>(new Job(config));
}

Job::Job(const Config& config) : config_(config), language_({.seed = kLanguageSeed}), id_of_(256, 0) {
    const std::string_view alphabet = language_.alphabet();
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        id_of_[static_cast<unsigned char>(alphabet[i])] = static_cast<int32_t>(i);
    core::Rng valid_rng(kValidSeed);
    valid_.assign(kValidWindows, std::string(kContext + 1, ' '));
    for (std::string& window : valid_) {
        language_.write(window, valid_rng);
        // The first character is given, not guessed.
        snapshot_.floor_nats += language_.surprise_nats(window) - language_.surprise_nats(window.substr(0, 1));
    }
    snapshot_.floor_nats /= kValidWindows * kContext;
    const auto vocab_size = static_cast<int32_t>(alphabet.size());
    snapshot_.uniform_nats = core::log(static_cast<double>(vocab_size));
    for (int32_t budget = 0; budget < kBudgets; ++budget) {
        snapshot_.budgets_flops.push_back(budget_flops(config, budget));
        for (int32_t size = 0; size < kSizes; ++size) {
            const bool is_covered = budget == kOpenBudgets;
            if (is_covered ? size < kFirstCoveredSize : (config.sizes >> size & 1) == 0) continue;
            Cell cell{.budget = budget, .size = size};
            cell.parameters = core::parameter_count(shape_of(size, vocab_size));
            const double per_step = 6.0 * static_cast<double>(cell.parameters) * kContext * kBatch;
            cell.steps = std::max<int64_t>(1, std::lround(snapshot_.budgets_flops.back() / per_step));
            cell.tokens = cell.steps * kContext * kBatch;
            snapshot_.max_steps += cell.steps;
            snapshot_.cells.push_back(cell);
        }
    }
    is_mine_.assign(snapshot_.cells.size(), true);
    window_.assign(kContext + 1, ' ');
    snapshot_.remember_losses();
    snapshot_.status = Status::Running;
}

void Job::take_part(int part, int n_parts) {
    // Short rows keep fewer lanes busy: a step costs about as much as if the model were 12 numbers wider.
    const auto cost = [&](std::size_t i) {
        const Cell& cell = snapshot_.cells[i];
        return snapshot_.budgets_flops[static_cast<std::size_t>(cell.budget)] * (1 + 12.0 / kWidths[cell.size]);
    };
    std::vector<std::size_t> order(snapshot_.cells.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return cost(a) != cost(b) ? cost(a) > cost(b) : a < b; });
    std::vector<double> load(static_cast<std::size_t>(n_parts), 0.0);
    for (const std::size_t i : order) {
        const auto lightest = std::min_element(load.begin(), load.end());
        *lightest += cost(i);
        is_mine_[i] = lightest - load.begin() == part;
    }
}

Job::Trainer::Trainer(const core::TransformerShape& shape, int32_t size, double rate, core::Rng rng)
    : model(shape, kValidUnit),
      optimizer(model.parameters().size()),
      text_rng(rng.fork("text")),
      learning_rate(rate * core::sqrt(16.0 / kWidths[size])) {
    core::Rng init = rng.fork("init");
    model.initialise(init, kDeviation);
}

void Job::begin_next_cell() {
    while (at_ < snapshot_.cells.size() && (!is_mine_[at_] || snapshot_.cells[at_].is_done())) ++at_;
    if (at_ == snapshot_.cells.size()) {
        snapshot_.status = Status::Done;
        return;
    }
    const Cell& cell = snapshot_.cells[at_];
    // What a model starts from and reads depends on the seed and its own place, not on what was trained before it.
    const core::Rng rng = core::Rng(static_cast<uint64_t>(config_.seed))
                              .fork("budget " + std::to_string(cell.budget) + ", size " + std::to_string(cell.size));
    const auto vocab_size = static_cast<int32_t>(language_.alphabet().size());
    trainer_.emplace(shape_of(cell.size, vocab_size), cell.size, config_.learning_rate, rng);
}

bool Job::step() {
    if (snapshot_.status != Status::Running) return false;
    if (!trainer_) begin_next_cell();
    if (!trainer_) return false;
    Cell& cell = snapshot_.cells[at_];
    if (trainer_->is_validating)
        validate(cell);
    else
        train(cell);
    if (!cell.is_done()) return true;
    trainer_.reset();
    snapshot_.remember_losses();
    begin_next_cell();
    return snapshot_.status == Status::Running;
}

void Job::tokens_of(std::string_view window, std::size_t row) {
    for (std::size_t t = 0; t < kContext; ++t) {
        inputs_[row * kContext + t] = id_of_[static_cast<unsigned char>(window[t])];
        targets_[row * kContext + t] = id_of_[static_cast<unsigned char>(window[t + 1])];
    }
}

void Job::train(Cell& cell) {
    inputs_.resize(kBatch * kContext);
    targets_.resize(kBatch * kContext);
    for (std::size_t row = 0; row < kBatch; ++row) {
        language_.write(window_, trainer_->text_rng);
        tokens_of(window_, row);
    }
    auto& model = trainer_->model;
    model.zero_gradients();
    const double loss = model.forward(inputs_, targets_, kBatch, kContext);
    model.backward();
    const double rate = trainer_->learning_rate * rate_share(cell.step, cell.steps);
    trainer_->optimizer.step(model.parameters(), model.gradients(), rate);
    ++cell.step;
    ++snapshot_.step;
    // One batch alone jumps about: a mean that forgets with a memory of 20 steps.
    cell.live_nats = cell.live_nats < 0 ? loss : cell.live_nats + (loss - cell.live_nats) / 20;
    if (!std::isfinite(loss)) {
        cell.has_diverged = true;
        cell.live_nats = -1;
    }
    trainer_->is_validating = cell.step == cell.steps;
}

void Job::validate(Cell& cell) {
    inputs_.resize(kValidUnit * kContext);
    targets_.resize(kValidUnit * kContext);
    for (std::size_t row = 0; row < kValidUnit; ++row)
        tokens_of(valid_[static_cast<std::size_t>(trainer_->window) + row], row);
    trainer_->loss_sum += trainer_->model.forward(inputs_, targets_, kValidUnit, kContext) * kValidUnit;
    trainer_->window += kValidUnit;
    if (trainer_->window < kValidWindows) return;
    cell.loss_nats = trainer_->loss_sum / kValidWindows;
    if (std::isfinite(cell.loss_nats)) return;
    cell.loss_nats = -1;
    cell.has_diverged = true;
}

Result<bool> Job::set(const std::string& name, const json& value) {
    if (name == "stop" && snapshot_.status == Status::Running) {
        snapshot_.status = Status::Stopped;
        trainer_.reset();
        return true;
    }
    if (name != "forecast") {
        return Error{"unknown", Message("{0}", {name}), "This cannot be changed in mid-run.",
                     "Stop, change it, and train again."};
    }
    if (snapshot_.status != Status::Done) {
        return Error{"early", "forecast", "A forecast is taken when all models are trained.", "Wait for the last one."};
    }
    if (snapshot_.forecast.is_given()) {
        return Error{"late", "forecast", "The covered budget is open already: a forecast cannot be changed afterwards.",
                     "Train again with another seed to try another forecast."};
    }
    const json size = value.value("size", json()), loss = value.value("loss_nats", json());
    if (!size.is_number_integer() || size < 0 || size >= kSizes || !loss.is_number() || !(loss > 0.0)) {
        return Error{"range", "forecast", "A forecast is one of the sizes and a loss above 0.",
                     "Choose a size and type the loss in nats."};
    }
    snapshot_.forecast = {size.get<int32_t>(), loss.get<double>()};
    return true;
}

json Job::answer(const json&) { return json::object(); }

Verdict Job::check(const Goal& goal) const { return scaling_laws::check(snapshot_, goal); }

}  // namespace terrarium::labs::scaling_laws
