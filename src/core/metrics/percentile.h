// Percentiles with linear interpolation between neighbours, as NumPy computes them by default.

#pragma once

#include <span>

namespace terrarium::core {

/// The value below which the share `quantile` of the sorted numbers lies: at place quantile (n - 1), counted from 0.
/// Checks: one number or more, 0 <= quantile <= 1. The caller has sorted.
/// Source: Hyndman & Fan, Sample Quantiles in Statistical Packages (1996), definition 7.
[[nodiscard]] double percentile(std::span<const double> sorted, double quantile);

}  // namespace terrarium::core
