#include "core/metrics/classification.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Labels = std::vector<int64_t>;

ConfusionMatrix matrix_of(const Labels& y_true, const Labels& y_pred) {
    return confusion_matrix(y_true, y_pred).value();
}

Labels random_labels(Rng& rng, size_t n, uint32_t classes) {
    Labels labels(n);
    for (int64_t& label : labels) label = rng.below(classes);
    return labels;
}

}  // namespace

TEST_CASE("classification: a confusion matrix counted by hand, labels of both sides in order") {
    const ConfusionMatrix matrix = matrix_of({5, -1, 5, 2}, {5, -1, 2, 9});
    CHECK(matrix.labels == Labels{-1, 2, 5, 9});
    CHECK(matrix.counts == Labels{1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0});
    CHECK(accuracy(matrix) == doctest::Approx(0.5));
    CHECK(hamming_loss(matrix) == doctest::Approx(0.5));
    CHECK(balanced_accuracy(matrix) == doctest::Approx((1.0 + 0.0 + 0.5) / 3));  // 9 is no true label
}

TEST_CASE("classification: precision, recall and F of a spam filter, by hand") {
    // 3 spams, 2 of them found, 1 false alarm: P = 2/3, R = 2/3; F2 weighs recall: 5 P R / (4 P + R).
    const ConfusionMatrix matrix = matrix_of({1, 1, 1, 0, 0, 0}, {1, 1, 0, 1, 0, 0});
    const FscoreSummary spam = average_scores(matrix, Average::Binary, {}).value();
    CHECK(spam.precision == doctest::Approx(2.0 / 3));
    CHECK(spam.recall == doctest::Approx(2.0 / 3));
    CHECK(label_score(1, 2, 4, {.beta = 2.0}).fscore == doctest::Approx(5 * 0.5 * 0.25 / (4 * 0.5 + 0.25)));
    CHECK(label_score(1, 2, 4, {.beta = std::numeric_limits<double>::infinity()}).fscore == 0.25);
}

TEST_CASE("classification: 0/0 is what the caller says, an F-score without precision and recall is 0") {
    CHECK(label_score(0, 0, 3, {.zero_division = 1.0}).precision == 1.0);
    CHECK(label_score(0, 0, 3, {.zero_division = 0.0}).precision == 0.0);
    CHECK(label_score(0, 3, 3, {.zero_division = 1.0}).fscore == 0.0);
    CHECK(label_score(0, 0, 0, {.zero_division = 1.0}).fscore == 1.0);
}

TEST_CASE("classification: with one label a sample, micro averages are the accuracy and the parts add up") {
    Rng rng(1);
    for (int i = 0; i < 200; ++i) {
        const size_t n = 1 + rng.below(40);
        const ConfusionMatrix matrix = matrix_of(random_labels(rng, n, 4), random_labels(rng, n, 5));
        const FscoreSummary micro = average_scores(matrix, Average::Micro, {}).value();
        CHECK(micro.precision == doctest::Approx(accuracy(matrix)));
        CHECK(micro.fscore == doctest::Approx(accuracy(matrix)));
        const FscoreSummary weighted = average_scores(matrix, Average::Weighted, {}).value();
        CHECK(weighted.recall == doctest::Approx(accuracy(matrix)));
        int64_t hits = 0, support = 0;
        for (const LabelScore& score : label_scores(matrix, {})) hits += score.true_positives, support += score.support;
        CHECK(hits == matrix.correct());
        CHECK(support == static_cast<int64_t>(n));
        const double mcc = matthews_correlation(matrix);
        CHECK(std::fabs(mcc) <= 1.0 + 1e-12);
    }
}

TEST_CASE("classification: kappa and Matthews are 1 for perfect labels, symmetric, and 0 for a constant answer") {
    Rng rng(2);
    for (int i = 0; i < 50; ++i) {
        const Labels a = random_labels(rng, 30, 3), b = random_labels(rng, 30, 3);
        CHECK(matthews_correlation(matrix_of(a, a)) == doctest::Approx(1.0));
        CHECK(matthews_correlation(matrix_of(a, b)) == doctest::Approx(matthews_correlation(matrix_of(b, a))));
        for (const KappaWeights weights : {KappaWeights::None, KappaWeights::Linear, KappaWeights::Quadratic}) {
            CHECK(cohen_kappa(matrix_of(a, a), weights).kappa == doctest::Approx(1.0));
            CHECK(cohen_kappa(matrix_of(a, b), weights).kappa ==
                  doctest::Approx(cohen_kappa(matrix_of(b, a), weights).kappa));
        }
    }
    CHECK(matthews_correlation(matrix_of({1, 1, 0}, {1, 1, 1})) == 0.0);
    CHECK(cohen_kappa(matrix_of({1, 1, 0}, {1, 1, 1}), KappaWeights::None).kappa == doctest::Approx(0.0));
    const double undefined = cohen_kappa(matrix_of({1, 1}, {1, 1}), KappaWeights::None).kappa;
    CHECK(undefined != undefined);
    // 2 x 2 by hand: 20 + 15 of 50 agree, chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5, so (0.7 - 0.5) / 0.5.
    Labels a(50, 1), b(50, 1);
    for (size_t i = 20; i < 50; ++i) a[i] = i < 25 ? 1 : 0, b[i] = i < 25 || i >= 35 ? 0 : 1;
    CHECK(cohen_kappa(matrix_of(a, b), KappaWeights::None).kappa == doctest::Approx(0.4));
}

TEST_CASE("classification: Jaccard is the share of the intersection in the union") {
    // Label 0: 1 / 2, label 1: 1 / 3, label 2: 0 / 1.
    CHECK(jaccard_macro(matrix_of({0, 1, 1}, {0, 1, 2})) == doctest::Approx((1.0 + 0.5 + 0.0) / 3));
}

TEST_CASE("classification: the true class is among the k best, ties going to the later class") {
    const std::vector<double> scores{0.5, 0.2, 0.2, 0.3, 0.4, 0.2, 0.2, 0.4, 0.3, 0.7, 0.2, 0.1};
    const Labels truth{0, 1, 2, 2};
    CHECK(top_k_accuracy(truth, scores, 3, 2).value() == doctest::Approx(0.75));
    CHECK(top_k_accuracy(truth, scores, 3, 3).value() == 1.0);
    CHECK(top_k_accuracy(Labels{0}, std::vector<double>{1, 1, 1}, 3, 2).value() == 0.0);
    CHECK(top_k_accuracy(Labels{2}, std::vector<double>{1, 1, 1}, 3, 1).value() == 1.0);
}

TEST_CASE("classification: input that cannot be measured is refused with a next step") {
    CHECK(confusion_matrix(Labels{}, Labels{}).error().code == "empty");
    CHECK(confusion_matrix(Labels{1}, Labels{1, 2}).error().code == "unequal_counts");
    CHECK_FALSE(confusion_matrix(Labels{1}, Labels{1, 2}).error().next_step.empty());
    CHECK(average_scores(matrix_of({0, 1, 2}, {0, 1, 2}), Average::Binary, {}).error().code == "not_binary");
    CHECK(average_scores(matrix_of({0, 2}, {0, 2}), Average::Binary, {}).error().code == "not_binary");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(top_k_accuracy(Labels{0}, std::vector<double>{nan, 1}, 2, 1).error().code == "not_finite");
    CHECK(top_k_accuracy(Labels{2}, std::vector<double>{0, 1}, 2, 1).error().code == "unknown_label");
    CHECK(top_k_accuracy(Labels{0}, std::vector<double>{0, 1}, 3, 1).error().code == "unequal_counts");
    Labels distinct(5000);
    for (size_t i = 0; i < distinct.size(); ++i) distinct[i] = static_cast<int64_t>(i);
    CHECK(confusion_matrix(distinct, distinct).error().code == "too_many_labels");
}
