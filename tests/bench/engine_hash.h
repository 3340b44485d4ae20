// One number that stands for what the engine computes: the same in every build and every browser, or something is
// wrong.

#pragma once

#include <cstdint>

namespace terrarium::bench {

/// What engine_hash(10, 1000) is. Changes only when the arithmetic of training changes, and then on purpose.
inline constexpr uint64_t kEngineHash = 0x11525094b9388349;

/// Trains a transformer of 1,496 parameters from each of the seeds 1, 2, ... n_seeds for n_steps, and hashes all
/// losses, all final weights and what the model then writes, bit by bit (FNV-1a, 64 bits).
uint64_t engine_hash(int n_seeds, int n_steps);

}  // namespace terrarium::bench
