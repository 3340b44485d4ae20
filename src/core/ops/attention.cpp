#include "core/ops/attention.h"

#include <algorithm>
#include <limits>

#include "core/support/check.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {
namespace {

void check_sizes(std::size_t output, std::size_t weights, std::size_t qkv, const AttentionShape& s) {
    TERRARIUM_CHECK(s.batch >= 1 && s.time >= 1 && s.n_heads >= 1 && s.width >= s.n_heads && s.width % s.n_heads == 0,
                    "Attention needs a width that its heads divide evenly.");
    TERRARIUM_CHECK(output == count_of(s.batch, s.time, s.width), "Attention's output must have B*T*C numbers.");
    TERRARIUM_CHECK(weights == count_of(s.batch, s.n_heads, s.time, s.time), "Attention has B*H*T*T weights.");
    TERRARIUM_CHECK(qkv == 3 * output, "Attention's input must have B*T*3C numbers.");
}

/// Row t of a T x T matrix: the number of leading elements, a multiple of 4 where the row is long enough, that covers
/// the t + 1 elements on and below the diagonal. Whole groups are cheaper than exact ends.
int covering_length(int t, int T) { return std::min(T, (t / 4 + 1) * 4); }

/// softmax over the first t+1 elements of each row t, in place; zeros behind.
template <class L>
void softmax_causal(typename L::Scalar* scores, int T, typename L::Scalar scale) {
    using S = typename L::Scalar;
    constexpr S kNever = -std::numeric_limits<S>::infinity();
    for (int t = 0; t < T; ++t, scores += T) {
        const int length = covering_length(t, T);
        std::fill(scores + t + 1, scores + length, kNever);  // exp(-infinity) is exactly 0
        std::fill(scores + length, scores + T, S(0));
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

/// From g = d_weights to d_scores (scaled), in place, row by row up to the diagonal and the few elements beside it.
template <class L>
void softmax_causal_backward(typename L::Scalar* g, const typename L::Scalar* weights, int T,
                             typename L::Scalar scale) {
    using S = typename L::Scalar;
    for (int t = 0; t < T; ++t, g += T, weights += T) {
        const int length = covering_length(t, T);
        std::fill(g + t + 1, g + length, S(0));
        L dot = L::splat(S(0));
        for_each_group<L>(length, [&](auto group) { dot = dot + group.load(g) * group.load(weights); });
        const L mean = L::splat(hsum(dot)), factor = L::splat(scale);
        for_each_group<L>(length,
                          [&](auto group) { group.store(g, group.load(weights) * (group.load(g) - mean) * factor); });
    }
}

/// Where one head of one text lies in the buffers.
struct Place {
    std::ptrdiff_t qkv, output, weights;
};
Place place_of(int b, int h, const AttentionShape& s) {
    const std::ptrdiff_t T = s.time, C = s.width, D = s.width / s.n_heads;
    return {b * T * 3 * C + h * D, b * T * C + h * D, (static_cast<std::ptrdiff_t>(b) * s.n_heads + h) * T * T};
}

}  // namespace

template <class L>
void attention_forward(Span<L> output, Span<L> weights, ConstSpan<L> qkv, const AttentionShape& shape) {
    using S = typename L::Scalar;
    check_sizes(output.size(), weights.size(), qkv.size(), shape);
    const int T = shape.time, C = shape.width, D = C / shape.n_heads;
    const S scale = S(1) / sqrt(static_cast<S>(D));
    for (int b = 0; b < shape.batch; ++b) {
        for (int h = 0; h < shape.n_heads; ++h) {
            const Place at = place_of(b, h, shape);
            const S *query = qkv.data() + at.qkv, *key = query + C, *value = key + C;
            S *w = weights.data() + at.weights, *out = output.data() + at.output;
            gemm<L>(w, T, {query, 3 * C}, {key, 3 * C, true}, T, T, D, {.triangle = Triangle::LowerOutput});
            softmax_causal<L>(w, T, scale);
            gemm<L>(out, C, {w, T}, {value, 3 * C}, T, D, T, {.triangle = Triangle::LowerLeft});
        }
    }
}

template <class L>
void attention_backward(Span<L> d_qkv, Span<L> scratch, ConstSpan<L> d_output, ConstSpan<L> weights, ConstSpan<L> qkv,
                        const AttentionShape& shape) {
    using S = typename L::Scalar;
    check_sizes(d_output.size(), weights.size(), qkv.size(), shape);
    TERRARIUM_CHECK(d_qkv.size() == qkv.size(), "Gradients must be as large as what they belong to.");
    TERRARIUM_CHECK(scratch.size() >= count_of(shape.time, shape.time), "Attention's scratch must have T*T numbers.");
    const int T = shape.time, C = shape.width, D = C / shape.n_heads;
    const S scale = S(1) / sqrt(static_cast<S>(D));
    S* const g = scratch.data();
    for (int b = 0; b < shape.batch; ++b) {
        for (int h = 0; h < shape.n_heads; ++h) {
            const Place at = place_of(b, h, shape);
            const S *query = qkv.data() + at.qkv, *key = query + C, *value = key + C;
            const S *w = weights.data() + at.weights, *d_out = d_output.data() + at.output;
            S *d_query = d_qkv.data() + at.qkv, *d_key = d_query + C, *d_value = d_key + C;
            gemm<L>(d_value, 3 * C, {w, T, true}, {d_out, C}, T, D, T, {.triangle = Triangle::UpperLeft});
            gemm<L>(g, T, {d_out, C}, {value, 3 * C, true}, T, T, D, {.triangle = Triangle::LowerOutput});
            softmax_causal_backward<L>(g, w, T, scale);
            gemm<L>(d_query, 3 * C, {g, T}, {key, 3 * C}, T, D, T, {.triangle = Triangle::LowerLeft});
            gemm<L>(d_key, 3 * C, {g, T, true}, {query, 3 * C}, T, D, T, {.triangle = Triangle::UpperLeft});
        }
    }
}

template decltype(attention_forward<Simd4f>) attention_forward<Simd4f>;
template decltype(attention_forward<Scalar4f>) attention_forward<Scalar4f>;
template decltype(attention_forward<Scalar4d>) attention_forward<Scalar4d>;
template decltype(attention_backward<Simd4f>) attention_backward<Simd4f>;
template decltype(attention_backward<Scalar4f>) attention_backward<Scalar4f>;
template decltype(attention_backward<Scalar4d>) attention_backward<Scalar4d>;

}  // namespace terrarium::core
