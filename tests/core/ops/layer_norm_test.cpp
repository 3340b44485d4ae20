#include "core/ops/layer_norm.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

/// Inputs and results of one layer norm with N rows of C numbers.
template <class L>
struct Case {
    using S = typename L::Scalar;
    std::vector<S> x, gain, bias, weights, out, h, r, d_x, d_gain, d_bias;
    Case(std::size_t N, std::size_t C, uint64_t seed) : out(N * C), h(N * C), r(N), d_x(N * C), d_gain(C), d_bias(C) {
        Rng rng(seed);
        x = random_numbers<S>(N * C, rng);
        gain = random_numbers<S>(C, rng);
        bias = random_numbers<S>(C, rng);
        weights = random_numbers<S>(N * C, rng);
    }
    void forward() { layer_norm_forward<L>(out, h, r, x, gain, bias); }
    void backward() { layer_norm_backward<L>(d_x, d_gain, d_bias, weights, h, r, gain); }
};

}  // namespace

TEST_CASE("layer_norm: 1 2 3 4 becomes -1.34 -0.45 0.45 1.34") {
    Case<Simd4f> c(1, 4, 1);
    c.x = {1, 2, 3, 4};
    c.gain = {1, 1, 1, 1};
    c.bias = {0, 0, 0, 10};
    c.forward();  // mean 2.5, variance 1.25: 1.5 / sqrt(1.25) = 1.3416
    CHECK(c.out[0] == doctest::Approx(-1.34164f).epsilon(1e-5));
    CHECK(c.out[1] == doctest::Approx(-0.44721f).epsilon(1e-5));
    CHECK(c.out[3] == doctest::Approx(11.34164f).epsilon(1e-5));
}

TEST_CASE("layer_norm: a constant row becomes the bias, however large") {
    Case<Simd4f> c(1, 5, 2);
    c.x.assign(5, 0x1p50f);  // a power of two: the sum of five is exact, so only the zero variance is tested
    c.forward();
    for (std::size_t i = 0; i < 5; ++i) CHECK(c.out[i] == doctest::Approx(c.bias[i]));
}

TEST_CASE("layer_norm: backward is the slope") {
    uint64_t seed = 3;
    for (const std::size_t C : {1u, 2u, 5u, 8u, 11u}) {
        Case<Scalar4d> c(3, C, seed++);
        c.forward();
        c.backward();
        const auto loss = [&] {
            c.forward();
            return weighted_sum(c.out, c.weights);
        };
        CHECK(worst_slope_error(c.x, c.d_x, loss) <= kLargestSlopeError);
        CHECK(worst_slope_error(c.gain, c.d_gain, loss) <= kLargestSlopeError);
        CHECK(worst_slope_error(c.bias, c.d_bias, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("layer_norm: gradients are added to what is there") {
    Case<Scalar4d> once(2, 6, 4), twice(2, 6, 4);
    once.forward();
    once.backward();
    twice.forward();
    twice.backward();
    twice.backward();
    CHECK(twice.d_x[5] == doctest::Approx(2 * once.d_x[5]));
    CHECK(twice.d_gain[5] == doctest::Approx(2 * once.d_gain[5]));
    CHECK(twice.d_bias[5] == doctest::Approx(2 * once.d_bias[5]));
}

TEST_CASE("layer_norm: lanes agree bit for bit") {
    for (const std::size_t C : {1u, 3u, 4u, 7u, 32u, 33u}) {
        Case<Simd4f> a(5, C, C);
        Case<Scalar4f> b(5, C, C);
        a.forward();
        a.backward();
        b.forward();
        b.backward();
        CHECK(bits_of(a.out, a.h, a.r, a.d_x, a.d_gain, a.d_bias) ==
              bits_of(b.out, b.h, b.r, b.d_x, b.d_gain, b.d_bias));
    }
}

TEST_CASE("layer_norm: wrong sizes are refused") {
    Case<Simd4f> c(2, 4, 5);
    c.bias.pop_back();
    CHECK_THROWS_AS(c.forward(), CheckFailed);
}
