// Layer normalisation: bring every position's numbers to mean 0 and variance 1, then let the model rescale them.
//
// It keeps numbers in a range where learning works, however deep the network is.
//
//   mean = sum(x) / C        variance = sum((x - mean)^2) / C        r = 1 / sqrt(variance + 1e-5)
//   normalised = (x - mean) r                output = normalised * gain + bias
//
// Shape letters: N rows (positions), C channels.
// Source: Ba, Kiros, Hinton, Layer Normalization (2016), equations 3 and 4.

#pragma once

#include "core/tensor/shape.h"

namespace terrarium::core {

inline constexpr double kLayerNormEpsilon = 1e-5;  ///< keeps a constant row from dividing by zero

/// output      out [N,C]
/// normalised  out [N,C]  kept for backward
/// inverse_sd  out [N]    r above, kept for backward
/// input       in  [N,C]
/// gain, bias  in  [C]
/// Checks: matching sizes, N and C >= 1.
template <class L>
void layer_norm_forward(Span<L> output, Span<L> normalised, Span<L> inverse_sd, ConstSpan<L> input, ConstSpan<L> gain,
                        ConstSpan<L> bias);

/// With h = normalised and g = d_output * gain, per row:
///   d_input += r (g - mean(g) - h mean(g h))      d_gain += d_output * h      d_bias += d_output
/// All three are added to, because a transformer's residual path brings a gradient of its own.
template <class L>
void layer_norm_backward(Span<L> d_input, Span<L> d_gain, Span<L> d_bias, ConstSpan<L> d_output,
                         ConstSpan<L> normalised, ConstSpan<L> inverse_sd, ConstSpan<L> gain);

}  // namespace terrarium::core
