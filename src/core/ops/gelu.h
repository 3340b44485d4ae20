// GELU: the bend between the two linear layers of the MLP. Without a bend, two linear layers are just one.
//
//   gelu(x) = x/2 (1 + tanh(u)) = x * gate       u = sqrt(2/pi) (x + 0.044715 x^3)       gate = 1 / (1 + exp(-2u))
//
// Large positive numbers pass, large negative ones are stopped, with a smooth change between. The second form needs one
// exponential; the two are equal because (1 + tanh u) / 2 = 1 / (1 + exp(-2u)).
// Source: Hendrycks & Gimpel, Gaussian Error Linear Units (2016), section 2, the tanh approximation.

#pragma once

#include "core/tensor/shape.h"

namespace terrarium::core {

/// output  out [n]
/// gate    out [n]  between 0 and 1, kept for backward
/// input   in  [n]
/// Checks: equal sizes.
template <class L>
void gelu_forward(Span<L> output, Span<L> gate, ConstSpan<L> input);

/// d_input = d_output (gate + x gate (1 - gate) 2 du/dx), with du/dx = sqrt(2/pi) (1 + 3 * 0.044715 x^2).
/// d_input is overwritten and may be d_output itself.
template <class L>
void gelu_backward(Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> gate, ConstSpan<L> input);

}  // namespace terrarium::core
