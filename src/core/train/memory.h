// How much memory a training will take, known before it starts.
//
// Everything is taken when model and optimiser are made, and nothing in a step (tests count). So the sum below is what
// the run needs to its end, apart from its texts, its curves, and a few hundred bytes of bookkeeping.

#pragma once

#include <cstdint>

#include "core/models/transformer_shape.h"

namespace terrarium::core {

/// What an optimiser remembers: numbers per parameter that learns.
enum class OptimiserMemory {
    None = 0,  ///< plain SGD
    One = 1,   ///< SGD with momentum
    Two = 2,   ///< Adam, AdamW
};

struct TrainingMemory {
    uint64_t parameters_bytes = 0;
    uint64_t gradients_bytes = 0;
    uint64_t optimiser_bytes = 0;
    uint64_t activations_bytes = 0;  ///< for the backward pass; with the ids of a batch and the like

    [[nodiscard]] uint64_t total_bytes() const {
        return parameters_bytes + gradients_bytes + optimiser_bytes + activations_bytes;
    }
};

/// max_batch  texts that are read at once (train/accumulate.h reads a larger batch in parts)
/// n_learning  parameters that the optimiser was made for: all, or those behind base_parameter_count(shape)
/// Checks: a valid shape, max_batch >= 1.
[[nodiscard]] TrainingMemory training_memory(const TransformerShape& shape, int max_batch, OptimiserMemory optimiser,
                                             int64_t n_learning);

/// The same with every parameter learning, or with adapters only where there are some.
[[nodiscard]] TrainingMemory training_memory(const TransformerShape& shape, int max_batch, OptimiserMemory optimiser);

}  // namespace terrarium::core
