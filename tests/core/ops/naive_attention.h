// The naive twin of attention: one number after the other, straight from the formula.

#pragma once

#include <cstddef>
#include <vector>

#include "core/support/math.h"

namespace terrarium::core::tests {

/// Weights and result of one position: `query` looks at `n_visible` keys, each `stride` numbers after the one before.
struct NaiveRow {
    std::vector<double> weights, output;
    NaiveRow(const double* query, const double* keys, const double* values, std::size_t stride, std::size_t n_visible,
             std::size_t head_size)
        : output(head_size) {
        double sum = 0.0;
        for (std::size_t s = 0; s < n_visible; ++s) {
            double score = 0.0;
            for (std::size_t d = 0; d < head_size; ++d) score += query[d] * keys[s * stride + d];
            weights.push_back(core::exp(score / core::sqrt(static_cast<double>(head_size))));
            sum += weights.back();
        }
        for (std::size_t s = 0; s < n_visible; ++s) {
            weights[s] /= sum;
            for (std::size_t d = 0; d < head_size; ++d) output[d] += weights[s] * values[s * stride + d];
        }
    }
};

}  // namespace terrarium::core::tests
