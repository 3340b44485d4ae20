#include "core/metrics/hypothesis_tests.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Values = std::vector<double>;

}  // namespace

TEST_CASE("hypothesis_tests: t of three pairs by hand") {
    // Differences 1, 2, 3: mean 2, standard error 1 / sqrt(3). With 2 degrees of freedom p = 1 - t / sqrt(2 + t^2).
    const TTest test = paired_t_test(Values{2, 4, 6}, Values{1, 2, 3}).value();
    CHECK(test.t == doctest::Approx(2 * std::sqrt(3.0)));
    CHECK(test.p_value == doctest::Approx(1 - test.t / std::sqrt(2 + test.t * test.t)));
    const TTest nothing = paired_t_test(Values{1, 2}, Values{1, 2}).value();
    CHECK(nothing.t != nothing.t);
    CHECK(nothing.p_value != nothing.p_value);
    CHECK(paired_t_test(Values{2, 3}, Values{1, 2}).value().p_value == 0.0);
}

TEST_CASE("hypothesis_tests: with equal sizes and spreads Welch has the degrees of freedom of Student") {
    const TTest test = welch_t_test(Values{1, 2, 3}, Values{11, 12, 13}).value();
    CHECK(test.degrees_of_freedom == doctest::Approx(4.0));
    CHECK(test.t == doctest::Approx(-10 / std::sqrt(2.0 / 3)));
}

TEST_CASE("hypothesis_tests: signed ranks and rank sums of small samples by hand") {
    // Ranks 1..3 all positive: one of 8 patterns at either end.
    CHECK(wilcoxon_test(Values{2, 4, 6}, Values{1, 2, 3}, RankMethod::Exact).value().p_value == doctest::Approx(0.25));
    CHECK(wilcoxon_test(Values{2, 4, 6}, Values{1, 2, 3}, RankMethod::Exact).value().statistic == 0.0);
    // A pair without a difference makes the exact counting wrong, so the normal p-value answers.
    const RankTest with_zero = wilcoxon_test(Values{2, 4, 6, 5}, Values{1, 2, 3, 5}, RankMethod::Exact).value();
    CHECK_FALSE(with_zero.is_exact);
    CHECK(with_zero.z == doctest::Approx(-3 / std::sqrt(3.5)));
    // 3 beats 1 and 2, 5 beats all three: U = 5; U >= 5 in two of ten orders.
    const RankTest test = mann_whitney_test(Values{3, 5}, Values{1, 2, 4}, RankMethod::Exact).value();
    CHECK(test.statistic == 5.0);
    CHECK(test.p_value == doctest::Approx(0.4));
    CHECK(mann_whitney_test(Values{1, 1}, Values{1, 1}, RankMethod::Normal).value().p_value == 1.0);
}

TEST_CASE("hypothesis_tests: for twenty values the normal p-values are near the exact ones") {
    Rng rng(1);
    for (int run = 0; run < 20; ++run) {
        Values a(20), b(20);
        for (double& value : a) value = rng.normal() + 0.4;
        for (double& value : b) value = rng.normal();
        CHECK(std::fabs(wilcoxon_test(a, b, RankMethod::Exact).value().p_value -
                        wilcoxon_test(a, b, RankMethod::Normal).value().p_value) < 0.03);
        CHECK(std::fabs(mann_whitney_test(a, b, RankMethod::Exact).value().p_value -
                        mann_whitney_test(a, b, RankMethod::Normal).value().p_value) < 0.03);
        CHECK(mann_whitney_test(a, b, RankMethod::Exact).value().statistic +
                  mann_whitney_test(b, a, RankMethod::Exact).value().statistic ==
              doctest::Approx(400.0));
    }
}

TEST_CASE("hypothesis_tests: when nothing is true, one test in twenty says so at 5 %") {
    Rng rng(2);
    int alarms_t = 0, alarms_w = 0;
    constexpr int kRuns = 2000;
    for (int run = 0; run < kRuns; ++run) {
        Values a(12), b(12);
        for (double& value : a) value = rng.normal();
        for (double& value : b) value = rng.normal();
        alarms_t += paired_t_test(a, b).value().p_value < 0.05 ? 1 : 0;
        alarms_w += wilcoxon_test(a, b, RankMethod::Exact).value().p_value < 0.05 ? 1 : 0;
    }
    CHECK(std::abs(alarms_t - 100) < 45);  // standard deviation about 10
    CHECK(std::abs(alarms_w - 97) < 45);
}

TEST_CASE("hypothesis_tests: coins, discordant pairs and shares by hand") {
    CHECK(sign_test(4, 0).value() == doctest::Approx(2.0 / 16));
    CHECK(sign_test(5, 5).value() == 1.0);
    CHECK(sign_test(0, 0).value() == 1.0);
    const McNemarTest test = mcnemar_test(3, 12).value();
    CHECK(test.chi_square == doctest::Approx(64.0 / 15));
    CHECK(test.exact_p == doctest::Approx(2 * (1 + 15 + 105 + 455) / 32768.0));
    const double undefined = mcnemar_test(0, 0).value().chi_square;
    CHECK(undefined != undefined);
    const ProportionInterval all = wilson_interval(10, 10, 0.95).value();
    CHECK(all.high == 1.0);
    CHECK(all.low == doctest::Approx(1 / (1 + 1.959964 * 1.959964 / 10)));
    CHECK(wilson_interval(3, 10, 0.9).value().low == doctest::Approx(1 - wilson_interval(7, 10, 0.9).value().high));
}

TEST_CASE("hypothesis_tests: what cannot be tested is refused") {
    CHECK(paired_t_test(Values{1}, Values{1, 2}).error().code == "unequal_counts");
    CHECK(welch_t_test(Values{}, Values{1}).error().code == "empty");
    CHECK(wilcoxon_test(Values{1, 2}, Values{1, 2}, RankMethod::Normal).error().code == "no_difference");
    CHECK(wilcoxon_test(Values(1001, 2.0), Values(1001, 1.0), RankMethod::Exact).error().code == "too_many");
    CHECK(mann_whitney_test(Values{1}, Values{std::nan("")}, RankMethod::Auto).error().code == "not_finite");
    CHECK(mann_whitney_test(Values(1001), Values(1001), RankMethod::Exact).error().code == "too_many");
    CHECK(sign_test(-1, 2).error().code == "negative");
    CHECK(wilson_interval(3, 2, 0.9).error().code == "bad_count");
    CHECK(wilson_interval(1, 2, 0.0).error().code == "bad_option");
}
