// Pooling: one row of numbers for a whole text, from the rows of its positions. What a search engine compares.
//
//   mean   output[b] = (1/length) sum over t < length of states[b,t]       usual where every position sees the whole
//   text last   output[b] = states[b,length-1]                                  usual in causal models: only the last
//   saw all
//
// Then to length 1, so that the scalar product of two texts is the cosine of their angle:
//   output = x r        r = 1 / sqrt(sum(x^2) + 1e-12)
//
// Shape letters: B batch, T time, C channels, N rows.
// Source: Reimers & Gurevych, Sentence-BERT (2019), section 3, for pooling strategies.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

enum class Pooling { Mean, Last };

inline constexpr double kUnitLengthEpsilon = 1e-12;  ///< keeps a row of zeros from dividing by zero

/// output   out [B,C]
/// states   in  [B,T,C]
/// lengths  in  [B]  tokens of each text that are no padding, from 1 to T; empty when all are full
/// Checks: sizes and lengths.
template <class L>
void pool_forward(Pooling kind, Span<L> output, ConstSpan<L> states, std::span<const int32_t> lengths, int batch,
                  int time, int width);

/// d_states[b,t] = d_output[b] / length for the mean; d_output[b] at the last position; 0 elsewhere. Overwritten.
template <class L>
void pool_backward(Pooling kind, Span<L> d_states, ConstSpan<L> d_output, std::span<const int32_t> lengths, int batch,
                   int time, int width);

/// output          out [N,C]  may be the input itself
/// inverse_length  out [N]    r above, kept for backward
/// input           in  [N,C]
/// Checks: sizes, N and C >= 1.
template <class L>
void unit_length_forward(Span<L> output, Span<L> inverse_length, ConstSpan<L> input);

/// d_input = r (d_output - output (d_output . output)): what would only make the row longer is taken out.
/// Overwritten; may be d_output itself.
template <class L>
void unit_length_backward(Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> output, ConstSpan<L> inverse_length);

}  // namespace terrarium::core
