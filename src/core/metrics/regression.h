// How far predicted numbers are from measured ones, and how well two columns of numbers go together.
//
// Conventions are scikit-learn's (errors) and SciPy's (correlations). What is not defined is NaN.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

struct RegressionErrors {
    double mean_absolute = 0;           ///< mean |y - p|
    double mean_squared = 0;            ///< mean (y - p)^2
    double root_mean_squared = 0;       ///< its root: the unit of y again
    double median_absolute = 0;         ///< half of the errors are at most this
    double max_absolute = 0;            ///< the worst error
    double mean_absolute_fraction = 0;  ///< MAPE, mean |y - p| / max(|y|, machine epsilon): huge when a y is 0
    double squared_residuals = 0;       ///< sum (y - p)^2, numerator of R2
    double squared_deviations = 0;      ///< sum (y - mean y)^2, denominator of R2
    double r2 = 0;                      ///< 1 - residuals / deviations; NaN for a single sample; for constant y 1 or 0
    double explained_variance = 0;      ///< as r2, but a constant offset of the predictions is forgiven
};

/// Refuses nothing at all, unequal lengths, NaN and infinite values.
[[nodiscard]] Result<RegressionErrors> regression_errors(std::span<const double> y_true,
                                                         std::span<const double> y_pred);

/// Mean of (ln(1 + y) - ln(1 + p))^2. Refuses negative values as well.
[[nodiscard]] Result<double> mean_squared_log_error(std::span<const double> y_true, std::span<const double> y_pred);

/// How often two columns agree about the order of a pair of rows.
struct ConcordanceCounts {
    int64_t pairs = 0;
    int64_t discordant = 0;
    int64_t tied_x = 0;     ///< pairs equal in x, whatever y
    int64_t tied_y = 0;     ///< pairs equal in y, whatever x
    int64_t tied_both = 0;  ///< pairs equal in both
    [[nodiscard]] int64_t concordant() const { return pairs - tied_x - tied_y + tied_both - discordant; }
};

/// Counts by sorting and merging, n log n. Source: Knight, A Computer Method for Calculating Kendall's Tau (1966).
[[nodiscard]] ConcordanceCounts concordance_counts(std::span<const double> x, std::span<const double> y);

struct Correlations {
    double pearson = 0;        ///< of the values
    double spearman = 0;       ///< of the mean ranks
    double kendall_tau_b = 0;  ///< (concordant - discordant) / sqrt((pairs - tied_x)(pairs - tied_y))
};

/// All three are NaN when a column is constant. Refuses fewer than two rows, unequal lengths, NaN and infinite values.
/// Source: Kendall, The Treatment of Ties in Ranking Problems (1945), for tau-b.
[[nodiscard]] Result<Correlations> correlations(std::span<const double> x, std::span<const double> y);

}  // namespace terrarium::core
