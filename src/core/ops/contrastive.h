// InfoNCE: learn rows of numbers for texts by telling the matching one from all others of the batch.
//
//   score[i,j] = query[i] . passage[j] / temperature
//   loss = -(1/n) sum over the queries i of log( exp(score[i,i]) / sum over j of exp(score[i,j]) )
//
// Passage i answers query i; every other passage of the batch is a wrong answer for it, at no extra cost. Passages
// behind the first n belong to no query: they are wrong answers for all ("hard negatives"). It is cross-entropy over
// the batch: ln m for m passages where all look alike. A low temperature makes the loss look at the hardest wrong
// answer only.
//
// Letters: n queries, m >= n passages, C channels. Rows have length 1 where a cosine is meant (pooling.h).
// Sources: van den Oord, Li, Vinyals, Representation Learning with Contrastive Predictive Coding (2018), equation 4;
// Karpukhin et al., Dense Passage Retrieval (2020), section 3.2, for passages of the same batch as wrong answers.

#pragma once

#include "core/tensor/shape.h"

namespace terrarium::core {

/// The loss in nats.
///
/// probabilities  out [n,m]  softmax of each row of scores, kept for backward
/// queries        in  [n,C]
/// passages       in  [m,C]
/// temperature    > 0
/// Checks: sizes, 1 <= n <= m, m >= 2, temperature. NaN in, NaN out.
template <class L>
[[nodiscard]] double info_nce_forward(Span<L> probabilities, ConstSpan<L> queries, ConstSpan<L> passages, int width,
                                      double temperature);

/// With g[i,j] = scale (probabilities[i,j] - [i == j]) / (n temperature):
///   d_queries = g passages        d_passages = g^T queries
/// Both are overwritten, and so are the probabilities, which become g.
template <class L>
void info_nce_backward(Span<L> d_queries, Span<L> d_passages, Span<L> probabilities, ConstSpan<L> queries,
                       ConstSpan<L> passages, int width, double temperature, double scale = 1.0);

}  // namespace terrarium::core
