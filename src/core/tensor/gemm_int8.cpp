#include "core/tensor/gemm_int8.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

#include "core/support/check.h"

namespace terrarium::core {
namespace {

constexpr int kBlockRows = 16;  ///< eight pairs: so many factors stay in registers
constexpr int kColumnsAtOnce = 512;
constexpr int kLongestRow = 100'000;      ///< 100,000 * 127 * 127 < 2^31
constexpr float kRounding = 12582912.0f;  ///< as in round_half_even()
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

constexpr int rounded_up(int n, int unit) { return (n + unit - 1) / unit * unit; }

#ifndef TERRARIUM_SCALAR
typedef int32_t Four __attribute__((vector_size(16)));
typedef int32_t FourAnywhere __attribute__((vector_size(16), aligned(4), may_alias));
typedef int16_t Eight __attribute__((vector_size(16)));
typedef int8_t EightSmall __attribute__((vector_size(8), aligned(1), may_alias));

/// a0 b0 + a1 b1, a2 b2 + a3 b3, ...
TERRARIUM_INLINE Four dot_pairs(Eight a, Eight b) {
#if defined(__wasm_simd128__)
    return __builtin_wasm_dot_s_i32x4_i16x8(a, b);
#elif defined(__SSE2__)
    return (Four)__builtin_ia32_pmaddwd128(a, b);
#else
    Four sums;
    for (int i = 0; i < 4; ++i) sums[i] = a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1];
    return sums;
#endif
}
#endif

/// sums[n] += x[0] b(0,n) + ... + x[15] b(15,n) for `columns` columns, a multiple of 4. In b, four columns lie
/// together: for each of the eight pairs of rows, both numbers of the first column, both of the second, and so on.
template <class L>
__attribute__((noinline)) void add_block(int32_t* sums, const int16_t* x, const int8_t* b, int columns) {
#ifndef TERRARIUM_SCALAR
    if constexpr (std::is_same_v<L, Simd4f>) {
        const auto pair = [&](int i) {  // as one number of 32 bits, which a single instruction spreads
            int32_t both;
            std::memcpy(&both, x + 2 * i, sizeof both);
            return (Eight)Four{both, both, both, both};
        };
        const Eight x0 = pair(0), x1 = pair(1), x2 = pair(2), x3 = pair(3);
        const Eight x4 = pair(4), x5 = pair(5), x6 = pair(6), x7 = pair(7);
        const auto wide = [](const int8_t* from) {
            return __builtin_convertvector(*reinterpret_cast<const EightSmall*>(from), Eight);
        };
        const auto group = [&](int n, const int8_t* from) {
            Four sum = *reinterpret_cast<const FourAnywhere*>(sums + n);
            sum += dot_pairs(x0, wide(from)) + dot_pairs(x1, wide(from + 8));
            sum += dot_pairs(x2, wide(from + 16)) + dot_pairs(x3, wide(from + 24));
            sum += dot_pairs(x4, wide(from + 32)) + dot_pairs(x5, wide(from + 40));
            sum += dot_pairs(x6, wide(from + 48)) + dot_pairs(x7, wide(from + 56));
            *reinterpret_cast<FourAnywhere*>(sums + n) = sum;
        };
        int n = 0;
#pragma GCC unroll 1
        for (; n + 16 <= columns; n += 16, b += 256) {
            group(n, b);
            group(n + 4, b + 64);
            group(n + 8, b + 128);
            group(n + 12, b + 192);
        }
#pragma GCC unroll 1
        for (; n < columns; n += 4, b += 64) group(n, b);
        return;
    }
#endif
    for (int n = 0; n < columns; n += 4) {
        for (int i = 0; i < kBlockRows; i += 2) {
            for (int j = 0; j < 4; ++j, b += 2) sums[n + j] += x[i] * b[0] + x[i + 1] * b[1];
        }
    }
}

/// Four sums as floats, to the nearest; both lane types round alike.
template <class L>
TERRARIUM_INLINE L as_floats(const int32_t* sums) {
    const float numbers[4] = {static_cast<float>(sums[0]), static_cast<float>(sums[1]), static_cast<float>(sums[2]),
                              static_cast<float>(sums[3])};
    return L::load(numbers);
}

/// Quantises x into `row` and returns the scale, NaN when a number is not finite (then `row` means nothing).
template <class L>
float quantize_row(std::span<int16_t> row, std::span<const float> x) {
    const int K = static_cast<int>(x.size());
    const L zero = L::splat(0.0f);
    L largest = zero, poison = zero;
    for_each_group<L>(K, [&](auto group) {
        const L a = group.load(x.data());
        largest = L::max(largest, L::max(a, zero - a));
        poison = poison + a * zero;  // stays 0 until infinity or NaN comes by
    });
    const float scale = quantization_scale(hmax(largest) + hsum(poison), kInt8Limit);
    if (scale != scale) return scale;
    const L inverse = L::splat(scale == 0.0f ? 0.0f : 1.0f / scale), to_whole = L::splat(kRounding);
    for_each_group<L>(K, [&](auto group) {
        float rounded[4] = {};
        (group.load(x.data()) * inverse + to_whole).store(rounded);  // the low bits are the rounded whole number
        int32_t whole[4];
        for (int i = 0; i < 4; ++i) whole[i] = std::bit_cast<int32_t>(rounded[i]) - std::bit_cast<int32_t>(kRounding);
        for (int i = 0; i < 4; ++i) row[count_of(group.at) + count_of(i)] = static_cast<int16_t>(whole[i]);
    });
    return scale;
}

}  // namespace

float quantization_scale(float largest, int limit) {
    if (!(largest - largest == 0.0f)) return kNan;
    return largest < 1e-30f ? 0.0f : largest / static_cast<float>(limit);
}

void quantize_columns(std::span<int8_t> values, std::span<float> scales, MatrixView<float> b, int K, int N) {
    TERRARIUM_CHECK(K >= 1 && N >= 1 && values.size() == count_of(K, N) && scales.size() == count_of(N),
                    "Quantised columns need K*N values and N scales.");
    const std::ptrdiff_t down = b.is_transposed ? 1 : b.stride, right = b.is_transposed ? b.stride : 1;
    for (int n = 0; n < N; ++n) {
        const float* const column = b.data + n * right;
        float largest = 0.0f;
        for (int k = 0; k < K; ++k) {
            const float w = column[k * down];
            if (!(w - w == 0.0f)) largest = kNan;
            if (w > largest) largest = w;
            if (-w > largest) largest = -w;
        }
        const float scale = quantization_scale(largest, kInt8Limit);
        scales[count_of(n)] = scale;
        const float inverse = scale > 0.0f ? 1.0f / scale : 0.0f;
        for (int k = 0; k < K; ++k) {
            values[count_of(k, N) + count_of(n)] =
                inverse == 0.0f ? int8_t{0} : static_cast<int8_t>(round_half_even(column[k * down] * inverse));
        }
    }
}

template <class L>
uint64_t Int8Matrix<L>::bytes_for(int K, int N) {
    return Arena::bytes_for<int8_t>(count_of(rounded_up(K, kBlockRows), rounded_up(N, 4))) +
           Arena::bytes_for<float>(count_of(N)) + Arena::bytes_for<int16_t>(count_of(rounded_up(K, kBlockRows)));
}

template <class L>
Int8Matrix<L>::Int8Matrix(std::span<const int8_t> values, std::span<const float> scales, int K, int N)
    : K_(K), N_(N), arena_(static_cast<std::size_t>(bytes_for(K, N))) {
    TERRARIUM_CHECK(K >= 1 && K <= kLongestRow && N >= 1, "An int8 matrix has 1 to 100,000 inputs, and outputs.");
    TERRARIUM_CHECK(values.size() == count_of(K, N) && scales.size() == count_of(N),
                    "An int8 matrix needs K*N values and N scales.");
    packed_ = arena_.take<int8_t>(count_of(rounded_up(K, kBlockRows), rounded_up(N, 4)));
    scales_ = arena_.take<float>(count_of(N));
    row_ = arena_.take<int16_t>(count_of(rounded_up(K, kBlockRows)));
    std::copy(scales.begin(), scales.end(), scales_.begin());
    pack(values);
}

template <class L>
Int8Matrix<L>::Int8Matrix(MatrixView<float> b, int K, int N)
    : Int8Matrix(std::vector<int8_t>(count_of(K, N)), std::vector<float>(count_of(N)), K, N) {
    assign(b);
}

template <class L>
void Int8Matrix<L>::assign(MatrixView<float> b) {
    std::vector<int8_t> values(count_of(K_, N_));
    quantize_columns(values, scales_, b, K_, N_);
    pack(values);
}

template <class L>
std::size_t Int8Matrix<L>::index_of(int k, int n) const {
    const int first = n / kColumnsAtOnce * kColumnsAtOnce;
    const int padded = rounded_up(std::min(N_ - first, kColumnsAtOnce), 4);
    return count_of(first, rounded_up(K_, kBlockRows)) + count_of(k / kBlockRows, kBlockRows, padded) +
           count_of((n - first) / 4, 4 * kBlockRows) + count_of(k % kBlockRows / 2, 8) + count_of(n % 4, 2) +
           count_of(k % 2);
}

template <class L>
void Int8Matrix<L>::pack(std::span<const int8_t> values) {
    std::size_t from = 0;
    for (int k = 0; k < K_; ++k) {
        for (int n = 0; n < N_; ++n) packed_[index_of(k, n)] = values[from++];
    }
}

template <class L>
void Int8Matrix<L>::multiply(std::span<float> c, std::span<const float> x, std::span<const float> bias,
                             std::span<const float> addend) const {
    TERRARIUM_CHECK(c.size() == count_of(N_) && x.size() == count_of(K_), "A row product needs K inputs, N outputs.");
    TERRARIUM_CHECK((bias.empty() || bias.size() == c.size()) && (addend.empty() || addend.size() == c.size()),
                    "Bias and addend are as long as the result.");
    const float scale = quantize_row<L>(row_, x);
    if (scale != scale) {
        std::fill(c.begin(), c.end(), scale);
        return;
    }
    const int8_t* b = packed_.data();
    for (int first = 0; first < N_; first += kColumnsAtOnce) {
        const int columns = std::min(N_ - first, kColumnsAtOnce), padded = rounded_up(columns, 4);
        alignas(16) int32_t sums[kColumnsAtOnce];
        std::fill_n(sums, padded, 0);
        for (std::size_t k = 0; k < row_.size(); k += kBlockRows, b += kBlockRows * padded) {
            add_block<L>(sums, row_.data() + k, b, padded);
        }
        for_each_group<L>(columns, [&](auto group) {
            L result = as_floats<L>(sums + group.at) * (group.load(scales_.data() + first) * L::splat(scale));
            if (!bias.empty()) result = result + group.load(bias.data() + first);
            if (!addend.empty()) result = result + group.load(addend.data() + first);
            group.store(c.data() + first, result);
        });
    }
}

template <class L>
void Int8Matrix<L>::read_column(std::span<float> column, int n) const {
    TERRARIUM_CHECK(column.size() == count_of(K_) && n >= 0 && n < N_, "A column has K numbers, and lies inside.");
    for (int k = 0; k < K_; ++k) {
        column[count_of(k)] = static_cast<float>(packed_[index_of(k, n)]) * scales_[count_of(n)];
    }
}

template class Int8Matrix<Simd4f>;
template class Int8Matrix<Scalar4f>;

}  // namespace terrarium::core
