#include "core/ops/linear.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

template <class L>
struct Case {
    using S = typename L::Scalar;
    std::vector<S> x, w, bias, residual, weights, out, d_x, d_w, d_bias;
    Case(std::size_t N, std::size_t I, std::size_t O, uint64_t seed) : out(N * O), d_x(N * I), d_w(I * O), d_bias(O) {
        Rng rng(seed);
        x = random_numbers<S>(N * I, rng);
        w = random_numbers<S>(I * O, rng);
        bias = random_numbers<S>(O, rng);
        residual = random_numbers<S>(N * O, rng);
        weights = random_numbers<S>(N * O, rng);
    }
    void forward() { linear_forward<L>(out, x, w, bias, residual); }
    void backward() { linear_backward<L>(d_x, d_w, d_bias, weights, x, w); }
};

}  // namespace

TEST_CASE("linear: a sum that can be done by hand") {
    const std::vector<float> x{1, 2}, w{10, 20, 30, 40, 50, 60}, bias{1, 2, 3}, residual{100, 200, 300};
    std::vector<float> out(3);
    linear_forward<Simd4f>(out, x, w, bias);
    CHECK(out == std::vector<float>{91, 122, 153});  // 1*10 + 2*40 + 1, ...
    linear_forward<Simd4f>(out, x, w, bias, residual);
    CHECK(out == std::vector<float>{191, 322, 453});
}

TEST_CASE("linear: backward is the slope") {
    Case<Scalar4d> c(3, 5, 9, 1);
    c.forward();
    c.backward();
    const auto loss = [&] {
        c.forward();
        return weighted_sum(c.out, c.weights);
    };
    CHECK(worst_slope_error(c.x, c.d_x, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(c.w, c.d_w, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(c.bias, c.d_bias, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(c.residual, c.weights, loss) <= kLargestSlopeError);
}

TEST_CASE("linear: weight gradients are added, the input's is overwritten") {
    Case<Scalar4d> c(2, 3, 4, 2);
    c.backward();
    const double d_w = c.d_w[7], d_bias = c.d_bias[3], d_x = c.d_x[5];
    c.backward();
    CHECK(c.d_w[7] == doctest::Approx(2 * d_w));
    CHECK(c.d_bias[3] == doctest::Approx(2 * d_bias));
    CHECK(c.d_x[5] == d_x);
}

TEST_CASE("linear: lanes agree bit for bit") {
    for (const std::size_t n : {1u, 3u, 8u, 13u, 70u}) {
        Case<Simd4f> a(n, 11, 21, n);
        Case<Scalar4f> b(n, 11, 21, n);
        a.forward();
        a.backward();
        b.forward();
        b.backward();
        CHECK(bits_of(a.out, a.d_x, a.d_w, a.d_bias) == bits_of(b.out, b.d_x, b.d_w, b.d_bias));
    }
}

TEST_CASE("linear: wrong sizes are refused") {
    Case<Simd4f> c(2, 3, 4, 3);
    c.x.pop_back();
    CHECK_THROWS_AS(c.forward(), CheckFailed);
}
