// Average of the weights over time: a model that is the mean of the models of the last steps.
//
//   average = decay average + (1 - decay) parameter          after every step
//
// The steps of training jitter around a good place; their mean lies nearer to it than any of them, and generated
// samples look steadier. About the last 1 / (1 - decay) steps count.
//
// Two ways to start. Without correction the average starts as a copy of the first parameters, and a memory of them
// stays (weight decay^t). With correction it starts at 0 and is divided by 1 - decay^t, as Adam does: then it is a true
// weighted mean of what was seen, from the first step on. Source: Polyak & Juditsky, Acceleration of Stochastic
// Approximation by Averaging (1992), for averaging; Kingma & Ba, Adam (2015), section 3, for the correction.

#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/lanes.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

struct EmaConfig {
    double decay = 0.99;  ///< in [0,1)
    bool corrects_bias = true;
};

/// Everything that the average remembers.
template <class L>
struct EmaState {
    std::vector<typename L::Scalar> average;
    int64_t updates = 0;
    double decay_power = 1.0;  ///< decay^t
    friend bool operator==(const EmaState&, const EmaState&) = default;
};

template <class L>
class Ema {
public:
    using S = typename L::Scalar;
    using State = EmaState<L>;

    /// Checks: 0 <= decay < 1.
    explicit Ema(std::size_t parameter_count, const EmaConfig& config = {});

    /// Takes the parameters after a step into the average. Checks: size.
    void update(ConstSpan<L> parameters);

    /// Writes the averaged parameters. Checks: size, at least one update.
    void write(Span<L> parameters) const;

    [[nodiscard]] const State& state() const { return state_; }
    void restore(const State& state);

private:
    EmaConfig config_;
    State state_;
};

}  // namespace terrarium::core
