#include "core/ops/pooling.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("pooling: mean and last of texts of different lengths, known by hand") {
    const std::vector<double> states{1, 2, 3, 4, 50, 60, /* second text */ 7, 8, 9, 10, 11, 15};  // B 2, T 3, C 2
    const std::vector<int32_t> lengths{2, 3};
    std::vector<double> pooled(4);
    pool_forward<Scalar4d>(Pooling::Mean, pooled, states, lengths, 2, 3, 2);
    CHECK(pooled == std::vector<double>{2, 3, 9, 11});
    pool_forward<Scalar4d>(Pooling::Last, pooled, states, lengths, 2, 3, 2);
    CHECK(pooled == std::vector<double>{3, 4, 11, 15});
    pool_forward<Scalar4d>(Pooling::Last, pooled, states, {}, 2, 3, 2);
    CHECK(pooled == std::vector<double>{50, 60, 11, 15});
}

TEST_CASE("pooling: unit length is the 3-4-5 triangle, and a row of zeros stays zeros") {
    std::vector<double> out(4), inverse(2);
    unit_length_forward<Scalar4d>(out, inverse, std::vector<double>{3, 4, 0, 0});
    CHECK(out[0] == doctest::Approx(0.6).epsilon(1e-12));
    CHECK(out[1] == doctest::Approx(0.8).epsilon(1e-12));
    CHECK(out[2] == 0.0);
    CHECK(inverse[1] == doctest::Approx(1e6));
}

TEST_CASE("pooling: backward is the slope; padding gets no gradient") {
    constexpr int B = 2, T = 4, C = 5;
    const std::vector<int32_t> lengths{3, 1};
    Rng rng(1);
    std::vector<double> states = random_numbers<double>(B * T * C, rng);
    const std::vector<double> d_out = random_numbers<double>(B * C, rng);
    for (const Pooling kind : {Pooling::Mean, Pooling::Last}) {
        std::vector<double> pooled(B * C), d_states(B * T * C, 9.0);
        const auto loss = [&] {
            pool_forward<Scalar4d>(kind, pooled, states, lengths, B, T, C);
            return weighted_sum(pooled, d_out);
        };
        pool_backward<Scalar4d>(kind, d_states, d_out, lengths, B, T, C);
        CHECK(worst_slope_error(states, d_states, loss) <= kLargestSlopeError);
        for (std::size_t i = 3 * C; i < 4 * C; ++i) CHECK(d_states[i] == 0.0);
    }
}

TEST_CASE("pooling: backward of unit length is the slope, also in place") {
    constexpr int N = 3, C = 6;
    Rng rng(2);
    std::vector<double> x = random_numbers<double>(N * C, rng);
    const std::vector<double> d_out = random_numbers<double>(N * C, rng);
    std::vector<double> out(N * C), inverse(N);
    const auto loss = [&] {
        unit_length_forward<Scalar4d>(out, inverse, x);
        return weighted_sum(out, d_out);
    };
    (void)loss();
    std::vector<double> d_x = d_out;
    unit_length_backward<Scalar4d>(d_x, d_x, out, inverse);
    CHECK(worst_slope_error(x, d_x, loss) <= kLargestSlopeError);
}

TEST_CASE("pooling: lanes agree bit for bit") {
    const auto run = [&]<class L>(L*) {
        constexpr int B = 3, T = 5, C = 7;
        const std::vector<int32_t> lengths{5, 2, 1};
        Rng rng(3);
        const std::vector<float> states = random_numbers<float>(B * T * C, rng);
        const std::vector<float> d_out = random_numbers<float>(B * C, rng);
        std::vector<float> pooled(B * C), d_states(B * T * C), unit(B * C), inverse(B), d_pooled(B * C);
        pool_forward<L>(Pooling::Mean, pooled, states, lengths, B, T, C);
        unit_length_forward<L>(unit, inverse, pooled);
        unit_length_backward<L>(d_pooled, d_out, unit, inverse);
        pool_backward<L>(Pooling::Mean, d_states, d_pooled, lengths, B, T, C);
        return bits_of(pooled, unit, inverse, d_pooled, d_states);
    };
    CHECK(run(static_cast<Simd4f*>(nullptr)) == run(static_cast<Scalar4f*>(nullptr)));
}

TEST_CASE("pooling: wrong sizes and lengths are refused") {
    std::vector<double> states(12), pooled(4);
    const std::vector<int32_t> too_long{4, 1}, one{1};
    CHECK_THROWS_AS(pool_forward<Scalar4d>(Pooling::Mean, pooled, states, too_long, 2, 3, 2), CheckFailed);
    CHECK_THROWS_AS(pool_forward<Scalar4d>(Pooling::Mean, pooled, states, one, 2, 3, 2), CheckFailed);
    CHECK_THROWS_AS(pool_forward<Scalar4d>(Pooling::Mean, states, states, {}, 2, 3, 2), CheckFailed);
}
