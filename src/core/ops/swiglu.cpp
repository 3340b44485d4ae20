#include "core/ops/swiglu.h"

#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

std::size_t checked_rows(std::size_t output, std::size_t gate, std::size_t input, int width) {
    TERRARIUM_CHECK(width >= 1 && output >= 1 && output % count_of(width) == 0, "SwiGLU needs whole rows.");
    TERRARIUM_CHECK(gate == output && input == 2 * output, "SwiGLU makes F numbers of every 2F.");
    return output / count_of(width);
}

}  // namespace

template <class L>
void swiglu_forward(Span<L> output, Span<L> gate, ConstSpan<L> input, int width) {
    using S = typename L::Scalar;
    const std::size_t N = checked_rows(output.size(), gate.size(), input.size(), width);
    const L one = L::splat(S(1)), zero = L::splat(S(0));
    const S *x = input.data(), *value = x + width;
    S *out = output.data(), *kept = gate.data();
    for (std::size_t n = 0; n < N; ++n) {
        for_each_group<L>(width, [&](auto group) {
            const L numbers = group.load(x), g = one / (one + L::exp(zero - numbers));
            group.store(kept, g);
            group.store(out, numbers * g * group.load(value));
        });
        x += 2 * width, value += 2 * width, out += width, kept += width;
    }
}

template <class L>
void swiglu_backward(Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> gate, ConstSpan<L> input, int width) {
    using S = typename L::Scalar;
    const std::size_t N = checked_rows(d_output.size(), gate.size(), input.size(), width);
    TERRARIUM_CHECK(d_input.size() == input.size(), "Gradients must be as large as what they belong to.");
    const L one = L::splat(S(1));
    const S *x = input.data(), *value = x + width, *d_out = d_output.data(), *kept = gate.data();
    S *d_x = d_input.data(), *d_value = d_x + width;
    for (std::size_t n = 0; n < N; ++n) {
        for_each_group<L>(width, [&](auto group) {
            const L d = group.load(d_out), numbers = group.load(x), g = group.load(kept), silu = numbers * g;
            group.store(d_x, d * group.load(value) * (g + silu * (one - g)));
            group.store(d_value, d * silu);
        });
        x += 2 * width, value += 2 * width, d_x += 2 * width, d_value += 2 * width, d_out += width, kept += width;
    }
}

template decltype(swiglu_forward<Simd4f>) swiglu_forward<Simd4f>;
template decltype(swiglu_forward<Scalar4f>) swiglu_forward<Scalar4f>;
template decltype(swiglu_forward<Scalar4d>) swiglu_forward<Scalar4d>;
template decltype(swiglu_backward<Simd4f>) swiglu_backward<Simd4f>;
template decltype(swiglu_backward<Scalar4f>) swiglu_backward<Scalar4f>;
template decltype(swiglu_backward<Scalar4d>) swiglu_backward<Scalar4d>;

}  // namespace terrarium::core
