// The classical tests of "is one better than the other?", for means, ranks and counts; all p-values are two-sided.
//
// Two systems on the same items: paired_t, wilcoxon, sign_test, mcnemar. Two separate samples: welch_t, mann_whitney.
// Conventions are SciPy's and statsmodels'. What is not defined (0/0) is NaN.

#pragma once

#include <cstdint>
#include <span>

#include "core/support/result.h"

namespace terrarium::core {

struct TTest {
    double difference = 0;          ///< mean of a minus mean of b
    double standard_error = 0;      ///< of that difference
    double t = 0;                   ///< difference / standard error; infinite when only the error is 0
    double degrees_of_freedom = 0;  ///< whole for pairs, between whole numbers for Welch
    double p_value = 0;
};

/// Differences of pairs, n - 1 degrees of freedom. Refuses unequal lengths, nothing at all, NaN and infinite values.
/// Source: Student, The Probable Error of a Mean (1908).
[[nodiscard]] Result<TTest> paired_t_test(std::span<const double> a, std::span<const double> b);

/// Two samples with their own variances. Refuses an empty side, NaN and infinite values.
/// Source: Welch, The Generalization of Student's Problem (1947).
[[nodiscard]] Result<TTest> welch_t_test(std::span<const double> a, std::span<const double> b);

enum class RankMethod {
    Auto,    ///< exact for small samples without ties, else normal
    Exact,   ///< all orders equally likely
    Normal,  ///< normal approximation, variance corrected for ties
};

struct RankTest {
    double statistic = 0;
    double z = 0;  ///< NaN when exact
    double p_value = 0;
    bool is_exact = false;
};

/// Signed-rank test. statistic: the smaller of the sums of ranks of positive and of negative differences. Zero
/// differences are dropped; with any of them the p-value is normal even when Exact is asked for, without continuity
/// correction. Auto is exact up to 50 pairs. Refuses unequal lengths, nothing at all, NaN and infinite values, only
/// zero differences, and more than 1000 pairs for Exact. Source: Wilcoxon, Individual Comparisons by Ranking Methods
/// (1945).
[[nodiscard]] Result<RankTest> wilcoxon_test(std::span<const double> a, std::span<const double> b, RankMethod method);

/// Rank-sum test. statistic: U of the first sample, how many pairs (a, b) a wins, ties counting half. Normal has a
/// continuity correction of 1/2. Auto is exact when a side has at most 8 values and there are no ties. Exact ignores
/// ties and rounds U down. Refuses an empty side, NaN and infinite values, and n m above 40,000 for Exact.
/// Source: Mann & Whitney (1947).
[[nodiscard]] Result<RankTest> mann_whitney_test(std::span<const double> a, std::span<const double> b,
                                                 RankMethod method);

/// Wins against losses as throws of a fair coin; ties are not counted. 1 without any. Refuses negative counts.
[[nodiscard]] Result<double> sign_test(int64_t wins, int64_t losses);

struct McNemarTest {
    double exact_p = 0;     ///< binomial
    double chi_square = 0;  ///< (|b - c| - 1)^2 / (b + c), continuity correction included; NaN without discordant pairs
    double chi_square_p = 0;
};

/// b and c: items that only the one or only the other got right. Refuses negative counts.
/// Source: McNemar (1947); Edwards (1948) for the correction.
[[nodiscard]] Result<McNemarTest> mcnemar_test(int64_t b, int64_t c);

struct ProportionInterval {
    double low = 0, high = 0;
};

/// Wilson's score interval of a share: stays within 0 and 1, and has a width even when all succeed.
/// Refuses counts that do not fit and a confidence outside (0, 1).
/// Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927).
[[nodiscard]] Result<ProportionInterval> wilson_interval(int64_t successes, int64_t trials, double confidence);

}  // namespace terrarium::core
