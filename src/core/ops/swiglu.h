// SwiGLU: a bend for the MLP in which one half of the numbers decides how much of the other half passes.
//
//   silu(x) = x sigmoid(x)        sigmoid(x) = 1 / (1 + exp(-x))        output = silu(x) * value
//
// One linear layer makes both halves side by side: [N,2F] with x in the first F numbers of a row and the values in the
// rest. A second linear layer brings the F products back to C channels.
//
// Shape letters: N rows (positions), F channels inside the MLP.
// Source: Shazeer, GLU Variants Improve Transformer (2020), equation 6 with beta = 1.

#pragma once

#include "core/tensor/shape.h"

namespace terrarium::core {

/// output  out [N,F]
/// gate    out [N,F]   sigmoid(x), between 0 and 1, kept for backward
/// input   in  [N,2F]  x, then the value, in every row
/// width   F
/// Checks: sizes, N and F >= 1.
template <class L>
void swiglu_forward(Span<L> output, Span<L> gate, ConstSpan<L> input, int width);

/// d_value = d_output x gate        d_x = d_output value (gate + x gate (1 - gate))
/// d_input is overwritten.
template <class L>
void swiglu_backward(Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> gate, ConstSpan<L> input, int width);

}  // namespace terrarium::core
