#include "core/ops/cross_attention.h"

#include "core/ops/attention_head.h"
#include "core/support/check.h"

namespace terrarium::core {
namespace {

void check_sizes(std::size_t output, std::size_t weights, std::size_t queries, std::size_t keys_values,
                 std::span<const int32_t> lengths, const CrossAttentionShape& s) {
    TERRARIUM_CHECK(s.batch >= 1 && s.time >= 1 && s.source_time >= 1 && s.n_heads >= 1 && s.width >= s.n_heads &&
                        s.width % s.n_heads == 0,
                    "Cross-attention needs a width that its heads divide evenly.");
    TERRARIUM_CHECK(output == count_of(s.batch, s.time, s.width) && queries == output,
                    "Cross-attention has B*T*C queries and results.");
    TERRARIUM_CHECK(weights == count_of(s.batch, s.n_heads, s.time, s.source_time),
                    "Cross-attention has B*H*T*S weights.");
    TERRARIUM_CHECK(keys_values == count_of(s.batch, s.source_time, 2, s.width),
                    "Cross-attention looks at B*S*2C numbers.");
    TERRARIUM_CHECK(lengths.empty() || lengths.size() == count_of(s.batch), "Every source has one length.");
    for (const int32_t length : lengths) {
        TERRARIUM_CHECK(length >= 1 && length <= s.source_time, "A source's length is between 1 and S.");
    }
}

/// Calls visit(output, weights, keys, visible) for every head of every text, with the offsets of its buffers. Queries
/// lie as the output does.
template <class Visit>
void for_each_head(std::span<const int32_t> lengths, const CrossAttentionShape& s, Visit visit) {
    const std::ptrdiff_t T = s.time, source = s.source_time, C = s.width, D = s.width / s.n_heads;
    for (std::ptrdiff_t b = 0; b < s.batch; ++b) {
        const VisibleColumns visible{lengths.empty() ? s.source_time : lengths[count_of(b)], false};
        for (std::ptrdiff_t h = 0; h < s.n_heads; ++h) {
            visit(b * T * C + h * D, (b * s.n_heads + h) * T * source, b * source * 2 * C + h * D, visible);
        }
    }
}

template <class S>
HeadInputs<S> inputs_at(const S* query, const S* key, const CrossAttentionShape& s) {
    return {query, key, key + s.width, s.width, 2 * s.width, s.time, s.source_time, s.width / s.n_heads};
}

}  // namespace

template <class L>
void cross_attention_forward(Span<L> output, Span<L> weights, ConstSpan<L> queries, ConstSpan<L> keys_values,
                             std::span<const int32_t> source_lengths, const CrossAttentionShape& shape) {
    check_sizes(output.size(), weights.size(), queries.size(), keys_values.size(), source_lengths, shape);
    for_each_head(source_lengths, shape,
                  [&](std::ptrdiff_t out, std::ptrdiff_t w, std::ptrdiff_t keys, VisibleColumns visible) {
                      head_forward<L>(output.data() + out, shape.width, weights.data() + w,
                                      inputs_at(queries.data() + out, keys_values.data() + keys, shape), visible);
                  });
}

template <class L>
void cross_attention_backward(Span<L> d_queries, Span<L> d_keys_values, Span<L> scratch, ConstSpan<L> d_output,
                              ConstSpan<L> weights, ConstSpan<L> queries, ConstSpan<L> keys_values,
                              std::span<const int32_t> source_lengths, const CrossAttentionShape& shape) {
    check_sizes(d_output.size(), weights.size(), queries.size(), keys_values.size(), source_lengths, shape);
    TERRARIUM_CHECK(d_queries.size() == queries.size() && d_keys_values.size() == keys_values.size(),
                    "Gradients must be as large as what they belong to.");
    TERRARIUM_CHECK(scratch.size() >= count_of(shape.time, shape.source_time),
                    "Cross-attention's scratch must have T*S numbers.");
    for_each_head(source_lengths, shape,
                  [&](std::ptrdiff_t out, std::ptrdiff_t w, std::ptrdiff_t keys, VisibleColumns visible) {
                      typename L::Scalar* const d_keys = d_keys_values.data() + keys;
                      head_backward<L>(d_queries.data() + out, d_keys, d_keys + shape.width, scratch.data(),
                                       d_output.data() + out, shape.width, weights.data() + w,
                                       inputs_at(queries.data() + out, keys_values.data() + keys, shape), visible);
                  });
}

template decltype(cross_attention_forward<Simd4f>) cross_attention_forward<Simd4f>;
template decltype(cross_attention_forward<Scalar4f>) cross_attention_forward<Scalar4f>;
template decltype(cross_attention_forward<Scalar4d>) cross_attention_forward<Scalar4d>;
template decltype(cross_attention_backward<Simd4f>) cross_attention_backward<Simd4f>;
template decltype(cross_attention_backward<Scalar4f>) cross_attention_backward<Scalar4f>;
template decltype(cross_attention_backward<Scalar4d>) cross_attention_backward<Scalar4d>;

}  // namespace terrarium::core
