#include "core/tensor/packed_matrix.h"

#include <algorithm>

#include "core/support/check.h"

namespace terrarium::core {
namespace {

constexpr int kBlockRows = 8;
constexpr int kColumnsAtOnce = 512;  ///< their sums wait in the first-level cache: 2 kB in float
constexpr int kLongestSum = 256;     ///< as in gemm(): longer sums are added up in pieces, for the same bits

constexpr int rounded_up(int n, int unit) { return (n + unit - 1) / unit * unit; }

std::size_t packed_count(int K, int N) { return count_of(rounded_up(K, kBlockRows), rounded_up(N, 4)); }

/// Calls visit(first_column, columns, padded_columns) for all columns, kColumnsAtOnce at a time.
template <class Visit>
void for_each_strip(int N, Visit visit) {
    for (int n = 0; n < N; n += kColumnsAtOnce) {
        const int columns = std::min(N - n, kColumnsAtOnce);
        visit(n, columns, rounded_up(columns, 4));
    }
}

/// sums[n] = sums[n] + x[0] b(0,n) + ... + x[7] b(7,n), in this order, for `columns` columns, a multiple of 4.
/// Not inlined: in a small function of its own WebAssembly engines keep the eight factors in registers.
template <class L>
__attribute__((noinline)) void add_block(typename L::Scalar* sums, const typename L::Scalar* x,
                                         const typename L::Scalar* b, int columns) {
    const L x0 = L::splat(x[0]), x1 = L::splat(x[1]), x2 = L::splat(x[2]), x3 = L::splat(x[3]);
    const L x4 = L::splat(x[4]), x5 = L::splat(x[5]), x6 = L::splat(x[6]), x7 = L::splat(x[7]);
    const auto group = [&](int n, const typename L::Scalar* from) {
        L sum = L::load(sums + n);
        sum = L::add_product(sum, x0, L::load(from));
        sum = L::add_product(sum, x1, L::load(from + 4));
        sum = L::add_product(sum, x2, L::load(from + 8));
        sum = L::add_product(sum, x3, L::load(from + 12));
        sum = L::add_product(sum, x4, L::load(from + 16));
        sum = L::add_product(sum, x5, L::load(from + 20));
        sum = L::add_product(sum, x6, L::load(from + 24));
        sum = L::add_product(sum, x7, L::load(from + 28));
        sum.store(sums + n);
    };
    int n = 0;
#pragma GCC unroll 1
    for (; n + 16 <= columns; n += 16, b += 128) {
        group(n, b);
        group(n + 4, b + 32);
        group(n + 8, b + 64);
        group(n + 12, b + 96);
    }
#pragma GCC unroll 1
    for (; n < columns; n += 4, b += 32) group(n, b);
}

}  // namespace

template <class L>
uint64_t PackedMatrix<L>::bytes_for(int K, int N) {
    return Arena::bytes_for<S>(packed_count(K, N));
}

template <class L>
PackedMatrix<L>::PackedMatrix(MatrixView<S> b, int K, int N)
    : K_(K), N_(N), arena_(static_cast<std::size_t>(bytes_for(K, N))) {
    TERRARIUM_CHECK(K >= 1 && N >= 1, "A matrix to multiply with needs rows and columns.");
    packed_ = arena_.template take<S>(packed_count(K, N));
    assign(b);
}

template <class L>
void PackedMatrix<L>::assign(MatrixView<S> b) {
    TERRARIUM_CHECK(b.stride >= (b.is_transposed ? K_ : N_), "A matrix row is longer than the distance to the next.");
    const std::ptrdiff_t down = b.is_transposed ? 1 : b.stride, right = b.is_transposed ? b.stride : 1;
    S* to = packed_.data();
    for_each_strip(N_, [&](int first, int columns, int padded) {
        for (int k0 = 0; k0 < K_; k0 += kBlockRows) {
            for (int n = 0; n < padded; n += 4) {
                for (int k = k0; k < k0 + kBlockRows; ++k, to += 4) {
                    const S* const from = b.data + k * down + (first + n) * right;
                    if (k < K_ && n + 4 <= columns && right == 1) {
                        L::load(from).store(to);
                        continue;
                    }
                    // What does not exist is 0 and adds nothing: no sum is ever -0, because they start at +0.
                    for (int j = 0; j < 4; ++j) to[j] = k < K_ && n + j < columns ? from[j * right] : S(0);
                }
            }
        }
    });
}

template <class L>
void PackedMatrix<L>::multiply(Span<L> c, ConstSpan<L> x, ConstSpan<L> bias, ConstSpan<L> addend) const {
    TERRARIUM_CHECK(c.size() == count_of(N_) && x.size() == count_of(K_), "A row product needs K inputs, N outputs.");
    TERRARIUM_CHECK((bias.empty() || bias.size() == c.size()) && (addend.empty() || addend.size() == c.size()),
                    "Bias and addend are as long as the result.");
    const S* b = packed_.data();
    for_each_strip(N_, [&](int first, int columns, int padded) {
        alignas(16) S sums[kColumnsAtOnce];
        for (int k0 = 0; k0 < K_; k0 += kLongestSum) {
            const int k1 = std::min(K_, k0 + kLongestSum);
            std::fill_n(sums, padded, S(0));
            for (int k = k0; k < k1; k += kBlockRows, b += kBlockRows * padded) {
                if (k + kBlockRows <= k1) {
                    add_block<L>(sums, x.data() + k, b, padded);
                } else {
                    S rest[kBlockRows] = {};
                    std::copy(x.begin() + k, x.end(), rest);
                    add_block<L>(sums, rest, b, padded);
                }
            }
            S* const out = c.data() + first;
            const bool is_first = k0 == 0;  // later pieces are added to what the first one wrote
            for_each_group<L>(columns, [&](auto group) {
                L sum = group.load(sums);
                if (is_first && !bias.empty()) sum = sum + group.load(bias.data() + first);
                if (is_first && !addend.empty()) sum = sum + group.load(addend.data() + first);
                if (!is_first) sum = sum + group.load(out);
                group.store(out, sum);
            });
        }
    });
}

template <class L>
void PackedMatrix<L>::read_column(Span<L> column, int n) const {
    TERRARIUM_CHECK(column.size() == count_of(K_) && n >= 0 && n < N_, "A column has K numbers, and lies inside.");
    const int first = n / kColumnsAtOnce * kColumnsAtOnce;
    const int padded = rounded_up(std::min(N_ - first, kColumnsAtOnce), 4);
    const std::size_t strip = count_of(first, rounded_up(K_, kBlockRows));
    const std::size_t inside = count_of((n - first) / 4, 4 * kBlockRows) + count_of(n % 4);
    for (std::size_t k = 0; k < column.size(); ++k) {
        column[k] = packed_[strip + k / kBlockRows * kBlockRows * count_of(padded) + inside + 4 * (k % kBlockRows)];
    }
}

template class PackedMatrix<Simd4f>;
template class PackedMatrix<Scalar4f>;
template class PackedMatrix<Scalar4d>;

}  // namespace terrarium::core
