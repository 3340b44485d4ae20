#include "core/tensor/gemm.h"

#include <algorithm>

#include "core/support/check.h"

namespace terrarium::core {
namespace {

constexpr int kTileRows = 4;
constexpr int kTileColumns = 8;
constexpr int kLongestSum = 256;  ///< 256 x 8 packed numbers of B are 8 kB in float: they stay in the first-level cache

/// Copies rows k0..k0+count of 8 columns of op(B) into `packed`, row after row; missing columns become 0.
template <class L>
void pack_columns(typename L::Scalar* packed, const MatrixView<typename L::Scalar>& b, int k0, int count, int column,
                  int columns) {
    using S = typename L::Scalar;
    if (!b.is_transposed) {
        const S* from = b.data + static_cast<std::ptrdiff_t>(k0) * b.stride + column;
        for (int k = 0; k < count; ++k, from += b.stride, packed += kTileColumns) {
            if (columns == kTileColumns) {
                L::load(from).store(packed);
                L::load(from + 4).store(packed + 4);
            } else {
                for (int j = 0; j < kTileColumns; ++j) packed[j] = j < columns ? from[j] : S(0);
            }
        }
        return;
    }
    const S* rows[kTileColumns];
    for (int j = 0; j < kTileColumns; ++j) {
        rows[j] = b.data + static_cast<std::ptrdiff_t>(column + std::min(j, columns - 1)) * b.stride + k0;
    }
    int k = 0;
    if (columns == kTileColumns) {
        for (; k + 4 <= count; k += 4) {  // 4 x 4 blocks turned in registers
            for (int half = 0; half < kTileColumns; half += 4) {
                L r0 = L::load(rows[half] + k), r1 = L::load(rows[half + 1] + k);
                L r2 = L::load(rows[half + 2] + k), r3 = L::load(rows[half + 3] + k);
                L::transpose(r0, r1, r2, r3);
                S* const to = packed + k * kTileColumns + half;
                r0.store(to);
                r1.store(to + kTileColumns);
                r2.store(to + 2 * kTileColumns);
                r3.store(to + 3 * kTileColumns);
            }
        }
    }
    for (; k < count; ++k) {
        for (int j = 0; j < kTileColumns; ++j) packed[k * kTileColumns + j] = j < columns ? rows[j][k] : S(0);
    }
}

template <class L>
struct Accumulators {
    L v[kTileRows][2];
};

/// The inner loop. a0 points at a(m0, k0); b at 8 columns of row k0.
template <class L, int kRows, bool kTransposed>
TERRARIUM_INLINE Accumulators<L> multiply_tile(const typename L::Scalar* a0, int a_stride, const typename L::Scalar* b,
                                               int b_stride, int count) {
    using S = typename L::Scalar;
    Accumulators<L> sum;
    for (int i = 0; i < kRows; ++i) sum.v[i][0] = sum.v[i][1] = L::splat(S(0));
    const S* a1 = kRows > 1 ? a0 + (kTransposed ? 1 : a_stride) : a0;
    const S* a2 = kRows > 2 ? a1 + (kTransposed ? 1 : a_stride) : a1;
    const S* a3 = kRows > 3 ? a2 + (kTransposed ? 1 : a_stride) : a2;
    const std::ptrdiff_t a_step = kTransposed ? a_stride : 1;
#pragma GCC unroll 4
    for (int k = 0; k < count; ++k) {
        const L b0 = L::load(b), b1 = L::load(b + 4);
        const L row0 = L::splat(*a0);
        sum.v[0][0] = sum.v[0][0] + row0 * b0;
        sum.v[0][1] = sum.v[0][1] + row0 * b1;
        if constexpr (kRows > 1) {
            const L row1 = L::splat(*a1);
            sum.v[1][0] = sum.v[1][0] + row1 * b0;
            sum.v[1][1] = sum.v[1][1] + row1 * b1;
        }
        if constexpr (kRows > 2) {
            const L row2 = L::splat(*a2);
            sum.v[2][0] = sum.v[2][0] + row2 * b0;
            sum.v[2][1] = sum.v[2][1] + row2 * b1;
        }
        if constexpr (kRows > 3) {
            const L row3 = L::splat(*a3);
            sum.v[3][0] = sum.v[3][0] + row3 * b0;
            sum.v[3][1] = sum.v[3][1] + row3 * b1;
        }
        a0 += a_step;
        a1 += a_step;
        a2 += a_step;
        a3 += a_step;
        b += b_stride;
    }
    return sum;
}

/// One tile from start to end: the sums, then bias and addend, then the store.
template <class L, int kRows, bool kTransposed>
TERRARIUM_INLINE void compute_tile(typename L::Scalar* c, int c_stride, int columns, const typename L::Scalar* a,
                                   int a_stride, const typename L::Scalar* b, int b_stride, int count,
                                   const typename L::Scalar* bias, const typename L::Scalar* addend,
                                   int addend_stride) {
    using S = typename L::Scalar;
    const Accumulators<L> sum = multiply_tile<L, kRows, kTransposed>(a, a_stride, b, b_stride, count);
    for (int i = 0; i < kRows; ++i, c += c_stride) {
        if (columns == kTileColumns) {
            L left = sum.v[i][0], right = sum.v[i][1];
            if (bias != nullptr) left = left + L::load(bias), right = right + L::load(bias + 4);
            if (addend != nullptr) left = left + L::load(addend), right = right + L::load(addend + 4);
            left.store(c);
            right.store(c + 4);
        } else {
            S row[kTileColumns];
            sum.v[i][0].store(row);
            sum.v[i][1].store(row + 4);
            for (int j = 0; j < columns; ++j) {
                S value = row[j];
                if (bias != nullptr) value = value + bias[j];
                if (addend != nullptr) value = value + addend[j];
                c[j] = value;
            }
        }
        if (addend != nullptr) addend += addend_stride;
    }
}

/// The part of the sums that belongs to k in [k0, k1), for all of C.
template <class L, bool kTransposed>
void multiply_piece(typename L::Scalar* c, int c_stride, const MatrixView<typename L::Scalar>& a,
                    const MatrixView<typename L::Scalar>& b, int M, int N, int k0, int k1,
                    const GemmTerms<typename L::Scalar>& terms) {
    using S = typename L::Scalar;
    alignas(16) S packed[kLongestSum * kTileColumns];
    // Copying costs more than it saves when few rows of A use the copy and B's rows lie close enough to stay cached.
    const bool reads_b_in_place = !b.is_transposed && (M <= 8 || (M <= 64 && k1 - k0 <= 64));
    for (int n = 0; n < N; n += kTileColumns) {
        const int columns = std::min(kTileColumns, N - n);
        const S* tile_b = packed;
        int b_stride = kTileColumns;
        if (reads_b_in_place && columns == kTileColumns) {
            tile_b = b.data + static_cast<std::ptrdiff_t>(k0) * b.stride + n;
            b_stride = b.stride;
        } else {
            pack_columns<L>(packed, b, k0, k1 - k0, n, columns);
        }
        const S* const bias = terms.bias == nullptr ? nullptr : terms.bias + n;
        int m = terms.triangle == Triangle::LowerOutput ? n : 0;  // n is a multiple of the tile's rows
        for (; m < M; m += kTileRows) {
            const int rows = std::min(kTileRows, M - m);
            int first = k0, last = k1;
            if (terms.triangle == Triangle::LowerLeft) last = std::max(k0, std::min(k1, m + rows));
            if (terms.triangle == Triangle::UpperLeft) first = std::min(k1, std::max(k0, m));
            const S* const tile_a = kTransposed ? a.data + static_cast<std::ptrdiff_t>(first) * a.stride + m
                                                : a.data + static_cast<std::ptrdiff_t>(m) * a.stride + first;
            const S* const from_b = tile_b + static_cast<std::ptrdiff_t>(first - k0) * b_stride;
            S* const tile_c = c + static_cast<std::ptrdiff_t>(m) * c_stride + n;
            const S* const addend = terms.addend == nullptr
                                        ? nullptr
                                        : terms.addend + static_cast<std::ptrdiff_t>(m) * terms.addend_stride + n;
            const auto run = [&]<int kRows>() {
                compute_tile<L, kRows, kTransposed>(tile_c, c_stride, columns, tile_a, a.stride, from_b, b_stride,
                                                    last - first, bias, addend, terms.addend_stride);
            };
            switch (rows) {
                case 1:
                    run.template operator()<1>();
                    break;
                case 2:
                    run.template operator()<2>();
                    break;
                case 3:
                    run.template operator()<3>();
                    break;
                default:
                    run.template operator()<4>();
                    break;
            }
        }
    }
}

}  // namespace

template <class L>
void gemm(typename L::Scalar* c, int c_stride, MatrixView<typename L::Scalar> a, MatrixView<typename L::Scalar> b,
          int M, int N, int K, const GemmTerms<typename L::Scalar>& terms) {
    TERRARIUM_CHECK(M >= 1 && N >= 1 && K >= 1, "A matrix product needs at least one row, column and term.");
    TERRARIUM_CHECK(a.stride >= (a.is_transposed ? M : K) && b.stride >= (b.is_transposed ? K : N) && c_stride >= N,
                    "A matrix row is longer than the distance to the next row.");
    GemmTerms<typename L::Scalar> piece_terms = terms;
    for (int k0 = 0; k0 < K; k0 += kLongestSum) {
        const int k1 = std::min(K, k0 + kLongestSum);
        if (k0 > 0) {  // later pieces are added to what the first one wrote
            piece_terms.bias = nullptr;
            piece_terms.addend = c;
            piece_terms.addend_stride = c_stride;
        }
        if (a.is_transposed) {
            multiply_piece<L, true>(c, c_stride, a, b, M, N, k0, k1, piece_terms);
        } else {
            multiply_piece<L, false>(c, c_stride, a, b, M, N, k0, k1, piece_terms);
        }
    }
}

template <class L>
void add_column_sums(typename L::Scalar* column_sums, const typename L::Scalar* x, int M, int N) {
    for_each_group<L>(N, [&](auto group) {
        L sum = group.load(column_sums);
        const typename L::Scalar* row = x;
        for (int m = 0; m < M; ++m, row += N) sum = sum + group.load(row);
        group.store(column_sums, sum);
    });
}

template decltype(gemm<Simd4f>) gemm<Simd4f>;
template decltype(gemm<Scalar4f>) gemm<Scalar4f>;
template decltype(gemm<Scalar4d>) gemm<Scalar4d>;
template decltype(add_column_sums<Simd4f>) add_column_sums<Simd4f>;
template decltype(add_column_sums<Scalar4f>) add_column_sums<Scalar4f>;
template decltype(add_column_sums<Scalar4d>) add_column_sums<Scalar4d>;

}  // namespace terrarium::core
