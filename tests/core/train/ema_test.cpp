#include "core/train/ema.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/support/check.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("ema: means that can be done by hand") {
    std::vector<double> mean(1);
    Ema<Scalar4d> corrected(1, {.decay = 0.5});
    corrected.update(std::vector<double>{4.0});
    corrected.write(mean);
    CHECK(mean[0] == 4.0);  // the only thing seen
    corrected.update(std::vector<double>{1.0});
    corrected.write(mean);
    CHECK(mean[0] == doctest::Approx(2.0).epsilon(1e-15));  // weights 1/3 and 2/3

    Ema<Scalar4d> plain(1, {.decay = 0.5, .corrects_bias = false});
    plain.update(std::vector<double>{4.0});
    plain.update(std::vector<double>{1.0});
    plain.write(mean);
    CHECK(mean[0] == 2.5);  // the start weighs as much as all later steps together
}

TEST_CASE("ema: a corrected average of what never changes is just that") {
    Rng rng(1);
    const std::vector<float> p = random_numbers<float>(9, rng);
    Ema<Simd4f> ema(9, {.decay = 0.97});
    std::vector<float> mean(9);
    for (int t = 0; t < 50; ++t) {
        ema.update(p);
        ema.write(mean);
        // Each update rounds twice, relative 6e-8 each, and errors fade with the decay: at most 2/(1 - 0.97) of them.
        for (std::size_t i = 0; i < 9; ++i) CHECK(mean[i] == doctest::Approx(p[i]).epsilon(5e-6));
    }
}

TEST_CASE("ema: lanes agree bit for bit, and a restored average goes on as the first") {
    Rng rng(2);
    Ema<Simd4f> fast(13), resumed(13);
    Ema<Scalar4f> slow(13);
    std::vector<float> a(13), b(13), p;
    for (int t = 0; t < 5; ++t) {
        p = random_numbers<float>(13, rng);
        fast.update(p);
        slow.update(p);
    }
    fast.write(a);
    slow.write(b);
    CHECK(bits_of(a) == bits_of(b));
    resumed.restore(fast.state());
    fast.update(p);
    resumed.update(p);
    CHECK(resumed.state() == fast.state());
}

TEST_CASE("ema: what cannot be is refused") {
    std::vector<float> three(3);
    CHECK_THROWS_AS(Ema<Simd4f>(3, {.decay = 1.0}), CheckFailed);
    Ema<Simd4f> ema(3);
    CHECK_THROWS_AS(ema.write(three), CheckFailed);
    CHECK_THROWS_AS(ema.update(std::vector<float>(4)), CheckFailed);
}
