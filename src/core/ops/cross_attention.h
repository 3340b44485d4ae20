// Cross-attention: the positions of one text look at the positions of another, as a translation looks at its source.
//
// The same three steps as in attention.h. Only the queries come from here, while keys and values come from there:
//   score[t,s] = query[t] . key[s] / sqrt(D)         weights[t,:] = softmax(score[t,:])
//   output[t] = sum over s of weights[t,s] value[s]
// Nothing is hidden but padding: the other text is known as a whole.
//
// Shape letters: B batch, T time (positions that ask), S source (positions that are looked at), C channels, H heads,
// D = C / H.
// Source: Vaswani et al., Attention Is All You Need (2017), 3.2.3, "encoder-decoder attention".

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

struct CrossAttentionShape {
    int32_t batch = 0;        ///< B
    int32_t time = 0;         ///< T
    int32_t source_time = 0;  ///< S
    int32_t width = 0;        ///< C, a multiple of H
    int32_t n_heads = 0;      ///< H
};

/// output          out [B,T,C]    head h at channels h*D .. h*D+D-1
/// weights         out [B,H,T,S]  each row sums to 1; zeros at padding
/// queries         in  [B,T,C]
/// keys_values     in  [B,S,2C]   keys of all heads, then values; padding must be finite
/// source_lengths  in  [B]        positions of each source that are no padding, from 1 to S; empty when all are full
/// Checks: sizes and lengths.
template <class L>
void cross_attention_forward(Span<L> output, Span<L> weights, ConstSpan<L> queries, ConstSpan<L> keys_values,
                             std::span<const int32_t> source_lengths, const CrossAttentionShape& shape);

/// d_queries, d_keys_values  out  overwritten; formulas in attention.h
/// scratch                   out [T,S]  its content afterwards has no meaning
template <class L>
void cross_attention_backward(Span<L> d_queries, Span<L> d_keys_values, Span<L> scratch, ConstSpan<L> d_output,
                              ConstSpan<L> weights, ConstSpan<L> queries, ConstSpan<L> keys_values,
                              std::span<const int32_t> source_lengths, const CrossAttentionShape& shape);

}  // namespace terrarium::core
