#include "core/metrics/percentile.h"

#include <algorithm>

#include "core/support/check.h"

namespace terrarium::core {

double percentile(std::span<const double> sorted, double quantile) {
    TERRARIUM_CHECK(!sorted.empty() && quantile >= 0 && quantile <= 1, "A percentile needs numbers and a share.");
    const double place = quantile * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<size_t>(place);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - static_cast<double>(below));
}

}  // namespace terrarium::core
