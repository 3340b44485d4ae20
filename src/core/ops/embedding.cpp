#include "core/ops/embedding.h"

#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

void check_sizes(std::size_t output, std::span<const int32_t> ids, std::size_t tokens, std::size_t positions,
                 std::size_t previous, const EmbeddingShape& s) {
    TERRARIUM_CHECK(s.batch >= 1 && s.time >= 1 && s.width >= 1 && s.vocab_size >= 1, "Embedding sizes start at 1.");
    TERRARIUM_CHECK(ids.size() == count_of(s.batch, s.time), "Embedding needs B*T ids.");
    TERRARIUM_CHECK(output == count_of(s.batch, s.time, s.width), "The embedding's output must have B*T*C numbers.");
    TERRARIUM_CHECK(tokens == count_of(s.vocab_size, s.width), "The token table must have V*C numbers.");
    TERRARIUM_CHECK(positions == 0 || positions >= count_of(s.time, s.width),
                    "The position table has fewer than T rows.");
    TERRARIUM_CHECK(previous == 0 || previous == tokens, "The table of the previous token must have V*C numbers.");
    for (const int32_t id : ids) TERRARIUM_CHECK(id >= 0 && id < s.vocab_size, "A token id is outside the vocabulary.");
}

template <class S>
S* row(std::span<S> table, int32_t index, int32_t width) {
    return table.data() + static_cast<std::ptrdiff_t>(index) * width;
}

}  // namespace

template <class L>
void embedding_forward(Span<L> output, std::span<const int32_t> ids, ConstSpan<L> tokens, ConstSpan<L> positions,
                       ConstSpan<L> previous, const EmbeddingShape& shape) {
    check_sizes(output.size(), ids, tokens.size(), positions.size(), previous.size(), shape);
    const int C = shape.width;
    const int32_t* id = ids.data();
    auto* out = output.data();
    for (int b = 0; b < shape.batch; ++b) {
        for (int t = 0; t < shape.time; ++t, ++id, out += C) {
            const auto* token = row(tokens, *id, C);
            const auto* position = positions.empty() ? nullptr : row(positions, t, C);
            const auto* shifted = t > 0 && !previous.empty() ? row(previous, id[-1], C) : nullptr;
            for_each_group<L>(C, [&](auto group) {
                L sum = group.load(token);
                if (position != nullptr) sum = sum + group.load(position);
                if (shifted != nullptr) sum = sum + group.load(shifted);
                group.store(out, sum);
            });
        }
    }
}

template <class L>
void embedding_backward(Span<L> d_tokens, Span<L> d_positions, Span<L> d_previous, ConstSpan<L> d_output,
                        std::span<const int32_t> ids, const EmbeddingShape& shape) {
    check_sizes(d_output.size(), ids, d_tokens.size(), d_positions.size(), d_previous.size(), shape);
    const int C = shape.width;
    const int32_t* id = ids.data();
    const auto* d_out = d_output.data();
    for (int b = 0; b < shape.batch; ++b) {
        for (int t = 0; t < shape.time; ++t, ++id, d_out += C) {
            auto* token = row(d_tokens, *id, C);
            auto* position = d_positions.empty() ? nullptr : row(d_positions, t, C);
            auto* shifted = t > 0 && !d_previous.empty() ? row(d_previous, id[-1], C) : nullptr;
            for_each_group<L>(C, [&](auto group) {
                const L d = group.load(d_out);
                group.store(token, group.load(token) + d);
                if (position != nullptr) group.store(position, group.load(position) + d);
                if (shifted != nullptr) group.store(shifted, group.load(shifted) + d);
            });
        }
    }
}

template decltype(embedding_forward<Simd4f>) embedding_forward<Simd4f>;
template decltype(embedding_forward<Scalar4f>) embedding_forward<Scalar4f>;
template decltype(embedding_forward<Scalar4d>) embedding_forward<Scalar4d>;
template decltype(embedding_backward<Simd4f>) embedding_backward<Simd4f>;
template decltype(embedding_backward<Scalar4f>) embedding_backward<Scalar4f>;
template decltype(embedding_backward<Scalar4d>) embedding_backward<Scalar4d>;

}  // namespace terrarium::core
