// Helpers for tests of gradients and of kernels: random numbers, slopes, and equality to the last bit.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/support/hash.h"
#include "core/support/rng.h"

namespace terrarium::core::tests {

template <class S>
std::vector<S> random_numbers(std::size_t count, Rng& rng, double scale = 1.0) {
    std::vector<S> numbers(count);
    for (S& x : numbers) x = static_cast<S>(scale * rng.normal());
    return numbers;
}

/// sum of x[i] * weight[i]: makes one number of many, so that a whole output can be tested by one slope.
inline double weighted_sum(std::span<const double> x, std::span<const double> weights) {
    double sum = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * weights[i];
    return sum;
}

/// Compares a claimed gradient with the slope of loss() at every element of x and returns the largest relative error.
/// Errors below 1e-8 in absolute size count as 0.
///
/// Slope by five points: (-f(x+2h) + 8 f(x+h) - 8 f(x-h) + f(x-2h)) / 12h. Its own error is about h^4 = 1e-12 from the
/// curve and 1e-16/h = 1e-13 from rounding, far below the 1e-6 that tests ask for.
template <class Loss>
double worst_slope_error(std::span<double> x, std::span<const double> claimed, Loss loss) {
    constexpr double h = 1e-3;
    double worst = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double here = x[i];
        const auto at = [&](double offset) {
            x[i] = here + offset;
            return loss();
        };
        const double slope = (-at(2 * h) + 8 * at(h) - 8 * at(-h) + at(-2 * h)) / (12 * h);
        x[i] = here;
        const double error = slope > claimed[i] ? slope - claimed[i] : claimed[i] - slope;
        const double size = std::max({slope, -slope, claimed[i], -claimed[i]});
        if (!(error < 1e-8)) worst = std::max(worst, error == error ? error / size : 1e9);
    }
    return worst;
}

inline constexpr double kLargestSlopeError = 1e-6;

/// Fingerprints of several float buffers in a row.
template <class... Buffers>
uint64_t bits_of(const Buffers&... buffers) {
    uint64_t hash = kFnvOffset;
    ((hash = fnv1a64(std::span<const float>(buffers), hash)), ...);
    return hash;
}

}  // namespace terrarium::core::tests
