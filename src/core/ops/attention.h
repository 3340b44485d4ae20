// Self-attention: each position looks at others of the same text and takes a weighted mean of what they offer.
//
// Per text and head, from three vectors of D numbers at every position (query, key, value):
//   score[t,s] = query[t] . key[s] / sqrt(D)         only for the s that t may see
//   weights[t,:] = softmax(score[t,:])               what the lab draws as an attention map; each row sums to 1
//   output[t] = sum over the visible s of weights[t,s] value[s]
//
// Which s are visible is the mask's choice: in a causal model s <= t, so that nobody looks into the future; in an
// encoder all of them. Where texts of different lengths share a batch, the padding behind a text's end is never seen.
//
// Shape letters: B batch, T time, C channels, H heads, D = C / H. The three vectors lie side by side in one row of 3C
// numbers: queries of all heads, then keys, then values.
// Source: Vaswani et al., Attention Is All You Need (2017), 3.2.1; the gradient of softmax as in Goodfellow, Bengio,
// Courville, Deep Learning (2016), 6.2.2.3.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

struct AttentionShape {
    int32_t batch = 0;    ///< B
    int32_t time = 0;     ///< T
    int32_t width = 0;    ///< C, a multiple of H
    int32_t n_heads = 0;  ///< H
};

struct AttentionMask {
    bool is_causal = true;  ///< row t sees s <= t only
    /// [B] tokens of each text that are no padding, from 1 to T; empty when every text fills its T. A padding row looks
    /// at the text like any other row; nobody looks at it, so what it computes changes nothing else.
    std::span<const int32_t> lengths = {};
};

/// Dropout between softmax and the mean (dropout.h), while training: a position must not rely on seeing one other.
/// Source: Vaswani et al., reference implementation; Radford et al. (2019), "attention dropout".
template <class S>
struct AttentionDropout {
    double probability = 0.0;  ///< 0: none, and nothing below is used
    uint64_t key = 0;          ///< chooses the mask
    int64_t first_text = 0;    ///< texts of the batch before this part of it
    std::span<uint8_t> kept;   ///< [B,H,T,T] out of forward, in of backward
    std::span<S> scratch;      ///< [T,T]
};

/// output   out [B,T,C]    head h at channels h*D .. h*D+D-1
/// weights  out [B,H,T,T]  row t, column s; zeros where s is not visible; before dropout
/// qkv      in  [B,T,3C]   padding must be finite: a weight of 0 does not hide a NaN
/// Checks: sizes and lengths.
template <class L>
void attention_forward(Span<L> output, Span<L> weights, ConstSpan<L> qkv, const AttentionShape& shape,
                       const AttentionMask& mask = {}, const AttentionDropout<typename L::Scalar>& dropout = {});

/// With g[t,s] = d_output[t] . value[s]:
///   d_score[t,s] = weights[t,s] (g[t,s] - sum over r of weights[t,r] g[t,r])
///   d_query[t] = sum_s d_score[t,s] key[s] / sqrt(D)      d_key[s] = sum_t d_score[t,s] query[t] / sqrt(D)
///   d_value[s] = sum_t weights[t,s] d_output[t]
/// With dropout, g is divided by 1 - p where kept and 0 elsewhere, and d_value is made with the weights after dropout.
///
/// d_qkv    out [B,T,3C]  overwritten
/// scratch  out [T,T]     its content afterwards has no meaning
template <class L>
void attention_backward(Span<L> d_qkv, Span<L> scratch, ConstSpan<L> d_output, ConstSpan<L> weights, ConstSpan<L> qkv,
                        const AttentionShape& shape, const AttentionMask& mask = {},
                        const AttentionDropout<typename L::Scalar>& dropout = {});

}  // namespace terrarium::core
