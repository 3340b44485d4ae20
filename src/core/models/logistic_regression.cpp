#include "core/models/logistic_regression.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/linear_solve.h"
#include "core/support/math.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

LogisticRegression::LogisticRegression(std::span<const double> features, std::span<const int32_t> labels,
                                       int32_t n_classes, const LogisticRegressionConfig& config)
    : features_(features.begin(), features.end()),
      labels_(labels.begin(), labels.end()),
      config_(config),
      n_classes_(n_classes),
      n_vectors_(n_classes == 2 ? 1 : n_classes) {
    TERRARIUM_CHECK(!labels.empty() && features.size() % labels.size() == 0 && !features.empty(),
                    "Every row has a label and as many features as the others.");
    TERRARIUM_CHECK(n_classes >= 2, "A classifier tells at least two classes apart.");
    TERRARIUM_CHECK(config.l2 >= 0.0 && config.tolerance > 0.0, "The penalty is not negative, the tolerance positive.");
    for (const int32_t label : labels) TERRARIUM_CHECK(label >= 0 && label < n_classes, "A label is no class.");
    for (const double x : features) TERRARIUM_CHECK(x - x == 0.0, "Features are finite numbers.");
    const std::size_t n_parameters = count_of(n_vectors_) * (features.size() / labels.size() + 1);
    TERRARIUM_CHECK(n_parameters <= 2000, "Newton's method is for at most 2000 weights and biases.");
    n_features_ = static_cast<int32_t>(features.size() / labels.size());
    weights_.assign(n_parameters, 0.0);
    gradient_.resize(n_parameters);
    curvature_.resize(n_parameters * n_parameters);
    of_row_.resize(count_of(n_classes_) + count_of(n_features_) + 1);
    tried_.resize(n_parameters);
    loss_ = loss_with(weights_);
}

std::span<const double> LogisticRegression::row(std::size_t n) const {
    return std::span<const double>(features_).subspan(n * count_of(n_features_), count_of(n_features_));
}

void LogisticRegression::probabilities_with(std::span<double> out, std::span<const double> row,
                                            std::span<const double> weights) const {
    const std::size_t D = count_of(n_features_), first = n_classes_ == 2 ? 1 : 0;
    std::fill(out.begin(), out.end(), 0.0);
    for (std::size_t c = 0; c < count_of(n_vectors_); ++c) {
        const double* const w = weights.data() + c * (D + 1);
        double score = w[D];
        for (std::size_t d = 0; d < D; ++d) score += w[d] * row[d];
        out[first + c] = score;
    }
    const double largest = *std::max_element(out.begin(), out.end());
    double sum = 0.0;
    for (double& p : out) sum += (p = exp(p - largest));
    for (double& p : out) p /= sum;
}

void LogisticRegression::probabilities(std::span<double> out, std::span<const double> row) const {
    TERRARIUM_CHECK(out.size() == count_of(n_classes_) && row.size() == count_of(n_features_),
                    "A prediction needs the features of one row and room for every class.");
    probabilities_with(out, row, weights_);
}

int32_t LogisticRegression::predict(std::span<const double> row) const {
    std::vector<double> p(count_of(n_classes_));
    probabilities(p, row);
    return static_cast<int32_t>(std::max_element(p.begin(), p.end()) - p.begin());
}

double LogisticRegression::loss_with(std::span<const double> weights) {
    const std::span<double> p = std::span(of_row_).first(count_of(n_classes_));
    double sum = 0.0, squares = 0.0;
    for (std::size_t n = 0; n < labels_.size(); ++n) {
        probabilities_with(p, row(n), weights);
        sum -= log(p[count_of(labels_[n])]);
    }
    const std::size_t stride = count_of(n_features_) + 1;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (i % stride != stride - 1) squares += weights[i] * weights[i];
    }
    return sum + 0.5 * config_.l2 * squares;
}

/// gradient[(c,i)] = sum (p_c - [label = c]) x_i + l2 w_ci, curvature[(c,i),(k,j)] = sum p_c ([c = k] - p_k) x_i x_j +
/// l2 [same]; x_D = 1 carries the bias, which has no penalty.
void LogisticRegression::find_slopes() {
    const std::size_t D = count_of(n_features_), G = count_of(n_vectors_), P = G * (D + 1);
    const std::size_t first = n_classes_ == 2 ? 1 : 0;
    const std::span<double> p = std::span(of_row_).first(count_of(n_classes_)), x = std::span(of_row_).last(D + 1);
    std::fill(gradient_.begin(), gradient_.end(), 0.0);
    std::fill(curvature_.begin(), curvature_.end(), 0.0);
    x[D] = 1.0;
    for (std::size_t n = 0; n < labels_.size(); ++n) {
        const std::span<const double> features = row(n);
        std::copy(features.begin(), features.end(), x.begin());
        probabilities_with(p, features, weights_);
        for (std::size_t c = 0; c < G; ++c) {
            const double pc = p[first + c], error = pc - (count_of(labels_[n]) == first + c ? 1.0 : 0.0);
            for (std::size_t i = 0; i <= D; ++i) gradient_[c * (D + 1) + i] += error * x[i];
            for (std::size_t k = 0; k <= c; ++k) {
                const double bend = pc * ((c == k ? 1.0 : 0.0) - p[first + k]);
                for (std::size_t i = 0; i <= D; ++i) {
                    for (std::size_t j = 0; j <= D; ++j) {
                        curvature_[(c * (D + 1) + i) * P + k * (D + 1) + j] += bend * x[i] * x[j];
                    }
                }
            }
        }
    }
    for (std::size_t c = 0; c < G; ++c) {
        for (std::size_t i = 0; i < D; ++i) {
            const std::size_t at = c * (D + 1) + i;
            gradient_[at] += config_.l2 * weights_[at];
            curvature_[at * P + at] += config_.l2;
        }
    }
    if (G == 1) return;
    // Adding the same to one weight of all classes changes no probability, so the curvature is 0 that way, and so is
    // the slope. A curvature of 1 there makes the system solvable, and the step stays at 0 that way.
    for (std::size_t i = config_.l2 > 0.0 ? D : 0; i <= D; ++i) {
        for (std::size_t c = 0; c < G; ++c) {
            for (std::size_t k = 0; k < G; ++k) curvature_[(c * (D + 1) + i) * P + k * (D + 1) + i] += 1.0;
        }
    }
}

bool LogisticRegression::step() {
    if (has_converged_ || is_stuck_) return false;
    find_slopes();
    double steepest = 0.0;
    for (const double g : gradient_) steepest = std::max(steepest, absolute(g));
    if (steepest <= config_.tolerance * static_cast<double>(labels_.size())) {
        has_converged_ = true;
        return false;
    }
    const bool has_way = solve_positive_definite_in_place(curvature_, gradient_);
    is_stuck_ = true;
    double share = 1.0;
    for (int halvings = 0; has_way && halvings < 40; ++halvings, share *= 0.5) {
        for (std::size_t i = 0; i < tried_.size(); ++i) tried_[i] = weights_[i] - share * gradient_[i];
        const double loss = loss_with(tried_);
        if (!(loss < loss_)) continue;
        std::copy(tried_.begin(), tried_.end(), weights_.begin());
        loss_ = loss;
        is_stuck_ = false;
        ++steps_taken_;
        break;
    }
    return !is_stuck_;
}

bool LogisticRegression::fit(int32_t max_steps) {
    for (int32_t i = 0; i < max_steps && step(); ++i) {
    }
    return has_converged_;
}

}  // namespace terrarium::core
