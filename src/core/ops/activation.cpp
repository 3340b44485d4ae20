#include "core/ops/activation.h"

#include "core/ops/gelu.h"
#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {

template <class L>
void activation_forward(Activation kind, Span<L> output, Span<L> gate, ConstSpan<L> input) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(output.size() == input.size() && gate.size() == input.size(),
                    "An activation needs buffers of equal size.");
    const int n = static_cast<int>(input.size());
    const S* const x = input.data();
    const L zero = L::splat(S(0)), one = L::splat(S(1)), two = L::splat(S(2));
    switch (kind) {
        case Activation::Relu:
            for_each_group<L>(n, [&](auto group) { group.store(output.data(), L::max(zero, group.load(x))); });
            return;
        case Activation::Gelu:
            gelu_forward<L>(output, gate, input);
            return;
        case Activation::Tanh:
            for_each_group<L>(n, [&](auto group) {
                const L minus_2x = zero - two * group.load(x);
                const L t = two / (one + L::exp(minus_2x)) - one;
                group.store(gate.data(), t);
                group.store(output.data(), t);
            });
            return;
        case Activation::Silu:
            for_each_group<L>(n, [&](auto group) {
                const L here = group.load(x);
                const L s = one / (one + L::exp(zero - here));
                group.store(gate.data(), s);
                group.store(output.data(), here * s);
            });
            return;
    }
}

template <class L>
void activation_backward(Activation kind, Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> gate,
                         ConstSpan<L> input) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(d_input.size() == input.size() && d_output.size() == input.size() && gate.size() == input.size(),
                    "An activation needs buffers of equal size.");
    const int n = static_cast<int>(input.size());
    const S *const x = input.data(), *const g = gate.data(), *const d = d_output.data();
    const L one = L::splat(S(1));
    switch (kind) {
        case Activation::Relu:
            // Written so that the gradient of NaN stays visible.
            for (std::size_t i = 0; i < input.size(); ++i) d_input[i] = x[i] <= S(0) ? S(0) : d[i];
            return;
        case Activation::Gelu:
            gelu_backward<L>(d_input, d_output, gate, input);
            return;
        case Activation::Tanh:
            for_each_group<L>(n, [&](auto group) {
                const L t = group.load(g);
                group.store(d_input.data(), group.load(d) * (one - t * t));
            });
            return;
        case Activation::Silu:
            for_each_group<L>(n, [&](auto group) {
                const L s = group.load(g);
                group.store(d_input.data(), group.load(d) * (s + group.load(x) * s * (one - s)));
            });
            return;
    }
}

template decltype(activation_forward<Simd4f>) activation_forward<Simd4f>;
template decltype(activation_forward<Scalar4f>) activation_forward<Scalar4f>;
template decltype(activation_forward<Scalar4d>) activation_forward<Scalar4d>;
template decltype(activation_backward<Simd4f>) activation_backward<Simd4f>;
template decltype(activation_backward<Scalar4f>) activation_backward<Scalar4f>;
template decltype(activation_backward<Scalar4d>) activation_backward<Scalar4d>;

}  // namespace terrarium::core
