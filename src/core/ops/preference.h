// Losses that learn from comparisons: "this answer is better than that one".
//
// Both ask for the probability that the chosen answer wins, which grows with the margin between two scores:
//   P(chosen wins) = sigmoid(margin)        loss = -log sigmoid(margin) = log(1 + exp(-margin))
//
//   reward model  margin = r(chosen) - r(rejected), two outputs of a model that scores whole answers
//   DPO           margin = beta (log p(chosen) / p_ref(chosen) - log p(rejected) / p_ref(rejected)): the language model
//                 is its own reward model, measured against a frozen copy of itself from before
//
// A batch has few pairs, so everything is in double. A margin of any size is fine: the loss grows like the margin on
// the wrong side and falls like exp(-margin) on the right one, without overflow and without becoming 0 too early.
// NaN in, NaN out.
//
// Sources: Bradley & Terry, Rank Analysis of Incomplete Block Designs (1952); Ouyang et al., Training Language Models
// to Follow Instructions with Human Feedback (2022), equation 1; Rafailov et al., Direct Preference Optimization
// (2023), equations 5 to 7.

#pragma once

#include <span>

namespace terrarium::core {

/// log sigmoid(x) = -log(1 + exp(-x)): about x far below 0, about -exp(-x) far above.
[[nodiscard]] double log_sigmoid(double x);

/// 1 / (1 + exp(-x)).
[[nodiscard]] double sigmoid(double x);

/// Mean over n pairs of -log sigmoid(chosen - rejected), in nats; ln 2 where the model has no preference.
/// chosen, rejected  in [n]  rewards. Checks: equal sizes, n >= 1.
[[nodiscard]] double bradley_terry_loss(std::span<const double> chosen, std::span<const double> rejected);

/// d_chosen = -scale sigmoid(rejected - chosen) / n        d_rejected = -d_chosen        Overwritten.
void bradley_terry_backward(std::span<double> d_chosen, std::span<double> d_rejected, std::span<const double> chosen,
                            std::span<const double> rejected, double scale = 1.0);

/// What DPO needs to know of one pair: log-probabilities of whole answers in nats, summed over their tokens.
struct DpoPair {
    double policy_chosen = 0.0;  ///< under the model that learns
    double policy_rejected = 0.0;
    double reference_chosen = 0.0;  ///< under the frozen copy
    double reference_rejected = 0.0;
};

/// beta (log p - log p_ref): the reward that the model behaves as if it had. Up to a term that is the same for all
/// answers to a prompt.
[[nodiscard]] double implicit_reward(double policy, double reference, double beta);

/// Implicit reward of the chosen answer minus that of the rejected one. Above 0: the pair is ranked as wished.
[[nodiscard]] double dpo_margin(const DpoPair& pair, double beta);

/// Mean over the pairs of -log sigmoid(margin), in nats; ln 2 while the model is its reference.
/// beta  > 0: how strongly the model is tied to its reference. Checks: beta, at least one pair.
[[nodiscard]] double dpo_loss(std::span<const DpoPair> pairs, double beta);

/// Gradient with respect to the two log-probabilities of the policy, overwritten:
///   d_chosen = -scale beta sigmoid(-margin) / n        d_rejected = -d_chosen
/// weighted_likelihood_backward_in_place() of policy_gradient.h brings them to the logits.
void dpo_backward(std::span<double> d_chosen, std::span<double> d_rejected, std::span<const DpoPair> pairs, double beta,
                  double scale = 1.0);

}  // namespace terrarium::core
