// How far the shares of a sample stray from the truth: the distribution of the Kolmogorov-Smirnov statistics.
//
// D is the largest distance between the share of n values that are <= x and the probability of <= x; D+ counts only
// where the share is above. Both distributions are the same for every continuous truth.

#pragma once

#include <cstdint>

namespace terrarium::core {

/// P(D+ >= d). A sum of n positive terms, relative error about 1e-9 for n up to a million. Checks n >= 1.
/// Source: Birnbaum & Tingey, One-Sided Confidence Contours for Probability Distribution Functions (1951).
[[nodiscard]] double smirnov_survival(int64_t n, double d);

/// P(D >= d): exact where that is affordable, otherwise an asymptotic expansion (n above 140 and 0.75 < n d^2 < 2.2,
/// where its error is below 1e-6). Checks n >= 1.
/// Source: Simard & L'Ecuyer, Computing the Two-Sided Kolmogorov-Smirnov Distribution (2011), for which method serves
/// where; Marsaglia, Tsang & Wang, Evaluating Kolmogorov's Distribution (2003), for the exact one; Pelz & Good,
/// Approximating the Lower Tail-Areas of the Kolmogorov-Smirnov One-Sample Statistic (1976), for the expansion.
[[nodiscard]] double kolmogorov_survival(int64_t n, double d);

}  // namespace terrarium::core
