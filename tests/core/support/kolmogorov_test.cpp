#include "core/support/kolmogorov.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace terrarium;

TEST_CASE("kolmogorov: one value strays by at least d with a probability known by hand") {
    // With n = 1, D = max(U, 1 - U) and D+ = 1 - U for a uniform U.
    for (const double d : {0.5, 0.6, 0.75, 0.99}) {
        CHECK(core::kolmogorov_survival(1, d) == doctest::Approx(2.0 * (1.0 - d)).epsilon(1e-14));
        CHECK(core::smirnov_survival(1, d) == doctest::Approx(1.0 - d).epsilon(1e-14));
    }
    // n = 2 at d = 1/2: P(D < 1/2) = 2! (2d - 1/2)^2 = 1/2.
    CHECK(core::kolmogorov_survival(2, 0.5) == doctest::Approx(0.5).epsilon(1e-14));
}

TEST_CASE("kolmogorov: values of others") {
    // Marsaglia, Tsang and Wang (2003): K(10, 0.274) = 0.6284796154565043; K(2000, 0.0415) ends in 0.9981 or so.
    CHECK(1.0 - core::kolmogorov_survival(10, 0.274) == doctest::Approx(0.6284796154565043).epsilon(1e-13));
    // From SciPy 1.10; the last one by its exact method, where ours uses the expansion.
    CHECK(core::kolmogorov_survival(3, 0.4) == doctest::Approx(0.5946666666666665).epsilon(1e-13));
    CHECK(core::kolmogorov_survival(10, 0.13) == doctest::Approx(0.9874829346609387).epsilon(1e-13));
    CHECK(std::fabs(core::kolmogorov_survival(150, 0.085) - 0.21597569069909217) < 2e-6);
    // The limit distribution: P(sqrt(n) D <= 1.3581) = 0.95 (table of Smirnov, 1948), here with n = 4,000,000.
    CHECK(core::kolmogorov_survival(4000000, 1.3581 / 2000.0) == doctest::Approx(0.05).epsilon(2e-3));
}

TEST_CASE("kolmogorov: the methods meet where one takes over from another") {
    // On both sides of each border the slope explains the difference; a jump would show.
    const auto is_smooth = [](int64_t n, double d) {
        const double h = d * 1e-6;
        const double left = core::kolmogorov_survival(n, d - 2 * h), right = core::kolmogorov_survival(n, d + 2 * h);
        const double middle = core::kolmogorov_survival(n, d - h) + core::kolmogorov_survival(n, d + h);
        return std::fabs(left + right - middle) < 5e-6;
    };
    for (const int64_t n : {20, 100, 140, 141, 300, 1000, 20000}) {
        const double size = static_cast<double>(n);
        for (const double spread : {0.754693, 2.2, 4.0}) CHECK(is_smooth(n, std::sqrt(spread / size)));
        CHECK(is_smooth(n, 1.0 / size));
        CHECK(is_smooth(n, std::pow(1.4 / size, 2.0 / 3.0)));
        CHECK(is_smooth(n, 0.5));
    }
}

TEST_CASE("kolmogorov: falls from 1 to 0 and is NaN for NaN") {
    for (const int64_t n : {1, 7, 140, 5000}) {
        double before = 1.0;
        for (double d = 0.0; d <= 1.0; d += 0.004) {
            const double now = core::kolmogorov_survival(n, d);
            CHECK(now <= before + 1e-9);
            CHECK(now >= 0.0);
            before = now;
        }
        CHECK(core::kolmogorov_survival(n, 1.0) == 0.0);
    }
    CHECK(core::kolmogorov_survival(5, std::nan("")) != core::kolmogorov_survival(5, 0.5));
}
