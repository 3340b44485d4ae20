#include "core/train/rate_finder.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {

RateFinder::RateFinder(const RateFinderConfig& config) : config_(config) {
    TERRARIUM_CHECK(config.lowest_rate > 0.0 && config.highest_rate > config.lowest_rate,
                    "The rates to try rise from a positive one.");
    TERRARIUM_CHECK(config.n_steps >= 2, "A range of rates has at least two.");
    TERRARIUM_CHECK(config.smoothing >= 0.0 && config.smoothing < 1.0,
                    "The smoothing lies between 0 and 1, without 1.");
    TERRARIUM_CHECK(config.stop_factor > 1.0, "The run must not stop at its best loss.");
    smoothed_.reserve(static_cast<std::size_t>(config.n_steps));
}

double RateFinder::rate(int32_t step) const {
    TERRARIUM_CHECK(step >= 0 && step < config_.n_steps, "There is no such step.");
    const double progress = static_cast<double>(step) / (config_.n_steps - 1);
    return config_.lowest_rate * pow(config_.highest_rate / config_.lowest_rate, progress);
}

void RateFinder::record(double loss) {
    TERRARIUM_CHECK(!is_done(), "The run of the finder is over.");
    smoothing_power_ *= config_.smoothing;
    average_ = config_.smoothing * average_ + (1.0 - config_.smoothing) * loss;
    const double smoothed = average_ / (1.0 - smoothing_power_);
    if (smoothed_.empty() || smoothed < lowest_loss_) lowest_loss_ = smoothed;
    smoothed_.push_back(smoothed);
    has_stopped_ = !(smoothed <= config_.stop_factor * lowest_loss_);  // also when it is NaN
}

std::optional<double> RateFinder::steepest_rate() const {
    std::optional<double> best;
    double steepest = 0.0;
    for (std::size_t i = 1; i + 1 < smoothed_.size(); ++i) {
        const double rise = smoothed_[i + 1] - smoothed_[i - 1];  // over two equal factors of the rate
        if (rise < steepest) steepest = rise, best = rate(static_cast<int32_t>(i));
    }
    return best;
}

std::optional<double> RateFinder::tenth_of_minimum_rate() const {
    if (smoothed_.empty() || lowest_loss_ != lowest_loss_) return std::nullopt;
    const auto lowest = std::find(smoothed_.begin(), smoothed_.end(), lowest_loss_);
    return 0.1 * rate(static_cast<int32_t>(lowest - smoothed_.begin()));
}

}  // namespace terrarium::core
