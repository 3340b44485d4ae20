// Reward head: one number for a whole text, read from the position of its last token. In a causal model only that
// position has seen all of it.
//
//   reward[b] = states[b,length-1] . weight + bias
//
// What it learns from is in preference.h: people say which of two answers is better, and the reward of the better one
// shall be higher. Rewards are in double there, because there are few.
//
// Shape letters: B batch, T time, C channels.
// Source: Ouyang et al., Training Language Models to Follow Instructions with Human Feedback (2022), 3.5: the output
// layer is replaced by one that gives a single number.

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

/// rewards  out [B]
/// states   in  [B,T,C]  after the final norm, Transformer::states()
/// weight   in  [C]
/// bias     in  [1]
/// lengths  in  [B]  tokens of each text that are no padding, from 1 to T; empty when all are full
/// Checks: sizes and lengths; T follows from them.
template <class L>
void reward_forward(std::span<double> rewards, ConstSpan<L> states, ConstSpan<L> weight, ConstSpan<L> bias,
                    std::span<const int32_t> lengths);

/// d_states = d_reward weight at the last position, 0 elsewhere (overwritten)
/// d_weight += sum over b of d_reward[b] states[b,length-1]        d_bias += sum over b of d_reward[b]
template <class L>
void reward_backward(Span<L> d_states, Span<L> d_weight, Span<L> d_bias, std::span<const double> d_rewards,
                     ConstSpan<L> states, ConstSpan<L> weight, std::span<const int32_t> lengths);

}  // namespace terrarium::core
