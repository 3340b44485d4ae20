#include "core/train/ema.h"

#include <algorithm>

#include "core/support/check.h"

namespace terrarium::core {

template <class L>
Ema<L>::Ema(std::size_t parameter_count, const EmaConfig& config) : config_(config) {
    TERRARIUM_CHECK(config.decay >= 0.0 && config.decay < 1.0, "The decay lies between 0 and 1, without 1.");
    state_.average.assign(parameter_count, S(0));
}

template <class L>
void Ema<L>::update(ConstSpan<L> parameters) {
    TERRARIUM_CHECK(parameters.size() == state_.average.size(),
                    "The average was built for another number of parameters.");
    ++state_.updates;
    state_.decay_power *= config_.decay;
    if (state_.updates == 1 && !config_.corrects_bias) {
        std::copy(parameters.begin(), parameters.end(), state_.average.begin());
        return;
    }
    const L keep = L::splat(static_cast<S>(config_.decay)), fresh = L::splat(static_cast<S>(1.0 - config_.decay));
    S* const average = state_.average.data();
    for_each_group<L>(static_cast<int>(parameters.size()), [&](auto group) {
        group.store(average, group.load(average) * keep + group.load(parameters.data()) * fresh);
    });
}

template <class L>
void Ema<L>::write(Span<L> parameters) const {
    TERRARIUM_CHECK(parameters.size() == state_.average.size(),
                    "The average was built for another number of parameters.");
    TERRARIUM_CHECK(state_.updates >= 1, "There is no average before the first update.");
    const double seen = config_.corrects_bias ? 1.0 - state_.decay_power : 1.0;
    const L scale = L::splat(static_cast<S>(1.0 / seen));
    for_each_group<L>(static_cast<int>(parameters.size()),
                      [&](auto group) { group.store(parameters.data(), group.load(state_.average.data()) * scale); });
}

template <class L>
void Ema<L>::restore(const State& state) {
    TERRARIUM_CHECK(state.average.size() == state_.average.size(),
                    "This state belongs to an average of another number of parameters.");
    state_ = state;
}

template class Ema<Simd4f>;
template class Ema<Scalar4f>;
template class Ema<Scalar4d>;

}  // namespace terrarium::core
