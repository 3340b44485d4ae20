// Means, spreads, quantiles and ranks: what most metrics of numbers are built from.
//
// Conventions where textbooks differ: NumPy's for quantiles (linear between order statistics), mean ranks for ties.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terrarium::core {

/// Sum / count; NaN for nothing.
[[nodiscard]] double mean(std::span<const double> values);

/// Mean squared distance from the mean, divided by (count - removed_degrees); NaN when that is 0 or less.
/// removed_degrees  0 for the variance of these values, 1 for an estimate of where they came from
[[nodiscard]] double variance(std::span<const double> values, int64_t removed_degrees);

/// The value below which a share q of the ascending values lies: between the two neighbours of position q (n - 1),
/// linearly. Rounds as NumPy does: from the nearer neighbour. Checks that there is a value and 0 <= q <= 1.
/// Source: Hyndman & Fan, Sample Quantiles in Statistical Packages (1996), definition 7.
[[nodiscard]] double quantile_of_sorted(std::span<const double> ascending, double q);

/// The middle value, or the mean of the two middle ones. Checks that there is one.
[[nodiscard]] double median(std::span<const double> values);

/// The same values in ascending order. They must not be NaN.
[[nodiscard]] std::vector<double> sorted(std::span<const double> values);

/// Ranks from 1; equal values share the mean of their ranks. n log n.
[[nodiscard]] std::vector<double> mean_ranks(std::span<const double> values);

/// Sum over groups of equal values of size^3 - size: what ties take from the variance of a sum of ranks.
[[nodiscard]] double tie_correction(std::span<const double> values);

/// Whether all values are equal; true for none.
[[nodiscard]] bool is_constant(std::span<const double> values);

}  // namespace terrarium::core
