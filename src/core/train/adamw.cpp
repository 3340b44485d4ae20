#include "core/train/adamw.h"

#include "core/support/check.h"

namespace terrarium::core {

template <class L>
AdamW<L>::AdamW(std::size_t parameter_count, const AdamWConfig& config) : config_(config) {
    state_.mean.assign(parameter_count, S(0));
    state_.square.assign(parameter_count, S(0));
    TERRARIUM_CHECK(config.beta1 >= 0.0 && config.beta1 < 1.0 && config.beta2 >= 0.0 && config.beta2 < 1.0,
                    "AdamW's betas lie between 0 and 1, without 1.");
    TERRARIUM_CHECK(config.epsilon > 0.0, "AdamW's epsilon must be positive: it keeps the division finite.");
}

template <class L>
void AdamW<L>::step(Span<L> parameters, ConstSpan<L> gradients, double learning_rate, const Frozen& frozen) {
    TERRARIUM_CHECK(parameters.size() == state_.mean.size() && gradients.size() == state_.mean.size(),
                    "AdamW was built for another number of parameters.");
    ++state_.steps_taken;
    state_.beta1_power *= config_.beta1;
    state_.beta2_power *= config_.beta2;
    // The corrections and the rate are folded into three factors, outside the loop.
    const L keep = L::splat(static_cast<S>(1.0 - learning_rate * config_.weight_decay));
    const L rate = L::splat(static_cast<S>(learning_rate / (1.0 - state_.beta1_power)));
    const L square_correction = L::splat(static_cast<S>(1.0 / (1.0 - state_.beta2_power)));
    const L beta1 = L::splat(static_cast<S>(config_.beta1)), new1 = L::splat(static_cast<S>(1.0 - config_.beta1));
    const L beta2 = L::splat(static_cast<S>(config_.beta2)), new2 = L::splat(static_cast<S>(1.0 - config_.beta2));
    const L epsilon = L::splat(static_cast<S>(config_.epsilon));
    frozen.for_each_free(parameters.size(), [&](std::size_t begin, std::size_t end) {
        S *p = parameters.data() + begin, *m = state_.mean.data() + begin, *v = state_.square.data() + begin;
        const S* g = gradients.data() + begin;
        for_each_group<L>(static_cast<int>(end - begin), [&](auto group) {
            const L d = group.load(g);
            const L mean = group.load(m) * beta1 + d * new1;
            const L square = group.load(v) * beta2 + d * d * new2;
            group.store(m, mean);
            group.store(v, square);
            group.store(p, group.load(p) * keep - mean * rate / (L::sqrt(square * square_correction) + epsilon));
        });
    });
}

template <class L>
void AdamW<L>::restore(const State& state) {
    TERRARIUM_CHECK(state.mean.size() == state_.mean.size() && state.square.size() == state_.square.size(),
                    "This state belongs to an optimiser of another number of parameters.");
    state_ = state;
}

template class AdamW<Simd4f>;
template class AdamW<Scalar4f>;
template class AdamW<Scalar4d>;

}  // namespace terrarium::core
