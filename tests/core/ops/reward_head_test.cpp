#include "core/ops/reward_head.h"

#include <doctest/doctest.h>

#include "core/ops/preference.h"
#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("reward_head: reads the last token of each text, known by hand") {
    const std::vector<double> states{1, 2, 3, 4, /* second text */ 5, 6, 7, 8};  // B 2, T 2, C 2
    std::vector<double> rewards(2);
    reward_forward<Scalar4d>(rewards, states, std::vector<double>{10, 1}, std::vector<double>{0.5}, {});
    CHECK(rewards == std::vector<double>{34.5, 78.5});
    const std::vector<int32_t> lengths{1, 2};
    reward_forward<Scalar4d>(rewards, states, std::vector<double>{10, 1}, std::vector<double>{0.5}, lengths);
    CHECK(rewards == std::vector<double>{12.5, 78.5});
}

TEST_CASE("reward_head: backward through Bradley-Terry is the slope, for states, weight and bias") {
    constexpr int B = 4, T = 3, C = 5;
    const std::vector<int32_t> lengths{3, 1, 2, 3};
    Rng rng(1);
    std::vector<double> states = random_numbers<double>(B * T * C, rng), weight = random_numbers<double>(C, rng);
    std::vector<double> bias{0.3}, rewards(B), d_rewards(B);
    const std::span<double> r(rewards), d(d_rewards);
    const auto loss = [&] {
        reward_forward<Scalar4d>(rewards, states, weight, bias, lengths);
        // The bias would cancel out of a difference: a second term makes it count.
        return bradley_terry_loss(r.first(2), r.last(2)) + 0.1 * rewards[0];
    };
    (void)loss();
    bradley_terry_backward(d.first(2), d.last(2), r.first(2), r.last(2));
    d_rewards[0] += 0.1;
    std::vector<double> d_states(B * T * C, 4.0), d_weight(C), d_bias(1);
    reward_backward<Scalar4d>(d_states, d_weight, d_bias, d_rewards, states, weight, lengths);
    CHECK(worst_slope_error(states, d_states, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(weight, d_weight, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(bias, d_bias, loss) <= kLargestSlopeError);
}

TEST_CASE("reward_head: wrong sizes and lengths are refused") {
    std::vector<double> rewards(2), states(8), weight(2), bias(1), two(2);
    const std::vector<int32_t> outside{0, 2}, three{1, 1, 1};
    CHECK_THROWS_AS(reward_forward<Scalar4d>(rewards, states, weight, two, {}), CheckFailed);
    CHECK_THROWS_AS(reward_forward<Scalar4d>(rewards, std::vector<double>(7), weight, bias, {}), CheckFailed);
    CHECK_THROWS_AS(reward_forward<Scalar4d>(rewards, states, weight, bias, outside), CheckFailed);
    CHECK_THROWS_AS(reward_forward<Scalar4d>(rewards, states, weight, bias, three), CheckFailed);
}
