// Do raters agree more than chance would make them? Fleiss, Randolph, Scott and Krippendorff.
//
// All have the form (observed - expected) / (1 - expected); they differ in what "expected by chance" means. Cohen's
// kappa for two raters is in classification.h, where its table is. NaN means 0/0: where only one category is ever used,
// chance alone agrees always.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// Agreement of many raters, with the parts it is made of.
struct Agreement {
    double observed = 0;  ///< share of agreeing pairs of ratings
    double expected = 0;  ///< what chance gives
    double value = 0;     ///< (observed - expected) / (1 - expected)
};

/// How many raters gave a unit each category.
///
/// counts  in  [units,categories]  row-major, >= 0; every unit was rated equally often, at least twice
///
/// Refuses what does not fit that. Source: Fleiss, Measuring Nominal Scale Agreement among Many Raters (1971).
[[nodiscard]] Result<Agreement> fleiss_kappa(std::span<const int64_t> counts, int64_t categories);

/// The same with 1 / categories as chance: raters need not use categories in any proportion ("free marginals").
/// Source: Randolph, Free-Marginal Multirater Kappa (2005).
[[nodiscard]] Result<Agreement> randolph_kappa(std::span<const int64_t> counts, int64_t categories);

/// Two raters; chance from the pooled distribution of both. Refuses nothing at all and unequal lengths.
/// Source: Scott, Reliability of Content Analysis (1955).
[[nodiscard]] Result<Agreement> scott_pi(std::span<const int64_t> rater_a, std::span<const int64_t> rater_b);

/// How far apart two values are.
enum class MeasurementLevel {
    Nominal,   ///< 0 or 1
    Ordinal,   ///< how many ratings lie between, squared
    Interval,  ///< difference squared
    Ratio,     ///< (difference / sum) squared
};

/// Krippendorff's alpha = 1 - observed / expected disagreement.
struct KrippendorffAlpha {
    std::vector<double> values;  ///< distinct ratings, ascending
    std::vector<double>
        coincidences;  ///< [values,values] pairs of ratings within units, each unit weighing its ratings
    double observed_disagreement = 0;  ///< mean squared distance of those pairs
    double expected_disagreement = 0;  ///< mean squared distance of any two ratings
    double alpha = 0;                  ///< NaN when all ratings that can be compared are equal
};

/// Any number of raters, with gaps.
///
/// ratings  in  [raters,units]  row-major; NaN where a rater gave none
///
/// Units with fewer than two ratings do not count. Refuses when there is no other, when all ratings are equal, when
/// sizes do not fit, infinite ratings, and more than 3,000 different ones.
/// Source: Krippendorff, Content Analysis (2004), ch. 11; Computing Krippendorff's Alpha-Reliability (2011).
[[nodiscard]] Result<KrippendorffAlpha> krippendorff_alpha(std::span<const double> ratings, int64_t units,
                                                           MeasurementLevel level);

}  // namespace terrarium::core
