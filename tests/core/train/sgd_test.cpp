#include "core/train/sgd.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/support/check.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("sgd: steps that can be done by hand") {
    const std::vector<double> g{1.0, -2.0};
    std::vector<double> p{0.0, 0.0};
    Sgd<Scalar4d> plain(2);
    plain.step(p, g, 0.5);
    CHECK(p == std::vector<double>{-0.5, 1.0});

    p = {0.0, 0.0};
    Sgd<Scalar4d> rolling(2, {.momentum = 0.5});
    rolling.step(p, g, 1.0);  // u = g
    rolling.step(p, g, 1.0);  // u = 1.5 g
    CHECK(p == std::vector<double>{-2.5, 5.0});

    p = {0.0, 0.0};
    Sgd<Scalar4d> ahead(2, {.momentum = 0.5, .nesterov = true});
    ahead.step(p, g, 1.0);  // g + 0.5 g
    ahead.step(p, g, 1.0);  // u = 1.5 g, g + 0.75 g
    CHECK(p == std::vector<double>{-3.25, 6.5});

    p = {4.0, 8.0};
    Sgd<Scalar4d> decaying(2, {.weight_decay = 0.25});
    decaying.step(p, std::vector<double>{0.0, 0.0}, 1.0);
    CHECK(p == std::vector<double>{3.0, 6.0});
}

TEST_CASE("sgd: momentum crosses a narrow valley that plain steps crawl along") {
    const auto height_after = [](const SgdConfig& config, double rate) {
        std::vector<double> p{1.0, 1.0}, g(2);
        Sgd<Scalar4d> optimiser(2, config);
        for (int t = 0; t < 100; ++t) {
            g = {p[0], 100.0 * p[1]};  // x^2/2 + 50 y^2
            optimiser.step(p, g, rate);
        }
        return 0.5 * p[0] * p[0] + 50.0 * p[1] * p[1];
    };
    const double plain = height_after({}, 0.0198);
    CHECK(height_after({.momentum = 0.8}, 0.0198) < 1e-3 * plain);
    CHECK(height_after({.momentum = 0.8, .nesterov = true}, 0.0132) < 1e-3 * plain);
}

TEST_CASE("sgd: lanes agree bit for bit, and a restored optimiser goes on as the first") {
    Rng rng(2);
    const std::vector<float> start = random_numbers<float>(13, rng), g = random_numbers<float>(13, rng);
    const SgdConfig config{.momentum = 0.9, .nesterov = true, .weight_decay = 0.01};
    std::vector<float> a = start, b = start;
    Sgd<Simd4f> fast(13, config), resumed(13, config);
    Sgd<Scalar4f> slow(13, config);
    for (int t = 0; t < 5; ++t) {
        fast.step(a, g, 0.01);
        slow.step(b, g, 0.01);
    }
    CHECK(bits_of(a) == bits_of(b));
    resumed.restore(fast.state());
    b = a;
    fast.step(a, g, 0.01);
    resumed.step(b, g, 0.01);
    CHECK(bits_of(a) == bits_of(b));
    CHECK(resumed.state() == fast.state());
    CHECK(resumed.steps_taken() == 6);
}

TEST_CASE("sgd: what cannot be is refused") {
    std::vector<float> three(3), four(4);
    Sgd<Simd4f> optimiser(4);
    CHECK_THROWS_AS(optimiser.step(three, four, 0.1), CheckFailed);
    CHECK_THROWS_AS(Sgd<Simd4f>(4, {.momentum = 1.0}), CheckFailed);
    CHECK_THROWS_AS(Sgd<Simd4f>(4, {.nesterov = true}), CheckFailed);
    CHECK_THROWS_AS(optimiser.restore(Sgd<Simd4f>(4, {.momentum = 0.5}).state()), CheckFailed);
}
