// One head of attention over one text: the part that self-attention (attention.h) and cross-attention
// (cross_attention.h) share. The formulas stand in their headers.
//
// Letters: T rows that ask, S columns that are looked at, D channels of the head.

#pragma once

#include <algorithm>
#include <limits>

#include "core/ops/dropout.h"
#include "core/support/math.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {

/// Which columns a row may look at: always the first few, because padding stands at the end.
struct VisibleColumns {
    int length = 0;          ///< columns that are no padding, at least 1
    bool is_causal = false;  ///< row t sees at most the columns 0..t

    [[nodiscard]] int of_row(int t) const { return is_causal ? std::min(t + 1, length) : length; }
};

/// What one head reads, inside the rows of wider buffers. A stride counts numbers from one position to the next.
template <class S>
struct HeadInputs {
    const S *query, *key, *value;
    int query_stride, key_stride;  ///< values lie beside their keys, in rows of the same stride
    int T, n_columns, D;

    [[nodiscard]] S scale() const { return S(1) / sqrt(static_cast<S>(D)); }
};

/// The number of leading elements of a row, a multiple of 4 where the row is long enough, that covers the visible ones.
/// Whole groups are cheaper than exact ends.
inline int covering_length(int visible, int n_columns) { return std::min(n_columns, (visible + 3) / 4 * 4); }

/// softmax over the visible elements of each row, in place; zeros behind.
template <class L>
void softmax_visible(typename L::Scalar* scores, int T, int n_columns, VisibleColumns visible,
                     typename L::Scalar scale) {
    using S = typename L::Scalar;
    constexpr S kNever = -std::numeric_limits<S>::infinity();
    for (int t = 0; t < T; ++t, scores += n_columns) {
        const int seen = visible.of_row(t), length = covering_length(seen, n_columns);
        std::fill(scores + seen, scores + length, kNever);  // exp(-infinity) is exactly 0
        std::fill(scores + length, scores + n_columns, S(0));
        L largest = L::splat(kNever), sum = L::splat(S(0));
        for_each_group<L>(length, [&](auto group) { largest = L::max(largest, group.load(scores, kNever)); });
        const L row_max = L::splat(hmax(largest)), factor = L::splat(scale);
        for_each_group<L>(length, [&](auto group) {
            const L e = L::exp((group.load(scores, kNever) - row_max) * factor);
            group.store(scores, e);
            sum = sum + e;
        });
        const L inverse = L::splat(S(1) / hsum(sum));
        for_each_group<L>(length, [&](auto group) { group.store(scores, group.load(scores) * inverse); });
    }
}

/// From g = d_weights to d_scores (scaled), in place. Without padding, nobody reads what lies far above the diagonal of
/// causal attention, and it stays as it is.
template <class L>
void softmax_visible_backward(typename L::Scalar* g, const typename L::Scalar* weights, int T, int n_columns,
                              VisibleColumns visible, typename L::Scalar scale) {
    using S = typename L::Scalar;
    const bool is_triangle = visible.is_causal && visible.length == n_columns;
    for (int t = 0; t < T; ++t, g += n_columns, weights += n_columns) {
        const int seen = visible.of_row(t), length = covering_length(seen, n_columns);
        std::fill(g + seen, g + (is_triangle ? length : n_columns), S(0));
        L dot = L::splat(S(0));
        for_each_group<L>(length, [&](auto group) { dot = dot + group.load(g) * group.load(weights); });
        const L mean = L::splat(hsum(dot)), factor = L::splat(scale);
        for_each_group<L>(length,
                          [&](auto group) { group.store(g, group.load(weights) * (group.load(g) - mean) * factor); });
    }
}

/// Dropout of a head's weights: which were kept, and the weights without those that were not.
template <class S>
struct HeadDropout {
    double probability = 0.0;
    uint64_t key = 0;
    uint64_t first = 0;       ///< place of weight [0,0] in the mask
    uint8_t* kept = nullptr;  ///< [T,S] out of forward, in of backward
    S* dropped = nullptr;     ///< out [T,S] weights / (1 - p) where kept, else 0
};

/// Chooses what is kept among the visible weights. What nobody sees is 0 already.
template <class S>
void choose_kept(const HeadDropout<S>& dropout, int T, int n_columns, VisibleColumns visible) {
    for (int t = 0; t < T; ++t) {
        const std::size_t row = count_of(t, n_columns), seen = count_of(visible.of_row(t));
        for (std::size_t s = row; s < row + seen; ++s)
            dropout.kept[s] = is_kept_by_dropout(dropout.probability, dropout.key, dropout.first + s);
        std::fill_n(dropout.kept + row + seen, count_of(n_columns) - seen, uint8_t{0});
    }
}

/// output   out  T rows of D numbers, rows output_stride apart
/// weights  out  [T,S]  before dropout
template <class L>
void head_forward(typename L::Scalar* output, int output_stride, typename L::Scalar* weights,
                  const HeadInputs<typename L::Scalar>& in, VisibleColumns visible,
                  const HeadDropout<typename L::Scalar>* dropout = nullptr) {
    const int T = in.T, columns = in.n_columns, D = in.D;
    const Triangle scores = visible.is_causal ? Triangle::LowerOutput : Triangle::Full;
    const Triangle rows = visible.is_causal ? Triangle::LowerLeft : Triangle::Full;
    gemm<L>(weights, columns, {in.query, in.query_stride}, {in.key, in.key_stride, true}, T, columns, D,
            {.triangle = scores});
    softmax_visible<L>(weights, T, columns, visible, in.scale());
    const typename L::Scalar* mixing = weights;
    if (dropout != nullptr) {
        const std::size_t n = count_of(T, columns);
        choose_kept(*dropout, T, columns, visible);
        dropout_backward<L>({dropout->dropped, n}, {weights, n}, {dropout->kept, n}, dropout->probability);
        mixing = dropout->dropped;
    }
    gemm<L>(output, output_stride, {mixing, columns}, {in.value, in.key_stride}, T, D, columns, {.triangle = rows});
}

/// Gradients lie as their numbers do, with the same strides, and are overwritten.
/// scratch  out  [T,S]
template <class L>
void head_backward(typename L::Scalar* d_query, typename L::Scalar* d_key, typename L::Scalar* d_value,
                   typename L::Scalar* scratch, const typename L::Scalar* d_output, int output_stride,
                   const typename L::Scalar* weights, const HeadInputs<typename L::Scalar>& in, VisibleColumns visible,
                   const HeadDropout<typename L::Scalar>* dropout = nullptr) {
    const int T = in.T, columns = in.n_columns, D = in.D;
    const Triangle scores = visible.is_causal ? Triangle::LowerOutput : Triangle::Full;
    const Triangle rows = visible.is_causal ? Triangle::LowerLeft : Triangle::Full;
    const Triangle turned = visible.is_causal ? Triangle::UpperLeft : Triangle::Full;
    const std::size_t n = count_of(T, columns);
    const typename L::Scalar* mixing = weights;
    if (dropout != nullptr) {
        dropout_backward<L>({dropout->dropped, n}, {weights, n}, {dropout->kept, n}, dropout->probability);
        mixing = dropout->dropped;
    }
    gemm<L>(d_value, in.key_stride, {mixing, columns, true}, {d_output, output_stride}, columns, D, T,
            {.triangle = turned});
    gemm<L>(scratch, columns, {d_output, output_stride}, {in.value, in.key_stride, true}, T, columns, D,
            {.triangle = scores});
    if (dropout != nullptr) dropout_backward<L>({scratch, n}, {scratch, n}, {dropout->kept, n}, dropout->probability);
    softmax_visible_backward<L>(scratch, weights, T, columns, visible, in.scale());
    gemm<L>(d_query, in.query_stride, {scratch, columns}, {in.key, in.key_stride}, T, D, columns, {.triangle = rows});
    gemm<L>(d_key, in.key_stride, {scratch, columns, true}, {in.query, in.query_stride}, columns, D, T,
            {.triangle = turned});
}

}  // namespace terrarium::core
