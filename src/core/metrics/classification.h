// How good labels are: the confusion matrix and every number that is made from it.
//
// Everything here follows from one table of counts: row = true label, column = predicted label, both in ascending order
// of all labels that occur on either side. So a lab can show the table first and then each number's arithmetic.
//
// Conventions are scikit-learn's: 0/0 in a precision or recall is the caller's `zero_division` (0 or 1); other
// undefined numbers are NaN, which a page shows as "undefined".
// Shape letter: C number of labels.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

struct ConfusionMatrix {
    std::vector<int64_t> labels;  ///< ascending, no label twice
    std::vector<int64_t> counts;  ///< [C,C] row-major; row = true, column = predicted

    [[nodiscard]] size_t size() const { return labels.size(); }
    [[nodiscard]] int64_t at(size_t truth, size_t predicted) const { return counts[truth * size() + predicted]; }
    [[nodiscard]] int64_t total() const;                          ///< samples
    [[nodiscard]] int64_t correct() const;                        ///< the diagonal
    [[nodiscard]] std::vector<int64_t> true_counts() const;       ///< [C] sums of rows
    [[nodiscard]] std::vector<int64_t> predicted_counts() const;  ///< [C] sums of columns
};

/// Counts pairs of labels. Refuses unequal lengths and nothing at all. n log n.
[[nodiscard]] Result<ConfusionMatrix> confusion_matrix(std::span<const int64_t> y_true,
                                                       std::span<const int64_t> y_pred);

/// correct / total.
[[nodiscard]] double accuracy(const ConfusionMatrix& matrix);

/// Mean recall of the labels that occur in the truth: a label that is only predicted does not count.
/// Source: Brodersen et al., The Balanced Accuracy and Its Posterior Distribution (2010).
[[nodiscard]] double balanced_accuracy(const ConfusionMatrix& matrix);

/// Share of wrong labels, 1 - accuracy.
[[nodiscard]] double hamming_loss(const ConfusionMatrix& matrix);

/// How one label fares against all others.
struct LabelScore {
    int64_t true_positives = 0;
    int64_t predicted = 0;  ///< how often the label was predicted
    int64_t support = 0;    ///< how often it is the truth
    double precision = 0;   ///< true_positives / predicted
    double recall = 0;      ///< true_positives / support
    double fscore = 0;      ///< (1 + beta^2) P R / (beta^2 P + R), and 0 where P = R = 0
};

struct FscoreOptions {
    double beta = 1.0;           ///< >= 0; above 1 recall weighs more; infinity: the recall itself
    double zero_division = 0.0;  ///< what 0/0 counts as: 0 or 1
};

/// From the three counts to the three scores.
[[nodiscard]] LabelScore label_score(int64_t true_positives, int64_t predicted, int64_t support,
                                     const FscoreOptions& options);

/// One score per label, in the order of matrix.labels.
[[nodiscard]] std::vector<LabelScore> label_scores(const ConfusionMatrix& matrix, const FscoreOptions& options);

enum class Average {
    Binary,    ///< the label 1 alone; at most two labels may occur, and 1 must be one of them
    Macro,     ///< plain mean over labels
    Micro,     ///< counts are summed first; with one label a sample all three equal the accuracy
    Weighted,  ///< mean weighted by support
};

struct FscoreSummary {
    double precision = 0;
    double recall = 0;
    double fscore = 0;  ///< of an average: the mean of the labels' F-scores, not the F-score of the means
};

/// Refuses Average::Binary when three labels or more occur, or two of which none is 1.
[[nodiscard]] Result<FscoreSummary> average_scores(const ConfusionMatrix& matrix, Average average,
                                                   const FscoreOptions& options);

/// Matthews correlation coefficient of any number of labels: the correlation of two indicator matrices, in [-1, 1].
/// 0 where one side has a single label (0/0 in the formula).
/// Source: Gorodkin, Comparing Two K-Category Assignments by a K-Category Correlation Coefficient (2004).
[[nodiscard]] double matthews_correlation(const ConfusionMatrix& matrix);

enum class KappaWeights { None, Linear, Quadratic };

/// Cohen's kappa: 1 - (weighted disagreement seen) / (weighted disagreement expected by chance).
struct Kappa {
    double observed_disagreement = 0;  ///< sum of weight * count, in samples
    double expected_disagreement = 0;  ///< the same for counts row sum * column sum / total
    double kappa = 0;                  ///< NaN when a single label occurs: chance alone always agrees
};

/// Weights are 1 off the diagonal, or the distance of the labels' places in the order (not of their values), or its
/// square. Source: Cohen (1960); Cohen, Weighted Kappa (1968).
[[nodiscard]] Kappa cohen_kappa(const ConfusionMatrix& matrix, KappaWeights weights);

/// Mean over labels of true positives / (predicted + support - true positives).
[[nodiscard]] double jaccard_macro(const ConfusionMatrix& matrix);

/// Share of samples whose true class is among the k highest scores.
///
/// y_true  in  [n]    classes in [0,C)
/// scores  in  [n,C]  row-major, finite
///
/// Of tied scores the later class ranks higher, as scikit-learn's reversed stable sort has it. k >= C gives 1.
/// Refuses nothing at all, classes outside [0,C), sizes that do not fit, NaN and infinite scores, and k < 1.
[[nodiscard]] Result<double> top_k_accuracy(std::span<const int64_t> y_true, std::span<const double> scores,
                                            int64_t class_count, int64_t k);

}  // namespace terrarium::core
