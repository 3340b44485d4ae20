// Stochastic gradient descent: every parameter goes down its slope, as far as the rate says.
//
//   plain      parameter -= rate * g
//   momentum   u = momentum u + g        parameter -= rate * u                     a ball that keeps rolling
//   Nesterov   u = momentum u + g        parameter -= rate * (g + momentum u)      a ball that looks ahead
//
// u starts at 0. Its size is that of about 1 / (1 - momentum) gradients, so a momentum of 0.9 wants a tenth of the
// rate. With weight decay, g stands for gradient + weight_decay * parameter. Source: Sutskever, Martens, Dahl, Hinton,
// On the Importance of Initialization and Momentum in Deep Learning (2013), with the rate outside u, as the
// deep-learning libraries have it, so that it may change from step to step.

#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/lanes.h"
#include "core/tensor/shape.h"
#include "core/train/frozen.h"

namespace terrarium::core {

struct SgdConfig {
    double momentum = 0.0;  ///< share of u that is kept, in [0,1)
    bool nesterov = false;
    double weight_decay = 0.0;
};

/// Everything that SGD remembers between steps. The velocity is empty without momentum.
template <class L>
struct SgdState {
    std::vector<typename L::Scalar> velocity;  ///< u
    int64_t steps_taken = 0;
    friend bool operator==(const SgdState&, const SgdState&) = default;
};

template <class L>
class Sgd {
public:
    using S = typename L::Scalar;
    using State = SgdState<L>;

    /// Checks: 0 <= momentum < 1, weight_decay >= 0, Nesterov only with momentum.
    explicit Sgd(std::size_t parameter_count, const SgdConfig& config = {});

    /// One step. Frozen parameters and their velocity stay as they are.
    /// Checks: both sizes equal parameter_count. Gradients are left as they are.
    void step(Span<L> parameters, ConstSpan<L> gradients, double learning_rate, const Frozen& frozen = {});

    [[nodiscard]] int64_t steps_taken() const { return state_.steps_taken; }

    [[nodiscard]] const State& state() const { return state_; }
    /// Goes on exactly where the optimiser of `state` stood. Checks: it was built for as many parameters.
    void restore(const State& state);

private:
    std::size_t parameter_count_ = 0;
    SgdConfig config_;
    State state_;
};

}  // namespace terrarium::core
