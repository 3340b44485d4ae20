#include "core/train/adamw.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/train/adam.h"
#include "core/train/gradient_norm.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("adamw: the first step has the length of the rate, whatever the gradient's size") {
    std::vector<double> p{1.0, 1.0}, g{1e-4, -1e4};
    AdamW<Scalar4d> optimiser(2, {.weight_decay = 0.0});
    optimiser.step(p, g, 0.1);                          // m/(1-b1) = g, sqrt(v/(1-b2)) = |g|
    CHECK(p[0] == doctest::Approx(0.9).epsilon(1e-4));  // epsilon 1e-8 against |g| = 1e-4
    CHECK(p[1] == doctest::Approx(1.1).epsilon(1e-9));
}

TEST_CASE("adamw: follows the formula written out naively") {
    Rng rng(1);
    std::vector<double> p = random_numbers<double>(7, rng), q = p, m(7), v(7);
    AdamW<Scalar4d> optimiser(7);
    for (int t = 1; t <= 20; ++t) {
        const std::vector<double> g = random_numbers<double>(7, rng);
        const double rate = 1e-2 / t;
        optimiser.step(p, g, rate);
        for (std::size_t i = 0; i < 7; ++i) {
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
            const double m_hat = m[i] / (1.0 - terrarium::core::pow(0.9, t)),
                         v_hat = v[i] / (1.0 - terrarium::core::pow(0.999, t));
            q[i] -= rate * (m_hat / (terrarium::core::sqrt(v_hat) + 1e-8) + 0.01 * q[i]);
            CHECK(p[i] == doctest::Approx(q[i]).epsilon(1e-9));
        }
    }
    CHECK(optimiser.steps_taken() == 20);
}

TEST_CASE("adamw: lanes agree bit for bit") {
    Rng rng(2);
    const std::vector<float> start = random_numbers<float>(13, rng), g = random_numbers<float>(13, rng);
    std::vector<float> a = start, b = start;
    AdamW<Simd4f> fast(13);
    AdamW<Scalar4f> slow(13);
    for (int t = 0; t < 5; ++t) {
        fast.step(a, g, 0.01);
        slow.step(b, g, 0.01);
    }
    CHECK(bits_of(a) == bits_of(b));
}

TEST_CASE("adamw: a restored optimiser goes on as the first, to the last bit") {
    Rng rng(3);
    std::vector<float> a = random_numbers<float>(13, rng);
    const std::vector<float> g = random_numbers<float>(13, rng);
    AdamW<Simd4f> first(13), resumed(13);
    for (int t = 0; t < 7; ++t) first.step(a, g, 0.01);
    resumed.restore(first.state());
    std::vector<float> b = a;
    first.step(a, g, 0.02);
    resumed.step(b, g, 0.02);
    CHECK(bits_of(a) == bits_of(b));
    CHECK(resumed.state() == first.state());
    CHECK_THROWS_AS(resumed.restore(AdamW<Simd4f>(12).state()), CheckFailed);
}

TEST_CASE("adam: follows Kingma & Ba's formula, and decay is what AdamW adds") {
    Rng rng(4);
    std::vector<double> p = random_numbers<double>(5, rng), q = p, m(5), v(5), decayed = p;
    Adam<Scalar4d> optimiser(5, {.beta1 = 0.8, .beta2 = 0.95, .epsilon = 1e-6});
    AdamW<Scalar4d> with_decay(5, {.beta1 = 0.8, .beta2 = 0.95, .epsilon = 1e-6, .weight_decay = 0.1});
    for (int t = 1; t <= 10; ++t) {
        const std::vector<double> g = random_numbers<double>(5, rng);
        optimiser.step(p, g, 0.01);
        with_decay.step(decayed, g, 0.01);
        for (std::size_t i = 0; i < 5; ++i) {
            m[i] = 0.8 * m[i] + 0.2 * g[i];
            v[i] = 0.95 * v[i] + 0.05 * g[i] * g[i];
            const double m_hat = m[i] / (1.0 - terrarium::core::pow(0.8, t));
            const double v_hat = v[i] / (1.0 - terrarium::core::pow(0.95, t));
            q[i] -= 0.01 * m_hat / (terrarium::core::sqrt(v_hat) + 1e-6);
            CHECK(p[i] == doctest::Approx(q[i]).epsilon(1e-10));
        }
    }
    CHECK(decayed[0] != p[0]);
}

TEST_CASE("adamw: another number of parameters is refused") {
    std::vector<float> three(3), four(4);
    AdamW<Simd4f> optimiser(4);
    CHECK_THROWS_AS(optimiser.step(three, four, 0.1), CheckFailed);
    CHECK_THROWS_AS(AdamW<Simd4f>(4, {.beta1 = 1.0}), CheckFailed);
}

TEST_CASE("gradient_norm: 3 and 4 have length 5, and clipping keeps the direction") {
    std::vector<float> g{3.0f, 0.0f, 4.0f};
    CHECK(gradient_norm<Simd4f>(g) == 5.0);
    CHECK(clip_gradient_norm<Simd4f>(g, 10.0) == 5.0);
    CHECK(g[2] == 4.0f);
    CHECK(clip_gradient_norm<Simd4f>(g, 1.0) == 5.0);
    CHECK(g[0] == doctest::Approx(0.6f));
    CHECK(g[2] == doctest::Approx(0.8f));
    std::vector<float> huge{3e38f, 3e38f};
    CHECK(gradient_norm<Simd4f>(huge) == doctest::Approx(4.2426e38));
}
