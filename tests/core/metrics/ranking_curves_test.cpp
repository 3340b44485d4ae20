#include "core/metrics/ranking_curves.h"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Labels = std::vector<int64_t>;
using Values = std::vector<double>;

/// The definition: pairs of one positive and one negative that are ranked rightly, ties counting half.
double naive_auc(const Labels& y_true, const Values& scores) {
    double right = 0.0, pairs = 0.0;
    for (size_t i = 0; i < scores.size(); ++i) {
        for (size_t j = 0; j < scores.size(); ++j) {
            if (y_true[i] != 1 || y_true[j] != 0) continue;
            right += scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0.0;
            pairs += 1.0;
        }
    }
    return right / pairs;
}

}  // namespace

TEST_CASE("ranking_curves: four samples by hand") {
    const Labels truth{0, 0, 1, 1};
    const Values scores{0.1, 0.4, 0.35, 0.8};
    const auto counts = threshold_counts(truth, scores).value();
    const RocCurve roc = roc_curve(counts);
    CHECK(roc.false_positive_rate == Values{0, 0, 0.5, 0.5, 1});
    CHECK(roc.true_positive_rate == Values{0, 0.5, 0.5, 1, 1});
    CHECK(roc.thresholds == Values{0.8, 0.4, 0.35, 0.1});
    CHECK(roc_auc(truth, scores).value() == 0.75);
    const PrecisionRecallCurve curve = precision_recall_curve(counts);
    CHECK(curve.recall == Values{1, 1, 0.5, 0.5, 0});
    CHECK(average_precision(curve) == doctest::Approx(0.5 * 1 + 0.5 * 2 / 3));
    CHECK(best_f1(curve).f1 == doctest::Approx(0.8));
    CHECK(best_f1(curve).threshold == 0.35);
}

TEST_CASE("ranking_curves: the area is the share of pairs ranked rightly, with and without ties") {
    Rng rng(1);
    for (int run = 0; run < 200; ++run) {
        const size_t n = 2 + rng.below(40);
        Labels truth(n);
        Values scores(n);
        for (size_t i = 0; i < n; ++i)
            truth[i] = i < 2 ? static_cast<int64_t>(i) : rng.below(2), scores[i] = rng.below(8);
        const double area = roc_auc(truth, scores).value();
        CHECK(area == doctest::Approx(naive_auc(truth, scores)));
        const RocCurve curve = roc_curve(threshold_counts(truth, scores).value());
        CHECK(trapezoid_area(curve.false_positive_rate, curve.true_positive_rate).value() == doctest::Approx(area));
        for (double& score : scores) score = -score;
        CHECK(roc_auc(truth, scores).value() == doctest::Approx(1.0 - area));
    }
}

TEST_CASE("ranking_curves: all ties are worth one half, and perfect ranking 1") {
    CHECK(roc_auc(Labels{0, 1, 1}, Values{5, 5, 5}).value() == 0.5);
    CHECK(roc_auc(Labels{0, 1, 1}, Values{1, 5, 4}).value() == 1.0);
    CHECK(average_precision(precision_recall_curve(threshold_counts(Labels{0, 1, 1}, Values{1, 5, 4}).value())) == 1.0);
}

TEST_CASE("ranking_curves: with a single class curves say so and the area is refused") {
    const auto no_positives = threshold_counts(Labels{0, 0}, Values{1, 2}).value();
    CHECK(roc_curve(no_positives).true_positive_rate[0] != roc_curve(no_positives).true_positive_rate[0]);
    CHECK(average_precision(precision_recall_curve(no_positives)) == 0.0);
    CHECK(roc_auc(Labels{0, 0}, Values{1, 2}).error().code == "one_class");
    CHECK(roc_auc(Labels{1, 1}, Values{1, 2}).error().code == "one_class");
}

TEST_CASE("ranking_curves: several classes are judged against the rest or pair by pair, and the parts add up") {
    const Labels truth{0, 0, 1, 2};
    const Values scores{0.8, 0.1, 0.1, 0.4, 0.5, 0.1, 0.3, 0.4, 0.3, 0.0, 0.0, 1.0};
    const MultiClassAuc rest = multi_class_auc(truth, scores, 3, MultiClass::OneVsRest, AucAverage::Macro).value();
    CHECK(rest.parts == Values{1.0, 2.0 / 3, 1.0});
    CHECK(rest.auc == doctest::Approx((1.0 + 2.0 / 3 + 1.0) / 3));
    const MultiClassAuc weighted =
        multi_class_auc(truth, scores, 3, MultiClass::OneVsRest, AucAverage::Weighted).value();
    CHECK(weighted.auc == doctest::Approx(0.5 * 1.0 + 0.25 * 2.0 / 3 + 0.25 * 1.0));
    const MultiClassAuc pairs = multi_class_auc(truth, scores, 3, MultiClass::OneVsOne, AucAverage::Macro).value();
    CHECK(pairs.parts == Values{0.75, 1.0, 1.0});  // class 1 beats one of two zeros in its own column
    CHECK(multi_class_auc(truth, scores, 3, MultiClass::OneVsRest, AucAverage::Micro).value().auc > 0.8);
}

TEST_CASE("ranking_curves: input that cannot be ranked is refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(roc_auc(Labels{}, Values{}).error().code == "empty");
    CHECK(roc_auc(Labels{0, 1}, Values{1}).error().code == "unequal_counts");
    CHECK(roc_auc(Labels{0, 1}, Values{1, nan}).error().code == "not_finite");
    CHECK(roc_auc(Labels{0, 2}, Values{1, 2}).error().code == "not_binary");
    CHECK(trapezoid_area(Values{0, 2, 1}, Values{0, 1, 1}).error().code == "not_monotonic");
    CHECK(trapezoid_area(Values{0}, Values{0}).error().code == "too_few");
    CHECK(trapezoid_area(Values{3, 2, 0.5}, Values{1, 4, 2}).value() == 7.0);
    CHECK(multi_class_auc(Labels{0, 1}, Values{0.5, 0.4, 0.5, 0.5}, 2, MultiClass::OneVsRest, AucAverage::Macro)
              .error()
              .code == "not_a_distribution");
    CHECK(multi_class_auc(Labels{0, 0}, Values{0.5, 0.5, 0.5, 0.5}, 2, MultiClass::OneVsOne, AucAverage::Macro)
              .error()
              .code == "one_class");
}
