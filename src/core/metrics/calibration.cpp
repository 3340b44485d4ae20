#include "core/metrics/calibration.h"

#include <algorithm>

#include "core/support/check.h"

namespace terrarium::core {

double brier_score(std::span<const Forecast> forecasts) {
    TERRARIUM_CHECK(!forecasts.empty(), "a mean needs at least one forecast");
    double sum = 0;
    for (const Forecast& forecast : forecasts) {
        const double miss = forecast.probability - (forecast.came_true ? 1.0 : 0.0);
        sum += miss * miss;
    }
    return sum / static_cast<double>(forecasts.size());
}

std::vector<CalibrationBin> calibration_bins(std::span<const Forecast> forecasts, int64_t n_bins) {
    TERRARIUM_CHECK(n_bins >= 1, "there is at least one bin");
    std::vector<CalibrationBin> bins(static_cast<size_t>(n_bins));
    for (const Forecast& forecast : forecasts) {
        const auto wanted = static_cast<int64_t>(forecast.probability * static_cast<double>(n_bins));
        CalibrationBin& bin = bins[static_cast<size_t>(std::clamp<int64_t>(wanted, 0, n_bins - 1))];
        bin.mean_probability += forecast.probability;
        bin.share_true += forecast.came_true ? 1 : 0;
        ++bin.count;
    }
    std::erase_if(bins, [](const CalibrationBin& bin) { return bin.count == 0; });
    for (CalibrationBin& bin : bins) {
        bin.mean_probability /= static_cast<double>(bin.count);
        bin.share_true /= static_cast<double>(bin.count);
    }
    return bins;
}

}  // namespace terrarium::core
