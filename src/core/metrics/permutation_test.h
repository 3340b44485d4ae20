// Could chance alone make this difference? Exact permutation tests: try every relabelling that chance could have made.
//
// Two-sided p-values are twice the smaller one-sided one, at most 1. Two differences count as equal when they differ by
// less than a rounding error.
// Source: Fisher, The Design of Experiments (1935); Ernst, Permutation Methods (2004).

#pragma once

#include <cstdint>
#include <span>

#include "core/support/result.h"

namespace terrarium::core {

struct PermutationTest {
    double statistic = 0;      ///< mean of a minus mean of b
    int64_t relabellings = 0;  ///< all that chance could have made
    int64_t at_most = 0;       ///< those whose statistic is at most the one seen
    int64_t at_least = 0;      ///< those whose statistic is at least the one seen
    double p_value = 0;
};

/// Pairs: each difference may have had either sign, 2^n relabellings. Refuses unequal lengths, fewer than two
/// pairs, NaN and infinite values, and more than 24 pairs.
[[nodiscard]] Result<PermutationTest> paired_permutation_test(std::span<const double> a, std::span<const double> b);

/// Two independent samples: any of the pooled values may have been in a. Refuses a side with fewer than two
/// values, NaN and infinite values, and more than 20 million relabellings.
[[nodiscard]] Result<PermutationTest> independent_permutation_test(std::span<const double> a,
                                                                   std::span<const double> b);

}  // namespace terrarium::core
