// Many tests at once: of twenty true nulls one is "significant" at 5 %. Adjusted p-values repair that.

#pragma once

#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// In the order of the input, at most 1 each.
struct AdjustedPValues {
    std::vector<double> bonferroni;          ///< p times the number of tests; no false alarm at all, with 1 - alpha
    std::vector<double> holm;                ///< the same guarantee, never larger: step down from the smallest
    std::vector<double> benjamini_hochberg;  ///< bounds the share of false alarms among the alarms instead
};

/// n log n. Refuses values outside [0, 1] and nothing at all.
/// Source: Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979); Benjamini & Hochberg (1995).
[[nodiscard]] Result<AdjustedPValues> adjust_p_values(std::span<const double> p_values);

}  // namespace terrarium::core
