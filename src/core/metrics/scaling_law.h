// Scaling law: the loss of a language model from its size and the text it has read.
//
//     L(N, D) = E + A / N^alpha + B / D^beta
//
// N parameters, D tokens, L nats per token. E is what no model can learn, A / N^alpha what a model of this size misses,
// B / D^beta what this much text leaves open. Training costs about 6 N D floating-point operations, so for a budget C
// there is a best size.
// Source: Hoffmann et al., Training Compute-Optimal Large Language Models (2022), eq. 2 to 4 and appendix D.3;
// Besiroglu et al., Chinchilla Scaling: A Replication Attempt (2024), for the sum in the objective.

#pragma once

#include <cstdint>
#include <span>

#include "core/support/result.h"

namespace terrarium::core {

struct ScalingLaw {
    double e_nats = 0;  ///< E > 0, irreducible loss
    double a = 0;       ///< A > 0
    double b = 0;       ///< B > 0
    double alpha = 0;   ///< > 0
    double beta = 0;    ///< > 0
};

/// The loss and what it is made of, in nats per token.
struct ScalingLoss {
    double loss_nats = 0;
    double size_part_nats = 0;  ///< A / N^alpha
    double data_part_nats = 0;  ///< B / D^beta
};

/// Refuses parameters or tokens that are not above 0, and a law with a constant that is not (E may be 0).
[[nodiscard]] Result<ScalingLoss> scaling_loss(const ScalingLaw& law, double parameters, double tokens);

/// The smallest loss that a budget can buy.
struct ComputeOptimum {
    double parameters = 0;  ///< G (C/6)^a,   G = (alpha A / (beta B))^(1 / (alpha + beta))
    double tokens = 0;      ///< G^-1 (C/6)^b
    double loss_nats = 0;
    double size_exponent = 0;  ///< a = beta / (alpha + beta): how N grows with C
    double data_exponent = 0;  ///< b = alpha / (alpha + beta)
};

/// compute_flops  in  C = 6 N D, > 0
[[nodiscard]] Result<ComputeOptimum> compute_optimum(const ScalingLaw& law, double compute_flops);

/// Tokens after which a model of this size reaches the loss. Refuses a loss of E + A / N^alpha or less: no amount of
/// text gets there.
[[nodiscard]] Result<double> tokens_for_loss(const ScalingLaw& law, double parameters, double loss_nats);

/// One trained model.
struct ScalingPoint {
    double parameters = 0;
    double tokens = 0;
    double loss_nats = 0;
};

/// Sum over points of the Huber loss of ln L - ln L(N, D): half the square up to delta, delta (|r| - delta / 2) beyond,
/// so that one failed run does not bend the curve. Refuses what scaling_loss() does, a loss of 0 or less, no points,
/// and delta <= 0. Source: Huber, Robust Estimation of a Location Parameter (1964).
[[nodiscard]] Result<double> scaling_objective(const ScalingLaw& law, std::span<const ScalingPoint> points,
                                               double delta);

struct ScalingFit {
    ScalingLaw law;
    double objective = 0;  ///< at the law; several laws may come close to it, A and B are badly determined
    int64_t n_starts = 0;  ///< starting points tried
    int64_t n_near = 0;    ///< of them, how many ended within a thousandth of the best objective
};

/// Minimises the objective over ln A, ln B, ln E, alpha and beta from a grid of starts. Refuses fewer
/// than five points and more than 2,000, and what scaling_objective() does.
[[nodiscard]] Result<ScalingFit> fit_scaling_law(std::span<const ScalingPoint> points, double delta);

}  // namespace terrarium::core
