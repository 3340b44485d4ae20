// AdamW: the optimiser that turns gradients into steps, with a step length of its own for every parameter.
//
//   m = beta1 m + (1 - beta1) g            running mean of the gradient
//   v = beta2 v + (1 - beta2) g^2          running mean of its square
//   parameter -= rate * (m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) + weight_decay * parameter)
//
// t counts steps from 1. The divisions by 1 - beta^t correct for m and v starting at zero. Decay is applied to every
// parameter, also to gains and biases, which is simpler than the usual exceptions.
// Source: Loshchilov & Hutter, Decoupled Weight Decay Regularization (2019), algorithm 2.

#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/lanes.h"
#include "core/tensor/shape.h"
#include "core/train/frozen.h"

namespace terrarium::core {

struct AdamWConfig {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 0.01;  ///< fraction of a parameter that a step of rate 1 would remove
};

/// Everything that AdamW remembers between steps; a checkpoint keeps it beside the parameters.
template <class L>
struct AdamWState {
    std::vector<typename L::Scalar> mean, square;  ///< m and v, one number per parameter each
    int64_t steps_taken = 0;
    double beta1_power = 1.0, beta2_power = 1.0;  ///< beta^t by multiplication, exact in the same way everywhere
    friend bool operator==(const AdamWState&, const AdamWState&) = default;
};

template <class L>
class AdamW {
public:
    using S = typename L::Scalar;
    using State = AdamWState<L>;

    /// Checks: 0 <= betas < 1, epsilon > 0.
    explicit AdamW(std::size_t parameter_count, const AdamWConfig& config = {});

    /// One step, all parameters in one pass. The rate may differ from step to step. Frozen parameters, their m and
    /// their v stay as they are; the count of steps is one for all.
    /// Checks: both sizes equal parameter_count. Gradients are left as they are.
    void step(Span<L> parameters, ConstSpan<L> gradients, double learning_rate, const Frozen& frozen = {});

    [[nodiscard]] int64_t steps_taken() const { return state_.steps_taken; }

    [[nodiscard]] const State& state() const { return state_; }
    /// Goes on exactly where the optimiser of `state` stood. Checks: it was built for as many parameters.
    void restore(const State& state);

private:
    AdamWConfig config_;
    State state_;
};

}  // namespace terrarium::core
