// The edit distance of word lists, looked for near the diagonal only: the inner loop of TER.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/metrics/ter.h"

namespace terrarium::core {

/// Distances from a hypothesis, and from its rearrangements, to one reference. Words are numbers.
class BeamDistance {
public:
    /// Fills the whole table. Row i holds the distances from the first i words of the hypothesis to every beginning of
    /// the reference; cells more than the beam away from the diagonal are never reached.
    BeamDistance(std::vector<int32_t> hypothesis, std::vector<int32_t> reference);

    [[nodiscard]] std::span<const int32_t> hypothesis() const { return hypothesis_; }
    [[nodiscard]] std::span<const int32_t> reference() const { return reference_; }
    [[nodiscard]] int64_t distance() const;
    /// The edits of one shortest way, from left to right; ties prefer Keep or Substitute, then Delete, then Insert.
    [[nodiscard]] std::vector<TerEdit> edits() const;

    /// Distance of another order of the same words. Rows of the common beginning are taken from the table.
    [[nodiscard]] int64_t distance_of(std::span<const int32_t> rearranged) const;

private:
    void next_row(std::span<int32_t> row, std::span<const int32_t> above, int32_t word, size_t i) const;
    [[nodiscard]] std::span<const int32_t> row(size_t i) const;

    std::vector<int32_t> hypothesis_, reference_;
    std::vector<int32_t> table_;  ///< [hypothesis + 1, reference + 1]
};

}  // namespace terrarium::core
