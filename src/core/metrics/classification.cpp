#include "core/metrics/classification.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/metrics/inputs.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double as_double(int64_t count) { return static_cast<double>(count); }

double divide(int64_t numerator, int64_t denominator, double zero_division) {
    return denominator == 0 ? zero_division : as_double(numerator) / as_double(denominator);
}

size_t place_of(std::span<const int64_t> labels, int64_t label) {
    return static_cast<size_t>(std::lower_bound(labels.begin(), labels.end(), label) - labels.begin());
}

}  // namespace

int64_t ConfusionMatrix::total() const {
    int64_t sum = 0;
    for (const int64_t count : counts) sum += count;
    return sum;
}

int64_t ConfusionMatrix::correct() const {
    int64_t sum = 0;
    for (size_t i = 0; i < size(); ++i) sum += at(i, i);
    return sum;
}

std::vector<int64_t> ConfusionMatrix::true_counts() const {
    std::vector<int64_t> sums(size());
    for (size_t i = 0; i < counts.size(); ++i) sums[i / size()] += counts[i];
    return sums;
}

std::vector<int64_t> ConfusionMatrix::predicted_counts() const {
    std::vector<int64_t> sums(size());
    for (size_t i = 0; i < counts.size(); ++i) sums[i % size()] += counts[i];
    return sums;
}

Result<ConfusionMatrix> confusion_matrix(std::span<const int64_t> y_true, std::span<const int64_t> y_pred) {
    if (auto error = check_columns(y_true.size(), y_pred.size())) return *error;
    ConfusionMatrix matrix;
    matrix.labels.assign(y_true.begin(), y_true.end());
    matrix.labels.insert(matrix.labels.end(), y_pred.begin(), y_pred.end());
    std::sort(matrix.labels.begin(), matrix.labels.end());
    matrix.labels.erase(std::unique(matrix.labels.begin(), matrix.labels.end()), matrix.labels.end());
    constexpr size_t kMostLabels = 4096;  // a table of 16 million counts; more is a mistake of the column chosen
    if (matrix.size() > kMostLabels) {
        return refused("too_many_labels", "There are " + std::to_string(matrix.size()) + " different labels.",
                       "Check that the columns hold classes and not measured values.");
    }
    matrix.counts.resize(matrix.size() * matrix.size());
    for (size_t i = 0; i < y_true.size(); ++i) {
        ++matrix.counts[place_of(matrix.labels, y_true[i]) * matrix.size() + place_of(matrix.labels, y_pred[i])];
    }
    return matrix;
}

double accuracy(const ConfusionMatrix& matrix) { return as_double(matrix.correct()) / as_double(matrix.total()); }

double balanced_accuracy(const ConfusionMatrix& matrix) {
    const std::vector<int64_t> support = matrix.true_counts();
    double sum = 0.0;
    int64_t counted = 0;
    for (size_t i = 0; i < matrix.size(); ++i) {
        if (support[i] == 0) continue;
        sum += as_double(matrix.at(i, i)) / as_double(support[i]);
        ++counted;
    }
    return sum / as_double(counted);
}

double hamming_loss(const ConfusionMatrix& matrix) {
    return as_double(matrix.total() - matrix.correct()) / as_double(matrix.total());
}

LabelScore label_score(int64_t true_positives, int64_t predicted, int64_t support, const FscoreOptions& options) {
    LabelScore score{true_positives, predicted, support};
    score.precision = divide(true_positives, predicted, options.zero_division);
    score.recall = divide(true_positives, support, options.zero_division);
    const double beta_squared = options.beta * options.beta;
    if (beta_squared > std::numeric_limits<double>::max()) {
        score.fscore = score.recall;
    } else {
        const double denominator = beta_squared * score.precision + score.recall;
        score.fscore = (1.0 + beta_squared) * score.precision * score.recall / (denominator == 0.0 ? 1.0 : denominator);
    }
    return score;
}

std::vector<LabelScore> label_scores(const ConfusionMatrix& matrix, const FscoreOptions& options) {
    const std::vector<int64_t> support = matrix.true_counts(), predicted = matrix.predicted_counts();
    std::vector<LabelScore> scores;
    for (size_t i = 0; i < matrix.size(); ++i) {
        scores.push_back(label_score(matrix.at(i, i), predicted[i], support[i], options));
    }
    return scores;
}

Result<FscoreSummary> average_scores(const ConfusionMatrix& matrix, Average average, const FscoreOptions& options) {
    if (average == Average::Micro) {
        const LabelScore sum = label_score(matrix.correct(), matrix.total(), matrix.total(), options);
        return FscoreSummary{sum.precision, sum.recall, sum.fscore};
    }
    const std::vector<LabelScore> scores = label_scores(matrix, options);
    if (average == Average::Binary) {
        const size_t one = place_of(matrix.labels, 1);
        const bool has_one = one < matrix.size() && matrix.labels[one] == 1;
        if (matrix.size() > 2 || (matrix.size() == 2 && !has_one)) {
            return refused("not_binary", "The average \"binary\" needs two labels, one of which is 1.",
                           "Choose the average macro, micro or weighted, or name the labels 0 and 1.");
        }
        const LabelScore positive = has_one ? scores[one] : label_score(0, 0, 0, options);
        return FscoreSummary{positive.precision, positive.recall, positive.fscore};
    }
    FscoreSummary sum;
    double weight_sum = 0.0;
    for (const LabelScore& score : scores) {
        const double weight = average == Average::Macro ? 1.0 : as_double(score.support);
        sum.precision += weight * score.precision;
        sum.recall += weight * score.recall;
        sum.fscore += weight * score.fscore;
        weight_sum += weight;
    }
    return FscoreSummary{sum.precision / weight_sum, sum.recall / weight_sum, sum.fscore / weight_sum};
}

double matthews_correlation(const ConfusionMatrix& matrix) {
    const std::vector<int64_t> truth = matrix.true_counts(), predicted = matrix.predicted_counts();
    const double n = as_double(matrix.total());
    double both = 0.0, truth_squares = 0.0, predicted_squares = 0.0;
    for (size_t i = 0; i < matrix.size(); ++i) {
        both += as_double(truth[i]) * as_double(predicted[i]);
        truth_squares += as_double(truth[i]) * as_double(truth[i]);
        predicted_squares += as_double(predicted[i]) * as_double(predicted[i]);
    }
    const double covariance = as_double(matrix.correct()) * n - both;
    const double variances = (n * n - truth_squares) * (n * n - predicted_squares);
    return variances == 0.0 ? 0.0 : covariance / sqrt(variances);
}

Kappa cohen_kappa(const ConfusionMatrix& matrix, KappaWeights weights) {
    const std::vector<int64_t> truth = matrix.true_counts(), predicted = matrix.predicted_counts();
    const double n = as_double(matrix.total());
    Kappa result;
    for (size_t i = 0; i < matrix.size(); ++i) {
        for (size_t j = 0; j < matrix.size(); ++j) {
            const double distance = i < j ? static_cast<double>(j - i) : static_cast<double>(i - j);
            double weight = i == j ? 0.0 : 1.0;
            if (weights == KappaWeights::Linear) weight = distance;
            if (weights == KappaWeights::Quadratic) weight = distance * distance;
            result.observed_disagreement += weight * as_double(matrix.at(i, j));
            result.expected_disagreement += weight * (as_double(truth[i]) * as_double(predicted[j]) / n);
        }
    }
    result.kappa =
        result.expected_disagreement == 0.0 ? kNaN : 1.0 - result.observed_disagreement / result.expected_disagreement;
    return result;
}

double jaccard_macro(const ConfusionMatrix& matrix) {
    const std::vector<int64_t> truth = matrix.true_counts(), predicted = matrix.predicted_counts();
    double sum = 0.0;
    for (size_t i = 0; i < matrix.size(); ++i) {
        sum += as_double(matrix.at(i, i)) / as_double(truth[i] + predicted[i] - matrix.at(i, i));
    }
    return sum / static_cast<double>(matrix.size());
}

Result<double> top_k_accuracy(std::span<const int64_t> y_true, std::span<const double> scores, int64_t class_count,
                              int64_t k) {
    if (k < 1) return refused("bad_option", "The number k of best scores is below 1.", "Choose a k of 1 or more.");
    if (class_count < 1 || y_true.size() * static_cast<size_t>(class_count) != scores.size()) {
        return refused("unequal_counts", "The scores do not have one row per label with one score per class.",
                       "Give each sample as many scores as there are classes.");
    }
    if (y_true.empty()) return refused("empty", "There are no samples to measure.", "Give at least one sample.");
    if (auto error = check_finite(scores)) return *error;
    int64_t hits = 0;
    for (size_t i = 0; i < y_true.size(); ++i) {
        if (y_true[i] < 0 || y_true[i] >= class_count) {
            return refused("unknown_label",
                           "Sample " + std::to_string(i + 1) + " has the class " + std::to_string(y_true[i]) + ".",
                           "Number the classes from 0, one column of scores each.");
        }
        const std::span<const double> row = scores.subspan(i * static_cast<size_t>(class_count));
        const auto truth = static_cast<size_t>(y_true[i]);
        int64_t ahead = 0;
        for (size_t c = 0; c < static_cast<size_t>(class_count); ++c) {
            ahead += row[c] > row[truth] || (row[c] == row[truth] && c > truth) ? 1 : 0;
        }
        hits += ahead < k ? 1 : 0;
    }
    return as_double(hits) / static_cast<double>(y_true.size());
}

}  // namespace terrarium::core
