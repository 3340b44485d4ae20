// A matrix of small whole numbers to multiply single rows with: a quarter of the memory, and faster.
//
//   w(k,n) is stored as a whole number q(k,n) in [-127,127], and column n has one scale s[n]: w is about q s
//   a row x gets one scale as well, t = max|x| / 127, each time:             x is about p t
//   c[n] = (sum over k of p[k] q(k,n)) * (s[n] t), then + bias[n], then + addend[n]
//
// The sum is one of whole numbers, in 32 bits: exact, so that its order cannot matter, and SIMD, scalar, native and
// WebAssembly give the same bits. Two products are added by one instruction (a dot product of pairs); that and the
// quarter of bytes is where the speed comes from.
//
// Quantisation here is symmetric (0 stays 0) and "per output channel": each column has a scale of its own, so that one
// large weight harms only its own column. Rounding is to the nearest, halves to even. A column or row with a number
// that is not finite, of a model that diverged, makes its results NaN.
//
// Letters: K inputs, N outputs.
// Sources: Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference
// (2018), section 2; Dettmers et al., LLM.int8() (2022), section 2.1, for a scale per row and per column.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/arena.h"
#include "core/tensor/gemm.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

inline constexpr int kInt8Limit = 127;  ///< -128 is not used: the range is the same on both sides of 0

/// The nearest whole number, of two equally near ones the even one. |x| < 2^21.
/// 1.5 * 2^23 has no room for binary places, so adding it rounds; that is how IEEE 754 rounds every sum.
[[nodiscard]] inline int32_t round_half_even(float x) { return static_cast<int32_t>((x + 12582912.0f) - 12582912.0f); }

/// The scale that lets `limit` stand for the largest of some numbers: largest / limit. 0 below 1e-30, where nothing is
/// lost and the inverse would not be finite; NaN for what is not finite.
[[nodiscard]] float quantization_scale(float largest, int limit);

/// values[k*N + n] = round(b(k,n) / scales[n]), scales[n] = max over k of |b(k,n)| / 127.
/// values  out [K,N]   in [-127,127]; 0 in a column that is not finite
/// scales  out [N]     >= 0; NaN for a column that is not finite
/// Checks: sizes.
void quantize_columns(std::span<int8_t> values, std::span<float> scales, MatrixView<float> b, int K, int N);

/// Both lane types give the same bits; see tensor/lanes.h.
template <class L>
class Int8Matrix {
public:
    using S = float;

    /// From whole numbers [K,N] and scales [N]. Checks: sizes, 1 <= K <= 100,000 (then no sum can overflow).
    Int8Matrix(std::span<const int8_t> values, std::span<const float> scales, int K, int N);

    /// Quantises op(B), which is [K,N].
    Int8Matrix(MatrixView<float> b, int K, int N);

    /// Quantises another matrix of the same size, into the same memory.
    void assign(MatrixView<float> b);

    /// c       out [N]
    /// x       in  [K]
    /// bias, addend  in [N] or empty; the addend may be c itself
    /// Checks: sizes.
    void multiply(std::span<float> c, std::span<const float> x, std::span<const float> bias = {},
                  std::span<const float> addend = {}) const;

    /// column[k] = q(k,n) s[n]. Checks: size, 0 <= n < N.
    void read_column(std::span<float> column, int n) const;

    [[nodiscard]] int inputs() const { return K_; }
    [[nodiscard]] int outputs() const { return N_; }
    [[nodiscard]] std::size_t bytes() const { return arena_.used_bytes(); }
    /// bytes() of a matrix [K,N].
    [[nodiscard]] static uint64_t bytes_for(int K, int N);

private:
    void pack(std::span<const int8_t> values);
    [[nodiscard]] std::size_t index_of(int k, int n) const;

    int K_, N_;
    Arena arena_;
    std::span<int8_t> packed_;
    std::span<float> scales_;
    std::span<int16_t> row_;  ///< the quantised x of multiply(), filled up with zeros
};

}  // namespace terrarium::core
