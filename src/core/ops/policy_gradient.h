// Policy gradient: make the model's own tokens likelier when they earned more than expected, less likely when less.
//
// A reward cannot be differentiated: it is a number for a finished answer. But the probability of having written that
// answer can. REINFORCE therefore follows
//   loss = -(1/n) sum over the sampled tokens of advantage[token] log p(token)        advantage = reward - baseline
// whose gradient is, on average over samples, the gradient of the expected reward. The baseline changes no average,
// only the noise.
//
// So that the model does not wander off from the one it came from, its distance to that reference is taken off the
// reward (kl_penalised_reward) or added to the loss exactly (kl_divergence.h, kl_backward_to_first).
//
// Shape letters: N rows (positions), V vocabulary.
// Sources: Williams, Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement Learning (1992);
// Ziegler et al., Fine-Tuning Language Models from Human Preferences (2019), equation 2, for the penalty; Kool, van
// Hoof, Welling, Buy 4 REINFORCE Samples, Get a Baseline for Free! (2019) for leaving one out; Schulman, Approximating
// KL Divergence (2020) for the estimators.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

/// advantages[i] = rewards[i] - baseline.
void advantages_from_baseline(std::span<double> advantages, std::span<const double> rewards, double baseline);

/// advantages[i] = rewards[i] - mean of all other rewards: no answer is measured against itself, and the sum stays 0.
/// Checks: at least two answers.
void advantages_leaving_one_out(std::span<double> advantages, std::span<const double> rewards);

/// From the losses of cross_entropy_forward(), which are -log p(token), 0 in ignored rows:
/// (1/n_counted) sum over the rows of weights[n] * losses[n].
///
/// losses   in [N]  nats
/// targets  in [N]  the sampled tokens, or kIgnoredTarget for prompt and padding
/// weights  in [N]  the advantage of the answer that each token belongs to; may be negative
/// Checks: sizes, at least one token counts.
template <class L>
[[nodiscard]] double weighted_likelihood_loss(ConstSpan<L> losses, std::span<const int32_t> targets,
                                              std::span<const double> weights);

/// Its gradient, times scale, in place: probabilities [N,V] become
///   d_logits[n,v] = -scale weights[n] ([v == targets[n]] - probabilities[n,v]) / n_counted, 0 in ignored rows.
/// With all weights 1 this is the gradient of cross-entropy.
template <class L>
void weighted_likelihood_backward_in_place(Span<L> probabilities, std::span<const int32_t> targets,
                                           std::span<const double> weights, int vocab_size, double scale = 1.0);

/// How far a token's or an answer's probability has moved, judged from one sample of the model:
enum class KlEstimator {
    K1,  ///< log p - log p_ref: right on average, but often negative for a single sample
    K3,  ///< r - 1 - log r with r = p_ref / p: right on average too, never negative, less noisy while p is near p_ref
};

/// policy, reference  log-probabilities in nats of what the policy wrote. Both estimate KL(policy || reference).
[[nodiscard]] double estimated_kl_nats(KlEstimator estimator, double policy, double reference);

/// reward - beta * sum over the tokens of estimated_kl_nats().
/// policy, reference  in [n]  log-probabilities of each token of the answer. Checks: equal sizes.
[[nodiscard]] double kl_penalised_reward(double reward, double beta, KlEstimator estimator,
                                         std::span<const double> policy, std::span<const double> reference);

}  // namespace terrarium::core
