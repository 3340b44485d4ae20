// Dropout: during training every number is thrown away with probability p, so that no part of the network can rely on
// any other one alone.
//
//   output = input / (1 - p)  where kept,  0 where dropped
//
// Dividing by 1 - p ("inverted dropout") keeps the mean the same, so that nothing needs to change when the model is
// used: then dropout is simply left out.
//
// Which numbers are dropped follows from a key and their place alone (support/rng.h, random_bits_at): the same key
// gives the same mask on every machine, whatever the lanes. Draw a new key per step and place from the run's Rng.
//
// Source: Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from Overfitting (2014), section 10 for
// the scaling during training.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

/// output            out [n]  may be the input itself
/// kept              out [n]  1 where kept, 0 where dropped; for backward
/// input             in  [n]
/// drop_probability  p, in [0,1); 0 copies the input
/// key               chooses the mask
/// first             place of the first number in the mask: a batch in parts gets the masks of the whole
/// Checks: sizes, p. A dropped NaN is gone.
template <class L>
void dropout_forward(Span<L> output, std::span<uint8_t> kept, ConstSpan<L> input, double drop_probability, uint64_t key,
                     uint64_t first = 0);

/// Whether the number at a place of the mask is kept: the rule of dropout_forward() for loops that know more.
[[nodiscard]] bool is_kept_by_dropout(double drop_probability, uint64_t key, uint64_t place);

/// d_input = d_output / (1 - p) where kept, 0 elsewhere. Overwritten; may be d_output itself.
template <class L>
void dropout_backward(Span<L> d_input, ConstSpan<L> d_output, std::span<const uint8_t> kept, double drop_probability);

}  // namespace terrarium::core
