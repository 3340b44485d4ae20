// How sure is a mean? Bootstrap intervals: draw the sample again from itself, many times, and look at the spread.
//
// The percentile interval cuts the sorted means of the redraws at (1 - c)/2 and 1 - (1 - c)/2. The bias-corrected and
// accelerated one (BCa) moves both cuts: by how far the redraws' middle is from the mean, and by how much the spread
// depends on the value, which matters for skewed data.
// Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993), ch. 13 and 14.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"
#include "core/support/rng.h"

namespace terrarium::core {

struct BootstrapInterval {
    double low = 0;
    double high = 0;
    double mean = 0;            ///< of the values themselves
    double standard_error = 0;  ///< standard deviation of the redraws' means; NaN for a single redraw
    std::vector<double> means;  ///< [resamples] ascending
    double low_share = 0;       ///< where the sorted means were cut
    double high_share = 0;
};

/// n whole numbers below n for each of `count` redraws, row behind row.
[[nodiscard]] std::vector<uint32_t> draw_resamples(uint32_t n, int64_t count, Rng& rng);

/// Percentile interval from redraws that are given.
///
/// values      in  [n]            finite
/// resamples   in  [count,width]  places in values, row behind row
/// width       in                 draws per redraw, >= 1
/// confidence  in                 in (0, 1)
///
/// Refuses nothing at all, places outside the values, sizes that do not fit, and a confidence out of range.
[[nodiscard]] Result<BootstrapInterval> bootstrap_percentile(std::span<const double> values,
                                                             std::span<const uint32_t> resamples, int64_t width,
                                                             double confidence);

/// The same redraws, cut by BCa. NaN limits when all redraws lie on one side of the mean or the values are constant.
[[nodiscard]] Result<BootstrapInterval> bootstrap_bca(std::span<const double> values,
                                                      std::span<const uint32_t> resamples, int64_t width,
                                                      double confidence);

}  // namespace terrarium::core
