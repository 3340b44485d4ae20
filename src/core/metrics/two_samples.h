// Do two samples of numbers come from the same source? Their distribution functions, laid over each other.
//
// Kolmogorov-Smirnov asks for the largest gap between them, Wasserstein for the area between them: how far, on average,
// the mass of one has to be moved to become the other.

#pragma once

#include <cstdint>
#include <span>

#include "core/support/result.h"

namespace terrarium::core {

enum class KsMethod {
    Auto,        ///< exact up to 10,000 values a side
    Exact,       ///< every way to mix the two samples, n * m steps; asymptotic beyond 10^9 of them
    Asymptotic,  ///< the one-sample distribution at n m / (n + m) values, rounded to a whole number
};

struct KsTest {
    double statistic = 0;  ///< the largest distance of the two distribution functions
    double location = 0;   ///< the value where it is reached first
    double p_value = 0;    ///< two-sided; NaN when n m / (n + m) rounds to 0
    bool is_exact = false;
};

/// Refuses an empty side, NaN and infinite values.
/// Source: Hodges, The Significance Probability of the Smirnov Two-Sample Test (1958).
[[nodiscard]] Result<KsTest> ks_two_samples(std::span<const double> reference, std::span<const double> current,
                                            KsMethod method);

/// First Wasserstein distance, in the unit of the values. n log n.
///
/// reference_weights, current_weights  in  empty for equal weights; else one >= 0 per value, sum > 0
///
/// Refuses an empty side, NaN and infinite values, and weights that do not fit.
/// Source: Vallender, Calculation of the Wasserstein Distance between Probability Distributions on the Line (1974).
[[nodiscard]] Result<double> wasserstein_distance(std::span<const double> reference, std::span<const double> current,
                                                  std::span<const double> reference_weights = {},
                                                  std::span<const double> current_weights = {});

/// The same, divided by max(standard deviation of the reference (divisor n), 0.001), as evidently reports it.
[[nodiscard]] Result<double> normed_wasserstein_distance(std::span<const double> reference,
                                                         std::span<const double> current);

}  // namespace terrarium::core
