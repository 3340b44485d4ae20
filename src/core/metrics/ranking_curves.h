// How well scores rank positives above negatives: ROC and precision-recall curves, and the areas under them.
//
// Every score is a possible threshold: "positive from here up". Walking from the highest score to the lowest gives one
// point per distinct score; everything in this file is read off that walk. Scores may be any finite numbers.
// Conventions are scikit-learn's.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// What is called positive when every score >= threshold is.
struct ThresholdCounts {
    double threshold = 0;
    int64_t true_positives = 0;
    int64_t false_positives = 0;
};

/// The walk, in falling order of threshold, one entry per distinct score. n log n.
///
/// y_true  in  [n]  0 or 1
/// scores  in  [n]  finite
///
/// Refuses nothing at all, unequal lengths, labels other than 0 and 1, NaN and infinite scores.
[[nodiscard]] Result<std::vector<ThresholdCounts>> threshold_counts(std::span<const int64_t> y_true,
                                                                    std::span<const double> scores);

/// The ROC curve: share of negatives caught by mistake against share of positives found.
struct RocCurve {
    std::vector<double> false_positive_rate;  ///< [points]; starts at 0; NaN throughout without negatives
    std::vector<double> true_positive_rate;   ///< [points]; starts at 0; NaN throughout without positives
    std::vector<double> thresholds;           ///< [points - 1]; thresholds[i] belongs to point i + 1
};

/// No points are dropped. Checks that there is an entry.
[[nodiscard]] RocCurve roc_curve(std::span<const ThresholdCounts> counts);

/// The area under the ROC curve = the probability that a random positive scores higher than a random negative, ties
/// counting half. Refuses a single class: the number is not defined.
/// Source: Hanley & McNeil, The Meaning and Use of the Area under a ROC Curve (1982).
[[nodiscard]] Result<double> roc_auc(std::span<const int64_t> y_true, std::span<const double> scores);

/// Precision against recall, in rising order of threshold; the last point (recall 0, precision 1) has no threshold.
struct PrecisionRecallCurve {
    std::vector<double> precision;   ///< [points]
    std::vector<double> recall;      ///< [points]; 1 throughout (but for the last point) without positives
    std::vector<double> thresholds;  ///< [points - 1]
};

/// Checks that there is an entry.
[[nodiscard]] PrecisionRecallCurve precision_recall_curve(std::span<const ThresholdCounts> counts);

/// Sum over thresholds of (recall gained) * precision: steps, not trapezoids. 0 without positives.
/// Source: Zhu, Recall, Precision and Average Precision (2004).
[[nodiscard]] double average_precision(const PrecisionRecallCurve& curve);

/// The point of the curve with the largest harmonic mean of precision and recall; of equals the lowest threshold.
struct BestF1 {
    double f1 = 0;
    double threshold = 0;  ///< NaN when the best point is the last, which has none
    double precision = 0;
    double recall = 0;
};
[[nodiscard]] BestF1 best_f1(const PrecisionRecallCurve& curve);

/// Area under points by the trapezoidal rule. Refuses fewer than two points and an x that both rises and falls.
[[nodiscard]] Result<double> trapezoid_area(std::span<const double> x, std::span<const double> y);

enum class MultiClass {
    OneVsRest,  ///< each class against all others
    OneVsOne,   ///< each pair of classes among the samples of the two, both ways round (Hand & Till, 2001)
};
enum class AucAverage {
    Macro,     ///< plain mean
    Weighted,  ///< weighted by how many samples the class, or the pair, has
    Micro,     ///< one-vs-rest only: all class decisions pooled
};

struct MultiClassAuc {
    double auc = 0;
    std::vector<double> parts;    ///< per class, or per pair (0,1), (0,2) ... (1,2) ...; empty for Micro
    std::vector<double> weights;  ///< sums to 1; auc = sum of weights * parts
};

/// ROC AUC of C classes.
///
/// y_true  in  [n]    classes in [0,C), each occurring
/// scores  in  [n,C]  row-major, rows sum to 1
///
/// Refuses rows that do not sum to 1 (within 1e-5), classes that do not occur, C < 2, and micro with one-vs-one.
[[nodiscard]] Result<MultiClassAuc> multi_class_auc(std::span<const int64_t> y_true, std::span<const double> scores,
                                                    int64_t class_count, MultiClass kind, AucAverage average);

}  // namespace terrarium::core
