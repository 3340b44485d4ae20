#include "core/ops/layer_norm.h"

#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

/// Subtracting the mean would turn the absent lanes of a part group into -mean; the sum of squares must not see them.
template <class L, class Group>
TERRARIUM_INLINE L centred(const Group& group, const typename L::Scalar* x, typename L::Scalar mean) {
    return group.load(x, mean) - L::splat(mean);
}

}  // namespace

template <class L>
void layer_norm_forward(Span<L> output, Span<L> normalised, Span<L> inverse_sd, ConstSpan<L> input, ConstSpan<L> gain,
                        ConstSpan<L> bias) {
    using S = typename L::Scalar;
    const std::size_t N = inverse_sd.size();
    TERRARIUM_CHECK(N >= 1 && !gain.empty() && gain.size() == bias.size(), "Layer norm needs rows, a gain and a bias.");
    TERRARIUM_CHECK(
        input.size() == N * gain.size() && output.size() == input.size() && normalised.size() == input.size(),
        "The rows of layer norm must have as many numbers as its gain.");
    const int C = static_cast<int>(gain.size());
    const S count = static_cast<S>(C);
    const S* x = input.data();
    S *out = output.data(), *h = normalised.data();
    const S *gains = gain.data(), *biases = bias.data();
    for (S& r_kept : inverse_sd) {
        L sum = L::splat(S(0)), squares = L::splat(S(0));
        for_each_group<L>(C, [&](auto group) { sum = sum + group.load(x); });
        const S mean = hsum(sum) / count;
        for_each_group<L>(C, [&](auto group) {
            const L d = centred<L>(group, x, mean);
            squares = squares + d * d;
        });
        const S r = S(1) / sqrt(hsum(squares) / count + static_cast<S>(kLayerNormEpsilon));
        for_each_group<L>(C, [&](auto group) {
            const L value = centred<L>(group, x, mean) * L::splat(r);
            group.store(h, value);
            group.store(out, value * group.load(gains) + group.load(biases));
        });
        r_kept = r;
        x += C, out += C, h += C;
    }
}

template <class L>
void layer_norm_backward(Span<L> d_input, Span<L> d_gain, Span<L> d_bias, ConstSpan<L> d_output,
                         ConstSpan<L> normalised, ConstSpan<L> inverse_sd, ConstSpan<L> gain) {
    using S = typename L::Scalar;
    const std::size_t N = inverse_sd.size();
    TERRARIUM_CHECK(N >= 1 && !gain.empty() && d_gain.size() == gain.size() && d_bias.size() == gain.size(),
                    "Layer norm needs rows, and gradients as long as its gain.");
    TERRARIUM_CHECK(
        d_output.size() == N * gain.size() && d_input.size() == d_output.size() && normalised.size() == d_output.size(),
        "The rows of layer norm must have as many numbers as its gain.");
    const int C = static_cast<int>(gain.size());
    const S count = static_cast<S>(C);
    S *d_x = d_input.data(), *d_gains = d_gain.data(), *d_biases = d_bias.data();
    const S *d_y = d_output.data(), *h = normalised.data(), *gains = gain.data();
    for (const S r : inverse_sd) {
        L sum = L::splat(S(0)), product = L::splat(S(0));
        for_each_group<L>(C, [&](auto group) {
            const L d = group.load(d_y), value = group.load(h), g = d * group.load(gains);
            sum = sum + g;
            product = product + g * value;
            group.store(d_gains, group.load(d_gains) + d * value);
            group.store(d_biases, group.load(d_biases) + d);
        });
        const L mean_g = L::splat(hsum(sum) / count), mean_gh = L::splat(hsum(product) / count), scale = L::splat(r);
        for_each_group<L>(C, [&](auto group) {
            const L g = group.load(d_y) * group.load(gains);
            const L d = scale * (g - mean_g - group.load(h) * mean_gh);
            group.store(d_x, group.load(d_x) + d);
        });
        d_x += C, d_y += C, h += C;
    }
}

template decltype(layer_norm_forward<Simd4f>) layer_norm_forward<Simd4f>;
template decltype(layer_norm_forward<Scalar4f>) layer_norm_forward<Scalar4f>;
template decltype(layer_norm_forward<Scalar4d>) layer_norm_forward<Scalar4d>;
template decltype(layer_norm_backward<Simd4f>) layer_norm_backward<Simd4f>;
template decltype(layer_norm_backward<Scalar4f>) layer_norm_backward<Scalar4f>;
template decltype(layer_norm_backward<Scalar4d>) layer_norm_backward<Scalar4d>;

}  // namespace terrarium::core
