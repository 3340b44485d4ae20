// Adam: AdamW without weight decay, and nothing else. They share one piece of code (adamw.h): with a decay of 0 the
// factor that shrinks a parameter is exactly 1.
//
// Where Adam is told to decay weights, it adds decay * parameter to the gradient instead, which then passes through the
// division by sqrt(v): parameters with large gradients hardly decay. That is what AdamW was invented against, so it is
// not offered here.
// Source: Kingma & Ba, Adam: A Method for Stochastic Optimization (2015), algorithm 1.

#pragma once

#include "core/train/adamw.h"

namespace terrarium::core {

struct AdamConfig {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
};

template <class L>
class Adam : public AdamW<L> {
public:
    /// Checks: 0 <= betas < 1, epsilon > 0.
    explicit Adam(std::size_t parameter_count, const AdamConfig& config = {})
        : AdamW<L>(parameter_count, {config.beta1, config.beta2, config.epsilon, 0.0}) {}
};

}  // namespace terrarium::core
