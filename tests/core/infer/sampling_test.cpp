#include "core/infer/sampling.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;

TEST_CASE("sampling: temperature 0 takes the best, ties by id, without using chance") {
    const std::vector<float> logits{1.0f, 3.0f, 3.0f, -1.0f};
    Rng rng(1), untouched(1);
    for (int i = 0; i < 10; ++i) CHECK(sample_token(logits, {.temperature = 0.0}, rng) == 1);
    CHECK(rng.next_u32() == untouched.next_u32());
    CHECK(rank_tokens(logits) == std::vector<int32_t>{1, 2, 0, 3});
}

TEST_CASE("sampling: probabilities are the softmax of logits over temperature") {
    const std::vector<float> logits{0.0f, 1.0f, 2.0f};
    std::vector<double> p(3);
    next_token_probabilities(p, logits, {.temperature = 2.0});
    const double sum = 1.0 + terrarium::core::exp(0.5) + terrarium::core::exp(1.0);
    CHECK(p[0] == doctest::Approx(1.0 / sum).epsilon(1e-12));
    CHECK(p[2] == doctest::Approx(terrarium::core::exp(1.0) / sum).epsilon(1e-12));
    next_token_probabilities(p, logits, {.temperature = 1.0, .top_k = 2});
    CHECK(p[0] == 0.0);
    CHECK(p[1] == doctest::Approx(1.0 / (1.0 + terrarium::core::exp(1.0))).epsilon(1e-12));
}

TEST_CASE("sampling: top-p keeps the fewest best tokens that reach the share, and the best one always") {
    // Probabilities 1/2, 1/4, 1/8, 1/8 in the order of ids 2, 0, 1, 3.
    const float ln2 = static_cast<float>(kLn2);
    const std::vector<float> logits{-ln2, -2 * ln2, 0.0f, -2 * ln2};
    const auto support = [&](double top_p, int32_t top_k) {
        std::vector<double> p(4);
        next_token_probabilities(p, logits, {.top_k = top_k, .top_p = top_p});
        double sum = 0.0;
        std::vector<int32_t> ids;
        for (int32_t id = 0; id < 4; ++id) {
            sum += p[static_cast<std::size_t>(id)];
            if (p[static_cast<std::size_t>(id)] > 0.0) ids.push_back(id);
        }
        CHECK(sum == doctest::Approx(1.0).epsilon(1e-12));
        return ids;
    };
    using Ids = std::vector<int32_t>;
    CHECK(support(0.0, 0) == Ids{2});
    CHECK(support(0.499, 0) == Ids{2});
    CHECK(support(0.51, 0) == Ids{0, 2});
    CHECK(support(0.76, 0) == Ids{0, 1, 2});  // of two equal tokens the one with the lower id
    CHECK(support(1.0, 0) == Ids{0, 1, 2, 3});
    CHECK(support(0.6, 2) == Ids{2});  // of the two best alone, the first has 2/3
}

TEST_CASE("sampling: the penalty divides positive and multiplies negative scores, once, before the temperature") {
    const std::vector<float> logits{2.0f, -1.0f, 1.0f, 0.5f};
    const std::vector<int32_t> written{0, 1, 0};  // twice is not punished twice
    std::vector<double> p(4), expected(4);
    next_token_probabilities(p, logits, {.temperature = 0.5, .repetition_penalty = 4.0}, written);
    next_token_probabilities(expected, std::vector<float>{0.5f, -4.0f, 1.0f, 0.5f}, {.temperature = 0.5});
    for (std::size_t id = 0; id < 4; ++id) CHECK(p[id] == doctest::Approx(expected[id]).epsilon(1e-12));
    Rng rng(1);
    CHECK(sample_token(logits, {.temperature = 0.0, .repetition_penalty = 4.0}, rng, written) == 2);
    next_token_probabilities(p, std::vector<float>{-3e38f, 3e38f, 0.0f, 0.0f}, {.repetition_penalty = 0.1},
                             std::vector<int32_t>{0, 1});
    CHECK(p[1] == 1.0);
}

TEST_CASE("sampling: tokens come as often as their probability says") {
    const std::vector<float> logits{0.0f, static_cast<float>(kLn2), -50.0f};  // 1/3, 2/3, nearly never
    Rng rng(2);
    int counts[3] = {};
    for (int i = 0; i < 30000; ++i) ++counts[sample_token(logits, {}, rng)];
    CHECK(counts[0] == doctest::Approx(10000).epsilon(0.03));
    CHECK(counts[1] == doctest::Approx(20000).epsilon(0.03));
    CHECK(counts[2] == 0);
}

TEST_CASE("sampling: huge and damaged scores") {
    std::vector<double> p(3);
    next_token_probabilities(p, std::vector<float>{3e38f, -3e38f, 0.0f}, {});
    CHECK(p[0] == 1.0);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    next_token_probabilities(p, std::vector<float>{nan, 1.0f, 2.0f}, {});
    CHECK(p[0] == doctest::Approx(1.0 / 3.0));
    CHECK(rank_tokens(std::vector<float>{nan, 1.0f, nan, 2.0f}) == std::vector<int32_t>{3, 1, 0, 2});
    Rng rng(3);
    CHECK(sample_token(std::vector<float>{nan, nan}, {}, rng) < 2);
    CHECK_THROWS_AS((void)sample_token(std::vector<float>{1.0f}, {.temperature = -1.0}, rng), CheckFailed);
    CHECK_THROWS_AS((void)sample_token(std::vector<float>{1.0f}, {.top_p = 1.5}, rng), CheckFailed);
    CHECK_THROWS_AS((void)sample_token(std::vector<float>{1.0f}, {.repetition_penalty = 0.0}, rng), CheckFailed);
    CHECK_THROWS_AS((void)sample_token(std::vector<float>{1.0f}, {}, rng, std::vector<int32_t>{1}), CheckFailed);
}
