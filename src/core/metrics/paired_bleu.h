// Is the better BLEU better by more than chance? Two tests for two systems that translated the same segments.
//
// Both work on the counts of the segments (BleuStatistics), so no text is read twice. Resampling draws segments again;
// randomisation swaps the two systems' answers segment by segment, as chance could have done if they were equally good.
// Source: Koehn, Statistical Significance Tests for Machine Translation Evaluation (2004); Riezler & Maxwell, On Some
// Pitfalls in Automatic Evaluation and Significance Testing for MT (2005). Same numbers as sacreBLEU's.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/metrics/bleu.h"

namespace terrarium::core {

struct PairedBleuTest {
    double baseline_bleu = 0;
    double system_bleu = 0;
    std::vector<double> differences;  ///< one a redraw or swap: |system - baseline|
    int64_t as_large = 0;             ///< how many exceed the difference seen (of the bootstrap: after centring)
    double p_value = 0;               ///< (1 + as_large) / (1 + count)
    double system_mean = 0;           ///< bootstrap only: mean of the system's redrawn scores
    double system_half_width =
        0;  ///< bootstrap only: half of what lies between their 2.5 % and 97.5 % order statistics
};

/// |differences| minus their mean are compared with the difference seen.
///
/// baseline, system  in  [segments]        of the same segments
/// resamples         in  [count,segments]  places of segments, row behind row
///
/// Refuses nothing at all, unequal lengths, and places outside the segments.
[[nodiscard]] Result<PairedBleuTest> paired_bootstrap_bleu(std::span<const BleuStatistics> baseline,
                                                           std::span<const BleuStatistics> system,
                                                           std::span<const uint32_t> resamples,
                                                           const BleuOptions& options);

/// swaps  in  [count,segments]  1: the pseudo-system A takes the baseline's segment and B the system's; 0: the reverse
[[nodiscard]] Result<PairedBleuTest> approximate_randomization_bleu(std::span<const BleuStatistics> baseline,
                                                                    std::span<const BleuStatistics> system,
                                                                    std::span<const uint8_t> swaps,
                                                                    const BleuOptions& options);

}  // namespace terrarium::core
