#include "core/metrics/ranking_curves.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/metrics/inputs.h"
#include "core/support/check.h"
#include "core/support/sort_numbers.h"

namespace terrarium::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double as_double(int64_t count) { return static_cast<double>(count); }

/// Twice the area under the counts, in units of one positive times one negative: exact for up to 2^31 samples.
double area_of(std::span<const ThresholdCounts> counts) {
    int64_t twice = 0, positives = 0, negatives = 0;
    for (const ThresholdCounts& point : counts) {
        twice += (point.false_positives - negatives) * (point.true_positives + positives);
        positives = point.true_positives;
        negatives = point.false_positives;
    }
    return 0.5 * as_double(twice) / (as_double(positives) * as_double(negatives));
}

std::optional<Error> check_rows(std::span<const double> scores, size_t class_count) {
    for (size_t row = 0; row * class_count < scores.size(); ++row) {
        double sum = 0.0;
        for (const double score : scores.subspan(row * class_count, class_count)) sum += score;
        if (sum > 1.0 + 1.001e-5 || sum < 1.0 - 1.001e-5) {
            return refused("not_a_distribution",
                           "The scores of sample " + std::to_string(row + 1) + " do not sum to 1.",
                           "Give one probability per class; of scores, take the softmax first.");
        }
    }
    return std::nullopt;
}

/// AUC of one column of scores among the samples that `takes_part`, with `is_positive` as truth.
template <class Part, class Positive>
Result<double> column_auc(std::span<const int64_t> y_true, std::span<const double> scores, size_t class_count,
                          size_t column, Part takes_part, Positive is_positive) {
    std::vector<int64_t> truth;
    std::vector<double> column_scores;
    for (size_t i = 0; i < y_true.size(); ++i) {
        if (!takes_part(y_true[i])) continue;
        truth.push_back(is_positive(y_true[i]) ? 1 : 0);
        column_scores.push_back(scores[i * class_count + column]);
    }
    return roc_auc(truth, column_scores);
}

Result<double> micro_auc(std::span<const int64_t> y_true, std::span<const double> scores, size_t class_count) {
    std::vector<int64_t> truth(scores.size());
    for (size_t i = 0; i < y_true.size(); ++i) truth[i * class_count + static_cast<size_t>(y_true[i])] = 1;
    return roc_auc(truth, scores);
}

}  // namespace

Result<std::vector<ThresholdCounts>> threshold_counts(std::span<const int64_t> y_true, std::span<const double> scores) {
    if (auto error = check_columns(y_true.size(), scores.size())) return *error;
    if (auto error = check_finite(scores)) return *error;
    std::vector<double> positives, negatives;
    for (size_t i = 0; i < scores.size(); ++i) {
        if (y_true[i] != 0 && y_true[i] != 1) {
            return refused("not_binary",
                           "Sample " + std::to_string(i + 1) + " has the label " + std::to_string(y_true[i]) + ".",
                           "Label positives with 1 and negatives with 0.");
        }
        (y_true[i] == 1 ? positives : negatives).push_back(scores[i]);
    }
    sort_numbers(positives);
    sort_numbers(negatives);
    // Both lists are walked from their high ends.
    std::vector<ThresholdCounts> counts;
    size_t p = positives.size(), n = negatives.size();
    while (p > 0 || n > 0) {
        const double score =
            n == 0 || (p > 0 && positives[p - 1] >= negatives[n - 1]) ? positives[p - 1] : negatives[n - 1];
        while (p > 0 && positives[p - 1] == score) --p;
        while (n > 0 && negatives[n - 1] == score) --n;
        counts.push_back(
            {score, static_cast<int64_t>(positives.size() - p), static_cast<int64_t>(negatives.size() - n)});
    }
    return counts;
}

RocCurve roc_curve(std::span<const ThresholdCounts> counts) {
    TERRARIUM_CHECK(!counts.empty(), "a curve needs at least one threshold");
    const double positives = as_double(counts.back().true_positives);
    const double negatives = as_double(counts.back().false_positives);
    RocCurve curve;
    curve.false_positive_rate.push_back(negatives > 0 ? 0.0 : kNaN);
    curve.true_positive_rate.push_back(positives > 0 ? 0.0 : kNaN);
    for (const ThresholdCounts& point : counts) {
        curve.false_positive_rate.push_back(negatives > 0 ? as_double(point.false_positives) / negatives : kNaN);
        curve.true_positive_rate.push_back(positives > 0 ? as_double(point.true_positives) / positives : kNaN);
        curve.thresholds.push_back(point.threshold);
    }
    return curve;
}

Result<double> roc_auc(std::span<const int64_t> y_true, std::span<const double> scores) {
    const Result<std::vector<ThresholdCounts>> counts = threshold_counts(y_true, scores);
    if (!counts) return counts.error();
    const ThresholdCounts& all = counts.value().back();
    if (all.true_positives == 0 || all.false_positives == 0) {
        return refused("one_class", "Only one class occurs, so there is no pair to rank.",
                       "Give samples of both classes; with one, the area is not defined.");
    }
    return area_of(counts.value());
}

PrecisionRecallCurve precision_recall_curve(std::span<const ThresholdCounts> counts) {
    TERRARIUM_CHECK(!counts.empty(), "a curve needs at least one threshold");
    const int64_t positives = counts.back().true_positives;
    PrecisionRecallCurve curve;
    for (size_t i = counts.size(); i-- > 0;) {
        const ThresholdCounts& point = counts[i];
        const double hits = as_double(point.true_positives);
        curve.precision.push_back(hits / as_double(point.true_positives + point.false_positives));
        curve.recall.push_back(positives > 0 ? hits / as_double(positives) : 1.0);
        curve.thresholds.push_back(point.threshold);
    }
    curve.precision.push_back(1.0);
    curve.recall.push_back(0.0);
    return curve;
}

double average_precision(const PrecisionRecallCurve& curve) {
    double sum = 0.0;
    for (size_t i = 0; i + 1 < curve.recall.size(); ++i) {
        sum += (curve.recall[i] - curve.recall[i + 1]) * curve.precision[i];
    }
    return sum;
}

BestF1 best_f1(const PrecisionRecallCurve& curve) {
    BestF1 best{.f1 = -1.0};
    for (size_t i = 0; i < curve.precision.size(); ++i) {
        const double p = curve.precision[i], r = curve.recall[i];
        const double f1 = p + r == 0.0 ? 0.0 : 2.0 * p * r / (p + r);
        if (f1 > best.f1) best = {f1, i < curve.thresholds.size() ? curve.thresholds[i] : kNaN, p, r};
    }
    return best;
}

Result<double> trapezoid_area(std::span<const double> x, std::span<const double> y) {
    if (auto error = check_columns(x.size(), y.size())) return *error;
    if (x.size() < 2) {
        return refused("too_few", "One point has no area under it.", "Give at least two points.");
    }
    bool rises = false, falls = false;
    double area = 0.0;
    for (size_t i = 0; i + 1 < x.size(); ++i) {
        const double width = x[i + 1] - x[i];
        rises = rises || width > 0.0;
        falls = falls || width < 0.0;
        area += width * (y[i] + y[i + 1]) / 2.0;
    }
    if (rises && falls) {
        return refused("not_monotonic", "The x values both rise and fall.", "Sort the points by x first.");
    }
    return falls ? -area : area;
}

Result<MultiClassAuc> multi_class_auc(std::span<const int64_t> y_true, std::span<const double> scores,
                                      int64_t class_count, MultiClass kind, AucAverage average) {
    const size_t classes = class_count < 2 ? 0 : static_cast<size_t>(class_count);
    if (classes == 0 || y_true.size() * classes != scores.size() || y_true.empty()) {
        return refused("unequal_counts", "The scores do not have one row per label with a score for each class.",
                       "Give each sample one probability per class, and at least two classes.");
    }
    if (auto error = check_finite(scores)) return *error;
    if (auto error = check_rows(scores, classes)) return *error;
    std::vector<double> support(classes);
    for (const int64_t label : y_true) {
        if (label < 0 || label >= class_count) {
            return refused("unknown_label", "A sample has the class " + std::to_string(label) + ".",
                           "Number the classes from 0, one column of scores each.");
        }
        support[static_cast<size_t>(label)] += 1.0;
    }
    if (std::count(support.begin(), support.end(), 0.0) > 0) {
        return refused("one_class", "A class has a column of scores, but no sample.",
                       "Give samples of every class, or leave its column out.");
    }
    MultiClassAuc result;
    if (average == AucAverage::Micro) {
        if (kind == MultiClass::OneVsOne) {
            return refused("bad_option", "Pairs of classes have no pooled average.", "Choose macro or weighted.");
        }
        const Result<double> area = micro_auc(y_true, scores, classes);
        if (!area) return area.error();
        result.auc = area.value();
        return result;
    }
    for (size_t a = 0; a < classes; ++a) {
        const auto is_a = [&](int64_t label) { return static_cast<size_t>(label) == a; };
        if (kind == MultiClass::OneVsRest) {
            const Result<double> area = column_auc(y_true, scores, classes, a, [](int64_t) { return true; }, is_a);
            if (!area) return area.error();
            result.parts.push_back(area.value());
            result.weights.push_back(support[a]);
            continue;
        }
        for (size_t b = a + 1; b < classes; ++b) {
            const auto is_b = [&](int64_t label) { return static_cast<size_t>(label) == b; };
            const auto is_either = [&](int64_t label) { return is_a(label) || is_b(label); };
            const double one_way = column_auc(y_true, scores, classes, a, is_either, is_a).value();
            const double other_way = column_auc(y_true, scores, classes, b, is_either, is_b).value();
            result.parts.push_back((one_way + other_way) / 2.0);
            result.weights.push_back(support[a] + support[b]);
        }
    }
    double weight_sum = 0.0;
    for (double& weight : result.weights) {
        if (average == AucAverage::Macro) weight = 1.0;
        weight_sum += weight;
    }
    for (size_t i = 0; i < result.parts.size(); ++i) {
        result.weights[i] /= weight_sum;
        result.auc += result.weights[i] * result.parts[i];
    }
    return result;
}

}  // namespace terrarium::core
