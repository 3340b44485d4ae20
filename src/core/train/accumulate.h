// Gradient accumulation: the gradient of a batch that is too large to be kept in memory at once.
//
// The batch is read in parts of a few texts, and the parts' gradients are added up before the one step that follows. A
// part counts by its share of the targets that count, not as one of n equal parts: then the sum is the gradient of the
// whole batch (to rounding), also where texts differ in length. Dropout throws away what it would throw away in the
// whole batch. The length of the gradient is measured, and clipped, after everything is added up: parts that were each
// clipped alone would no longer add up to the direction of the whole.

#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "core/models/transformer.h"
#include "core/train/frozen.h"

namespace terrarium::core {

struct AccumulateConfig {
    int texts_at_once = 1;                                      ///< at most the model's max_batch()
    double max_norm = std::numeric_limits<double>::infinity();  ///< as in clip_gradient_norm(); infinity: no clipping
};

struct AccumulatedGradient {
    double loss_nats = 0.0;  ///< mean over all targets that count
    double norm = 0.0;       ///< length of the gradient before clipping, without what is frozen
};

/// Sets the model's gradients to the gradient of the mean loss over B texts; what was in them before is gone. Frozen
/// ones are 0.
/// inputs, targets  in [B,T]  as in Transformer::forward(); a part without any target that counts is left out
/// options          lengths of all B texts; the key of the step. Its first_text counts on from part to part.
/// Checks: sizes, at least one target that counts. Allocates nothing.
template <class L>
AccumulatedGradient accumulate_gradients(Transformer<L>& model, std::span<const int32_t> inputs,
                                         std::span<const int32_t> targets, int batch, int time,
                                         const AccumulateConfig& config, const ReadOptions& options = {},
                                         const Frozen& frozen = {});

}  // namespace terrarium::core
