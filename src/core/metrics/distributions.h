// How far two distributions over the same categories are apart: five answers to one question.
//
// Inputs are weights >= 0, one per category, in the same order on both sides; each side is divided by its sum.
// Logarithms are natural; divide by ln 2 for bits. A distance of two equal distributions is 0 in each.

#pragma once

#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// The weights divided by their sum. Refuses nothing at all, negative, NaN and infinite weights, and a sum of 0.
[[nodiscard]] Result<std::vector<double>> normalised(std::span<const double> weights);

/// -sum p ln p, with 0 ln 0 = 0. Shares sum to 1. Source: Shannon (1948).
[[nodiscard]] double entropy_nats(std::span<const double> shares);

/// sum p ln(p / q); infinite where q is 0 and p is not. Not symmetric. Source: Kullback & Leibler (1951).
[[nodiscard]] double kl_divergence_nats(std::span<const double> p, std::span<const double> q);

/// Half of KL(p || m) plus half of KL(q || m), m the mean of both: symmetric, between 0 and ln 2.
/// Its square root is a distance. Source: Lin, Divergence Measures Based on the Shannon Entropy (1991).
[[nodiscard]] double js_divergence_nats(std::span<const double> p, std::span<const double> q);

/// Half of sum |p - q|: the largest difference in probability of any set of categories.
[[nodiscard]] double total_variation(std::span<const double> p, std::span<const double> q);

/// sqrt(1 - sum sqrt(p q)), between 0 and 1. Source: Hellinger (1909).
[[nodiscard]] double hellinger_distance(std::span<const double> p, std::span<const double> q);

}  // namespace terrarium::core
