#include "core/ops/pooling.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

void check_sizes(std::size_t states, std::size_t pooled, std::span<const int32_t> lengths, int B, int T, int C) {
    TERRARIUM_CHECK(B >= 1 && T >= 1 && C >= 1, "Pooling sizes start at 1.");
    TERRARIUM_CHECK(states == count_of(B, T, C) && pooled == count_of(B, C), "Pooling makes B*C numbers of B*T*C.");
    TERRARIUM_CHECK(lengths.empty() || lengths.size() == count_of(B), "Every text has one length.");
    for (const int32_t n : lengths) TERRARIUM_CHECK(n >= 1 && n <= T, "A text's length is between 1 and T.");
}

/// The rows of a text that count.
struct Rows {
    int first, end;
};
Rows rows_of(Pooling kind, std::span<const int32_t> lengths, int b, int T) {
    const int length = lengths.empty() ? T : lengths[count_of(b)];
    return {kind == Pooling::Mean ? 0 : length - 1, length};
}

}  // namespace

template <class L>
void pool_forward(Pooling kind, Span<L> output, ConstSpan<L> states, std::span<const int32_t> lengths, int batch,
                  int time, int width) {
    using S = typename L::Scalar;
    check_sizes(states.size(), output.size(), lengths, batch, time, width);
    for (int b = 0; b < batch; ++b) {
        const Rows rows = rows_of(kind, lengths, b, time);
        const L share = L::splat(S(1) / static_cast<S>(rows.end - rows.first));
        S* const out = output.data() + count_of(b, width);
        const S* const text = states.data() + count_of(b, time, width);
        for_each_group<L>(width, [&](auto group) {
            L sum = L::splat(S(0));
            for (int t = rows.first; t < rows.end; ++t) sum = sum + group.load(text + count_of(t, width));
            group.store(out, sum * share);
        });
    }
}

template <class L>
void pool_backward(Pooling kind, Span<L> d_states, ConstSpan<L> d_output, std::span<const int32_t> lengths, int batch,
                   int time, int width) {
    using S = typename L::Scalar;
    check_sizes(d_states.size(), d_output.size(), lengths, batch, time, width);
    std::fill(d_states.begin(), d_states.end(), S(0));
    for (int b = 0; b < batch; ++b) {
        const Rows rows = rows_of(kind, lengths, b, time);
        const L share = L::splat(S(1) / static_cast<S>(rows.end - rows.first));
        const S* const d_out = d_output.data() + count_of(b, width);
        S* const d_text = d_states.data() + count_of(b, time, width);
        for (int t = rows.first; t < rows.end; ++t) {
            S* const d_row = d_text + count_of(t, width);
            for_each_group<L>(width, [&](auto group) { group.store(d_row, group.load(d_out) * share); });
        }
    }
}

template <class L>
void unit_length_forward(Span<L> output, Span<L> inverse_length, ConstSpan<L> input) {
    using S = typename L::Scalar;
    const std::size_t N = inverse_length.size();
    TERRARIUM_CHECK(N >= 1 && !input.empty() && input.size() % N == 0 && output.size() == input.size(),
                    "Rows that get length 1 are N rows of C numbers.");
    const int C = static_cast<int>(input.size() / N);
    const S* x = input.data();
    S* out = output.data();
    for (S& kept : inverse_length) {
        L squares = L::splat(S(0));
        for_each_group<L>(C, [&](auto group) {
            const L value = group.load(x);
            squares = squares + value * value;
        });
        kept = S(1) / sqrt(hsum(squares) + static_cast<S>(kUnitLengthEpsilon));
        const L r = L::splat(kept);
        for_each_group<L>(C, [&](auto group) { group.store(out, group.load(x) * r); });
        x += C, out += C;
    }
}

template <class L>
void unit_length_backward(Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> output, ConstSpan<L> inverse_length) {
    using S = typename L::Scalar;
    const std::size_t N = inverse_length.size();
    TERRARIUM_CHECK(N >= 1 && !output.empty() && output.size() % N == 0 && d_output.size() == output.size() &&
                        d_input.size() == output.size(),
                    "Gradients must be as large as what they belong to.");
    const int C = static_cast<int>(output.size() / N);
    S* d_x = d_input.data();
    const S *d_y = d_output.data(), *y = output.data();
    for (const S kept : inverse_length) {
        L product = L::splat(S(0));
        for_each_group<L>(C, [&](auto group) { product = product + group.load(d_y) * group.load(y); });
        const L along = L::splat(hsum(product)), r = L::splat(kept);
        for_each_group<L>(C, [&](auto group) { group.store(d_x, (group.load(d_y) - group.load(y) * along) * r); });
        d_x += C, d_y += C, y += C;
    }
}

template decltype(pool_forward<Simd4f>) pool_forward<Simd4f>;
template decltype(pool_forward<Scalar4f>) pool_forward<Scalar4f>;
template decltype(pool_forward<Scalar4d>) pool_forward<Scalar4d>;
template decltype(pool_backward<Simd4f>) pool_backward<Simd4f>;
template decltype(pool_backward<Scalar4f>) pool_backward<Scalar4f>;
template decltype(pool_backward<Scalar4d>) pool_backward<Scalar4d>;
template decltype(unit_length_forward<Simd4f>) unit_length_forward<Simd4f>;
template decltype(unit_length_forward<Scalar4f>) unit_length_forward<Scalar4f>;
template decltype(unit_length_forward<Scalar4d>) unit_length_forward<Scalar4d>;
template decltype(unit_length_backward<Simd4f>) unit_length_backward<Simd4f>;
template decltype(unit_length_backward<Scalar4f>) unit_length_backward<Scalar4f>;
template decltype(unit_length_backward<Scalar4d>) unit_length_backward<Scalar4d>;

}  // namespace terrarium::core
