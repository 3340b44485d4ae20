// Matrix product, where a transformer spends nearly all of its time: C = op(A) op(B) + bias + addend.
//
//   c[m,n] = sum over k = 0..K-1, in this order, of a(m,k) * b(k,n), then + bias[n], then + addend[m,n]
//
// Letters here: M rows and N columns of C, K the length of the sum. Every element has one fixed order of additions
// (sums longer than 256 are added up in pieces of 256), whatever the lane type, the position or the speed trick; so
// SIMD and scalar builds agree bit for bit.
//
// How it is fast: a tile of 4 x 8 results stays in registers while k runs; per step it loads 8 numbers of B and 4 of A
// and does 32 multiplications. Both matrices are copied first into the order in which the inner loop reads them, so
// that it needs one address for each. Where A has few rows (writing a text needs one), B is read in place, a row at a
// time. Source: Goto & van de Geijn, Anatomy of High-Performance Matrix Multiplication (2008).

#pragma once

#include <cstddef>

#include "core/tensor/lanes.h"

namespace terrarium::core {

/// A matrix to read: element (i,j) is data[i*stride + j], or data[j*stride + i] when it is used transposed.
template <class S>
struct MatrixView {
    const S* data = nullptr;
    int stride = 0;  ///< elements from one stored row to the next
    bool is_transposed = false;
};

/// Knowledge about zeros that saves work in causal attention. Skipped terms are zeros, or results nobody reads.
enum class Triangle {
    Full,         ///< compute everything
    LowerOutput,  ///< c[m,n] is needed for n <= m only; some elements above stay unwritten
    LowerLeft,    ///< a(m,k) = 0 for k > m, stored as zeros
    UpperLeft,    ///< a(m,k) = 0 for k < m, stored as zeros
};

template <class S>
struct GemmTerms {
    const S* bias = nullptr;    ///< [N], added to every row
    const S* addend = nullptr;  ///< [M,N] with addend_stride; may be C itself, which then accumulates
    int addend_stride = 0;
    Triangle triangle = Triangle::Full;
};

/// Overwrites C (with the terms added). No memory is allocated. C must not overlap A or B.
///
/// c        out  element (m,n) at c[m*c_stride + n]
/// a, b     in   op(A) is [M,K], op(B) is [K,N]
/// Checks: M, N, K >= 1 and strides at least as long as a stored row.
template <class L>
void gemm(typename L::Scalar* c, int c_stride, MatrixView<typename L::Scalar> a, MatrixView<typename L::Scalar> b,
          int M, int N, int K, const GemmTerms<typename L::Scalar>& terms = {});

/// column_sums[n] += sum over m of x[m,n], m counting up. The gradient of a bias.
template <class L>
void add_column_sums(typename L::Scalar* column_sums, const typename L::Scalar* x, int M, int N);

}  // namespace terrarium::core
