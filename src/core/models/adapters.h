// Adapters of a transformer (ops/lora.h) put into its weights and taken out again.
//
// Merged, the first parameter_count(without_adapters(shape)) numbers are a whole model of the shape without adapters:
// it computes, to rounding, what the model with adapters computed, and costs no more than the base. The adapters stay
// behind it, so that they can be taken out of the weights again. A model that still uses its adapters must not be
// merged, or they would count twice.
//
// Source: Hu et al. (2021), section 4.1, "no additional inference latency".

#pragma once

#include "core/models/transformer_shape.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

/// weight += alpha/r A B, for every adapted weight.
/// parameters  in/out  Checks: parameter_count(shape) numbers, rank >= 1.
template <class L>
void merge_adapters(Span<L> parameters, const TransformerShape& shape);

/// weight -= alpha/r A B: the base again, to rounding.
template <class L>
void unmerge_adapters(Span<L> parameters, const TransformerShape& shape);

}  // namespace terrarium::core
