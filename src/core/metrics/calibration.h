// How well stated probabilities agree with what came true.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terrarium::core {

/// "I am 80 % sure", and whether it came true.
struct Forecast {
    double probability = 0;  ///< 0..1
    bool came_true = false;
};

/// Mean of (probability - outcome)^2 with outcome 0 or 1: 0 is perfect, 0.25 is always saying 50 %. Checks that there
/// is one forecast or more.
/// Source: G. W. Brier, Verification of Forecasts Expressed in Terms of Probability (1950), here for two classes and
/// one of them counted, as is usual today.
[[nodiscard]] double brier_score(std::span<const Forecast> forecasts);

/// Forecasts whose probabilities lie close together.
struct CalibrationBin {
    double mean_probability = 0;
    double share_true = 0;
    int64_t count = 0;
};

/// The bins [0, 1/n), [1/n, 2/n) ... [(n-1)/n, 1] that hold at least one forecast, in ascending order.
[[nodiscard]] std::vector<CalibrationBin> calibration_bins(std::span<const Forecast> forecasts, int64_t n_bins);

}  // namespace terrarium::core
