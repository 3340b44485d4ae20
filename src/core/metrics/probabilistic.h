// Scores of stated probabilities: log loss, Brier score, and how far confidence is from being right.
//
// An expected calibration error depends on where the bins end, and the usual programs disagree. So the convention is
// part of each function's name or options; a lab can show all three for the same forecasts.
// Shape letter: C number of classes.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

struct LogLoss {
    double loss_nats = 0;            ///< mean over samples
    std::vector<double> terms_nats;  ///< [n] -ln of the probability that the truth was given
};

/// Mean of -ln p(true class). Probabilities are clipped to [eps, 1 - eps], then each row is divided by its sum, as
/// scikit-learn does.
///
/// truth          in  [n]    places in [0,C)
/// probabilities  in  [n,C]  row-major
///
/// Refuses nothing at all, sizes that do not fit, C < 2, values outside [0, 1], and places outside [0, C).
/// Source: Good, Rational Decisions (1952).
[[nodiscard]] Result<LogLoss> log_loss(std::span<const int64_t> truth, std::span<const double> probabilities,
                                       int64_t class_count, double eps);

/// The two columns [1 - p, p] of a binary forecast, clipped as log_loss() does it: first p, then the difference.
[[nodiscard]] std::vector<double> binary_columns(std::span<const double> probabilities, double eps);

/// Mean of (p - y)^2 with y in {0, 1}. Refuses what check_probabilities() does and labels other than 0 and 1.
/// Source: Brier, Verification of Forecasts Expressed in Terms of Probability (1950).
[[nodiscard]] Result<double> brier_score(std::span<const int64_t> y_true, std::span<const double> probabilities);

/// A group of forecasts that are about equally sure.
struct ConfidenceBin {
    double low = 0, high = 0;  ///< its borders
    int64_t count = 0;
    double mean_confidence = 0;  ///< 0 when empty
    double share_right = 0;      ///< 0 when empty
};

enum class BinBorders {
    LeftClosed,   ///< [i/n, (i+1)/n), and 1.0 alone in an extra bin (torchmetrics)
    RightClosed,  ///< (i/n, (i+1)/n]; a confidence of exactly 0 belongs to none (Guo et al.)
};
enum class CalibrationNorm {
    L1,   ///< sum of share of the bin * |share right - mean confidence|
    L2,   ///< root of the sum of share * difference squared
    Max,  ///< the largest difference
};

/// A forecast: how sure, and whether it was right.
struct Confidence {
    double value = 0;
    bool is_right = false;
};

/// Refuses bins < 1, nothing at all, and confidences outside [0, 1].
[[nodiscard]] Result<std::vector<ConfidenceBin>> confidence_bins(std::span<const Confidence> confidences, int64_t bins,
                                                                 BinBorders borders);

/// From bins to one number; shares are of all `n` forecasts, also those that no bin holds.
/// Source: Naeini, Cooper & Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning (2015); Guo et
/// al., On Calibration of Modern Neural Networks (2017).
[[nodiscard]] double calibration_error(std::span<const ConfidenceBin> bins, int64_t n, CalibrationNorm norm);

/// Binary forecasts as confidences: P(class 1), right when the label is 1.
[[nodiscard]] Result<std::vector<Confidence>> binary_confidences(std::span<const int64_t> y_true,
                                                                 std::span<const double> probabilities);

/// The largest probability of each row, right when it stands at the true class; the first class wins ties.
/// Refuses sizes that do not fit, classes outside [0, C), and values outside [0, 1].
[[nodiscard]] Result<std::vector<Confidence>> top1_confidences(std::span<const int64_t> y_true,
                                                               std::span<const double> probabilities,
                                                               int64_t class_count);

/// e^x / sum of e^x for each row, the largest subtracted first. Checks that rows fit.
[[nodiscard]] std::vector<double> softmax_rows(std::span<const double> logits, int64_t class_count);

enum class CurveBins {
    Uniform,   ///< equally wide
    Quantile,  ///< equally full, by quantiles of the probabilities
};
struct CalibrationCurve {
    std::vector<double> mean_probability;       ///< of the bins that are not empty, ascending
    std::vector<double> fraction_of_positives;  ///< same length
    std::vector<int64_t> counts;                ///< same length
};

/// The points of a reliability diagram. A value on a border belongs to the lower bin, as in scikit-learn.
[[nodiscard]] Result<CalibrationCurve> calibration_curve(std::span<const int64_t> y_true,
                                                         std::span<const double> probabilities, int64_t bins,
                                                         CurveBins kind);

}  // namespace terrarium::core
