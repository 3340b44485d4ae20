#include "core/ops/gelu.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("gelu: equals its tanh form") {
    const std::vector<double> x{0.0, 1.0, -1.0, 0.3, -2.5, 7.0};
    std::vector<double> out(6), gate(6);
    gelu_forward<Scalar4d>(out, gate, x);
    CHECK(out[0] == 0.0);
    CHECK(out[1] == doctest::Approx(0.8411919906).epsilon(1e-9));  // x/2 (1 + tanh(0.79788456 * 1.044715)), x = 1
    for (std::size_t i = 0; i < 6; ++i) {
        const double u = terrarium::core::sqrt(2.0 / kPi) * (x[i] + 0.044715 * x[i] * x[i] * x[i]);
        CHECK(out[i] == doctest::Approx(0.5 * x[i] * (1.0 + terrarium::core::tanh(u))).epsilon(1e-12));
    }
}

TEST_CASE("gelu: large numbers pass or vanish, and stay finite") {
    const std::vector<float> x{100.0f, -100.0f, 1e12f, -1e12f};
    std::vector<float> out(4), gate(4), d(4), ones(4, 1.0f);
    gelu_forward<Simd4f>(out, gate, x);
    CHECK(out == std::vector<float>{100.0f, 0.0f, 1e12f, 0.0f});
    gelu_backward<Simd4f>(d, ones, gate, x);
    CHECK(d == std::vector<float>{1.0f, 0.0f, 1.0f, 0.0f});
}

TEST_CASE("gelu: backward is the slope, also in place") {
    Rng rng(1);
    std::vector<double> x = random_numbers<double>(23, rng, 2.0), weights = random_numbers<double>(23, rng);
    std::vector<double> out(23), gate(23), d = weights;
    gelu_forward<Scalar4d>(out, gate, x);
    gelu_backward<Scalar4d>(d, d, gate, x);
    const auto loss = [&] {
        gelu_forward<Scalar4d>(out, gate, x);
        return weighted_sum(out, weights);
    };
    CHECK(worst_slope_error(x, d, loss) <= kLargestSlopeError);
}

TEST_CASE("gelu: lanes agree bit for bit") {
    Rng rng(2);
    for (const std::size_t n : {1u, 4u, 7u, 130u}) {
        const std::vector<float> x = random_numbers<float>(n, rng, 4.0), g = random_numbers<float>(n, rng);
        std::vector<float> out(n), gate(n), d(n), out2(n), gate2(n), d2(n);
        gelu_forward<Simd4f>(out, gate, x);
        gelu_backward<Simd4f>(d, g, gate, x);
        gelu_forward<Scalar4f>(out2, gate2, x);
        gelu_backward<Scalar4f>(d2, g, gate2, x);
        CHECK(bits_of(out, gate, d) == bits_of(out2, gate2, d2));
    }
}

TEST_CASE("gelu: wrong sizes are refused") {
    std::vector<float> three(3), four(4);
    CHECK_THROWS_AS(gelu_forward<Simd4f>(three, four, four), CheckFailed);
}
