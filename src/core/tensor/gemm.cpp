#include "core/tensor/gemm.h"

#include <algorithm>

#include "core/support/check.h"

// A function that is not inlined: in one of its own the sums of a tile stay in registers, while WebAssembly engines
// move them to memory and back in a long one (measured: 34 instead of 50 billion operations a second).
#define TERRARIUM_APART __attribute__((noinline))

namespace terrarium::core {
namespace {

constexpr int kTileRows = 4;
constexpr int kTileColumns = 8;
constexpr int kLongestSum = 256;  ///< 256 x 8 packed numbers of B are 8 kB in float: they stay in the first-level cache
constexpr int kPackedColumns = 128;  ///< of B at a time: 128 kB of stack in float
constexpr int kFewRows = 8;          ///< up to so many rows of A, copying B costs more than it saves

/// What belongs to one piece of the sums: k in [k0, k1).
template <class L>
struct Piece {
    using S = typename L::Scalar;
    S* c;
    int c_stride;
    const MatrixView<S>& a;
    const MatrixView<S>& b;
    int M, N, k0, k1;
    GemmTerms<S> terms;

    const S* bias_at(int n) const { return terms.bias == nullptr ? nullptr : terms.bias + n; }
    const S* addend_at(int m, int n) const {
        return terms.addend == nullptr ? nullptr
                                       : terms.addend + static_cast<std::ptrdiff_t>(m) * terms.addend_stride + n;
    }
    /// The terms that rows m..m+rows-1 need: the others are zeros.
    int first_k(int m) const { return terms.triangle == Triangle::UpperLeft ? std::clamp(m, k0, k1) : k0; }
    int last_k(int m, int rows) const {
        return terms.triangle == Triangle::LowerLeft ? std::clamp(m + rows, k0, k1) : k1;
    }
    int last_column(int m, int rows) const {
        return terms.triangle == Triangle::LowerOutput ? std::min(N, m + rows) : N;
    }
};

// ---- many rows: both matrices are copied into the order in which the inner loop reads them
// ----------------------------

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

/// Copies 4 rows of op(A), columns k0..k0+count, into `packed`: the 4 numbers of a column side by side. Rows that are
/// missing at the end repeat the last one; nobody reads what comes of them.
template <class L, bool kTransposed>
void pack_rows(typename L::Scalar* packed, const MatrixView<typename L::Scalar>& a, int m, int rows, int k0,
               int count) {
    using S = typename L::Scalar;
    if constexpr (kTransposed) {
        const S* from = a.data + static_cast<std::ptrdiff_t>(k0) * a.stride + m;
        if (rows == kTileRows) {
            for (int k = 0; k < count; ++k, from += a.stride, packed += kTileRows) L::load(from).store(packed);
            return;
        }
        for (int k = 0; k < count; ++k, from += a.stride, packed += kTileRows) {
            for (int i = 0; i < kTileRows; ++i) packed[i] = from[std::min(i, rows - 1)];
        }
    } else {
        const S* from[kTileRows];
        for (int i = 0; i < kTileRows; ++i) {
            from[i] = a.data + static_cast<std::ptrdiff_t>(m + std::min(i, rows - 1)) * a.stride + k0;
        }
        int k = 0;
        for (; k + 4 <= count; k += 4, packed += 4 * kTileRows) {
            L r0 = L::load(from[0] + k), r1 = L::load(from[1] + k), r2 = L::load(from[2] + k),
              r3 = L::load(from[3] + k);
            L::transpose(r0, r1, r2, r3);
            r0.store(packed);
            r1.store(packed + kTileRows);
            r2.store(packed + 2 * kTileRows);
            r3.store(packed + 3 * kTileRows);
        }
        for (; k < count; ++k, packed += kTileRows) {
            for (int i = 0; i < kTileRows; ++i) packed[i] = from[i][k];
        }
    }
}

/// A whole tile of 4 x 8: 4 packed rows of A by 8 packed columns of B, then bias and addend, then the store.
template <class L>
TERRARIUM_APART void compute_tile(typename L::Scalar* c, int c_stride, const typename L::Scalar* a,
                                  const typename L::Scalar* b, int count, const typename L::Scalar* bias,
                                  const typename L::Scalar* addend, int addend_stride) {
    using S = typename L::Scalar;
    L sum[kTileRows][2];
    for (int i = 0; i < kTileRows; ++i) sum[i][0] = sum[i][1] = L::splat(S(0));
#pragma GCC unroll 1  // unrolled, more numbers are alive at once than there are registers
    for (int k = 0; k < count; ++k, a += kTileRows, b += kTileColumns) {
        const L b0 = L::load(b), b1 = L::load(b + 4);
        const L row0 = L::splat(a[0]), row1 = L::splat(a[1]), row2 = L::splat(a[2]), row3 = L::splat(a[3]);
        sum[0][0] = L::add_product(sum[0][0], row0, b0);
        sum[0][1] = L::add_product(sum[0][1], row0, b1);
        sum[1][0] = L::add_product(sum[1][0], row1, b0);
        sum[1][1] = L::add_product(sum[1][1], row1, b1);
        sum[2][0] = L::add_product(sum[2][0], row2, b0);
        sum[2][1] = L::add_product(sum[2][1], row2, b1);
        sum[3][0] = L::add_product(sum[3][0], row3, b0);
        sum[3][1] = L::add_product(sum[3][1], row3, b1);
    }
#pragma GCC unroll 4
    for (int i = 0; i < kTileRows; ++i, c += c_stride) {
        L left = sum[i][0], right = sum[i][1];
        if (bias != nullptr) left = left + L::load(bias), right = right + L::load(bias + 4);
        if (addend != nullptr) {
            left = left + L::load(addend), right = right + L::load(addend + 4);
            addend += addend_stride;
        }
        left.store(c);
        right.store(c + 4);
    }
}

/// The same at the edges of C, where some of the 4 x 8 results do not exist.
template <class L>
void compute_part(typename L::Scalar* c, int c_stride, int rows, int columns, const typename L::Scalar* a,
                  const typename L::Scalar* b, int count, const typename L::Scalar* bias,
                  const typename L::Scalar* addend, int addend_stride) {
    using S = typename L::Scalar;
    S tile[kTileRows * kTileColumns];
    compute_tile<L>(tile, kTileColumns, a, b, count, nullptr, nullptr, 0);
    for (int i = 0; i < rows; ++i) {
        for (int j = 0; j < columns; ++j) {
            S value = tile[i * kTileColumns + j];
            if (bias != nullptr) value = value + bias[j];
            if (addend != nullptr) value = value + addend[static_cast<std::ptrdiff_t>(i) * addend_stride + j];
            c[static_cast<std::ptrdiff_t>(i) * c_stride + j] = value;
        }
    }
}

template <class L, bool kTransposed>
void multiply_many_rows(const Piece<L>& p) {
    using S = typename L::Scalar;
    alignas(16) S packed_b[kLongestSum * kPackedColumns];
    alignas(16) S packed_a[kLongestSum * kTileRows];
    const int count = p.k1 - p.k0;
    for (int n0 = 0; n0 < p.N; n0 += kPackedColumns) {
        const int n1 = std::min(p.N, n0 + kPackedColumns);
        for (int n = n0; n < n1; n += kTileColumns) {
            pack_columns<L>(packed_b + (n - n0) * count, p.b, p.k0, count, n, std::min(kTileColumns, p.N - n));
        }
        for (int m = 0; m < p.M; m += kTileRows) {
            const int rows = std::min(kTileRows, p.M - m);
            const int first = p.first_k(m), terms = p.last_k(m, rows) - first;
            const int end = std::min(n1, p.last_column(m, rows));
            pack_rows<L, kTransposed>(packed_a, p.a, m, rows, first, terms);
            S* const row_c = p.c + static_cast<std::ptrdiff_t>(m) * p.c_stride;
            for (int n = n0; n < end; n += kTileColumns) {
                const S* const panel = packed_b + (n - n0) * count + (first - p.k0) * kTileColumns;
                const int columns = std::min(kTileColumns, p.N - n);
                if (rows == kTileRows && columns == kTileColumns) {
                    compute_tile<L>(row_c + n, p.c_stride, packed_a, panel, terms, p.bias_at(n), p.addend_at(m, n),
                                    p.terms.addend_stride);
                } else {
                    compute_part<L>(row_c + n, p.c_stride, rows, columns, packed_a, panel, terms, p.bias_at(n),
                                    p.addend_at(m, n), p.terms.addend_stride);
                }
            }
        }
    }
}

// ---- few rows: B is read where it lies
// --------------------------------------------------------------------------------

/// c[0..4*kGroups) of one row: a by that many columns of B.
template <class L, int kGroups>
TERRARIUM_APART void compute_row(typename L::Scalar* c, const typename L::Scalar* a, std::ptrdiff_t a_step,
                                 const typename L::Scalar* b, int b_stride, int count, const typename L::Scalar* bias,
                                 const typename L::Scalar* addend) {
    using S = typename L::Scalar;
    L sum[kGroups];
#pragma GCC unroll 8
    for (int g = 0; g < kGroups; ++g) sum[g] = L::splat(S(0));
#pragma GCC unroll 1
    for (int k = 0; k < count; ++k, a += a_step, b += b_stride) {
        const L x = L::splat(*a);
#pragma GCC unroll 8
        for (int g = 0; g < kGroups; ++g) sum[g] = L::add_product(sum[g], x, L::load(b + 4 * g));
    }
#pragma GCC unroll 8
    for (int g = 0; g < kGroups; ++g) {
        if (bias != nullptr) sum[g] = sum[g] + L::load(bias + 4 * g);
        if (addend != nullptr) sum[g] = sum[g] + L::load(addend + 4 * g);
        sum[g].store(c + 4 * g);
    }
}

/// c[0..8) of one row where B is stored transposed: 4 x 4 blocks of its rows are turned in registers.
template <class L>
TERRARIUM_APART void compute_row_turned(typename L::Scalar* c, const typename L::Scalar* a, std::ptrdiff_t a_step,
                                        const typename L::Scalar* b, int b_stride, int count,
                                        const typename L::Scalar* bias, const typename L::Scalar* addend) {
    using S = typename L::Scalar;
    const std::ptrdiff_t stride = b_stride;
    L sum[2] = {L::splat(S(0)), L::splat(S(0))};
    int k = 0;
#pragma GCC unroll 1
    for (; k + 4 <= count; k += 4, a += 4 * a_step) {
        const L x0 = L::splat(a[0]), x1 = L::splat(a[a_step]), x2 = L::splat(a[2 * a_step]),
                x3 = L::splat(a[3 * a_step]);
#pragma GCC unroll 2
        for (int g = 0; g < 2; ++g) {
            const S* const from = b + 4 * g * stride + k;
            L r0 = L::load(from), r1 = L::load(from + stride), r2 = L::load(from + 2 * stride),
              r3 = L::load(from + 3 * stride);
            L::transpose(r0, r1, r2, r3);
            sum[g] = L::add_product(sum[g], x0, r0);
            sum[g] = L::add_product(sum[g], x1, r1);
            sum[g] = L::add_product(sum[g], x2, r2);
            sum[g] = L::add_product(sum[g], x3, r3);
        }
    }
    for (; k < count; ++k, a += a_step) {
        for (int g = 0; g < 2; ++g) {
            const S* const from = b + 4 * g * stride + k;
            const S column[4] = {from[0], from[stride], from[2 * stride], from[3 * stride]};
            sum[g] = sum[g] + L::splat(*a) * L::load(column);
        }
    }
    for (int g = 0; g < 2; ++g) {
        if (bias != nullptr) sum[g] = sum[g] + L::load(bias + 4 * g);
        if (addend != nullptr) sum[g] = sum[g] + L::load(addend + 4 * g);
        sum[g].store(c + 4 * g);
    }
}

template <class L>
void multiply_few_rows(const Piece<L>& p) {
    using S = typename L::Scalar;
    const std::ptrdiff_t a_step = p.a.is_transposed ? p.a.stride : 1, a_row = p.a.is_transposed ? 1 : p.a.stride;
    const std::ptrdiff_t b_step = p.b.is_transposed ? 1 : p.b.stride, b_column = p.b.is_transposed ? p.b.stride : 1;
    for (int m = 0; m < p.M; ++m) {
        const int first = p.first_k(m), count = p.last_k(m, 1) - first, end = p.last_column(m, 1);
        const S* const a = p.a.data + m * a_row + first * a_step;
        S* const c = p.c + static_cast<std::ptrdiff_t>(m) * p.c_stride;
        int n = 0;
        while (n < end) {
            const S* const b = p.b.data + first * b_step + n * b_column;
            const S *const bias = p.bias_at(n), *const addend = p.addend_at(m, n);
            if (p.b.is_transposed && n + 8 <= p.N) {
                compute_row_turned<L>(c + n, a, a_step, b, p.b.stride, count, bias, addend);
                n += 8;
            } else if (!p.b.is_transposed && n + 32 <= p.N) {
                compute_row<L, 8>(c + n, a, a_step, b, p.b.stride, count, bias, addend);
                n += 32;
            } else if (!p.b.is_transposed && n + 16 <= p.N) {
                compute_row<L, 4>(c + n, a, a_step, b, p.b.stride, count, bias, addend);
                n += 16;
            } else if (!p.b.is_transposed && n + 8 <= p.N) {
                compute_row<L, 2>(c + n, a, a_step, b, p.b.stride, count, bias, addend);
                n += 8;
            } else {
                S sum = S(0);
                for (int k = 0; k < count; ++k) sum = sum + a[k * a_step] * b[k * b_step];
                if (bias != nullptr) sum = sum + *bias;
                if (addend != nullptr) sum = sum + *addend;
                c[n++] = sum;
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
    Piece<L> piece{c, c_stride, a, b, M, N, 0, 0, terms};
    for (int k0 = 0; k0 < K; k0 += kLongestSum) {
        piece.k0 = k0;
        piece.k1 = std::min(K, k0 + kLongestSum);
        if (k0 > 0) {  // later pieces are added to what the first one wrote
            piece.terms.bias = nullptr;
            piece.terms.addend = c;
            piece.terms.addend_stride = c_stride;
        }
        if (M <= kFewRows) {
            multiply_few_rows<L>(piece);
        } else if (a.is_transposed) {
            multiply_many_rows<L, true>(piece);
        } else {
            multiply_many_rows<L, false>(piece);
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
