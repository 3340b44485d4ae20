// Quantising a trained model: how much is lost when its weights are stored as small whole numbers.
//
//   int8   every column (output) of a matrix has one scale, its numbers lie in [-127,127]      about 1 byte a weight
//   int4   every 32 inputs of a column have a scale, their numbers lie in [-7,7]               0.5 + 4/32 bytes a
//   weight
//
// Both are symmetric (0 stays 0) and round to the nearest, halves to even (tensor/gemm_int8.h). Only matrices are
// quantised: the token table and the four of each layer. Gains, biases and positions stay floats; they are few.
//
// The token table is used twice, to read a token and to score the next one. Its "columns" are tokens: each has a scale.
//
// Sources: Jacob et al. (2018), as in tensor/gemm_int8.h; Frantar et al., GPTQ (2023), section 4, for groups of inputs;
// rounding here is the plain one, without their correction.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {

enum class WeightFormat { Float32, Int8, Int4 };

inline constexpr int kInt4Limit = 7;
inline constexpr int kInt4GroupSize = 32;  ///< inputs that share a scale

/// A matrix [K,N] in int4: two numbers a byte, the one of the even column below.
struct Int4Weights {
    int K = 0, N = 0;
    std::vector<uint8_t> packed;  ///< [K, ceil(N/2)]; each half holds the number + 8
    std::vector<float> scales;    ///< [ceil(K/32), N]; NaN for a group that is not finite
};

/// scale = largest of the group / 7; number = round(b(k,n) / scale). Checks: K, N >= 1.
[[nodiscard]] Int4Weights quantize_int4(MatrixView<float> b, int K, int N);

/// number * scale, as floats [K,N].
[[nodiscard]] std::vector<float> dequantize(const Int4Weights& weights);

/// How far floats are from their quantised form.
struct QuantizationError {
    double largest = 0.0;   ///< max |w - q|
    double rms = 0.0;       ///< square root of the mean of (w - q)^2
    double relative = 0.0;  ///< rms / square root of the mean of w^2; NaN when all w are 0
};

/// Checks: equal sizes, not empty.
[[nodiscard]] QuantizationError quantization_error(std::span<const float> original, std::span<const float> quantised);

/// All parameters of a transformer, with every matrix replaced by what its quantised form stands for. The loss of a
/// model with these parameters, less that of the original, is what quantising the weights costs. Checks:
/// parameter_count(shape) numbers.
[[nodiscard]] std::vector<float> quantised_parameters(std::span<const float> parameters, const TransformerShape& shape,
                                                      WeightFormat format);

/// Bytes of a model in this format: numbers, scales, and the floats that stay.
[[nodiscard]] int64_t model_bytes(const TransformerShape& shape, WeightFormat format);

}  // namespace terrarium::core
