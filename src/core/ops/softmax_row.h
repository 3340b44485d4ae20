// One row of softmax: the loops that every loss over logits shares.
//
//   p[v] = exp(x[v] - largest) / sum        log p[v] = x[v] - largest - log(sum)
//
// The largest number is subtracted first, so that exp() stays finite; the sum is then at least 1.

#pragma once

#include <limits>

#include "core/tensor/lanes.h"

namespace terrarium::core {

/// The two numbers that turn a row of logits into probabilities.
template <class S>
struct RowSum {
    S largest, sum;
};

/// Also writes e^(x - largest) to `exponentials` unless it is null.
template <class L>
TERRARIUM_INLINE RowSum<typename L::Scalar> sum_exponentials(typename L::Scalar* exponentials,
                                                             const typename L::Scalar* logits, int V) {
    using S = typename L::Scalar;
    constexpr S kNever = -std::numeric_limits<S>::infinity();
    L largest = L::splat(kNever), sum = L::splat(S(0));
    for_each_group<L>(V, [&](auto group) { largest = L::max(largest, group.load(logits, kNever)); });
    const S row_max = hmax(largest);
    for_each_group<L>(V, [&](auto group) {
        const L e = L::exp(group.load(logits, kNever) - L::splat(row_max));
        if (exponentials != nullptr) group.store(exponentials, e);
        sum = sum + e;
    });
    return {row_max, hsum(sum)};
}

template <class L>
TERRARIUM_INLINE void scale_row(typename L::Scalar* row, typename L::Scalar factor, int V) {
    const L f = L::splat(factor);
    for_each_group<L>(V, [&](auto group) { group.store(row, group.load(row) * f); });
}

}  // namespace terrarium::core
