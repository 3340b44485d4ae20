// Frozen parameters: numbers of a model that take no step, because what they know shall stay.
//
// A model's parameters lie in one flat array; a frozen part is a range of it. Optimisers pass over frozen ranges
// entirely: neither the numbers nor what the optimiser remembers about them move, so a part that is thawed later goes
// on as if no time had passed. Gradients of frozen parts are still computed, because they lie on the way to others.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/support/check.h"

namespace terrarium::core {

/// The elements begin, begin+1, ..., end-1 of a flat array.
struct IndexRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const IndexRange&, const IndexRange&) = default;
};

class Frozen {
public:
    /// Freezes [begin, end) too; ranges may touch and overlap. Checks: begin <= end. Allocates: not inside a step.
    void freeze(IndexRange range) {
        TERRARIUM_CHECK(range.begin <= range.end, "A frozen range ends where it begins or later.");
        if (range.begin == range.end) return;
        auto first = ranges_.begin();
        while (first != ranges_.end() && first->end < range.begin) ++first;
        auto last = first;
        for (; last != ranges_.end() && last->begin <= range.end; ++last) {
            range = {std::min(range.begin, last->begin), std::max(range.end, last->end)};
        }
        ranges_.insert(ranges_.erase(first, last), range);
    }

    void thaw_all() { ranges_.clear(); }

    /// In ascending order, without gaps of length 0 between them.
    [[nodiscard]] std::span<const IndexRange> ranges() const { return ranges_; }

    /// Calls body(begin, end) for every stretch of [0, size) that is not frozen, in ascending order.
    template <class Body>
    void for_each_free(std::size_t size, Body body) const {
        std::size_t at = 0;
        for (const IndexRange& range : ranges_) {
            if (range.begin >= size) break;
            if (at < range.begin) body(at, range.begin);
            at = range.end;
        }
        if (at < size) body(at, size);
    }

    /// How many of `size` parameters still learn.
    [[nodiscard]] std::size_t free_count(std::size_t size) const {
        std::size_t count = 0;
        for_each_free(size, [&](std::size_t begin, std::size_t end) { count += end - begin; });
        return count;
    }

    /// Sets frozen gradients to 0, so that the gradient's length (gradient_norm.h) measures what really moves.
    template <class S>
    void clear(std::span<S> gradients) const {
        for (const IndexRange& range : ranges_) {
            const std::size_t begin = std::min(range.begin, gradients.size());
            for (S& g : gradients.subspan(begin, std::min(range.end, gradients.size()) - begin)) g = S(0);
        }
    }

private:
    std::vector<IndexRange> ranges_;
};

}  // namespace terrarium::core
