// Embedding: the step from token ids to numbers a network can work with.
//
// Each token has a learned row of C numbers, each position another; the model starts from their sum. With the optional
// token shift the row of the *previous* token, from a third table, is added too. That hands every position its left
// neighbour for free, which is what one attention head otherwise has to learn first.
//
// Shape letters: B batch, T time, C channels, V vocabulary (tensor/shape.h).
// Sources: Radford et al., Language Models are Unsupervised Multitask Learners (2019) for token and position rows; the
// token shift is a simplification of Peng et al., RWKV (2023), section 3.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

struct EmbeddingShape {
    int32_t batch = 0;       ///< B
    int32_t time = 0;        ///< T, at most the number of rows of the position table
    int32_t width = 0;       ///< C
    int32_t vocab_size = 0;  ///< V
};

/// output[b,t,:] = tokens[id[b,t],:] + positions[t,:] + previous[id[b,t-1],:]; the last term only for t >= 1.
///
/// output     out [B,T,C]
/// ids        in  [B,T]    token ids in [0,V)
/// tokens     in  [V,C]
/// positions  in  [>=T,C]  empty when positions are not learned
/// previous   in  [V,C]    empty when there is no token shift
/// Checks: sizes and every id (TERRARIUM_CHECK).
template <class L>
void embedding_forward(Span<L> output, std::span<const int32_t> ids, ConstSpan<L> tokens, ConstSpan<L> positions,
                       ConstSpan<L> previous, const EmbeddingShape& shape);

/// Adds d_output[b,t,:] to the three rows that the sum came from. d_positions and d_previous are empty where their
/// tables are.
template <class L>
void embedding_backward(Span<L> d_tokens, Span<L> d_positions, Span<L> d_previous, ConstSpan<L> d_output,
                        std::span<const int32_t> ids, const EmbeddingShape& shape);

}  // namespace terrarium::core
