#include "core/support/special.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/support/math.h"
#include "core/support/rng.h"

using namespace terrarium;

namespace {

double relative_error(double got, double expected) { return std::fabs(got - expected) / std::fabs(expected); }

}  // namespace

TEST_CASE("special: erf, erfc and log-gamma agree with the standard library's") {
    core::Rng rng(3);
    double worst_erf = 0, worst_erfc = 0, worst_gamma = 0, worst_log1p = 0;
    for (int i = 0; i < 20000; ++i) {
        const double x = 26.0 * rng.uniform(), small = 2.0 * rng.uniform();
        worst_erf = std::max(worst_erf, relative_error(core::erf(small), std::erf(small)));
        worst_erfc = std::max({worst_erfc, relative_error(core::erfc(x), std::erfc(x)),
                               relative_error(core::erfc(-small), std::erfc(-small))});
        // Near 1 and 2 the logarithm passes zero: compared with 1 there.
        const double g = std::exp(x - 6.0), expected = std::lgamma(g);
        worst_gamma =
            std::max(worst_gamma, std::fabs(core::log_gamma(g) - expected) / std::max(1.0, std::fabs(expected)));
        const double tiny = std::exp(-x) * (i % 2 == 0 ? 1.0 : -0.5);
        worst_log1p = std::max(worst_log1p, relative_error(core::log1p(tiny), std::log1p(tiny)));
    }
    CHECK(worst_erf < 1e-14);
    CHECK(worst_erfc < 1e-13);
    CHECK(worst_gamma < 1e-14);
    CHECK(worst_log1p < 1e-15);
}

TEST_CASE("special: tails known by hand or from tables") {
    CHECK(core::normal_cdf(0.0) == 0.5);
    CHECK(relative_error(core::normal_survival(1.0), 0.15865525393145705141) < 1e-14);
    CHECK(relative_error(core::normal_survival(10.0), 7.6198530241605260660e-24) < 1e-13);
    CHECK(relative_error(core::normal_quantile(0.975), 1.9599639845400542355) < 1e-14);
    CHECK(relative_error(core::normal_quantile(1e-10), -6.3613409024040562047) < 1e-13);
    // Chi-square with 2 degrees of freedom is an exponential, and with 1 the square of a normal.
    CHECK(relative_error(core::chi_square_survival(7.0, 2.0), std::exp(-3.5)) < 1e-14);
    CHECK(relative_error(core::chi_square_survival(100.0, 1.0), 2.0 * 7.6198530241605260660e-24) < 1e-13);
    // Student's t with 1 degree of freedom is Cauchy: P(|T| > 1) = 1/2; with 2 it is 1 - t / sqrt(2 + t^2).
    CHECK(relative_error(core::student_t_two_sided(1.0, 1.0), 0.5) < 1e-14);
    CHECK(relative_error(core::student_t_two_sided(3.0, 2.0), 1.0 - 3.0 / std::sqrt(11.0)) < 1e-13);
    // I_x(1, b) = 1 - (1-x)^b and I_x(a, 1) = x^a.
    CHECK(relative_error(core::beta_i(0.3, 1.0, 5.0), 1.0 - std::pow(0.7, 5.0)) < 1e-14);
    CHECK(relative_error(core::beta_i(0.001, 20.0, 1.0), 1e-60) < 1e-12);
    CHECK(core::log_binomial(10.0, 3.0) == doctest::Approx(std::log(120.0)).epsilon(1e-14));
}

TEST_CASE("special: a quantile is undone by its distribution, and tails add up to 1") {
    core::Rng rng(4);
    for (int i = 0; i < 2000; ++i) {
        const double p = rng.uniform(), a = 0.1 + 50.0 * rng.uniform(), b = 0.1 + 50.0 * rng.uniform();
        if (p > 0.0) CHECK(core::normal_cdf(core::normal_quantile(p)) == doctest::Approx(p).epsilon(1e-12));
        CHECK(core::beta_i(p, a, b) + core::beta_i(1.0 - p, b, a) == doctest::Approx(1.0).epsilon(1e-12));
    }
}

TEST_CASE("special: extremes stay in range, and what is not defined is NaN") {
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(core::erfc(40.0) == 0.0);
    CHECK(core::erfc(-40.0) == 2.0);
    CHECK(core::normal_quantile(0.0) == -infinity);
    CHECK(core::normal_quantile(1.0) == infinity);
    CHECK(core::chi_square_survival(0.0, 3.0) == 1.0);
    CHECK(core::chi_square_survival(infinity, 3.0) == 0.0);
    CHECK(core::student_t_two_sided(1e200, 3.0) == 0.0);
    CHECK(core::log1p(-1.0) == -infinity);
    CHECK(core::log1p(1e-300) == 1e-300);
    for (const double undefined :
         {core::normal_quantile(1.5), core::chi_square_survival(1.0, 0.0), core::log_gamma(0.0),
          core::beta_i(0.5, 0.0, 1.0), core::erfc(std::nan("")), core::log1p(-2.0)}) {
        CHECK(undefined != undefined);
    }
}
