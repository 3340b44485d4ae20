// The fit of a scaling law; declared in scaling_law.h.
//
// In the five unknowns x = (ln A, ln B, ln E, alpha, beta) the prediction is a smooth "log of a sum of exponentials",
// and the objective is a sum of Huber losses of its residuals. Two methods take turns:
//   reweighted least squares  each residual r counts with the weight min(1, delta / |r|), which turns the Huber loss
//   into
//                             squares; a damped Gauss-Newton step follows (Levenberg and Marquardt). Quick from afar.
//   Newton                    near the minimum most residuals stand on the straight parts of the Huber loss, where the
//                             weights change with every step; there the true second derivatives are used.
// Every step that does not lower the objective is thrown away and tried again with more damping.

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "core/metrics/inputs.h"
#include "core/metrics/scaling_law.h"
#include "core/support/linear_solve.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr size_t kUnknowns = 5;
using Unknowns = std::array<double, kUnknowns>;  ///< ln A, ln B, ln E, alpha, beta
using Square = std::array<double, kUnknowns * kUnknowns>;

struct LogPoint {
    double parameters, tokens, loss;  ///< logarithms
};

/// ln of the predicted loss, and which share each part has in it: the first three partial derivatives.
struct Prediction {
    double log_loss;
    std::array<double, 3> shares;
};

Prediction predict(const Unknowns& x, const LogPoint& point) {
    const std::array<double, 3> parts{x[0] - x[3] * point.parameters, x[1] - x[4] * point.tokens, x[2]};
    const double largest = *std::max_element(parts.begin(), parts.end());
    Prediction result{0.0, {}};
    double sum = 0.0;
    for (size_t i = 0; i < 3; ++i) sum += result.shares[i] = exp(parts[i] - largest);
    for (double& share : result.shares) share /= sum;
    result.log_loss = largest + log(sum);
    return result;
}

double huber(double r, double delta) {
    const double size = absolute(r);
    return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
}

double objective_at(const Unknowns& x, std::span<const LogPoint> points, double delta) {
    double sum = 0.0;
    for (const LogPoint& point : points) sum += huber(predict(x, point).log_loss - point.loss, delta);
    return sum;
}

enum class Curvature { Reweighted, True };

/// Gradient and second derivatives of the objective (or their stand-in by weights).
struct Slope {
    Unknowns gradient{};
    Square curvature{};
};

Slope slope_at(const Unknowns& x, std::span<const LogPoint> points, double delta, Curvature kind) {
    Slope slope;
    for (const LogPoint& point : points) {
        const Prediction predicted = predict(x, point);
        const auto& p = predicted.shares;
        // Each unknown moves one part: ln A and alpha the first, ln B and beta the second, ln E the third.
        const std::array<size_t, kUnknowns> part{0, 1, 2, 0, 1};
        const Unknowns factor{1.0, 1.0, 1.0, -point.parameters, -point.tokens};
        const double r = predicted.log_loss - point.loss;
        const bool is_small = absolute(r) <= delta;
        const double pull = is_small ? r : r < 0.0 ? -delta : delta;
        const double weight = is_small ? 1.0 : kind == Curvature::True ? 0.0 : delta / absolute(r);
        for (size_t i = 0; i < kUnknowns; ++i) {
            const double d_i = factor[i] * p[part[i]];
            slope.gradient[i] += pull * d_i;
            for (size_t j = 0; j <= i; ++j) {
                const double d_j = factor[j] * p[part[j]];
                double second = weight * d_i * d_j;
                if (kind == Curvature::True) {
                    second += pull * ((part[i] == part[j] ? factor[i] * factor[j] * p[part[i]] : 0.0) - d_i * d_j);
                }
                slope.curvature[i * kUnknowns + j] += second;
            }
        }
    }
    return slope;
}

/// Steps until none lowers the objective by a part in 10^12, at most `most_steps`.
double descend(Unknowns& x, std::span<const LogPoint> points, double delta, Curvature kind, int most_steps) {
    double objective = objective_at(x, points, delta), damping = 1e-3;
    int idle_steps = 0;
    for (int step = 0; step < most_steps && damping < 1e12 && idle_steps < 5; ++step) {
        const Slope slope = slope_at(x, points, delta, kind);
        const Slope scale = slope_at(x, points, delta, Curvature::Reweighted);
        bool is_lower = false;
        for (; damping < 1e12 && !is_lower; damping *= 4.0) {
            Square damped = slope.curvature;
            for (size_t i = 0; i < kUnknowns; ++i) {
                damped[i * kUnknowns + i] += damping * (scale.curvature[i * kUnknowns + i] + 1e-12);
            }
            const auto move = solve_positive_definite(damped, slope.gradient);
            if (!move) continue;
            Unknowns tried = x;
            for (size_t i = 0; i < kUnknowns; ++i) tried[i] -= (*move)[i];
            const double next = objective_at(tried, points, delta);
            is_lower = next < objective;
            if (!is_lower) continue;
            idle_steps = objective - next < 1e-12 * objective ? idle_steps + 1 : 0;
            x = tried;
            objective = next;
            damping /= 40.0;  // a tenth of what it was: the loop multiplies by 4 once more
        }
        damping = std::max(damping, 1e-12);
    }
    return objective;
}

std::vector<Unknowns> starting_points() {
    std::vector<Unknowns> starts;
    for (const double log_a : {0.0, 5.0, 10.0, 20.0}) {
        for (const double log_b : {0.0, 5.0, 10.0, 20.0}) {
            for (const double log_e : {-1.0, 0.5}) {
                for (const double alpha : {0.1, 0.4, 1.0}) {
                    for (const double beta : {0.1, 0.4, 1.0}) starts.push_back({log_a, log_b, log_e, alpha, beta});
                }
            }
        }
    }
    return starts;
}

}  // namespace

Result<ScalingFit> fit_scaling_law(std::span<const ScalingPoint> points, double delta) {
    if (points.size() < kUnknowns) {
        return refused("too_few", "Five constants cannot be fitted to fewer than five trained models.",
                       "Train more models of different sizes on different amounts of text.");
    }
    constexpr size_t kMostPoints = 2000;
    if (points.size() > kMostPoints) {
        return refused("too_many", "There are more than 2,000 trained models.", "Fit some of them.");
    }
    if (!(delta > 0.0) || delta - delta != 0.0) {
        return refused("bad_option", "The width delta of the Huber loss is not above 0.", "Choose 0.001, say.");
    }
    std::vector<LogPoint> logs;
    for (const ScalingPoint& point : points) {
        for (const double value : {point.parameters, point.tokens, point.loss_nats}) {
            if (value > 0.0 && value - value == 0.0) continue;
            return refused("bad_size", "A number of parameters or tokens, or a loss, is not above 0.",
                           "Give positive, finite numbers.");
        }
        logs.push_back({log(point.parameters), log(point.tokens), log(point.loss_nats)});
    }
    constexpr int kRoughSteps = 60, kFineSteps = 2000;
    constexpr size_t kFinalists = 12;
    struct Candidate {
        double objective;
        Unknowns x;
        bool operator<(const Candidate& other) const {
            return objective != other.objective ? objective < other.objective : x < other.x;
        }
    };
    std::vector<Candidate> candidates;
    for (Unknowns x : starting_points()) {
        const double objective = descend(x, logs, delta, Curvature::Reweighted, kRoughSteps);
        if (objective - objective == 0.0) candidates.push_back({objective, x});
    }
    if (candidates.empty()) {
        return refused("no_fit", "No law could be fitted to these models.", "Check the units of the columns.");
    }
    std::sort(candidates.begin(), candidates.end());
    const auto n_starts = static_cast<int64_t>(candidates.size());
    candidates.resize(std::min(candidates.size(), kFinalists));
    for (Candidate& one : candidates) {
        one.objective = descend(one.x, logs, delta, Curvature::Reweighted, kFineSteps);
        one.objective = descend(one.x, logs, delta, Curvature::True, kFineSteps);
    }
    std::sort(candidates.begin(), candidates.end());
    const Candidate& best = candidates.front();
    ScalingFit fit{{exp(best.x[2]), exp(best.x[0]), exp(best.x[1]), best.x[3], best.x[4]}, best.objective, n_starts, 0};
    for (const Candidate& one : candidates) fit.n_near += one.objective <= best.objective * 1.001 ? 1 : 0;
    return fit;
}

}  // namespace terrarium::core
