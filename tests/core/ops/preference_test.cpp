#include "core/ops/preference.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<DpoPair> random_pairs(std::size_t n, uint64_t seed) {
    Rng rng(seed);
    std::vector<DpoPair> pairs(n);
    for (DpoPair& pair : pairs)
        pair = {-10.0 + rng.normal(), -12.0 + rng.normal(), -10.0 + rng.normal(), -12.0 + rng.normal()};
    return pairs;
}

}  // namespace

TEST_CASE("log_sigmoid: -ln 2 at 0, and equal to the plain formula where that is safe") {
    CHECK(log_sigmoid(0.0) == doctest::Approx(-kLn2).epsilon(1e-15));
    for (double x = -30.0; x <= 8.0; x += 0.37) {
        CHECK(log_sigmoid(x) == doctest::Approx(terrarium::core::log(sigmoid(x))).epsilon(1e-12));
    }
}

TEST_CASE("log_sigmoid: huge margins neither overflow nor lose their digits") {
    CHECK(log_sigmoid(1e300) == 0.0);
    CHECK(log_sigmoid(-1e300) == -1e300);
    CHECK(log_sigmoid(-1000.0) == -1000.0);
    // As ratios: doctest's Approx calls all small numbers equal.
    CHECK(log_sigmoid(20.0) / -2.061153620314381e-09 == doctest::Approx(1.0).epsilon(1e-13));
    CHECK(log_sigmoid(40.0) / -4.248354255291589e-18 == doctest::Approx(1.0).epsilon(1e-13));  // -exp(-40): not 0
    CHECK(log_sigmoid(700.0) < 0.0);
    CHECK(log_sigmoid(kNan) != log_sigmoid(kNan));
    CHECK(sigmoid(1000.0) == 1.0);
    CHECK(sigmoid(-1000.0) == 0.0);
}

TEST_CASE("bradley_terry: no preference costs ln 2; ahead by ln 3 costs ln(4/3)") {
    CHECK(bradley_terry_loss(std::vector<double>{1.5}, std::vector<double>{1.5}) == doctest::Approx(kLn2));
    const double ln3 = terrarium::core::log(3.0);
    CHECK(bradley_terry_loss(std::vector<double>{ln3, 0.0}, std::vector<double>{0.0, ln3}) ==
          doctest::Approx((terrarium::core::log(4.0 / 3.0) + terrarium::core::log(4.0)) / 2.0));
}

TEST_CASE("bradley_terry: backward is the slope, times its scale") {
    Rng rng(1);
    std::vector<double> chosen = random_numbers<double>(7, rng, 3.0), rejected = random_numbers<double>(7, rng, 3.0);
    std::vector<double> d_chosen(7), d_rejected(7);
    bradley_terry_backward(d_chosen, d_rejected, chosen, rejected, 0.6);
    const auto loss = [&] { return 0.6 * bradley_terry_loss(chosen, rejected); };
    CHECK(worst_slope_error(chosen, d_chosen, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(rejected, d_rejected, loss) <= kLargestSlopeError);
}

TEST_CASE("dpo: the reference itself costs ln 2 and has no implicit reward") {
    const std::vector<DpoPair> pairs{{-5.0, -7.0, -5.0, -7.0}};
    CHECK(dpo_loss(pairs, 0.1) == doctest::Approx(kLn2).epsilon(1e-15));
    CHECK(implicit_reward(-5.0, -5.0, 0.1) == 0.0);
    CHECK(dpo_margin({-4.0, -9.0, -5.0, -7.0}, 0.5) == doctest::Approx(0.5 * (1.0 + 2.0)));
}

TEST_CASE("dpo: equals the formula written out naively") {
    const std::vector<DpoPair> pairs = random_pairs(5, 2);
    double sum = 0.0;
    for (const DpoPair& p : pairs) {
        const double odds = terrarium::core::exp(
            0.3 * ((p.policy_chosen - p.reference_chosen) - (p.policy_rejected - p.reference_rejected)));
        sum -= terrarium::core::log(odds / (1.0 + odds));
    }
    CHECK(dpo_loss(pairs, 0.3) == doctest::Approx(sum / 5.0).epsilon(1e-12));
}

TEST_CASE("dpo: backward is the slope, times its scale") {
    std::vector<DpoPair> pairs = random_pairs(6, 3);
    std::vector<double> d_chosen(6), d_rejected(6), chosen(6), rejected(6);
    for (std::size_t i = 0; i < 6; ++i) chosen[i] = pairs[i].policy_chosen, rejected[i] = pairs[i].policy_rejected;
    dpo_backward(d_chosen, d_rejected, pairs, 0.7, 1.3);
    const auto loss = [&] {
        for (std::size_t i = 0; i < 6; ++i) pairs[i].policy_chosen = chosen[i], pairs[i].policy_rejected = rejected[i];
        return 1.3 * dpo_loss(pairs, 0.7);
    };
    CHECK(worst_slope_error(chosen, d_chosen, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(rejected, d_rejected, loss) <= kLargestSlopeError);
}

TEST_CASE("dpo: huge margins stay finite on both sides, and NaN stays NaN") {
    const std::vector<DpoPair> wrong{{-1e9, -1.0, -1.0, -1e9}}, right{{-1.0, -1e9, -1e9, -1.0}};
    std::vector<double> d_chosen(1), d_rejected(1);
    CHECK(dpo_loss(wrong, 1.0) == doctest::Approx(2e9));
    CHECK(dpo_loss(right, 1.0) == 0.0);
    dpo_backward(d_chosen, d_rejected, wrong, 1.0);
    CHECK(d_chosen[0] == -1.0);
    dpo_backward(d_chosen, d_rejected, right, 1.0);
    CHECK(d_chosen[0] == 0.0);
    const std::vector<DpoPair> broken{{kNan, 0.0, 0.0, 0.0}};
    CHECK(dpo_loss(broken, 1.0) != dpo_loss(broken, 1.0));
}

TEST_CASE("preference losses: empty batches, unequal sizes and a beta of 0 are refused") {
    std::vector<double> one(1), two(2);
    CHECK_THROWS_AS((void)bradley_terry_loss({}, {}), CheckFailed);
    CHECK_THROWS_AS((void)bradley_terry_loss(one, two), CheckFailed);
    CHECK_THROWS_AS(bradley_terry_backward(one, two, one, one), CheckFailed);
    CHECK_THROWS_AS((void)dpo_loss({}, 0.1), CheckFailed);
    CHECK_THROWS_AS((void)dpo_loss(random_pairs(1, 4), 0.0), CheckFailed);
    CHECK_THROWS_AS(dpo_backward(two, one, random_pairs(1, 4), 0.1), CheckFailed);
}
