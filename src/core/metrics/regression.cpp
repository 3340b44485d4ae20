#include "core/metrics/regression.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"
#include "core/support/special.h"

namespace terrarium::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// 1 - left / all, with scikit-learn's answers where nothing varies: 1 when nothing is left, else 0.
double explained_share(double left, double all) {
    if (all == 0.0) return left == 0.0 ? 1.0 : 0.0;
    return 1.0 - left / all;
}

double pearson(std::span<const double> x, std::span<const double> y) {
    if (is_constant(x) || is_constant(y)) return kNaN;
    if (x.size() == 2) return (x[1] > x[0]) == (y[1] > y[0]) ? 1.0 : -1.0;
    // Each column is brought to length 1 before the product, so that neither huge nor tiny values overflow.
    const double mean_x = mean(x), mean_y = mean(y);
    double square_x = 0.0, square_y = 0.0;
    for (size_t i = 0; i < x.size(); ++i) {
        square_x += (x[i] - mean_x) * (x[i] - mean_x);
        square_y += (y[i] - mean_y) * (y[i] - mean_y);
    }
    const double length_x = sqrt(square_x), length_y = sqrt(square_y);
    double sum = 0.0;
    for (size_t i = 0; i < x.size(); ++i) sum += (x[i] - mean_x) / length_x * ((y[i] - mean_y) / length_y);
    return std::clamp(sum, -1.0, 1.0);
}

/// Pairs (i, j), i < j, of `values` with values[i] > values[j]; sorts on the way.
int64_t count_inversions(std::vector<double>& values) {
    std::vector<double> merged(values.size());
    int64_t inversions = 0;
    for (size_t width = 1; width < values.size(); width *= 2) {
        for (size_t begin = 0; begin < values.size(); begin += 2 * width) {
            const size_t middle = std::min(begin + width, values.size());
            const size_t end = std::min(begin + 2 * width, values.size());
            size_t left = begin, right = middle;
            for (size_t out = begin; out < end; ++out) {
                const bool takes_left = right == end || (left < middle && values[left] <= values[right]);
                if (!takes_left) inversions += static_cast<int64_t>(middle - left);
                merged[out] = takes_left ? values[left++] : values[right++];
            }
        }
        values.swap(merged);
    }
    return inversions;
}

/// Pairs of equal neighbours' groups in an order where equal rows stand together.
template <class Equal>
int64_t count_tied_pairs(size_t n, Equal equal) {
    int64_t pairs = 0;
    for (size_t begin = 0, end = 0; begin < n; begin = end) {
        while (end < n && equal(begin, end)) ++end;
        const auto size = static_cast<int64_t>(end - begin);
        pairs += size * (size - 1) / 2;
    }
    return pairs;
}

}  // namespace

Result<RegressionErrors> regression_errors(std::span<const double> y_true, std::span<const double> y_pred) {
    if (auto error = check_pairs(y_true, y_pred)) return *error;
    const size_t n = y_true.size();
    const double size = static_cast<double>(n);
    RegressionErrors result;
    std::vector<double> misses(n), sizes(n);
    for (size_t i = 0; i < n; ++i) {
        misses[i] = y_true[i] - y_pred[i];
        sizes[i] = absolute(misses[i]);
        result.squared_residuals += misses[i] * misses[i];
        result.mean_absolute_fraction +=
            sizes[i] / std::max(absolute(y_true[i]), std::numeric_limits<double>::epsilon());
    }
    result.squared_deviations = variance(y_true, 0) * size;
    result.mean_absolute = mean(sizes);
    result.mean_squared = result.squared_residuals / size;
    result.root_mean_squared = sqrt(result.mean_squared);
    result.median_absolute = median(sizes);
    result.max_absolute = *std::max_element(sizes.begin(), sizes.end());
    result.mean_absolute_fraction /= size;
    result.r2 = n < 2 ? kNaN : explained_share(result.squared_residuals, result.squared_deviations);
    result.explained_variance = explained_share(variance(misses, 0), variance(y_true, 0));
    return result;
}

Result<double> mean_squared_log_error(std::span<const double> y_true, std::span<const double> y_pred) {
    if (auto error = check_pairs(y_true, y_pred)) return *error;
    double sum = 0.0;
    for (size_t i = 0; i < y_true.size(); ++i) {
        if (y_true[i] < 0.0 || y_pred[i] < 0.0) {
            return refused("negative", "Row " + std::to_string(i + 1) + " has a negative value.",
                           "The logarithm needs values of 0 or more; use the squared error instead.");
        }
        const double miss = log1p(y_true[i]) - log1p(y_pred[i]);
        sum += miss * miss;
    }
    return sum / static_cast<double>(y_true.size());
}

ConcordanceCounts concordance_counts(std::span<const double> x, std::span<const double> y) {
    const size_t n = std::min(x.size(), y.size());
    std::vector<size_t> order(n);
    for (size_t i = 0; i < n; ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        if (x[a] != x[b]) return x[a] < x[b];
        return y[a] != y[b] ? y[a] < y[b] : a < b;
    });
    std::vector<double> y_by_x(n);
    for (size_t i = 0; i < n; ++i) y_by_x[i] = y[order[i]];
    ConcordanceCounts counts;
    counts.pairs = static_cast<int64_t>(n) * (static_cast<int64_t>(n) - 1) / 2;
    counts.tied_x = count_tied_pairs(n, [&](size_t a, size_t b) { return x[order[a]] == x[order[b]]; });
    counts.tied_both =
        count_tied_pairs(n, [&](size_t a, size_t b) { return x[order[a]] == x[order[b]] && y_by_x[a] == y_by_x[b]; });
    // Within equal x the y rise, so every inversion is a pair that x and y order differently.
    counts.discordant = count_inversions(y_by_x);
    counts.tied_y = count_tied_pairs(n, [&](size_t a, size_t b) { return y_by_x[a] == y_by_x[b]; });
    return counts;
}

Result<Correlations> correlations(std::span<const double> x, std::span<const double> y) {
    if (auto error = check_pairs(x, y)) return *error;
    if (x.size() < 2) {
        return refused("too_few", "One row has no correlation.", "Give at least two rows.");
    }
    if (is_constant(x) || is_constant(y)) return Correlations{kNaN, kNaN, kNaN};
    const ConcordanceCounts counts = concordance_counts(x, y);
    const double untied_x = static_cast<double>(counts.pairs - counts.tied_x);
    const double untied_y = static_cast<double>(counts.pairs - counts.tied_y);
    const double tau = static_cast<double>(counts.concordant() - counts.discordant) / sqrt(untied_x) / sqrt(untied_y);
    return Correlations{pearson(x, y), pearson(mean_ranks(x), mean_ranks(y)), std::clamp(tau, -1.0, 1.0)};
}

}  // namespace terrarium::core
