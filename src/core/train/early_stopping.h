// Early stopping: end a run when the validation loss has not improved for a while. What is learned after that point is
// the training text by heart.
//
// An improvement is a value below the best so far by more than min_delta. `patience` values in a row without one end
// the run; the model to keep is the one of best_step. Source: Goodfellow, Bengio, Courville, Deep Learning (2016), 7.8,
// algorithm 7.1.

#pragma once

#include <cstdint>
#include <limits>

namespace terrarium::core {

struct EarlyStoppingConfig {
    int32_t patience = 5;    ///< at least 1
    double min_delta = 0.0;  ///< in the unit of the loss, not negative
};

class EarlyStopping {
public:
    /// Checks: patience >= 1, min_delta >= 0.
    explicit EarlyStopping(const EarlyStoppingConfig& config);

    /// Takes the validation loss at a step and says whether the run should stop. NaN is never an improvement.
    bool update(int64_t step, double loss);

    [[nodiscard]] bool should_stop() const { return state_.since_best >= config_.patience; }
    [[nodiscard]] bool has_best() const { return state_.best_step >= 0; }
    [[nodiscard]] int64_t best_step() const { return state_.best_step; }  ///< -1 before the first improvement
    [[nodiscard]] double best_loss() const { return state_.best_loss; }   ///< infinity before it

    struct State {
        int64_t best_step = -1;
        double best_loss = std::numeric_limits<double>::infinity();
        int32_t since_best = 0;  ///< values since the best one
        friend bool operator==(const State&, const State&) = default;
    };
    [[nodiscard]] const State& state() const { return state_; }
    void restore(const State& state) { state_ = state; }

private:
    EarlyStoppingConfig config_;
    State state_;
};

}  // namespace terrarium::core
