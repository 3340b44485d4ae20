#include "core/metrics/beam_distance.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr int64_t kBeam = 25;
constexpr int32_t kUnreached = INT32_MAX / 2;

}  // namespace

BeamDistance::BeamDistance(std::vector<int32_t> hypothesis, std::vector<int32_t> reference)
    : hypothesis_(std::move(hypothesis)), reference_(std::move(reference)) {
    const size_t width = reference_.size() + 1;
    table_.assign((hypothesis_.size() + 1) * width, kUnreached);
    for (size_t j = 0; j < width; ++j) table_[j] = static_cast<int32_t>(j);
    for (size_t i = 1; i <= hypothesis_.size(); ++i)
        next_row(std::span(table_).subspan(i * width, width), row(i - 1), hypothesis_[i - 1], i);
}

std::span<const int32_t> BeamDistance::row(size_t i) const {
    const size_t width = reference_.size() + 1;
    return std::span(table_).subspan(i * width, width);
}

/// The diagonal of texts of different lengths is tilted; the beam is wider where a step of it would leave the beam.
void BeamDistance::next_row(std::span<int32_t> row, std::span<const int32_t> above, int32_t word, size_t i) const {
    const double tilt = static_cast<double>(reference_.size()) / static_cast<double>(hypothesis_.size());
    int64_t beam = kBeam;
    if (static_cast<double>(kBeam) < tilt / 2)
        beam = -static_cast<int64_t>(floor(-(tilt / 2 + static_cast<double>(kBeam))));
    const auto diagonal = static_cast<int64_t>(floor(static_cast<double>(i) * tilt));
    const int64_t width = std::ssize(row);
    const int64_t begin = std::max<int64_t>(0, diagonal - beam);
    const int64_t end = i == hypothesis_.size() ? width : std::min(width, diagonal + beam);
    for (int64_t at = begin; at < end; ++at) {
        const auto j = static_cast<size_t>(at);
        int32_t best = std::min(above[j] + 1, kUnreached);
        if (j > 0) {
            best = std::min(best, above[j - 1] + (word == reference_[j - 1] ? 0 : 1));
            best = std::min(best, row[j - 1] + 1);
        }
        row[j] = best;
    }
}

int64_t BeamDistance::distance() const { return table_.back(); }

std::vector<TerEdit> BeamDistance::edits() const {
    std::vector<TerEdit> edits;
    size_t i = hypothesis_.size(), j = reference_.size();
    while (i > 0 || j > 0) {
        const int32_t here = row(i)[j];
        if (i > 0 && j > 0) {
            const bool is_equal = hypothesis_[i - 1] == reference_[j - 1];
            if (here == row(i - 1)[j - 1] + (is_equal ? 0 : 1)) {
                edits.push_back(is_equal ? TerEdit::Keep : TerEdit::Substitute);
                --i;
                --j;
                continue;
            }
        }
        const bool is_deletion = i > 0 && here == row(i - 1)[j] + 1;
        TERRARIUM_CHECK(is_deletion || j > 0, "The beam must contain a way back to the beginning.");
        edits.push_back(is_deletion ? TerEdit::Delete : TerEdit::Insert);
        --(is_deletion ? i : j);
    }
    std::reverse(edits.begin(), edits.end());
    return edits;
}

int64_t BeamDistance::distance_of(std::span<const int32_t> rearranged) const {
    TERRARIUM_CHECK(rearranged.size() == hypothesis_.size(), "A rearrangement has as many words.");
    size_t i = 0;
    while (i < rearranged.size() && rearranged[i] == hypothesis_[i]) ++i;
    if (i == rearranged.size()) return distance();
    std::vector<int32_t> above(row(i).begin(), row(i).end());
    std::vector<int32_t> below(above.size());
    for (; i < rearranged.size(); ++i) {
        std::fill(below.begin(), below.end(), kUnreached);
        next_row(below, above, rearranged[i], i + 1);
        std::swap(above, below);
    }
    return above.back();
}

}  // namespace terrarium::core
