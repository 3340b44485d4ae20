// Chi-square tests: are counts as far from what was expected as chance alone would make them?
//
// statistic = sum of (observed - expected)^2 / expected. An expected count of 0 makes it infinite (or undefined, when
// nothing was observed either). Without a degree of freedom the p-value is NaN.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

struct ChiSquareTest {
    std::vector<double> expected;  ///< counts, in the shape of the observed ones
    std::vector<double> terms;     ///< what each cell adds
    double statistic = 0;
    int64_t degrees_of_freedom = 0;
    double p_value = 0;
};

/// Observed against expected counts; equal shares when `expected` is empty. Refuses nothing at all, unequal lengths,
/// negative and not finite counts, and sums that differ by more than a part in 10^8.
/// Source: Pearson, On the Criterion that a Given System of Deviations ... (1900).
[[nodiscard]] Result<ChiSquareTest> chi_square_fit(std::span<const double> observed, std::span<const double> expected);

/// Counts of a current sample against those of a reference, scaled to the current size.
[[nodiscard]] ChiSquareTest chi_square_drift(std::span<const int64_t> reference, std::span<const int64_t> current);

/// Independence of the rows and columns of a table.
///
/// table  in  [rows,columns]  row-major counts
/// has_correction  Yates' continuity correction, applied with one degree of freedom only: each difference shrinks by
/// 1/2
///
/// A single row or column is always independent: statistic 0, p-value 1. Refuses an empty table, negative counts, and a
/// row or column of zeros.
/// Source: Yates, Contingency Tables Involving Small Numbers and the Chi-Square Test (1934).
[[nodiscard]] Result<ChiSquareTest> chi_square_independence(std::span<const double> table, int64_t columns,
                                                            bool has_correction);

}  // namespace terrarium::core
