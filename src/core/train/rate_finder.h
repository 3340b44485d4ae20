// Learning-rate finder: one short run in which the rate grows from far too small to far too large, and the loss shows
// where learning begins and where it breaks.
//
//   rate(i) = lowest (highest / lowest)^(i / (n - 1))           equal factors from step to step
//   smoothed loss: s = beta s + (1 - beta) loss, divided by 1 - beta^(i+1)
//
// The run ends when the smoothed loss is above `stop_factor` times its minimum, or is no number. Two suggestions are
// common: the rate at which the smoothed loss falls most steeply (per factor of the rate), and a tenth of the rate at
// its minimum. Both are starting points: the finder sees a few steps, a run takes many. Source: L. N. Smith, Cyclical
// Learning Rates for Training Neural Networks (2017), 3.3, the range test; the exponential growth, the smoothing and
// the stopping rule are those in common use since (S. Gugger's and fastai's form).

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace terrarium::core {

struct RateFinderConfig {
    double lowest_rate = 1e-5;
    double highest_rate = 1.0;
    int32_t n_steps = 100;     ///< at least 2
    double smoothing = 0.9;    ///< beta, in [0,1)
    double stop_factor = 4.0;  ///< above 1
};

class RateFinder {
public:
    /// Checks: 0 < lowest < highest, and the ranges above. Allocates here, not in record().
    explicit RateFinder(const RateFinderConfig& config);

    [[nodiscard]] bool is_done() const { return has_stopped_ || recorded() == config_.n_steps; }
    /// True when the loss grew too far or was no number before all rates were tried.
    [[nodiscard]] bool has_stopped() const { return has_stopped_; }

    /// The rate of the next step. Checks: not done.
    [[nodiscard]] double next_rate() const { return rate(recorded()); }
    /// The loss (>= 0) of the step that used next_rate(), measured before it. Checks: not done.
    void record(double loss);

    [[nodiscard]] int32_t recorded() const { return static_cast<int32_t>(smoothed_.size()); }
    [[nodiscard]] double rate(int32_t step) const;
    [[nodiscard]] std::span<const double> smoothed_losses() const { return smoothed_; }

    /// The rate of the steepest fall; nothing when the smoothed loss never fell.
    [[nodiscard]] std::optional<double> steepest_rate() const;
    /// A tenth of the rate with the smallest smoothed loss; nothing before the first number.
    [[nodiscard]] std::optional<double> tenth_of_minimum_rate() const;

private:
    RateFinderConfig config_;
    std::vector<double> smoothed_;
    double average_ = 0.0, smoothing_power_ = 1.0, lowest_loss_ = 0.0;
    bool has_stopped_ = false;
};

}  // namespace terrarium::core
