// Has the world changed since the model was made? A reference sample (what it learnt from) against a current one.
//
// Both samples become shares of the same categories or bins; the distances of distributions.h then apply, and the
// population stability index here. What a program does with an empty bin decides a PSI, so it is said and tested.
// Conventions are evidently's.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// Counts of both samples in the same bins.
struct BinnedSamples {
    std::vector<double> edges;       ///< [bins + 1] ascending; empty when every value is a category of its own
    std::vector<double> values;      ///< [bins] the categories when there are no edges
    std::vector<int64_t> reference;  ///< [bins]
    std::vector<int64_t> current;    ///< [bins]
    int64_t reference_total = 0;
    int64_t current_total = 0;
};

/// One bin per value that occurs on either side, ascending. Refuses an empty side.
[[nodiscard]] Result<BinnedSamples> count_categories(std::span<const int64_t> reference,
                                                     std::span<const int64_t> current);

/// When the reference has more than 20 distinct values: equal bins over the pooled range, ceil(log2(n) + 1) of them
/// (Sturges), each closed on the left and the last on both sides. Otherwise one bin per value. n log n.
/// Refuses an empty side, NaN and infinite values. Source: Sturges, The Choice of a Class Interval (1926).
[[nodiscard]] Result<BinnedSamples> bin_numbers(std::span<const double> reference, std::span<const double> current);

enum class EmptyBins {
    Stay,  ///< a share of 0 is a share of 0
    Fill,  ///< 0.0001 instead, or a millionth of the side's smallest share when that is at most 0.0001 itself
};

/// Shares of one side; they sum to a little more than 1 when empty bins are filled.
[[nodiscard]] std::vector<double> bin_shares(std::span<const int64_t> counts, EmptyBins empty_bins);

struct StabilityIndex {
    std::vector<double> reference_shares;  ///< [bins] empty bins filled
    std::vector<double> current_shares;    ///< [bins] empty bins filled
    std::vector<double> terms;             ///< [bins] (r - c) ln(r / c), each >= 0
    double psi = 0;                        ///< their sum
};

/// Population stability index: KL in both directions, added. Rule of thumb: above 0.1 look, above 0.25 act.
/// Source: Siddiqi, Credit Risk Scorecards (2006).
[[nodiscard]] StabilityIndex stability_index(const BinnedSamples& bins);

}  // namespace terrarium::core
