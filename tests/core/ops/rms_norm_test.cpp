#include "core/ops/rms_norm.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

/// Inputs and results of one RMS norm with N rows of C numbers.
template <class L>
struct Case {
    using S = typename L::Scalar;
    std::vector<S> x, gain, weights, out, h, r, d_x, d_gain;
    Case(std::size_t N, std::size_t C, uint64_t seed) : out(N * C), h(N * C), r(N), d_x(N * C), d_gain(C) {
        Rng rng(seed);
        x = random_numbers<S>(N * C, rng);
        gain = random_numbers<S>(C, rng);
        weights = random_numbers<S>(N * C, rng);
    }
    void forward() { rms_norm_forward<L>(out, h, r, x, gain); }
    void backward() { rms_norm_backward<L>(d_x, d_gain, weights, h, r, gain); }
};

}  // namespace

TEST_CASE("rms_norm: 1 1 1 7 becomes 0.28 0.28 0.28 and the gain times 1.94") {
    Case<Simd4f> c(1, 4, 1);
    c.x = {1, 1, 1, 7};
    c.gain = {1, 1, 1, -10};
    c.forward();  // mean square 13
    CHECK(c.out[0] == doctest::Approx(0.277350f).epsilon(1e-5));
    CHECK(c.out[3] == doctest::Approx(-19.41450f).epsilon(1e-5));
}

TEST_CASE("rms_norm: equals the formula written out naively") {
    Case<Scalar4d> c(3, 7, 2);
    c.forward();
    for (std::size_t n = 0; n < 3; ++n) {
        double squares = 0.0;
        for (std::size_t i = 0; i < 7; ++i) squares += c.x[n * 7 + i] * c.x[n * 7 + i];
        const double size = terrarium::core::sqrt(squares / 7.0 + 1e-5);
        for (std::size_t i = 0; i < 7; ++i)
            CHECK(c.out[n * 7 + i] == doctest::Approx(c.x[n * 7 + i] / size * c.gain[i]).epsilon(1e-12));
    }
}

TEST_CASE("rms_norm: zeros stay zeros, and a constant row becomes the gain, however large") {
    Case<Simd4f> c(2, 5, 3);
    for (std::size_t i = 0; i < 5; ++i) c.x[i] = 0.0f, c.x[5 + i] = 0x1p50f;
    c.forward();
    c.backward();
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(c.out[i] == 0.0f);
        CHECK(c.out[5 + i] == doctest::Approx(c.gain[i]));
        CHECK(c.d_x[i] == c.d_x[i]);  // finite where the row had no size
    }
}

TEST_CASE("rms_norm: backward is the slope") {
    uint64_t seed = 4;
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
    }
}

TEST_CASE("rms_norm: gradients are added to what is there") {
    Case<Scalar4d> once(2, 6, 5), twice(2, 6, 5);
    once.forward();
    once.backward();
    twice.forward();
    twice.backward();
    twice.backward();
    CHECK(twice.d_x[5] == doctest::Approx(2 * once.d_x[5]));
    CHECK(twice.d_gain[5] == doctest::Approx(2 * once.d_gain[5]));
}

TEST_CASE("rms_norm: lanes agree bit for bit") {
    for (const std::size_t C : {1u, 3u, 4u, 7u, 32u, 33u}) {
        Case<Simd4f> a(5, C, C);
        Case<Scalar4f> b(5, C, C);
        a.forward();
        a.backward();
        b.forward();
        b.backward();
        CHECK(bits_of(a.out, a.h, a.r, a.d_x, a.d_gain) == bits_of(b.out, b.h, b.r, b.d_x, b.d_gain));
    }
}

TEST_CASE("rms_norm: wrong sizes are refused") {
    Case<Simd4f> c(2, 4, 6);
    c.gain.pop_back();
    CHECK_THROWS_AS(c.forward(), CheckFailed);
}
