#include "core/train/memory.h"

#include "core/support/check.h"
#include "core/tensor/arena.h"

namespace terrarium::core {

TrainingMemory training_memory(const TransformerShape& shape, int max_batch, OptimiserMemory optimiser,
                               int64_t n_learning) {
    TERRARIUM_CHECK(why_invalid(shape).empty() && max_batch >= 1, "A model of this shape cannot be built.");
    const uint64_t parameters = Arena::bytes_for<float>(static_cast<uint64_t>(parameter_count(shape)));
    return {.parameters_bytes = parameters,
            .gradients_bytes = parameters,
            .optimiser_bytes = static_cast<uint64_t>(optimiser) * static_cast<uint64_t>(n_learning) * sizeof(float),
            .activations_bytes = transformer_bytes(shape, max_batch) - 2 * parameters};
}

TrainingMemory training_memory(const TransformerShape& shape, int max_batch, OptimiserMemory optimiser) {
    const int64_t frozen = shape.lora.rank > 0 ? base_parameter_count(shape) : 0;
    return training_memory(shape, max_batch, optimiser, parameter_count(shape) - frozen);
}

}  // namespace terrarium::core
