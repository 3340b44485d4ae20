#include "core/train/sgd.h"

#include "core/support/check.h"

namespace terrarium::core {

template <class L>
Sgd<L>::Sgd(std::size_t parameter_count, const SgdConfig& config) : parameter_count_(parameter_count), config_(config) {
    TERRARIUM_CHECK(config.momentum >= 0.0 && config.momentum < 1.0, "The momentum lies between 0 and 1, without 1.");
    TERRARIUM_CHECK(config.weight_decay >= 0.0, "A weight decay is not negative.");
    TERRARIUM_CHECK(!config.nesterov || config.momentum > 0.0, "Nesterov's step needs momentum.");
    if (config.momentum > 0.0) state_.velocity.assign(parameter_count, S(0));
}

template <class L>
void Sgd<L>::step(Span<L> parameters, ConstSpan<L> gradients, double learning_rate, const Frozen& frozen) {
    TERRARIUM_CHECK(parameters.size() == parameter_count_ && gradients.size() == parameter_count_,
                    "SGD was built for another number of parameters.");
    ++state_.steps_taken;
    const bool has_momentum = config_.momentum > 0.0;
    const L rate = L::splat(static_cast<S>(learning_rate)), momentum = L::splat(static_cast<S>(config_.momentum));
    const L decay = L::splat(static_cast<S>(config_.weight_decay));
    frozen.for_each_free(parameter_count_, [&](std::size_t begin, std::size_t end) {
        S* const p = parameters.data() + begin;
        S* const u = has_momentum ? state_.velocity.data() + begin : nullptr;
        const S* const g = gradients.data() + begin;
        for_each_group<L>(static_cast<int>(end - begin), [&](auto group) {
            const L here = group.load(p);
            const L slope = group.load(g) + decay * here;
            L way = slope;
            if (has_momentum) {
                const L velocity = momentum * group.load(u) + slope;
                group.store(u, velocity);
                way = config_.nesterov ? slope + momentum * velocity : velocity;
            }
            group.store(p, here - rate * way);
        });
    });
}

template <class L>
void Sgd<L>::restore(const State& state) {
    TERRARIUM_CHECK(state.velocity.size() == state_.velocity.size(),
                    "This state belongs to an optimiser of another number of parameters.");
    state_ = state;
}

template class Sgd<Simd4f>;
template class Sgd<Scalar4f>;
template class Sgd<Scalar4d>;

}  // namespace terrarium::core
