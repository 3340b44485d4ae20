// Cross-entropy against a distribution instead of one right token: what distillation and label smoothing need.
//
//   z = logits / temperature        loss = temperature^2 * sum over v of target[v] (log sum_u exp(z[u]) - z[v])
//
// A teacher's probabilities also say which wrong answers are nearly right. A temperature above 1 flattens both sides,
// so that these small probabilities count. The gradient then shrinks by temperature^2, and the factor in front brings
// it back, so that the learning rate may stay.
//
// With one target of 1 in a row and temperature 1 this is cross_entropy.h.
//
// Shape letters: N rows (positions), V vocabulary.
// Sources: Hinton, Vinyals, Dean, Distilling the Knowledge in a Neural Network (2015), section 2; Szegedy et al.,
// Rethinking the Inception Architecture for Computer Vision (2016), section 7, for label smoothing.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

/// losses         out [N]    nats times temperature^2; 0 in rows whose targets are all 0: those are ignored
/// probabilities  out [N,V]  softmax(logits / temperature), kept for backward
/// logits         in  [N,V]  finite: a target of 0 does not hide an infinity
/// targets        in  [N,V]  each row a distribution, or zeros
/// temperature    > 0
/// Checks: sizes, N >= 1, V >= 2, temperature.
template <class L>
void soft_cross_entropy_forward(Span<L> losses, Span<L> probabilities, ConstSpan<L> logits, ConstSpan<L> targets,
                                int vocab_size, double temperature = 1.0);

/// The gradient of scale * mean_soft_loss_nats():
///   d_logits[n,v] = scale * temperature (probabilities[n,v] sum_u targets[n,u] - targets[n,v]) / n_counted
/// Overwrites d_logits, which may be the probabilities themselves. Checks: at least one row counts.
template <class L>
void soft_cross_entropy_backward(Span<L> d_logits, ConstSpan<L> probabilities, ConstSpan<L> targets, int vocab_size,
                                 double temperature = 1.0, double scale = 1.0);

/// Mean over the rows that count, those with a target above 0. Requires at least one.
template <class L>
[[nodiscard]] double mean_soft_loss_nats(ConstSpan<L> losses, ConstSpan<L> targets, int vocab_size);

/// output[n,:] = softmax(logits[n,:] / temperature): the targets that a teacher gives.
template <class L>
void soften(Span<L> output, ConstSpan<L> logits, int vocab_size, double temperature);

/// targets[n,v] = (1 - epsilon) [v == ids[n]] + epsilon / V, and zeros where the id is kIgnoredTarget
/// (cross_entropy.h). targets  out [N,V] ids      in  [N]    in [0,V), or kIgnoredTarget epsilon  0..1: how much of the
/// certainty is spread over all tokens
template <class L>
void smooth_labels(Span<L> targets, std::span<const int32_t> ids, int vocab_size, double epsilon);

}  // namespace terrarium::core
