// RMS normalisation: bring every position's numbers to a common size, without moving their mean.
//
// Layer normalisation (layer_norm.h) subtracts the mean first and adds a bias last. Leaving both out saves work and, in
// practice, costs nothing: what keeps training stable is the common size.
//
//   r = 1 / sqrt(sum(x^2) / C + 1e-5)        normalised = x r        output = normalised * gain
//
// Shape letters: N rows (positions), C channels.
// Source: Zhang & Sennrich, Root Mean Square Layer Normalization (2019), equation 4; the small constant under the root
// is a habit of implementations.

#pragma once

#include "core/tensor/shape.h"

namespace terrarium::core {

inline constexpr double kRmsNormEpsilon = 1e-5;  ///< keeps a row of zeros from dividing by zero

/// output       out [N,C]
/// normalised   out [N,C]  kept for backward
/// inverse_rms  out [N]    r above, kept for backward
/// input        in  [N,C]
/// gain         in  [C]
/// Checks: matching sizes, N and C >= 1.
template <class L>
void rms_norm_forward(Span<L> output, Span<L> normalised, Span<L> inverse_rms, ConstSpan<L> input, ConstSpan<L> gain);

/// With h = normalised and g = d_output * gain, per row:
///   d_input += r (g - h mean(g h))      d_gain += d_output * h
/// Both are added to, because a transformer's residual path brings a gradient of its own.
template <class L>
void rms_norm_backward(Span<L> d_input, Span<L> d_gain, ConstSpan<L> d_output, ConstSpan<L> normalised,
                       ConstSpan<L> inverse_rms, ConstSpan<L> gain);

}  // namespace terrarium::core
