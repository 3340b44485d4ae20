#include "core/metrics/two_samples.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/kolmogorov.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::optional<Error> check_sides(std::span<const double> reference, std::span<const double> current) {
    if (reference.empty() || current.empty()) {
        return refused("empty", "One of the two samples has no values.", "Give at least one value on each side.");
    }
    if (auto error = check_finite(reference)) return error;
    return check_finite(current);
}

/// P(the distance is at least as large) when every order of mixing the n and m values is equally likely.
///
/// An order is a path from (0, 0) to (n, m); it strays when |i/n - j/m| reaches the distance, given in steps of
/// 1 / lcm(n, m). chance[j] is the share of paths to (i, j) that have strayed: a mean of the two cells before, so only
/// additions of positive numbers, and tiny chances keep their digits.
double straying_chance(int64_t n, int64_t m, int64_t steps) {
    const int64_t divisor = std::gcd(n, m), per_i = m / divisor, per_j = n / divisor;
    std::vector<double> chance(static_cast<size_t>(m) + 1, 0.0);
    for (int64_t i = 0; i <= n; ++i) {
        for (int64_t j = 0; j <= m; ++j) {
            const auto place = static_cast<size_t>(j);
            const int64_t gap = i * per_i - j * per_j;
            if (gap >= steps || gap <= -steps) {
                chance[place] = 1.0;
            } else if (i + j > 0) {
                const double from_left = i > 0 ? static_cast<double>(i) * chance[place] : 0.0;
                const double from_below = j > 0 ? static_cast<double>(j) * chance[place - 1] : 0.0;
                chance[place] = (from_left + from_below) / static_cast<double>(i + j);
            }
        }
    }
    return chance.back();
}

/// A whole number, ties to even.
double round_half_even(double x) {
    const double below = floor(x), rest = x - below;
    if (rest != 0.5) return rest < 0.5 ? below : below + 1.0;
    return floor(below / 2.0) * 2.0 == below ? below : below + 1.0;
}

struct WeightedValue {
    double value, weight;
};

Result<std::vector<WeightedValue>> weighted(std::span<const double> values, std::span<const double> weights) {
    std::vector<WeightedValue> result;
    double sum = 0.0;
    for (size_t i = 0; i < values.size(); ++i) {
        const double weight = weights.empty() ? 1.0 : i < weights.size() ? weights[i] : -1.0;
        if (!(weight >= 0.0) || (!weights.empty() && weights.size() != values.size())) {
            return refused("bad_weights", "The weights do not fit the values, or one is negative.",
                           "Give one weight of 0 or more per value.");
        }
        result.push_back({values[i], weight});
        sum += weight;
    }
    if (!(sum > 0.0) || sum - sum != 0.0) {
        return refused("bad_weights", "The weights have no finite sum above 0.", "Give some value a weight.");
    }
    if (weights.empty()) {
        const std::vector<double> ascending = sorted(values);
        for (size_t i = 0; i < result.size(); ++i) result[i] = {ascending[i], 1.0 / sum};
        return result;
    }
    std::sort(result.begin(), result.end(), [](const WeightedValue& a, const WeightedValue& b) {
        return a.value != b.value ? a.value < b.value : a.weight < b.weight;
    });
    for (WeightedValue& entry : result) entry.weight /= sum;
    return result;
}

}  // namespace

Result<KsTest> ks_two_samples(std::span<const double> reference, std::span<const double> current, KsMethod method) {
    if (auto error = check_sides(reference, current)) return *error;
    const std::vector<double> a = sorted(reference), b = sorted(current);
    const auto n = static_cast<int64_t>(a.size()), m = static_cast<int64_t>(b.size());
    const int64_t divisor = std::gcd(n, m), per_a = m / divisor, per_b = n / divisor;
    // Distances are whole numbers of 1 / lcm(n, m), so the largest is found without rounding.
    KsTest test{.location = std::min(a.front(), b.front())};
    int64_t largest = 0;
    for (size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        const double value = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
        while (i < a.size() && a[i] == value) ++i;
        while (j < b.size() && b[j] == value) ++j;
        const int64_t gap = static_cast<int64_t>(i) * per_a - static_cast<int64_t>(j) * per_b;
        if (std::max(gap, -gap) > largest) {
            largest = std::max(gap, -gap);
            test.location = value;
        }
    }
    test.statistic = static_cast<double>(largest) / (static_cast<double>(n) * static_cast<double>(per_a));
    constexpr int64_t kMostValues = 10'000, kMostSteps = 1'000'000'000;
    test.is_exact = method == KsMethod::Exact || (method == KsMethod::Auto && std::max(n, m) <= kMostValues);
    if (m > kMostSteps / n) test.is_exact = false;
    if (test.is_exact) {
        test.p_value = largest == 0 ? 1.0 : straying_chance(n, m, largest);
        return test;
    }
    const double size = static_cast<double>(n) * static_cast<double>(m) / static_cast<double>(n + m);
    const double whole = round_half_even(size);
    test.p_value = whole < 1.0 ? kNaN : kolmogorov_survival(static_cast<int64_t>(whole), test.statistic);
    return test;
}

Result<double> wasserstein_distance(std::span<const double> reference, std::span<const double> current,
                                    std::span<const double> reference_weights,
                                    std::span<const double> current_weights) {
    if (auto error = check_sides(reference, current)) return *error;
    const auto left = weighted(reference, reference_weights), right = weighted(current, current_weights);
    if (!left) return left.error();
    if (!right) return right.error();
    const std::vector<WeightedValue>&a = left.value(), &b = right.value();
    double area = 0.0, share_a = 0.0, share_b = 0.0, before = std::min(a.front().value, b.front().value);
    for (size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        const bool takes_a = j == b.size() || (i < a.size() && a[i].value <= b[j].value);
        const WeightedValue& next = takes_a ? a[i++] : b[j++];
        area += absolute(share_a - share_b) * (next.value - before);
        (takes_a ? share_a : share_b) += next.weight;
        before = next.value;
    }
    return area;
}

Result<double> normed_wasserstein_distance(std::span<const double> reference, std::span<const double> current) {
    const Result<double> distance = wasserstein_distance(reference, current);
    if (!distance) return distance.error();
    return distance.value() / std::max(sqrt(variance(reference, 0)), 0.001);
}

}  // namespace terrarium::core
