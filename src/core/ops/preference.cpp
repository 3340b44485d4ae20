#include "core/ops/preference.h"

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// log(1 + e) for e in [0,1]. Rounding 1 + e loses the last digits of a small e; multiplying by e over what was really
/// added puts them back. Source: Goldberg, What Every Computer Scientist Should Know About Floating-Point Arithmetic
/// (1991), theorem 4.
double log_of_one_plus(double e) {
    const double sum = 1.0 + e;
    return sum == 1.0 ? e : log(sum) * (e / (sum - 1.0));
}

}  // namespace

double log_sigmoid(double x) { return x >= 0.0 ? -log_of_one_plus(exp(-x)) : x - log_of_one_plus(exp(x)); }

double sigmoid(double x) { return 1.0 / (1.0 + exp(-x)); }

double bradley_terry_loss(std::span<const double> chosen, std::span<const double> rejected) {
    TERRARIUM_CHECK(!chosen.empty() && chosen.size() == rejected.size(), "Every pair has two rewards.");
    double sum = 0.0;
    for (std::size_t i = 0; i < chosen.size(); ++i) sum -= log_sigmoid(chosen[i] - rejected[i]);
    return sum / static_cast<double>(chosen.size());
}

void bradley_terry_backward(std::span<double> d_chosen, std::span<double> d_rejected, std::span<const double> chosen,
                            std::span<const double> rejected, double scale) {
    const std::size_t n = chosen.size();
    TERRARIUM_CHECK(n >= 1 && rejected.size() == n && d_chosen.size() == n && d_rejected.size() == n,
                    "Every pair has two rewards and two gradients.");
    for (std::size_t i = 0; i < n; ++i) {
        d_rejected[i] = scale * sigmoid(rejected[i] - chosen[i]) / static_cast<double>(n);
        d_chosen[i] = -d_rejected[i];
    }
}

double implicit_reward(double policy, double reference, double beta) { return beta * (policy - reference); }

double dpo_margin(const DpoPair& pair, double beta) {
    return implicit_reward(pair.policy_chosen, pair.reference_chosen, beta) -
           implicit_reward(pair.policy_rejected, pair.reference_rejected, beta);
}

double dpo_loss(std::span<const DpoPair> pairs, double beta) {
    TERRARIUM_CHECK(!pairs.empty() && beta > 0.0, "DPO needs a pair and a beta above 0.");
    double sum = 0.0;
    for (const DpoPair& pair : pairs) sum -= log_sigmoid(dpo_margin(pair, beta));
    return sum / static_cast<double>(pairs.size());
}

void dpo_backward(std::span<double> d_chosen, std::span<double> d_rejected, std::span<const DpoPair> pairs, double beta,
                  double scale) {
    const std::size_t n = pairs.size();
    TERRARIUM_CHECK(n >= 1 && beta > 0.0, "DPO needs a pair and a beta above 0.");
    TERRARIUM_CHECK(d_chosen.size() == n && d_rejected.size() == n, "Every pair has two gradients.");
    for (std::size_t i = 0; i < n; ++i) {
        d_rejected[i] = scale * beta * sigmoid(-dpo_margin(pairs[i], beta)) / static_cast<double>(n);
        d_chosen[i] = -d_rejected[i];
    }
}

}  // namespace terrarium::core
