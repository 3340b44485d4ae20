#include "core/metrics/distributions.h"

#include <algorithm>
#include <limits>

#include "core/metrics/inputs.h"
#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// p ln(p / q), the part that one category adds.
double divergence_term(double p, double q) {
    if (p == 0.0) return 0.0;
    return q == 0.0 ? std::numeric_limits<double>::infinity() : p * log(p / q);
}

void check_sizes(std::span<const double> p, std::span<const double> q) {
    TERRARIUM_CHECK(p.size() == q.size(), "both distributions have the same categories");
}

}  // namespace

Result<std::vector<double>> normalised(std::span<const double> weights) {
    if (weights.empty()) return refused("empty", "There are no categories.", "Give at least one weight.");
    if (auto error = check_finite(weights)) return *error;
    double sum = 0.0;
    for (const double weight : weights) {
        if (weight < 0.0) return refused("negative", "A weight is negative.", "Give counts or shares of 0 or more.");
        sum += weight;
    }
    if (sum == 0.0) return refused("empty", "All weights are 0.", "Give at least one category some weight.");
    std::vector<double> shares(weights.begin(), weights.end());
    for (double& share : shares) share /= sum;
    return shares;
}

double entropy_nats(std::span<const double> shares) {
    double sum = 0.0;
    for (const double share : shares) sum -= divergence_term(share, 1.0);
    return sum;
}

double kl_divergence_nats(std::span<const double> p, std::span<const double> q) {
    check_sizes(p, q);
    double sum = 0.0;
    for (size_t i = 0; i < p.size(); ++i) sum += divergence_term(p[i], q[i]);
    return sum;
}

double js_divergence_nats(std::span<const double> p, std::span<const double> q) {
    check_sizes(p, q);
    double sum = 0.0;
    for (size_t i = 0; i < p.size(); ++i) {
        const double middle = (p[i] + q[i]) / 2.0;
        sum += divergence_term(p[i], middle) + divergence_term(q[i], middle);
    }
    return std::max(sum / 2.0, 0.0);  // rounding may leave a little less than nothing
}

double total_variation(std::span<const double> p, std::span<const double> q) {
    check_sizes(p, q);
    double sum = 0.0;
    for (size_t i = 0; i < p.size(); ++i) sum += absolute(p[i] - q[i]);
    return sum / 2.0;
}

double hellinger_distance(std::span<const double> p, std::span<const double> q) {
    check_sizes(p, q);
    double overlap = 0.0;
    for (size_t i = 0; i < p.size(); ++i) overlap += sqrt(p[i] * q[i]);
    return sqrt(std::max(1.0 - overlap, 0.0));
}

}  // namespace terrarium::core
