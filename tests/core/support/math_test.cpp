#include "core/support/math.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/support/rng.h"

using namespace terrarium;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Distance in units in the last place of the expected value. The standard library is itself up to 1 unit off.
double ulps(double got, double expected) {
    if (got == expected) return 0.0;
    const double unit = std::nextafter(std::fabs(expected), kInfinity) - std::fabs(expected);
    return std::fabs(got - expected) / unit;
}
double ulps(float got, float expected) {
    if (got == expected) return 0.0;
    const float unit =
        std::nextafter(std::fabs(expected), std::numeric_limits<float>::infinity()) - std::fabs(expected);
    return static_cast<double>(std::fabs(got - expected) / unit);
}

}  // namespace

TEST_CASE("math: double functions are within 2 units of the last place, tanh within 4") {
    core::Rng rng(1);
    double worst_exp = 0, worst_log = 0, worst_tanh = 0, worst_sin = 0, worst_cos = 0;
    for (int i = 0; i < 40000; ++i) {
        const double u = rng.uniform(), x = (u - 0.5) * 1400.0, y = (u - 0.5) * 8.0;
        worst_exp = std::max({worst_exp, ulps(core::exp(x), std::exp(x)), ulps(core::exp(y), std::exp(y))});
        const double wide = std::exp(x), near_one = 0.5 + u;
        worst_log =
            std::max({worst_log, ulps(core::log(wide), std::log(wide)), ulps(core::log(near_one), std::log(near_one))});
        worst_tanh =
            std::max({worst_tanh, ulps(core::tanh(y), std::tanh(y)), ulps(core::tanh(y * 1e-3), std::tanh(y * 1e-3))});
        // Near its zeros a sine is compared with the size of its slope instead: 1e-16 absolute.
        worst_sin = std::max(worst_sin, std::fabs(core::sin(x) - std::sin(x)) * 0x1p53);
        worst_cos = std::max(worst_cos, std::fabs(core::cos(x) - std::cos(x)) * 0x1p53);
    }
    CHECK(worst_exp <= 2.0);
    CHECK(worst_log <= 2.0);
    CHECK(worst_tanh <= 4.0);
    CHECK(worst_sin <= 2.0);
    CHECK(worst_cos <= 2.0);
}

TEST_CASE("math: sine and cosine of large angles are right to 1e-15, up to 10^5") {
    core::Rng rng(2);
    double worst = 0.0;
    for (int i = 0; i < 40000; ++i) {
        const double x = (core::floor(rng.uniform() * 2e5) - 1e5) + (i % 2 == 0 ? 0.0 : rng.uniform());
        worst = std::max({worst, std::fabs(core::sin(x) - std::sin(x)), std::fabs(core::cos(x) - std::cos(x))});
    }
    CHECK(worst <= 1e-15);
}

TEST_CASE("math: exp in single precision is within 2 units of the last place") {
    double worst = 0.0;
    for (float x = -86.8f; x < 88.7f; x += 0.0037f) {
        worst = std::max(worst, ulps(core::exp(x), static_cast<float>(std::exp(static_cast<double>(x)))));
    }
    CHECK(worst <= 2.0);
}

TEST_CASE("math: extremes") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(core::exp(0.0) == 1.0);
    CHECK(core::exp(-kInfinity) == 0.0);
    CHECK(core::exp(kInfinity) == kInfinity);
    CHECK(core::exp(710.0) == kInfinity);
    CHECK(core::exp(709.7) < kInfinity);
    CHECK(core::exp(-745.0) > 0.0);
    CHECK(core::exp(nan) != core::exp(nan));
    CHECK(core::exp(0.0f) == 1.0f);
    CHECK(core::exp(-std::numeric_limits<float>::infinity()) == 0.0f);
    CHECK(core::exp(89.0f) == std::numeric_limits<float>::infinity());
    CHECK(core::exp(88.7f) < std::numeric_limits<float>::infinity());
    const float float_nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(core::exp(float_nan) != core::exp(float_nan));
    CHECK(core::log(1.0) == 0.0);
    CHECK(core::log(0.0) == -kInfinity);
    CHECK(core::log(kInfinity) == kInfinity);
    CHECK(core::log(-1.0) != core::log(-1.0));
    CHECK(core::log(5e-324) == doctest::Approx(-744.4400719213812));
    CHECK(core::tanh(0.0) == 0.0);
    CHECK(core::tanh(1e9) == 1.0);
    CHECK(core::tanh(-1e9) == -1.0);
    CHECK(core::tanh(nan) != core::tanh(nan));
    CHECK(core::sin(1e6) != core::sin(1e6));
    CHECK(core::pow(2.0, 10.0) == doctest::Approx(1024.0).epsilon(1e-14));
    CHECK(core::floor(-1.5) == -2.0);
    CHECK(core::floor(2.0) == 2.0);
}
