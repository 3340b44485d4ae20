#include "core/ops/attention.h"

#include "core/ops/attention_head.h"
#include "core/support/check.h"

namespace terrarium::core {
namespace {

void check_sizes(std::size_t output, std::size_t weights, std::size_t qkv, const AttentionShape& s,
                 const AttentionMask& mask) {
    TERRARIUM_CHECK(s.batch >= 1 && s.time >= 1 && s.n_heads >= 1 && s.width >= s.n_heads && s.width % s.n_heads == 0,
                    "Attention needs a width that its heads divide evenly.");
    TERRARIUM_CHECK(output == count_of(s.batch, s.time, s.width), "Attention's output must have B*T*C numbers.");
    TERRARIUM_CHECK(weights == count_of(s.batch, s.n_heads, s.time, s.time), "Attention has B*H*T*T weights.");
    TERRARIUM_CHECK(qkv == 3 * output, "Attention's input must have B*T*3C numbers.");
    TERRARIUM_CHECK(mask.lengths.empty() || mask.lengths.size() == count_of(s.batch), "Every text has one length.");
    for (const int32_t length : mask.lengths) {
        TERRARIUM_CHECK(length >= 1 && length <= s.time, "A text's length is between 1 and T.");
    }
}

VisibleColumns visible_in(const AttentionMask& mask, int b, int T) {
    return {mask.lengths.empty() ? T : mask.lengths[count_of(b)], mask.is_causal};
}

/// Where one head of one text lies in the buffers.
struct Place {
    std::ptrdiff_t qkv, output, weights;
};
Place place_of(int b, int h, const AttentionShape& s) {
    const std::ptrdiff_t T = s.time, C = s.width, D = s.width / s.n_heads;
    return {b * T * 3 * C + h * D, b * T * C + h * D, (static_cast<std::ptrdiff_t>(b) * s.n_heads + h) * T * T};
}

template <class S>
void check_dropout(const AttentionDropout<S>& dropout, const AttentionShape& s) {
    if (dropout.probability == 0.0) return;
    TERRARIUM_CHECK(dropout.kept.size() >= count_of(s.batch, s.n_heads, s.time, s.time) &&
                        dropout.scratch.size() >= count_of(s.time, s.time),
                    "Attention's dropout needs a mark for each weight, and room for one head.");
}

template <class S>
HeadDropout<S> dropout_at(std::ptrdiff_t weights, const AttentionDropout<S>& dropout, const AttentionShape& s) {
    const uint64_t first = static_cast<uint64_t>(dropout.first_text) * count_of(s.n_heads, s.time, s.time);
    return {dropout.probability, dropout.key, first + static_cast<uint64_t>(weights), dropout.kept.data() + weights,
            dropout.scratch.data()};
}

template <class S>
HeadInputs<S> inputs_at(const S* query, const AttentionShape& s) {
    const int C = s.width;
    return {query, query + C, query + 2 * C, 3 * C, 3 * C, s.time, s.time, C / s.n_heads};
}

}  // namespace

template <class L>
void attention_forward(Span<L> output, Span<L> weights, ConstSpan<L> qkv, const AttentionShape& shape,
                       const AttentionMask& mask, const AttentionDropout<typename L::Scalar>& dropout) {
    check_sizes(output.size(), weights.size(), qkv.size(), shape, mask);
    check_dropout(dropout, shape);
    for (int b = 0; b < shape.batch; ++b) {
        const VisibleColumns visible = visible_in(mask, b, shape.time);
        for (int h = 0; h < shape.n_heads; ++h) {
            const Place at = place_of(b, h, shape);
            const auto drops = dropout_at(at.weights, dropout, shape);
            head_forward<L>(output.data() + at.output, shape.width, weights.data() + at.weights,
                            inputs_at(qkv.data() + at.qkv, shape), visible,
                            dropout.probability > 0.0 ? &drops : nullptr);
        }
    }
}

template <class L>
void attention_backward(Span<L> d_qkv, Span<L> scratch, ConstSpan<L> d_output, ConstSpan<L> weights, ConstSpan<L> qkv,
                        const AttentionShape& shape, const AttentionMask& mask,
                        const AttentionDropout<typename L::Scalar>& dropout) {
    check_sizes(d_output.size(), weights.size(), qkv.size(), shape, mask);
    TERRARIUM_CHECK(d_qkv.size() == qkv.size(), "Gradients must be as large as what they belong to.");
    TERRARIUM_CHECK(scratch.size() >= count_of(shape.time, shape.time), "Attention's scratch must have T*T numbers.");
    check_dropout(dropout, shape);
    const int C = shape.width;
    for (int b = 0; b < shape.batch; ++b) {
        const VisibleColumns visible = visible_in(mask, b, shape.time);
        for (int h = 0; h < shape.n_heads; ++h) {
            const Place at = place_of(b, h, shape);
            const auto drops = dropout_at(at.weights, dropout, shape);
            typename L::Scalar* const d_query = d_qkv.data() + at.qkv;
            head_backward<L>(d_query, d_query + C, d_query + 2 * C, scratch.data(), d_output.data() + at.output, C,
                             weights.data() + at.weights, inputs_at(qkv.data() + at.qkv, shape), visible,
                             dropout.probability > 0.0 ? &drops : nullptr);
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
