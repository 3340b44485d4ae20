// Squared error: the loss of models that predict numbers, such as a denoiser that predicts the noise.
//
//   loss = mean over the counted elements of (output - target)^2
//
// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), 5.1.4.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

/// output, target  in [n]
/// counted         in [n] 1 where an element counts, 0 where not; empty when all do
/// Summed in double, one element after the other. Checks: sizes, at least one element counts. NaN in, NaN out, except
/// where an element does not count.
template <class L>
[[nodiscard]] double squared_error_forward(ConstSpan<L> output, ConstSpan<L> target,
                                           std::span<const uint8_t> counted = {});

/// d_output = scale * 2 (output - target) / n_counted where an element counts, 0 elsewhere. Overwritten.
template <class L>
void squared_error_backward(Span<L> d_output, ConstSpan<L> output, ConstSpan<L> target,
                            std::span<const uint8_t> counted = {}, double scale = 1.0);

}  // namespace terrarium::core
