#include "core/ops/cross_entropy.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("cross_entropy: uniform logits cost ln V") {
    for (const int V : {2, 3, 50, 257}) {
        const std::vector<double> logits(static_cast<std::size_t>(V), 3.0);
        std::vector<double> losses(1);
        const std::vector<int32_t> targets{V - 1};
        cross_entropy_forward<Scalar4d>(losses, logits, targets, V);
        CHECK(losses[0] == doctest::Approx(terrarium::core::log(static_cast<double>(V))).epsilon(1e-12));
        CHECK(perplexity(losses[0]) == doctest::Approx(V).epsilon(1e-12));
    }
}

TEST_CASE("cross_entropy: huge logits stay finite") {
    const std::vector<float> logits{1e30f, 0.0f, -1e30f, 1e30f, -1e30f};
    const std::vector<int32_t> targets{0};
    std::vector<float> losses(1), d(5);
    cross_entropy_forward<Simd4f>(losses, logits, targets, 5);
    CHECK(losses[0] == doctest::Approx(0.693147f));  // two equal winners
    cross_entropy_backward<Simd4f>(d, logits, targets, 5);
    CHECK(d == std::vector<float>{-0.5f, 0.0f, 0.0f, 0.5f, 0.0f});
}

TEST_CASE("cross_entropy: NaN in, NaN out") {
    const std::vector<float> logits{0.0f, std::numeric_limits<float>::quiet_NaN(), 1.0f};
    const std::vector<int32_t> targets{0};
    std::vector<float> losses(1);
    cross_entropy_forward<Simd4f>(losses, logits, targets, 3);
    CHECK(losses[0] != losses[0]);
}

TEST_CASE("cross_entropy: backward is the slope of the mean loss") {
    Rng rng(1);
    for (const int V : {2, 5, 8, 19}) {
        std::vector<int32_t> targets{0, kIgnoredTarget, V - 1, 1};
        std::vector<double> logits = random_numbers<double>(4 * static_cast<std::size_t>(V), rng, 2.0);
        std::vector<double> d(logits.size()), losses(4), probabilities(logits.size());
        cross_entropy_backward<Scalar4d>(d, logits, targets, V);
        const auto loss = [&] {
            cross_entropy_forward<Scalar4d>(losses, logits, targets, V);
            return mean_loss_nats(losses, targets);
        };
        CHECK(worst_slope_error(logits, d, loss) <= kLargestSlopeError);
        CHECK(losses[1] == 0.0);

        // The form in place gives the same numbers, times its scale.
        cross_entropy_forward<Scalar4d>(losses, probabilities, logits, targets, V);
        cross_entropy_backward_in_place<Scalar4d>(probabilities, targets, V, 0.25);
        for (std::size_t i = 0; i < d.size(); ++i)
            CHECK(probabilities[i] == doctest::Approx(0.25 * d[i]).epsilon(1e-12));
    }
}

TEST_CASE("cross_entropy: lanes agree bit for bit") {
    Rng rng(2);
    for (const int V : {2, 3, 4, 5, 31, 64, 255}) {
        const std::vector<float> logits = random_numbers<float>(3 * static_cast<std::size_t>(V), rng, 5.0);
        const std::vector<int32_t> targets{0, V - 1, kIgnoredTarget};
        std::vector<float> losses(3), d(logits.size()), losses2(3), d2(logits.size());
        cross_entropy_forward<Simd4f>(losses, logits, targets, V);
        cross_entropy_backward<Simd4f>(d, logits, targets, V);
        cross_entropy_forward<Scalar4f>(losses2, logits, targets, V);
        cross_entropy_backward<Scalar4f>(d2, logits, targets, V);
        CHECK(bits_of(losses, d) == bits_of(losses2, d2));
    }
}

TEST_CASE("cross_entropy: wrong sizes and ids are refused") {
    const std::vector<float> logits(6);
    std::vector<float> losses(2);
    CHECK_THROWS_AS(cross_entropy_forward<Simd4f>(losses, logits, std::vector<int32_t>{0, 3}, 3), CheckFailed);
    CHECK_THROWS_AS(cross_entropy_forward<Simd4f>(losses, logits, std::vector<int32_t>{0, -2}, 3), CheckFailed);
    CHECK_THROWS_AS(cross_entropy_forward<Simd4f>(losses, logits, std::vector<int32_t>{0}, 3), CheckFailed);
    const std::vector<int32_t> none{kIgnoredTarget, kIgnoredTarget};
    CHECK_THROWS_AS((void)mean_loss_nats(losses, none), CheckFailed);
}

TEST_CASE("bits_per_byte: one bit per token of one byte") {
    CHECK(bits_per_byte(kLn2, 100, 100) == doctest::Approx(1.0));
    CHECK(bits_per_byte(kLn2, 100, 400) == doctest::Approx(0.25));
}
