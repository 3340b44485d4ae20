// Scaling laws from experiments at fixed budgets: the best size for a budget, and how the loss falls with the budget.
//
// Several models of different size N are trained with the same amount of arithmetic C = 6 N D, so a larger one reads
// fewer tokens D. The loss against ln N is a valley. A parabola through its floor gives the best size and its loss;
// both follow power laws in C:
//
//   best size   N*(C) = k C^a
//   best loss   L*(C) = E + m C^-g        E: what no model can learn, known here or set to 0
//
// Both are straight lines in logarithms, fitted by least squares. The intervals come from leaving out one model after
// the other (jackknife): they say how much the answer hangs on any single run.
// Sources: Hoffmann et al., Training Compute-Optimal Large Language Models (2022), approach 2; Tukey, Bias and
// Confidence in Not-Quite Large Samples (1958), for the jackknife.

#pragma once

#include <span>
#include <vector>

#include "core/metrics/scaling_law.h"
#include "core/support/result.h"

namespace terrarium::core {

/// The floor of one valley.
struct IsoFlopMinimum {
    double flops = 0;       ///< C, the mean of 6 N D over the points
    double parameters = 0;  ///< N at the floor; inside the range of the points
    double loss_nats = 0;   ///< at the floor
    /// The parabola over x = ln N: loss_nats + curvature (x - ln parameters)^2.
    double curvature = 0;
};

/// Fits the parabola to the smallest loss and up to two neighbours on each side. Where the floor lies outside the
/// points, the smallest point itself is taken and the curvature is 0. Refuses fewer than three points, points whose
/// numbers are not positive, and two points of the same size.
[[nodiscard]] Result<IsoFlopMinimum> iso_flop_minimum(std::span<const ScalingPoint> points);

/// A power law y = factor x^exponent, by least squares in logarithms.
struct PowerLaw {
    double factor = 0, exponent = 0;
    [[nodiscard]] double at(double x) const;
};
/// Refuses fewer than two points, different lengths, numbers that are not positive, and x that are all the same.
[[nodiscard]] Result<PowerLaw> fit_power_law(std::span<const double> x, std::span<const double> y);

struct Interval {
    double value = 0, low = 0, high = 0;  ///< about 95 %: two standard errors to both sides
};

struct IsoFlopFit {
    double floor_nats = 0;  ///< E, as given
    std::vector<IsoFlopMinimum> minima;
    PowerLaw size;                          ///< N*(C)
    PowerLaw excess;                        ///< L*(C) - E; its exponent is -g
    Interval size_exponent, loss_exponent;  ///< a and g
    [[nodiscard]] double best_loss_nats(double flops) const { return floor_nats + excess.at(flops); }
};

/// budgets  in  the models of each budget, at least two budgets
/// Refuses what the functions above do, and a best loss that is not above the floor.
[[nodiscard]] Result<IsoFlopFit> fit_iso_flop(std::span<const std::vector<ScalingPoint>> budgets, double floor_nats);

}  // namespace terrarium::core
