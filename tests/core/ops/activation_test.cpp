#include "core/ops/activation.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/ops/gelu.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

constexpr Activation kAll[] = {Activation::Relu, Activation::Gelu, Activation::Tanh, Activation::Silu};

template <class L>
struct Case {
    using S = typename L::Scalar;
    std::vector<S> x, out, gate, d;
    explicit Case(std::vector<S> input) : x(std::move(input)), out(x.size()), gate(x.size()), d(x.size(), S(1)) {}
    void run(Activation kind) {
        activation_forward<L>(kind, out, gate, x);
        activation_backward<L>(kind, d, d, gate, x);
    }
};

}  // namespace

TEST_CASE("activation: each follows its formula") {
    for (const Activation kind : kAll) {
        Case<Scalar4d> c({0.0, 1.0, -1.0, 0.3, -2.5, 7.0});
        c.run(kind);
        CHECK(c.out[0] == 0.0);
        for (std::size_t i = 0; i < 6; ++i) {
            const double x = c.x[i], s = 1.0 / (1.0 + terrarium::core::exp(-x));
            if (kind == Activation::Relu) CHECK(c.out[i] == (x > 0.0 ? x : 0.0));
            if (kind == Activation::Tanh) CHECK(c.out[i] == doctest::Approx(terrarium::core::tanh(x)).epsilon(1e-12));
            if (kind == Activation::Silu) CHECK(c.out[i] == doctest::Approx(x * s).epsilon(1e-12));
        }
    }
    Case<Scalar4d> c({0.7});
    std::vector<double> gelu(1), gate(1);
    gelu_forward<Scalar4d>(gelu, gate, c.x);
    c.run(Activation::Gelu);
    CHECK(c.out == gelu);
}

TEST_CASE("activation: backward is the slope, also in place") {
    Rng rng(1);
    for (const Activation kind : kAll) {
        std::vector<double> x = random_numbers<double>(23, rng, 2.0), weights = random_numbers<double>(23, rng);
        for (double& v : x) v += v > 0.0 ? 0.01 : -0.01;  // no slope is asked for at ReLU's corner
        std::vector<double> out(23), gate(23), d = weights;
        activation_forward<Scalar4d>(kind, out, gate, x);
        activation_backward<Scalar4d>(kind, d, d, gate, x);
        const auto loss = [&] {
            activation_forward<Scalar4d>(kind, out, gate, x);
            return weighted_sum(out, weights);
        };
        CHECK(worst_slope_error(x, d, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("activation: large numbers pass, vanish or level off, and NaN stays NaN") {
    for (const Activation kind : kAll) {
        Case<Simd4f> c({100.0f, -100.0f, 1e12f, -1e12f, std::numeric_limits<float>::quiet_NaN()});
        c.run(kind);
        const bool levels_off = kind == Activation::Tanh;
        CHECK(c.out[0] == (levels_off ? 1.0f : 100.0f));
        CHECK(absolute(c.out[1]) == (levels_off ? 1.0f : 0.0f));
        CHECK(c.out[2] == (levels_off ? 1.0f : 1e12f));
        CHECK(absolute(c.out[3]) == (levels_off ? 1.0f : 0.0f));
        CHECK(c.out[4] != c.out[4]);
        CHECK(absolute(c.d[0]) == (levels_off ? 0.0f : 1.0f));
        CHECK(absolute(c.d[3]) == 0.0f);
    }
}

TEST_CASE("activation: lanes agree bit for bit") {
    Rng rng(2);
    for (const Activation kind : kAll) {
        for (const std::size_t n : {1u, 4u, 7u, 130u}) {
            const std::vector<float> x = random_numbers<float>(n, rng, 4.0);
            Case<Simd4f> a(x);
            Case<Scalar4f> b(x);
            a.run(kind);
            b.run(kind);
            CHECK(bits_of(a.out, a.d) == bits_of(b.out, b.d));
        }
    }
}

TEST_CASE("activation: wrong sizes are refused") {
    std::vector<float> three(3), four(4);
    CHECK_THROWS_AS(activation_forward<Simd4f>(Activation::Relu, three, four, four), CheckFailed);
    CHECK_THROWS_AS(activation_backward<Simd4f>(Activation::Relu, three, four, four, four), CheckFailed);
}
