// Linear layer: every output is a weighted sum of all inputs, plus a bias.
//
// Shape letters: N rows (positions), I inputs and O outputs per row. Weights are stored [I,O].
// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), 6.1 and, for the gradients, 6.5.

#pragma once

#include "core/tensor/shape.h"

namespace terrarium::core {

/// output[n,o] = sum_i input[n,i] weight[i,o] + bias[o] + residual[n,o]
///
/// output    out [N,O]
/// input     in  [N,I]
/// weight    in  [I,O]
/// bias      in  [O]
/// residual  in  [N,O] or empty: what a residual connection carries past the layer
/// Checks: sizes; N is output.size() / bias.size(), I is weight.size() / bias.size().
template <class L>
void linear_forward(Span<L> output, ConstSpan<L> input, ConstSpan<L> weight, ConstSpan<L> bias,
                    ConstSpan<L> residual = {});

/// d_input = d_output weight^T (overwritten), d_weight += input^T d_output, d_bias += column sums of d_output.
/// The gradient of the residual is d_output itself. d_input may not overlap d_output. d_weight may be empty: a weight
/// that is frozen needs none, and that is a third of the work.
template <class L>
void linear_backward(Span<L> d_input, Span<L> d_weight, Span<L> d_bias, ConstSpan<L> d_output, ConstSpan<L> input,
                     ConstSpan<L> weight);

}  // namespace terrarium::core
