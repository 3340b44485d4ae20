#include "core/metrics/probabilistic.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Labels = std::vector<int64_t>;
using Values = std::vector<double>;

constexpr double kEps = std::numeric_limits<double>::epsilon();

double ece(const Labels& y_true, const Values& probabilities, int64_t bins, CalibrationNorm norm) {
    const auto confidences = binary_confidences(y_true, probabilities).value();
    return calibration_error(confidence_bins(confidences, bins, BinBorders::LeftClosed).value(),
                             static_cast<int64_t>(y_true.size()), norm);
}

}  // namespace

TEST_CASE("probabilistic: log loss is the mean surprise, and a sure mistake costs -ln eps") {
    const LogLoss loss = log_loss(Labels{0, 1}, binary_columns(Values{0.25, 0.5}, kEps), 2, kEps).value();
    CHECK(loss.loss_nats == doctest::Approx(-(std::log(0.75) + std::log(0.5)) / 2));
    CHECK(loss.terms_nats[1] == doctest::Approx(std::log(2.0)));
    CHECK(log_loss(Labels{0}, binary_columns(Values{1.0}, kEps), 2, kEps).value().loss_nats ==
          doctest::Approx(-std::log(kEps)));
    // Rows that do not sum to 1 are divided by their sum: 2 of 4 is one half.
    CHECK(log_loss(Labels{1}, Values{0.1, 0.2, 0.1}, 3, kEps).value().loss_nats == doctest::Approx(std::log(2.0)));
}

TEST_CASE("probabilistic: the Brier score of always saying one half is a quarter") {
    CHECK(brier_score(Labels{0, 1, 1}, Values{0.5, 0.5, 0.5}).value() == 0.25);
    CHECK(brier_score(Labels{0, 1}, Values{0, 1}).value() == 0.0);
    CHECK(brier_score(Labels{0, 1}, Values{1, 0}).value() == 1.0);
}

TEST_CASE("probabilistic: calibration error of two bins by hand, in three norms") {
    // [0, 0.5): mean 0.2, right 1/2; [0.5, 1): mean 0.8, right 2/3. Shares 2/5 and 3/5.
    const Labels truth{0, 1, 1, 1, 0};
    const Values said{0.1, 0.3, 0.7, 0.8, 0.9};
    CHECK(ece(truth, said, 2, CalibrationNorm::L1) == doctest::Approx(0.4 * 0.3 + 0.6 * (0.8 - 2.0 / 3)));
    CHECK(ece(truth, said, 2, CalibrationNorm::L2) ==
          doctest::Approx(std::sqrt(0.4 * 0.09 + 0.6 * (0.8 - 2.0 / 3) * (0.8 - 2.0 / 3))));
    CHECK(ece(truth, said, 2, CalibrationNorm::Max) == doctest::Approx(0.3));
}

TEST_CASE("probabilistic: a value on a border belongs where the convention says") {
    const std::vector<Confidence> sure{{0.0, true}, {0.25, true}, {0.5, true}, {1.0, true}};
    const auto left = confidence_bins(sure, 4, BinBorders::LeftClosed).value();
    REQUIRE(left.size() == 5);
    CHECK(left[0].count == 1);
    CHECK(left[1].count == 1);
    CHECK(left[2].count == 1);
    CHECK(left[3].count == 0);
    CHECK(left[4].count == 1);
    const auto right = confidence_bins(sure, 4, BinBorders::RightClosed).value();
    REQUIRE(right.size() == 4);
    CHECK(right[0].count == 1);  // 0.25; the 0.0 belongs to none
    CHECK(right[1].count == 1);
    CHECK(right[3].count == 1);
    // Every i/n, whatever its rounding, opens a bin of its own.
    for (int64_t n = 1; n < 60; ++n) {
        for (int64_t i = 0; i <= n; ++i) {
            const std::vector<Confidence> one{{static_cast<double>(i) / static_cast<double>(n), true}};
            CHECK(confidence_bins(one, n, BinBorders::LeftClosed).value()[static_cast<size_t>(i)].count == 1);
            if (i > 0)
                CHECK(confidence_bins(one, n, BinBorders::RightClosed).value()[static_cast<size_t>(i - 1)].count == 1);
        }
    }
}

TEST_CASE("probabilistic: bins hold every forecast, and forecasts that mean what they say have a small error") {
    Rng rng(1);
    Labels truth(20000);
    Values said(truth.size());
    for (size_t i = 0; i < truth.size(); ++i) {
        said[i] = rng.uniform();
        truth[i] = rng.uniform() < said[i] ? 1 : 0;
    }
    CHECK(ece(truth, said, 10, CalibrationNorm::L1) < 0.02);  // about ten standard errors of 2000 a bin
    for (const CurveBins kind : {CurveBins::Uniform, CurveBins::Quantile}) {
        const CalibrationCurve curve = calibration_curve(truth, said, 10, kind).value();
        int64_t count = 0;
        for (size_t i = 0; i < curve.counts.size(); ++i) {
            count += curve.counts[i];
            CHECK(std::fabs(curve.mean_probability[i] - curve.fraction_of_positives[i]) < 0.06);
        }
        CHECK(count == 20000);
    }
}

TEST_CASE("probabilistic: the most probable class counts, the first of ties") {
    const auto confidences = top1_confidences(Labels{0, 1}, Values{0.4, 0.4, 0.2, 0.4, 0.4, 0.2}, 3).value();
    CHECK(confidences[0].is_right);
    CHECK_FALSE(confidences[1].is_right);
    const Values huge = softmax_rows(Values{1e5, 1e5 - 1}, 2);
    CHECK(huge[0] == doctest::Approx(1.0 / (1.0 + std::exp(-1.0))));
}

TEST_CASE("probabilistic: what is no probability is refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(brier_score(Labels{0}, Values{1.5}).error().code == "not_a_probability");
    CHECK(brier_score(Labels{0}, Values{nan}).error().code == "not_finite");
    CHECK(brier_score(Labels{2}, Values{0.5}).error().code == "not_binary");
    CHECK(brier_score(Labels{}, Values{}).error().code == "empty");
    CHECK(log_loss(Labels{0}, Values{1.0}, 1, kEps).error().code == "one_class");
    CHECK(log_loss(Labels{2}, Values{0.5, 0.5}, 2, kEps).error().code == "unknown_label");
    CHECK(calibration_curve(Labels{0}, Values{0.5}, 0, CurveBins::Uniform).error().code == "bad_option");
    CHECK(confidence_bins({}, 5, BinBorders::LeftClosed).error().code == "empty");
}
