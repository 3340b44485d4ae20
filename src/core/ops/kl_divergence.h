// Kullback-Leibler divergence: how many nats it costs to believe q where p is true.
//
//   KL(p || q) = sum over v of p[v] (log p[v] - log q[v])        p, q = softmax of two rows of logits
//
// It is 0 only where both agree, and not symmetric. Which side learns makes the difference:
//   q learns  kl_backward_to_second()  q must cover everything that p does: distillation
//   p learns  kl_backward_to_first()   p may give up what q does, but not do what q never does: a tuned model that must
//                                      stay near its reference
//
// Rows that do not count are marked in `targets` by kIgnoredTarget (cross_entropy.h), as everywhere; other ids have no
// meaning here, and an empty list means that all rows count.
//
// Shape letters: N rows (positions), V vocabulary.
// Sources: Kullback & Leibler, On Information and Sufficiency (1951); Goodfellow, Bengio, Courville, Deep Learning
// (2016), 3.13 and figure 3.6.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

/// divergences  out [N]    nats, at least 0 but for rounding; 0 in rows that do not count
/// p_logits     in  [N,V]
/// q_logits     in  [N,V]
/// Checks: sizes, V >= 2. NaN in, NaN out. Logits must be finite.
template <class L>
void kl_divergence_forward(Span<L> divergences, ConstSpan<L> p_logits, ConstSpan<L> q_logits,
                           std::span<const int32_t> targets, int vocab_size);

/// Mean over the rows that count, in nats. Requires at least one.
template <class L>
[[nodiscard]] double mean_divergence_nats(ConstSpan<L> divergences, std::span<const int32_t> targets);

/// d_q_logits[n,v] += scale (q[v] - p[v]) / n_counted: the gradient of scale times the mean, with p held fixed.
template <class L>
void kl_backward_to_second(Span<L> d_q_logits, ConstSpan<L> p_logits, ConstSpan<L> q_logits,
                           std::span<const int32_t> targets, int vocab_size, double scale = 1.0);

/// d_p_logits[n,v] += scale p[v] (log p[v] - log q[v] - KL(p || q)) / n_counted, with q held fixed.
template <class L>
void kl_backward_to_first(Span<L> d_p_logits, ConstSpan<L> p_logits, ConstSpan<L> q_logits,
                          std::span<const int32_t> targets, int vocab_size, double scale = 1.0);

}  // namespace terrarium::core
