// The length of the gradient: how steep the loss is where the model stands, and a guard against steps that are too
// long.

#pragma once

#include "core/tensor/lanes.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

/// sqrt(sum of squares), added up in double from the first to the last, so that it is the same everywhere.
template <class L>
[[nodiscard]] double gradient_norm(ConstSpan<L> gradients);

/// Shortens the gradient to max_norm if it is longer, and returns its length before. NaN and infinity stay as they are:
/// a diverged run should look like one. Checks: max_norm > 0.
/// Source: Pascanu, Mikolov, Bengio, On the Difficulty of Training Recurrent Neural Networks (2013), algorithm 1.
template <class L>
double clip_gradient_norm(Span<L> gradients, double max_norm);

}  // namespace terrarium::core
