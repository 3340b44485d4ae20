#include "core/ops/rms_norm.h"

#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {

template <class L>
void rms_norm_forward(Span<L> output, Span<L> normalised, Span<L> inverse_rms, ConstSpan<L> input, ConstSpan<L> gain) {
    using S = typename L::Scalar;
    const std::size_t N = inverse_rms.size();
    TERRARIUM_CHECK(N >= 1 && !gain.empty(), "RMS norm needs rows and a gain.");
    TERRARIUM_CHECK(
        input.size() == N * gain.size() && output.size() == input.size() && normalised.size() == input.size(),
        "The rows of RMS norm must have as many numbers as its gain.");
    const int C = static_cast<int>(gain.size());
    const S count = static_cast<S>(C);
    const S *x = input.data(), *gains = gain.data();
    S *out = output.data(), *h = normalised.data();
    for (S& r_kept : inverse_rms) {
        L squares = L::splat(S(0));
        for_each_group<L>(C, [&](auto group) {
            const L value = group.load(x);
            squares = squares + value * value;
        });
        const S r = S(1) / sqrt(hsum(squares) / count + static_cast<S>(kRmsNormEpsilon));
        for_each_group<L>(C, [&](auto group) {
            const L value = group.load(x) * L::splat(r);
            group.store(h, value);
            group.store(out, value * group.load(gains));
        });
        r_kept = r;
        x += C, out += C, h += C;
    }
}

template <class L>
void rms_norm_backward(Span<L> d_input, Span<L> d_gain, ConstSpan<L> d_output, ConstSpan<L> normalised,
                       ConstSpan<L> inverse_rms, ConstSpan<L> gain) {
    using S = typename L::Scalar;
    const std::size_t N = inverse_rms.size();
    TERRARIUM_CHECK(N >= 1 && !gain.empty() && d_gain.size() == gain.size(),
                    "RMS norm needs rows, and a gradient as long as its gain.");
    TERRARIUM_CHECK(
        d_output.size() == N * gain.size() && d_input.size() == d_output.size() && normalised.size() == d_output.size(),
        "The rows of RMS norm must have as many numbers as its gain.");
    const int C = static_cast<int>(gain.size());
    const S count = static_cast<S>(C);
    S *d_x = d_input.data(), *d_gains = d_gain.data();
    const S *d_y = d_output.data(), *h = normalised.data(), *gains = gain.data();
    for (const S r : inverse_rms) {
        L product = L::splat(S(0));
        for_each_group<L>(C, [&](auto group) {
            const L d = group.load(d_y), value = group.load(h);
            product = product + d * group.load(gains) * value;
            group.store(d_gains, group.load(d_gains) + d * value);
        });
        const L mean_gh = L::splat(hsum(product) / count), scale = L::splat(r);
        for_each_group<L>(C, [&](auto group) {
            const L g = group.load(d_y) * group.load(gains);
            group.store(d_x, group.load(d_x) + scale * (g - group.load(h) * mean_gh));
        });
        d_x += C, d_y += C, h += C;
    }
}

template decltype(rms_norm_forward<Simd4f>) rms_norm_forward<Simd4f>;
template decltype(rms_norm_forward<Scalar4f>) rms_norm_forward<Scalar4f>;
template decltype(rms_norm_forward<Scalar4d>) rms_norm_forward<Scalar4d>;
template decltype(rms_norm_backward<Simd4f>) rms_norm_backward<Simd4f>;
template decltype(rms_norm_backward<Scalar4f>) rms_norm_backward<Scalar4f>;
template decltype(rms_norm_backward<Scalar4d>) rms_norm_backward<Scalar4d>;

}  // namespace terrarium::core
