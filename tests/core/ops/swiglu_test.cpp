#include "core/ops/swiglu.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("swiglu: half of nothing is nothing, and silu(1) is 0.731") {
    const std::vector<double> input{0, 1, 1, 5, 1, -2};  // x = 0 1 1, values 5 1 -2
    std::vector<double> out(3), gate(3);
    swiglu_forward<Scalar4d>(out, gate, input, 3);
    CHECK(out[0] == 0.0);
    CHECK(gate[0] == 0.5);
    CHECK(out[1] == doctest::Approx(0.7310585786300049).epsilon(1e-14));
    CHECK(out[2] == doctest::Approx(-1.4621171572600098).epsilon(1e-14));
}

TEST_CASE("swiglu: equals the formula written out naively") {
    Rng rng(1);
    const std::vector<double> input = random_numbers<double>(3 * 10, rng, 3.0);
    std::vector<double> out(15), gate(15);
    swiglu_forward<Scalar4d>(out, gate, input, 5);
    for (std::size_t n = 0; n < 3; ++n) {
        for (std::size_t f = 0; f < 5; ++f) {
            const double x = input[n * 10 + f], value = input[n * 10 + 5 + f];
            CHECK(out[n * 5 + f] == doctest::Approx(x * value / (1.0 + terrarium::core::exp(-x))).epsilon(1e-12));
        }
    }
}

TEST_CASE("swiglu: large numbers pass or vanish, and stay finite") {
    const std::vector<float> input{1e12f, -1e12f, 200.0f, -200.0f, 2, 2, 2, 2};
    std::vector<float> out(4), gate(4), d(8);
    const std::vector<float> ones(4, 1.0f);
    swiglu_forward<Simd4f>(out, gate, input, 4);
    CHECK(out == std::vector<float>{2e12f, 0.0f, 400.0f, 0.0f});
    swiglu_backward<Simd4f>(d, ones, gate, input, 4);
    CHECK(d == std::vector<float>{2, 0, 2, 0, 1e12f, 0, 200, 0});
}

TEST_CASE("swiglu: backward is the slope") {
    Rng rng(2);
    for (const int F : {1, 3, 4, 9}) {
        const std::size_t n = 2 * static_cast<std::size_t>(F);
        std::vector<double> x = random_numbers<double>(2 * n, rng, 2.0);
        const std::vector<double> weights = random_numbers<double>(n, rng);
        std::vector<double> out(n), gate(n), d(2 * n);
        swiglu_forward<Scalar4d>(out, gate, x, F);
        swiglu_backward<Scalar4d>(d, weights, gate, x, F);
        const auto loss = [&] {
            swiglu_forward<Scalar4d>(out, gate, x, F);
            return weighted_sum(out, weights);
        };
        CHECK(worst_slope_error(x, d, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("swiglu: lanes agree bit for bit") {
    for (const int F : {1, 4, 7, 130}) {
        Rng rng(3);
        const std::size_t n = 3 * static_cast<std::size_t>(F);
        const std::vector<float> x = random_numbers<float>(2 * n, rng, 4.0), g = random_numbers<float>(n, rng);
        std::vector<float> out(n), gate(n), d(2 * n), out2(n), gate2(n), d2(2 * n);
        swiglu_forward<Simd4f>(out, gate, x, F);
        swiglu_backward<Simd4f>(d, g, gate, x, F);
        swiglu_forward<Scalar4f>(out2, gate2, x, F);
        swiglu_backward<Scalar4f>(d2, g, gate2, x, F);
        CHECK(bits_of(out, gate, d) == bits_of(out2, gate2, d2));
    }
}

TEST_CASE("swiglu: wrong sizes are refused") {
    std::vector<float> six(6), three(3);
    CHECK_THROWS_AS(swiglu_forward<Simd4f>(three, three, six, 2), CheckFailed);
    CHECK_THROWS_AS(swiglu_forward<Simd4f>(three, three, three, 3), CheckFailed);
}
