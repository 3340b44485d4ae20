// LoRA: teach a finished linear layer something new with two thin matrices beside its weight.
//
//   y = x W + bias + s x A B            W [I,O] stays as it is, A [I,r] and B [r,O] learn        s = alpha / r
//
// A B has at most rank r, so it is described by r (I + O) numbers instead of I O. B starts as zeros: the layer first
// does what it did before. Because A B has the form of a weight, it can be added to W when learning is over
// ("merging"): the model then costs what it cost before, and the adapter can be taken off again.
//
// Shape letters: N rows (positions), I inputs, O outputs, r rank.
// Source: Hu et al., LoRA: Low-Rank Adaptation of Large Language Models (2021), equation 3 and section 4.1.

#pragma once

#include "core/tensor/shape.h"

namespace terrarium::core {

/// inner = s x A        output += inner B
///
/// output  in/out [N,O]  what the linear layer made
/// inner   out    [N,r]  kept for backward
/// input   in     [N,I]  x
/// a, b    in     [I,r], [r,O]
/// Checks: r >= 1 and sizes.
template <class L>
void lora_forward(Span<L> output, Span<L> inner, ConstSpan<L> input, ConstSpan<L> a, ConstSpan<L> b, int rank,
                  double scale);

/// With g = s d_output B^T, [N,r]:
///   d_a += x^T g        d_b += inner^T d_output        d_input += g A^T
/// d_inner  out [N,r]  g
template <class L>
void lora_backward(Span<L> d_input, Span<L> d_a, Span<L> d_b, Span<L> d_inner, ConstSpan<L> d_output,
                   ConstSpan<L> input, ConstSpan<L> inner, ConstSpan<L> a, ConstSpan<L> b, int rank, double scale);

/// weight += scale A B. With the negative scale it takes the adapter off again, to rounding.
template <class L>
void lora_merge(Span<L> weight, ConstSpan<L> a, ConstSpan<L> b, int rank, double scale);

}  // namespace terrarium::core
