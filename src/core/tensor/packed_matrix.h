// A matrix that many single rows will be multiplied with: writing a text reads every weight once for every token.
//
//   c[n] = sum over k = 0..K-1 of x[k] * b(k,n), then + bias[n], then + addend[n]
//
// The sums are those of gemm(), in the same order (pieces of 256 included), so both give the same bits. What differs is
// how B lies in memory: copied once into the order in which the product reads it, 8 rows by 4 columns after 8 by 4, so
// that one address moves through memory without a jump. In WebAssembly that is about twice as fast as gemm() with one
// row. Source: Goto & van de Geijn, Anatomy of High-Performance Matrix Multiplication (2008), for the packing.
//
// Letters: K inputs, N outputs; one row x [K] gives one row c [N].

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/arena.h"
#include "core/tensor/gemm.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

template <class L>
class PackedMatrix {
public:
    using S = typename L::Scalar;

    /// Copies op(B), which is [K,N]. Checks: K, N >= 1.
    PackedMatrix(MatrixView<S> b, int K, int N);

    /// Copies again from a matrix of the same size, into the same memory.
    void assign(MatrixView<S> b);

    /// c       out [N]
    /// x       in  [K]
    /// bias, addend  in [N] or empty; the addend may be c itself
    /// Checks: sizes.
    void multiply(Span<L> c, ConstSpan<L> x, ConstSpan<L> bias = {}, ConstSpan<L> addend = {}) const;

    /// column[k] = b(k,n). Checks: size, 0 <= n < N.
    void read_column(Span<L> column, int n) const;

    [[nodiscard]] int inputs() const { return K_; }
    [[nodiscard]] int outputs() const { return N_; }
    [[nodiscard]] std::size_t bytes() const { return arena_.used_bytes(); }
    /// bytes() of a matrix [K,N].
    [[nodiscard]] static uint64_t bytes_for(int K, int N);

private:
    int K_, N_;
    Arena arena_;
    Span<L> packed_;
};

}  // namespace terrarium::core
