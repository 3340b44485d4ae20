// pass@k: the chance that at least one of k samples of a program passes its tests.
//
// Estimated from n >= k samples of which c are right: 1 minus the share of ways to draw k wrong ones. Drawing exactly k
// samples and looking would be right on average too, but far noisier.
// Source: Chen et al., Evaluating Large Language Models Trained on Code (2021).

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// 1 - C(n - c, k) / C(n, k), as a product of n - c ... factors, so that nothing overflows.
/// Refuses unless 1 <= k <= n and 0 <= c <= n: with fewer than k samples the estimate would be biased.
/// More than 10 million samples are refused too: the product has a factor for each right one.
[[nodiscard]] Result<double> pass_at_k(int64_t n, int64_t c, int64_t k);

struct PassAtK {
    std::vector<double> problems;  ///< one estimate each
    double mean = 0;
};

/// Mean over problems with their own n and c. Refuses what pass_at_k() does, and unequal lengths or nothing at all.
[[nodiscard]] Result<PassAtK> mean_pass_at_k(std::span<const int64_t> n, std::span<const int64_t> c, int64_t k);

}  // namespace terrarium::core
