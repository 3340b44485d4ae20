// Logistic regression: the simplest classifier that gives probabilities, and the usual one on top of embeddings.
//
//   two classes   p(1 | x) = 1 / (1 + exp(-(w x + b)))
//   C classes     p(c | x) = exp(w_c x + b_c) / sum over k of exp(w_k x + b_k)
//   minimised     sum over rows of -log p(label | x)  +  l2/2 (sum of squared weights)      biases are free
//
// The loss is a sum, not a mean, so that l2 is 1/C of scikit-learn, whose results it reproduces. With l2 > 0 there is
// one minimum. Newton's method finds it in a few steps: each solves a system of as many equations as there are weights
// and biases, fine up to some hundreds; a step that would raise the loss is halved. With l2 = 0 and classes that a
// plane separates, there is no minimum: weights grow without end, and has_converged() stays false.
//
// With C > 2 classes, adding the same to all biases changes nothing; they are kept at sum 0.
// Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.3 and 4.3.4.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terrarium::core {

struct LogisticRegressionConfig {
    double l2 = 1.0;          ///< >= 0
    double tolerance = 1e-9;  ///< converged when no slope is larger than this times the number of rows
};

class LogisticRegression {
public:
    /// features  [n,D] row-major, finite, copied        labels  [n] in 0..n_classes-1
    /// Starts at zero: all classes equally likely. Checks: sizes, n_classes >= 2, labels, at most 2000 parameters.
    LogisticRegression(std::span<const double> features, std::span<const int32_t> labels, int32_t n_classes,
                       const LogisticRegressionConfig& config = {});

    /// One step of Newton's method. False when there is nothing left to gain.
    bool step();
    /// step() until it is done, at most max_steps times. Returns has_converged().
    bool fit(int32_t max_steps = 100);

    [[nodiscard]] bool has_converged() const { return has_converged_; }
    [[nodiscard]] int32_t steps_taken() const { return steps_taken_; }
    [[nodiscard]] double loss() const { return loss_; }  ///< nats, summed over rows, with the penalty

    [[nodiscard]] int32_t n_features() const { return n_features_; }
    [[nodiscard]] int32_t n_classes() const { return n_classes_; }
    /// [G,D+1] each row w_c, then b_c; G is 1 for two classes (it belongs to class 1), else C.
    [[nodiscard]] std::span<const double> weights() const { return weights_; }

    /// out [C] sums to 1. Checks: sizes.
    void probabilities(std::span<double> out, std::span<const double> row) const;
    /// The most probable class; of equals the first.
    [[nodiscard]] int32_t predict(std::span<const double> row) const;

private:
    void probabilities_with(std::span<double> out, std::span<const double> row, std::span<const double> weights) const;
    [[nodiscard]] double loss_with(std::span<const double> weights);
    [[nodiscard]] std::span<const double> row(std::size_t n) const;
    void find_slopes();

    std::vector<double> features_;
    std::vector<int32_t> labels_;
    LogisticRegressionConfig config_;
    int32_t n_features_ = 0, n_classes_ = 0, n_vectors_ = 0, steps_taken_ = 0;
    std::vector<double> weights_;
    double loss_ = 0.0;
    bool has_converged_ = false, is_stuck_ = false;
    std::vector<double> gradient_, curvature_;  ///< of find_slopes(); then the way to go, and what solving leaves
    std::vector<double> of_row_, tried_;        ///< scratch: probabilities and features of a row; weights on trial
};

}  // namespace terrarium::core
