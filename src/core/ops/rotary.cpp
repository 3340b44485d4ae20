#include "core/ops/rotary.h"

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

/// Turns by the table's angles times `direction`, which is 1 or -1. Plain code for every lane type: a few operations
/// per number are little beside the matrix products around them.
template <class S>
void turn(S* qkv, const S* table, int batch, int time, int width, int n_heads, S direction) {
    const int half = width / n_heads / 2;
    for (int b = 0; b < batch; ++b) {
        const S* angles = table;
        for (int t = 0; t < time; ++t, angles += 2 * half, qkv += 3 * width) {
            S* x = qkv;
            for (int head = 0; head < 2 * n_heads; ++head, x += 2 * half) {  // queries of all heads, then keys
                for (int i = 0; i < half; ++i) {
                    const S cosine = angles[2 * i], sine = angles[2 * i + 1] * direction;
                    const S along = x[2 * i], across = x[2 * i + 1];
                    x[2 * i] = along * cosine - across * sine;
                    x[2 * i + 1] = along * sine + across * cosine;
                }
            }
        }
    }
}

template <class S>
const S* checked_rows(std::size_t qkv, std::span<const S> table, int batch, int time, int width, int n_heads,
                      int first_position) {
    TERRARIUM_CHECK(batch >= 1 && time >= 1 && n_heads >= 1 && width >= 1 && width % (2 * n_heads) == 0,
                    "Rotary positions need heads of an even size.");
    TERRARIUM_CHECK(qkv == count_of(batch, time, 3, width), "Rotary positions need B*T*3C numbers.");
    const std::size_t row = count_of(width / n_heads);
    TERRARIUM_CHECK(first_position >= 0 && table.size() % row == 0 &&
                        table.size() / row >= count_of(first_position) + count_of(time),
                    "The table of rotary angles is shorter than the text.");
    return table.data() + count_of(first_position) * row;
}

}  // namespace

template <class L>
void fill_rotary_table(Span<L> table, int n_positions, int head_size) {
    using S = typename L::Scalar;
    // 65536 positions: the largest angle, 65535, is within the range where our sine is exact.
    TERRARIUM_CHECK(n_positions >= 1 && n_positions <= 65536 && head_size >= 2 && head_size % 2 == 0,
                    "Rotary positions need heads of an even size and at most 65536 positions.");
    TERRARIUM_CHECK(table.size() == count_of(n_positions, head_size), "A rotary table has T*D numbers.");
    S* out = table.data();
    for (int t = 0; t < n_positions; ++t) {
        for (int i = 0; i < head_size; i += 2, out += 2) {
            const double angle = t * pow(kRotaryBase, -static_cast<double>(i) / head_size);
            out[0] = static_cast<S>(cos(angle));
            out[1] = static_cast<S>(sin(angle));
        }
    }
}

template <class L>
void rotary_forward(Span<L> qkv, ConstSpan<L> table, int batch, int time, int width, int n_heads, int first_position) {
    using S = typename L::Scalar;
    const S* rows = checked_rows(qkv.size(), table, batch, time, width, n_heads, first_position);
    turn(qkv.data(), rows, batch, time, width, n_heads, S(1));
}

template <class L>
void rotary_backward(Span<L> d_qkv, ConstSpan<L> table, int batch, int time, int width, int n_heads,
                     int first_position) {
    using S = typename L::Scalar;
    const S* rows = checked_rows(d_qkv.size(), table, batch, time, width, n_heads, first_position);
    turn(d_qkv.data(), rows, batch, time, width, n_heads, S(-1));
}

#define TERRARIUM_INSTANTIATE(L)                                                     \
    template void fill_rotary_table<L>(Span<L>, int, int);                           \
    template void rotary_forward<L>(Span<L>, ConstSpan<L>, int, int, int, int, int); \
    template void rotary_backward<L>(Span<L>, ConstSpan<L>, int, int, int, int, int);
TERRARIUM_INSTANTIATE(Simd4f)
TERRARIUM_INSTANTIATE(Scalar4f)
TERRARIUM_INSTANTIATE(Scalar4d)
#undef TERRARIUM_INSTANTIATE

}  // namespace terrarium::core
