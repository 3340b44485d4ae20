#include "core/ops/policy_gradient.h"

#include "core/ops/cross_entropy.h"
#include "core/ops/softmax_row.h"
#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

double checked_count(std::span<const int32_t> targets, std::span<const double> weights) {
    TERRARIUM_CHECK(targets.size() == weights.size(), "Every token has one weight.");
    std::size_t n = 0;
    for (const int32_t target : targets) n += target != kIgnoredTarget;
    TERRARIUM_CHECK(n >= 1, "A policy gradient needs at least one token that counts.");
    return static_cast<double>(n);
}

}  // namespace

void advantages_from_baseline(std::span<double> advantages, std::span<const double> rewards, double baseline) {
    TERRARIUM_CHECK(advantages.size() == rewards.size(), "Every answer has one reward and one advantage.");
    for (std::size_t i = 0; i < rewards.size(); ++i) advantages[i] = rewards[i] - baseline;
}

void advantages_leaving_one_out(std::span<double> advantages, std::span<const double> rewards) {
    TERRARIUM_CHECK(advantages.size() == rewards.size(), "Every answer has one reward and one advantage.");
    TERRARIUM_CHECK(rewards.size() >= 2, "Leaving one answer out needs two.");
    double sum = 0.0;
    for (const double reward : rewards) sum += reward;
    const double others = static_cast<double>(rewards.size() - 1);
    for (std::size_t i = 0; i < rewards.size(); ++i) advantages[i] = rewards[i] - (sum - rewards[i]) / others;
}

template <class L>
double weighted_likelihood_loss(ConstSpan<L> losses, std::span<const int32_t> targets,
                                std::span<const double> weights) {
    const double n = checked_count(targets, weights);
    TERRARIUM_CHECK(losses.size() == targets.size(), "There must be one loss per target.");
    double sum = 0.0;
    for (std::size_t i = 0; i < losses.size(); ++i) {
        if (targets[i] != kIgnoredTarget) sum += weights[i] * static_cast<double>(losses[i]);
    }
    return sum / n;
}

template <class L>
void weighted_likelihood_backward_in_place(Span<L> probabilities, std::span<const int32_t> targets,
                                           std::span<const double> weights, int vocab_size, double scale) {
    using S = typename L::Scalar;
    const double n = checked_count(targets, weights);
    TERRARIUM_CHECK(vocab_size >= 2 && probabilities.size() == count_of(targets.size(), vocab_size),
                    "A policy gradient needs N*V probabilities.");
    S* row = probabilities.data();
    for (std::size_t i = 0; i < targets.size(); ++i, row += vocab_size) {
        const bool is_counted = targets[i] != kIgnoredTarget;
        TERRARIUM_CHECK(!is_counted || (targets[i] >= 0 && targets[i] < vocab_size),
                        "A target is outside the vocabulary.");
        const S factor = is_counted ? static_cast<S>(scale * weights[i] / n) : S(0);
        scale_row<L>(row, factor, vocab_size);
        if (is_counted) row[targets[i]] -= factor;
    }
}

double estimated_kl_nats(KlEstimator estimator, double policy, double reference) {
    const double log_ratio = reference - policy;
    return estimator == KlEstimator::K1 ? -log_ratio : (exp(log_ratio) - 1.0) - log_ratio;
}

double kl_penalised_reward(double reward, double beta, KlEstimator estimator, std::span<const double> policy,
                           std::span<const double> reference) {
    TERRARIUM_CHECK(policy.size() == reference.size(), "Every token has two log-probabilities.");
    double kl = 0.0;
    for (std::size_t i = 0; i < policy.size(); ++i) kl += estimated_kl_nats(estimator, policy[i], reference[i]);
    return reward - beta * kl;
}

#define TERRARIUM_INSTANTIATE(L)                                                                                       \
    template double weighted_likelihood_loss<L>(ConstSpan<L>, std::span<const int32_t>, std::span<const double>);      \
    template void weighted_likelihood_backward_in_place<L>(Span<L>, std::span<const int32_t>, std::span<const double>, \
                                                           int, double);
TERRARIUM_INSTANTIATE(Simd4f)
TERRARIUM_INSTANTIATE(Scalar4f)
TERRARIUM_INSTANTIATE(Scalar4d)
#undef TERRARIUM_INSTANTIATE

}  // namespace terrarium::core
