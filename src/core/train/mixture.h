// Mixed batches: every window of a batch comes from one of several texts, chosen by weight. This is how replay (some
// old text among the new) and data mixes (so much clean text, so much code) are made.
//
// Source of the practice: Brown et al., Language Models are Few-Shot Learners (2020), table 2.2: weights are chosen by
// quality, not by size, so a small text may be read several times while a large one is not read to its end.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/rng.h"

namespace terrarium::core {

/// One text of the mixture. The ids stay with the caller and must outlive the mixture.
struct MixtureSource {
    std::span<const int32_t> ids;
    double weight = 1.0;  ///< >= 0; shares are weight / sum of weights. 0: never read
};

class Mixture {
public:
    /// Checks: at least one source, weights finite, not negative and not all 0. Texts with weight are checked for
    /// length when they are read.
    explicit Mixture(std::span<const MixtureSource> sources);

    /// Fills B windows like sample_batch() (batches.h): first the source is drawn, then the place in it.
    ///
    /// inputs   out [B,T]  ids[start .. start+T-1] of the drawn source
    /// targets  out [B,T]  the same one token later
    /// Checks: sizes; every source with weight has at least T+1 tokens.
    void sample(std::span<int32_t> inputs, std::span<int32_t> targets, int batch, int time, Rng& rng);

    /// Windows taken from each source so far.
    [[nodiscard]] std::span<const int64_t> windows_read() const { return windows_read_; }
    /// For a run that is resumed. Checks: one count per source.
    void restore(std::span<const int64_t> windows_read);

    /// The share that the weights ask for.
    [[nodiscard]] double share(std::size_t source) const;

private:
    std::vector<MixtureSource> sources_;
    std::vector<double> upper_;  ///< sums of the weights up to and with each source
    std::vector<int64_t> windows_read_;
};

}  // namespace terrarium::core
