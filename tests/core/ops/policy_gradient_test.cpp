#include "core/ops/policy_gradient.h"

#include <doctest/doctest.h>

#include "core/ops/cross_entropy.h"
#include "core/ops/kl_divergence.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

const std::vector<int32_t> kTargets{1, kIgnoredTarget, 4, 0};
const std::vector<double> kWeights{0.8, 100.0, -1.3, 0.1};  // the ignored one is large, so that it would show

template <class L>
std::vector<typename L::Scalar> gradient(const std::vector<typename L::Scalar>& logits,
                                         const std::vector<int32_t>& targets, const std::vector<double>& weights, int V,
                                         double scale = 1.0) {
    std::vector<typename L::Scalar> p(logits.size());
    softmax<L>(p, logits, V);
    weighted_likelihood_backward_in_place<L>(p, targets, weights, V, scale);
    return p;
}

}  // namespace

TEST_CASE("policy_gradient: a fair coin that won 2 more than expected is pulled by 1 towards its side") {
    const std::vector<double> d = gradient<Scalar4d>({0.0, 0.0}, std::vector<int32_t>{1}, std::vector<double>{2.0}, 2);
    CHECK(d == std::vector<double>{1.0, -1.0});  // -2 (onehot - 1/2): descending raises the second logit
}

TEST_CASE("policy_gradient: with weights of 1 it is cross-entropy") {
    Rng rng(1);
    const std::vector<double> logits = random_numbers<double>(20, rng, 2.0);
    std::vector<double> losses(4), d(20);
    cross_entropy_forward<Scalar4d>(losses, logits, kTargets, 5);
    cross_entropy_backward<Scalar4d>(d, logits, kTargets, 5);
    const std::vector<double> ones(4, 1.0), got = gradient<Scalar4d>(logits, kTargets, ones, 5);
    CHECK(weighted_likelihood_loss<Scalar4d>(losses, kTargets, ones) ==
          doctest::Approx(mean_loss_nats(losses, kTargets)));
    for (std::size_t i = 0; i < 20; ++i) CHECK(got[i] == doctest::Approx(d[i]).epsilon(1e-12));
}

TEST_CASE("policy_gradient: backward is the slope, times its scale") {
    Rng rng(2);
    for (const int V : {5, 8, 19}) {
        std::vector<double> logits = random_numbers<double>(4 * count_of(V), rng, 2.0), losses(4);
        const std::vector<double> d = gradient<Scalar4d>(logits, kTargets, kWeights, V, 0.4);
        const auto loss = [&] {
            cross_entropy_forward<Scalar4d>(losses, logits, kTargets, V);
            return 0.4 * weighted_likelihood_loss<Scalar4d>(losses, kTargets, kWeights);
        };
        CHECK(worst_slope_error(logits, d, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("policy_gradient: on average over samples it is the gradient of the expected reward, whatever the baseline") {
    // One position, three tokens with known rewards: the average over samples is a sum over the three.
    std::vector<double> logits{0.3, -0.7, 1.1}, p(3);
    const std::vector<double> reward{2.0, -1.0, 0.5};
    const auto expected_loss = [&] {
        softmax<Scalar4d>(p, logits, 3);
        return -weighted_sum(p, reward);
    };
    for (const double baseline : {0.0, 0.7}) {
        std::vector<double> average(3);
        expected_loss();
        const std::vector<double> probability = p;
        for (int32_t token = 0; token < 3; ++token) {
            const std::size_t at = count_of(token);
            const std::vector<double> d = gradient<Scalar4d>(logits, {token}, {reward[at] - baseline}, 3);
            for (std::size_t v = 0; v < 3; ++v) average[v] += probability[at] * d[v];
        }
        CHECK(worst_slope_error(logits, average, expected_loss) <= kLargestSlopeError);
    }
}

TEST_CASE("policy_gradient: both estimators are right on average, and only k3 is never negative") {
    const std::vector<double> logits{0.3, -0.7, 1.1}, reference{0.1, 0.2, 0.4};
    std::vector<double> p(3), q(3), nats(1);
    softmax<Scalar4d>(p, logits, 3);
    softmax<Scalar4d>(q, reference, 3);
    kl_divergence_forward<Scalar4d>(nats, logits, reference, {}, 3);
    double k1 = 0.0, k3 = 0.0, lowest_k1 = 0.0;
    for (std::size_t v = 0; v < 3; ++v) {
        const double a = terrarium::core::log(p[v]), b = terrarium::core::log(q[v]);
        const double one = estimated_kl_nats(KlEstimator::K1, a, b), three = estimated_kl_nats(KlEstimator::K3, a, b);
        k1 += p[v] * one;
        k3 += p[v] * three;
        lowest_k1 = one < lowest_k1 ? one : lowest_k1;
        CHECK(three >= 0.0);
    }
    CHECK(k1 == doctest::Approx(nats[0]).epsilon(1e-12));
    CHECK(k3 == doctest::Approx(nats[0]).epsilon(1e-12));
    CHECK(lowest_k1 < 0.0);
    CHECK(estimated_kl_nats(KlEstimator::K3, -2.0, -2.0) == 0.0);
}

TEST_CASE("policy_gradient: the penalty is beta times the sum over the tokens") {
    const std::vector<double> policy{-1.0, -2.0}, reference{-1.5, -1.0};
    CHECK(kl_penalised_reward(3.0, 0.1, KlEstimator::K1, policy, reference) == doctest::Approx(3.0 - 0.1 * -0.5));
    const double k3 = (terrarium::core::exp(-0.5) - 1.0 + 0.5) + (terrarium::core::exp(1.0) - 1.0 - 1.0);
    CHECK(kl_penalised_reward(3.0, 0.1, KlEstimator::K3, policy, reference) == doctest::Approx(3.0 - 0.1 * k3));
    CHECK(kl_penalised_reward(3.0, 0.1, KlEstimator::K3, {}, {}) == 3.0);
}

TEST_CASE("policy_gradient: each answer is measured against the others") {
    std::vector<double> advantages(3);
    advantages_leaving_one_out(advantages, std::vector<double>{1.0, 2.0, 6.0});
    CHECK(advantages == std::vector<double>{-3.0, -1.5, 4.5});
    advantages_from_baseline(advantages, std::vector<double>{1.0, 2.0, 6.0}, 3.0);
    CHECK(advantages == std::vector<double>{-2.0, -1.0, 3.0});
}

TEST_CASE("policy_gradient: lanes agree bit for bit") {
    for (const int V : {5, 8, 31, 64}) {
        Rng rng(3);
        const std::vector<float> logits = random_numbers<float>(4 * count_of(V), rng, 3.0);
        CHECK(bits_of(gradient<Simd4f>(logits, kTargets, kWeights, V)) ==
              bits_of(gradient<Scalar4f>(logits, kTargets, kWeights, V)));
    }
}

TEST_CASE("policy_gradient: huge advantages stay finite, and what is ignored moves nothing") {
    const std::vector<float> d = gradient<Simd4f>({1e30f, 0, 0, 1, 2, 3}, {0, kIgnoredTarget}, {1e30, 1e30}, 3);
    for (const float x : d) CHECK(x == 0.0f);  // the certain token cannot become likelier
}

TEST_CASE("policy_gradient: wrong sizes, ids and single answers are refused") {
    std::vector<double> one(1), two(2);
    CHECK_THROWS_AS(advantages_leaving_one_out(one, one), CheckFailed);
    CHECK_THROWS_AS(advantages_from_baseline(one, two, 0.0), CheckFailed);
    CHECK_THROWS_AS(gradient<Simd4f>({1, 2, 3}, {3}, {1.0}, 3), CheckFailed);
    CHECK_THROWS_AS(gradient<Simd4f>({1, 2, 3}, {0}, {1.0, 2.0}, 3), CheckFailed);
    CHECK_THROWS_AS(gradient<Simd4f>({1, 2, 3}, {kIgnoredTarget}, {1.0}, 3), CheckFailed);
    CHECK_THROWS_AS((void)kl_penalised_reward(1.0, 0.1, KlEstimator::K1, one, two), CheckFailed);
}
