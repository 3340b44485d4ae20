#include "core/infer/quantize.h"

#include <algorithm>
#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/gemm_int8.h"
#include "core/tensor/shape.h"

namespace terrarium::core {
namespace {

/// A matrix among the parameters. Gains, biases, positions, heads and adapters stay as they are.
struct Matrix {
    int64_t offset;
    int K, N;
    bool is_transposed;  ///< the token table: its rows are what a scale belongs to
};

std::vector<Matrix> matrices_of(const TransformerShape& shape) {
    std::vector<Matrix> matrices;
    for (const ParameterInfo& info : parameter_table(shape)) {
        if (info.role == ParameterRole::Tokens) matrices.push_back({info.offset, info.columns, info.rows, true});
        if (info.role == ParameterRole::Matrix || info.role == ParameterRole::Writer)
            matrices.push_back({info.offset, info.rows, info.columns, false});
    }
    return matrices;
}

int groups_of(int K) { return (K + kInt4GroupSize - 1) / kInt4GroupSize; }

std::vector<float> int8_and_back(MatrixView<float> b, int K, int N) {
    std::vector<int8_t> values(count_of(K, N));
    std::vector<float> scales(count_of(N)), result(count_of(K, N));
    quantize_columns(values, scales, b, K, N);
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[i] = static_cast<float>(values[i]) * scales[i % scales.size()];
    }
    return result;
}

}  // namespace

Int4Weights quantize_int4(MatrixView<float> b, int K, int N) {
    TERRARIUM_CHECK(K >= 1 && N >= 1, "A matrix to quantise needs rows and columns.");
    const std::ptrdiff_t down = b.is_transposed ? 1 : b.stride, right = b.is_transposed ? b.stride : 1;
    const std::size_t row_bytes = (count_of(N) + 1) / 2;
    Int4Weights out{K, N, std::vector<uint8_t>(count_of(K) * row_bytes, 0x88), std::vector<float>()};
    out.scales.resize(count_of(groups_of(K), N));
    for (int n = 0; n < N; ++n) {
        for (int group = 0; group < groups_of(K); ++group) {
            const int k0 = group * kInt4GroupSize, k1 = std::min(K, k0 + kInt4GroupSize);
            float largest = 0.0f;
            for (int k = k0; k < k1; ++k) {
                const float w = b.data[k * down + n * right];
                if (!(w - w == 0.0f)) largest = std::numeric_limits<float>::quiet_NaN();
                largest = std::max({largest, w, -w});
            }
            const float scale = quantization_scale(largest, kInt4Limit);
            out.scales[count_of(group, N) + count_of(n)] = scale;
            if (!(scale > 0.0f)) continue;  // all numbers stay 0
            const float inverse = 1.0f / scale;
            for (int k = k0; k < k1; ++k) {
                const int number = round_half_even(b.data[k * down + n * right] * inverse) + 8;
                uint8_t& both = out.packed[count_of(k) * row_bytes + count_of(n) / 2];
                both = static_cast<uint8_t>(n % 2 == 0 ? (both & 0xF0) | number : (both & 0x0F) | number << 4);
            }
        }
    }
    return out;
}

std::vector<float> dequantize(const Int4Weights& weights) {
    const std::size_t row_bytes = (count_of(weights.N) + 1) / 2;
    std::vector<float> result;
    result.reserve(count_of(weights.K, weights.N));
    for (int k = 0; k < weights.K; ++k) {
        for (int n = 0; n < weights.N; ++n) {
            const int both = weights.packed[count_of(k) * row_bytes + count_of(n) / 2];
            const int number = (n % 2 == 0 ? both & 15 : both >> 4) - 8;
            const std::size_t scale = count_of(k / kInt4GroupSize, weights.N) + count_of(n);
            result.push_back(static_cast<float>(number) * weights.scales[scale]);
        }
    }
    return result;
}

QuantizationError quantization_error(std::span<const float> original, std::span<const float> quantised) {
    TERRARIUM_CHECK(!original.empty() && original.size() == quantised.size(), "An error needs two equally long lists.");
    QuantizationError error;
    double errors = 0.0, squares = 0.0;
    for (std::size_t i = 0; i < original.size(); ++i) {
        const double w = static_cast<double>(original[i]), d = w - static_cast<double>(quantised[i]);
        const double size = absolute(d);
        if (size > error.largest || size != size) error.largest = size;  // NaN stays
        errors += d * d;
        squares += w * w;
    }
    const double count = static_cast<double>(original.size());
    error.rms = sqrt(errors / count);
    error.relative = squares == 0.0 ? std::numeric_limits<double>::quiet_NaN() : sqrt(errors / squares);
    return error;
}

std::vector<float> quantised_parameters(std::span<const float> parameters, const TransformerShape& shape,
                                        WeightFormat format) {
    TERRARIUM_CHECK(static_cast<int64_t>(parameters.size()) == parameter_count(shape),
                    "The numbers do not fit the shape of the transformer.");
    std::vector<float> result(parameters.begin(), parameters.end());
    if (format == WeightFormat::Float32) return result;
    for (const Matrix& m : matrices_of(shape)) {
        const MatrixView<float> b{parameters.data() + m.offset, m.is_transposed ? m.K : m.N, m.is_transposed};
        const std::vector<float> values =
            format == WeightFormat::Int8 ? int8_and_back(b, m.K, m.N) : dequantize(quantize_int4(b, m.K, m.N));
        for (int k = 0; k < m.K; ++k) {
            for (int n = 0; n < m.N; ++n) {
                const int64_t at = m.is_transposed ? int64_t{n} * m.K + k : int64_t{k} * m.N + n;
                result[static_cast<std::size_t>(m.offset + at)] = values[count_of(k, m.N) + count_of(n)];
            }
        }
    }
    return result;
}

int64_t model_bytes(const TransformerShape& shape, WeightFormat format) {
    int64_t bytes = 4 * parameter_count(shape);
    if (format == WeightFormat::Float32) return bytes;
    for (const Matrix& m : matrices_of(shape)) {
        const int64_t count = int64_t{m.K} * m.N;
        bytes -= 4 * count;
        bytes += format == WeightFormat::Int8 ? count + 4 * int64_t{m.N}
                                              : int64_t{m.K} * ((m.N + 1) / 2) + 4 * int64_t{groups_of(m.K)} * m.N;
    }
    return bytes;
}

}  // namespace terrarium::core
