#include "core/ops/gelu.h"

#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

constexpr double kTwiceSqrt2OverPi = 1.5957691216057307;  // 2 sqrt(2/pi)
constexpr double kCubic = 0.044715;

}  // namespace

template <class L>
void gelu_forward(Span<L> output, Span<L> gate, ConstSpan<L> input) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(output.size() == input.size() && gate.size() == input.size(), "GELU needs buffers of equal size.");
    const L one = L::splat(S(1)), scale = L::splat(static_cast<S>(-kTwiceSqrt2OverPi)), cubic = L::splat(S(kCubic));
    for_each_group<L>(static_cast<int>(input.size()), [&](auto group) {
        const L x = group.load(input.data());
        const L minus_2u = scale * (x + cubic * x * x * x);
        const L g = one / (one + L::exp(minus_2u));
        group.store(gate.data(), g);
        group.store(output.data(), x * g);
    });
}

template <class L>
void gelu_backward(Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> gate, ConstSpan<L> input) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(d_input.size() == input.size() && d_output.size() == input.size() && gate.size() == input.size(),
                    "GELU needs buffers of equal size.");
    const L one = L::splat(S(1)), scale = L::splat(static_cast<S>(kTwiceSqrt2OverPi));
    const L three_cubic = L::splat(static_cast<S>(3.0 * kCubic));
    for_each_group<L>(static_cast<int>(input.size()), [&](auto group) {
        const L x = group.load(input.data()), g = group.load(gate.data());
        const L d_2u = scale * (one + three_cubic * x * x);
        const L slope = g + x * g * (one - g) * d_2u;
        group.store(d_input.data(), group.load(d_output.data()) * slope);
    });
}

template decltype(gelu_forward<Simd4f>) gelu_forward<Simd4f>;
template decltype(gelu_forward<Scalar4f>) gelu_forward<Scalar4f>;
template decltype(gelu_forward<Scalar4d>) gelu_forward<Scalar4d>;
template decltype(gelu_backward<Simd4f>) gelu_backward<Simd4f>;
template decltype(gelu_backward<Scalar4f>) gelu_backward<Scalar4f>;
template decltype(gelu_backward<Scalar4d>) gelu_backward<Scalar4d>;

}  // namespace terrarium::core
