// Activations: the bend between two linear layers, in the four shapes that small networks use.
//
//   relu(x) = max(0, x)                          slope 1 above 0, else 0
//   tanh(x) = 2 / (1 + exp(-2x)) - 1             slope 1 - tanh(x)^2
//   silu(x) = x s(x),  s(x) = 1 / (1 + exp(-x))  slope s + x s (1 - s)
//   gelu(x)                                      see gelu.h
//
// tanh in this form has an absolute error of about one rounding of 1, which is all that a layer behind it can notice;
// the accurate function is in support/math.h.
// Sources: Nair & Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines (2010); Goodfellow, Bengio,
// Courville, Deep Learning (2016), 6.3; Elfwing, Uchibe, Doya, Sigmoid-Weighted Linear Units (2018).

#pragma once

#include "core/tensor/shape.h"

namespace terrarium::core {

enum class Activation { Relu, Gelu, Tanh, Silu };

/// output  out [n]
/// gate    out [n]  what backward needs beside the input: GELU's gate, SiLU's s(x), the output of tanh; untouched by
/// ReLU input   in  [n] Checks: equal sizes. NaN in, NaN out.
template <class L>
void activation_forward(Activation kind, Span<L> output, Span<L> gate, ConstSpan<L> input);

/// d_input = d_output times the slope at the input. d_input is overwritten and may be d_output itself.
template <class L>
void activation_backward(Activation kind, Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> gate,
                         ConstSpan<L> input);

}  // namespace terrarium::core
