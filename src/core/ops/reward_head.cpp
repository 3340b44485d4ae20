#include "core/ops/reward_head.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

/// T, checked.
std::size_t time_of(std::size_t states, std::size_t batch, std::size_t width, std::size_t bias,
                    std::span<const int32_t> lengths) {
    TERRARIUM_CHECK(batch >= 1 && width >= 1 && bias == 1, "A reward head has C weights and one bias.");
    TERRARIUM_CHECK(states >= batch * width && states % (batch * width) == 0, "A reward head reads B*T*C numbers.");
    TERRARIUM_CHECK(lengths.empty() || lengths.size() == batch, "Every text has one length.");
    const std::size_t T = states / (batch * width);
    for (const int32_t n : lengths)
        TERRARIUM_CHECK(n >= 1 && static_cast<std::size_t>(n) <= T, "A text's length is between 1 and T.");
    return T;
}

/// Where the row of the last token of text b begins.
std::size_t last_row(std::size_t b, std::size_t T, std::size_t C, std::span<const int32_t> lengths) {
    return (b * T + (lengths.empty() ? T : static_cast<std::size_t>(lengths[b])) - 1) * C;
}

}  // namespace

template <class L>
void reward_forward(std::span<double> rewards, ConstSpan<L> states, ConstSpan<L> weight, ConstSpan<L> bias,
                    std::span<const int32_t> lengths) {
    const std::size_t C = weight.size(), T = time_of(states.size(), rewards.size(), C, bias.size(), lengths);
    for (std::size_t b = 0; b < rewards.size(); ++b) {
        const auto* const row = states.data() + last_row(b, T, C, lengths);
        double sum = static_cast<double>(bias[0]);
        for (std::size_t c = 0; c < C; ++c) sum += static_cast<double>(row[c]) * static_cast<double>(weight[c]);
        rewards[b] = sum;
    }
}

template <class L>
void reward_backward(Span<L> d_states, Span<L> d_weight, Span<L> d_bias, std::span<const double> d_rewards,
                     ConstSpan<L> states, ConstSpan<L> weight, std::span<const int32_t> lengths) {
    using S = typename L::Scalar;
    const std::size_t C = weight.size(), T = time_of(states.size(), d_rewards.size(), C, d_bias.size(), lengths);
    TERRARIUM_CHECK(d_states.size() == states.size() && d_weight.size() == C,
                    "Gradients must be as large as what they belong to.");
    std::fill(d_states.begin(), d_states.end(), S(0));
    for (std::size_t b = 0; b < d_rewards.size(); ++b) {
        const std::size_t at = last_row(b, T, C, lengths);
        const S g = static_cast<S>(d_rewards[b]);
        for (std::size_t c = 0; c < C; ++c) {
            d_states[at + c] = g * weight[c];
            d_weight[c] += g * states[at + c];
        }
        d_bias[0] += g;
    }
}

template decltype(reward_forward<Simd4f>) reward_forward<Simd4f>;
template decltype(reward_forward<Scalar4f>) reward_forward<Scalar4f>;
template decltype(reward_forward<Scalar4d>) reward_forward<Scalar4d>;
template decltype(reward_backward<Simd4f>) reward_backward<Simd4f>;
template decltype(reward_backward<Scalar4f>) reward_backward<Scalar4f>;
template decltype(reward_backward<Scalar4d>) reward_backward<Scalar4d>;

}  // namespace terrarium::core
