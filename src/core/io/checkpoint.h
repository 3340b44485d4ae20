// A checkpoint: the state of a training as bytes, so that it can go on after a crash as if there had been none.
//
//   "TERRACKP"           8 bytes that say what this is
//   version              4 bytes, lowest first, as every number here
//   whole numbers        count, then name and 8 bytes each      the step, the states of random generators, the shape
//   numbers              count, then name and 8 bytes each      doubles, bit for bit
//   tables               count, then name, length and 4 bytes per float      weights and what the optimiser remembers
//   checksum             4 bytes, CRC-32 of everything before
//
// A name is its length in 2 bytes and then its bytes. Names come in order, each once, so equal states give equal bytes.
// "The same bits as without the crash" needs all of it: an optimiser that forgot its averages, or a random generator
// that started again, would take another way.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/support/result.h"
#include "core/support/rng.h"
#include "core/tensor/lanes.h"
#include "core/train/adamw.h"

namespace terrarium::core::io {

inline constexpr uint32_t kCheckpointVersion = 1;
inline constexpr int64_t kMaxCheckpointBytes = 256 * 1024 * 1024;

/// What the bytes hold, by name.
struct Checkpoint {
    std::map<std::string, int64_t> whole;
    std::map<std::string, double> numbers;
    std::map<std::string, std::vector<float>> tables;
};

/// Checks: names of at most 65,535 bytes.
[[nodiscard]] std::string encode_checkpoint(const Checkpoint& checkpoint);

/// Never throws; codes: checkpoint.too_large, checkpoint.form (cut, damaged or no checkpoint at all),
/// checkpoint.version, checkpoint.checksum.
[[nodiscard]] Result<Checkpoint> decode_checkpoint(std::string_view bytes, std::string_view file_name);

/// A transformer in training, whole.
struct TrainingState {
    TransformerShape shape;
    std::vector<float> parameters;
    AdamWState<Simd4f> optimiser;                ///< of all parameters, or of those behind base_parameter_count(shape)
    std::map<std::string, RngState> generators;  ///< by purpose: "batches", "sampling"
    int64_t step = 0;
};

[[nodiscard]] std::string encode_training(const TrainingState& state);

/// Errors: those of decode_checkpoint(), and checkpoint.content when something is missing or does not fit together.
[[nodiscard]] Result<TrainingState> decode_training(std::string_view bytes, std::string_view file_name);

}  // namespace terrarium::core::io
