#include "core/metrics/permutation_test.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"
#include "core/support/special.h"

namespace terrarium::core {
namespace {

/// Counts relabelled sums against the one seen; `margin` is what rounding may do to a sum.
struct SumCounter {
    double seen;
    double margin;
    PermutationTest test;

    void count(double sum) {
        ++test.relabellings;
        test.at_most += sum <= seen + margin ? 1 : 0;
        test.at_least += sum >= seen - margin ? 1 : 0;
    }

    /// Sums of all signs of values[place...], after the ones before have made `sum`.
    void try_signs(std::span<const double> values, double sum) {
        if (values.empty()) return count(sum);
        try_signs(values.subspan(1), sum + values[0]);
        try_signs(values.subspan(1), sum - values[0]);
    }

    /// Sums of all choices of `left` of the values.
    void try_choices(std::span<const double> values, size_t left, double sum) {
        if (left == 0) return count(sum);
        if (left > values.size()) return;
        try_choices(values.subspan(1), left - 1, sum + values[0]);
        try_choices(values.subspan(1), left, sum);
    }
};

Error too_few() {
    return refused("too_few", "A sample has fewer than two values.", "Give at least two values on each side.");
}

void finish(PermutationTest& test) {
    const double smaller = static_cast<double>(std::min(test.at_most, test.at_least));
    test.p_value = std::min(2.0 * smaller / static_cast<double>(test.relabellings), 1.0);
}

/// A part in 10^14 of all that is added up: more than rounding does, less than data differ.
double margin_of(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += absolute(value);
    return 1e-14 * (1.0 + sum);
}

}  // namespace

Result<PermutationTest> paired_permutation_test(std::span<const double> a, std::span<const double> b) {
    if (auto error = check_columns(a.size(), b.size())) return *error;
    if (auto error = check_finite(a)) return *error;
    if (auto error = check_finite(b)) return *error;
    if (a.size() < 2) return too_few();
    constexpr size_t kMostPairs = 24;
    if (a.size() > kMostPairs) {
        return refused("too_many", "There are " + std::to_string(a.size()) + " pairs, too many to try every sign.",
                       "Use at most 24 pairs, or draw relabellings at random.");
    }
    std::vector<double> differences;
    double sum = 0.0;
    for (size_t i = 0; i < a.size(); ++i) {
        differences.push_back(a[i] - b[i]);
        sum += differences.back();
    }
    SumCounter counter{sum, margin_of(differences), {}};
    counter.try_signs(differences, 0.0);
    counter.test.statistic = sum / static_cast<double>(a.size());
    finish(counter.test);
    return counter.test;
}

Result<PermutationTest> independent_permutation_test(std::span<const double> a, std::span<const double> b) {
    if (a.size() < 2 || b.size() < 2) return too_few();
    if (auto error = check_finite(a)) return *error;
    if (auto error = check_finite(b)) return *error;
    const double n = static_cast<double>(a.size() + b.size());
    constexpr double kMostRelabellings = 2e7;
    if (log_binomial(n, static_cast<double>(a.size())) > log(kMostRelabellings)) {
        return refused("too_many", "There are too many ways to choose the first sample from all values.",
                       "Use smaller samples, or draw relabellings at random.");
    }
    // With the total fixed, the difference of means grows with the sum of the first sample, so sums can be compared.
    std::vector<double> pooled(a.begin(), a.end());
    pooled.insert(pooled.end(), b.begin(), b.end());
    double sum = 0.0;
    for (const double value : a) sum += value;
    SumCounter counter{sum, margin_of(pooled), {}};
    counter.try_choices(pooled, a.size(), 0.0);
    counter.test.statistic = mean(a) - mean(b);
    finish(counter.test);
    return counter.test;
}

}  // namespace terrarium::core
