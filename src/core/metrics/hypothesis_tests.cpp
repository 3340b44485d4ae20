#include "core/metrics/hypothesis_tests.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"
#include "core/support/special.h"

namespace terrarium::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::optional<Error> check_samples(std::span<const double> a, std::span<const double> b) {
    if (a.empty() || b.empty()) {
        return refused("empty", "One of the two samples has no values.", "Give at least one value on each side.");
    }
    if (auto error = check_finite(a)) return error;
    return check_finite(b);
}

Error negative_count() { return refused("negative", "A count is negative.", "Give counts of 0 or more."); }

void finish(TTest& test) {
    test.t = test.difference / test.standard_error;
    test.p_value = student_t_two_sided(test.t, test.degrees_of_freedom);
}

/// How many of the 2^n sets of ranks 1..n have each sum, as shares of all sets.
std::vector<double> rank_sum_shares(size_t n) {
    std::vector<double> shares(n * (n + 1) / 2 + 1, 0.0);
    shares[0] = 1.0;
    size_t largest = 0;
    for (size_t rank = 1; rank <= n; ++rank) {
        largest += rank;
        for (size_t sum = largest + 1; sum-- > 0;) {
            const double with_rank = sum >= rank ? shares[sum - rank] : 0.0;
            shares[sum] = 0.5 * shares[sum] + 0.5 * with_rank;
        }
    }
    return shares;
}

double sum_of(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum;
}

/// P(U >= u) of n and m values without ties.
///
/// Laid into one row by rank, the last value belongs to the first sample with probability n / (n + m), and then beats
/// all m others; so shares of (n, m) are means of those of (n - 1, m), moved by m, and of (n, m - 1).
double u_survival(size_t n, size_t m, size_t u) {
    if (n < m) return u_survival(m, n, u);  // the same chance, and one vector for each value of the smaller sample
    std::vector<std::vector<double>> row(m + 1, {1.0});  // shares of U for (0, j): it is 0
    for (size_t i = 1; i <= n; ++i) {
        std::vector<std::vector<double>> next(m + 1);
        next[0] = {1.0};
        for (size_t j = 1; j <= m; ++j) {
            next[j].assign(i * j + 1, 0.0);
            const double size = static_cast<double>(i + j);
            for (size_t k = 0; k < row[j].size(); ++k) next[j][k + j] += row[j][k] * static_cast<double>(i) / size;
            for (size_t k = 0; k < next[j - 1].size(); ++k) {
                next[j][k] += next[j - 1][k] * static_cast<double>(j) / size;
            }
        }
        row = std::move(next);
    }
    const std::vector<double>& shares = row[m];
    return u >= shares.size() ? 0.0 : sum_of(std::span(shares).subspan(u));
}

/// P(at most k heads) in n throws of a fair coin.
double coin_cdf(int64_t k, int64_t n) {
    return k >= n ? 1.0 : beta_i(0.5, static_cast<double>(n - k), static_cast<double>(k) + 1.0);
}

}  // namespace

Result<TTest> paired_t_test(std::span<const double> a, std::span<const double> b) {
    if (auto error = check_pairs(a, b)) return *error;
    std::vector<double> differences;
    for (size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
    const double n = static_cast<double>(a.size());
    TTest test{.difference = mean(differences), .degrees_of_freedom = n - 1.0};
    test.standard_error = sqrt(variance(differences, 1) / n);
    finish(test);
    return test;
}

Result<TTest> welch_t_test(std::span<const double> a, std::span<const double> b) {
    if (auto error = check_samples(a, b)) return *error;
    const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
    const double part_a = variance(a, 1) / n, part_b = variance(b, 1) / m, sum = part_a + part_b;
    TTest test{.difference = mean(a) - mean(b), .standard_error = sqrt(sum)};
    test.degrees_of_freedom =
        sum == 0.0 ? 1.0 : sum * sum / (part_a * part_a / (n - 1.0) + part_b * part_b / (m - 1.0));
    finish(test);
    return test;
}

Result<RankTest> wilcoxon_test(std::span<const double> a, std::span<const double> b, RankMethod method) {
    if (auto error = check_pairs(a, b)) return *error;
    std::vector<double> differences, sizes;
    for (size_t i = 0; i < a.size(); ++i) {
        if (a[i] == b[i]) continue;
        differences.push_back(a[i] - b[i]);
        sizes.push_back(absolute(differences.back()));
    }
    if (differences.empty()) {
        return refused("no_difference", "All pairs are equal, so there is nothing to rank.",
                       "Give pairs of which some differ.");
    }
    const bool has_zeros = differences.size() < a.size();
    const std::vector<double> ranks = mean_ranks(sizes);
    double plus = 0.0, minus = 0.0;
    for (size_t i = 0; i < ranks.size(); ++i) (differences[i] > 0.0 ? plus : minus) += ranks[i];
    const double n = static_cast<double>(ranks.size());
    RankTest test{.statistic = std::min(plus, minus), .z = kNaN};
    constexpr size_t kMostExact = 1000, kAutoExact = 50;
    test.is_exact =
        !has_zeros && (method == RankMethod::Exact || (method == RankMethod::Auto && a.size() <= kAutoExact));
    if (test.is_exact) {
        if (a.size() > kMostExact) {
            return refused("too_many", "There are too many pairs for the exact p-value.", "Use the normal one.");
        }
        const std::vector<double> shares = rank_sum_shares(ranks.size());
        const auto sum = static_cast<size_t>(floor(plus));  // with ties the sum may lie between two whole numbers
        const double at_most = sum_of(std::span(shares).first(sum + 1));
        const double at_least = sum_of(std::span(shares).subspan(sum));
        const bool is_central = sum == (shares.size() - 1) / 2;
        test.p_value = is_central ? 1.0 : std::min(2.0 * std::min(at_most, at_least), 1.0);
        return test;
    }
    const double spread = n * (n + 1.0) * (2.0 * n + 1.0) - 0.5 * tie_correction(sizes);
    test.z = (test.statistic - n * (n + 1.0) / 4.0) / sqrt(spread / 24.0);
    test.p_value = 2.0 * normal_survival(absolute(test.z));
    return test;
}

Result<RankTest> mann_whitney_test(std::span<const double> a, std::span<const double> b, RankMethod method) {
    if (auto error = check_samples(a, b)) return *error;
    std::vector<double> pooled(a.begin(), a.end());
    pooled.insert(pooled.end(), b.begin(), b.end());
    const std::vector<double> ranks = mean_ranks(pooled);
    const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
    const double u = sum_of(std::span(ranks).first(a.size())) - n * (n + 1.0) / 2.0;
    const double larger = std::max(u, n * m - u), ties = tie_correction(pooled);
    RankTest test{.statistic = u, .z = kNaN};
    constexpr size_t kSmall = 8;
    constexpr double kMostPairs = 4e4;
    const bool is_small = (a.size() <= kSmall || b.size() <= kSmall) && ties == 0.0;
    test.is_exact = method == RankMethod::Exact || (method == RankMethod::Auto && is_small);
    if (test.is_exact) {
        if (n * m > kMostPairs) {
            return refused("too_many", "The samples are too large for the exact p-value.", "Use the normal one.");
        }
        test.p_value = std::min(2.0 * u_survival(a.size(), b.size(), static_cast<size_t>(floor(larger))), 1.0);
        return test;
    }
    const double all = n + m;
    const double deviation = sqrt(n * m / 12.0 * (all + 1.0 - ties / (all * (all - 1.0))));
    test.z = (larger - n * m / 2.0 - 0.5) / deviation;
    test.p_value = std::min(2.0 * normal_survival(test.z), 1.0);
    return test;
}

Result<double> sign_test(int64_t wins, int64_t losses) {
    if (wins < 0 || losses < 0) return negative_count();
    return std::min(2.0 * coin_cdf(std::min(wins, losses), wins + losses), 1.0);
}

Result<McNemarTest> mcnemar_test(int64_t b, int64_t c) {
    const Result<double> exact = sign_test(b, c);
    if (!exact) return exact.error();
    const double gap = absolute(static_cast<double>(b) - static_cast<double>(c)) - 1.0;
    const double statistic = b + c == 0 ? kNaN : gap * gap / (static_cast<double>(b) + static_cast<double>(c));
    return McNemarTest{exact.value(), statistic, chi_square_survival(statistic, 1.0)};
}

Result<ProportionInterval> wilson_interval(int64_t successes, int64_t trials, double confidence) {
    if (successes < 0 || trials < 1 || successes > trials) {
        return refused("bad_count", "The number of successes does not fit the number of trials.",
                       "Give at least one trial, and successes among them.");
    }
    if (!(confidence > 0.0 && confidence < 1.0)) {
        return refused("bad_option", "The confidence is not between 0 and 1.", "Choose 0.95, say.");
    }
    const double n = static_cast<double>(trials), p = static_cast<double>(successes) / n;
    const double z = normal_quantile(0.5 + 0.5 * confidence), divisor = 2.0 * (n + z * z);
    const double center = (2.0 * n * p + z * z) / divisor;
    const double reach = z * sqrt(z * z + 4.0 * n * p * (1.0 - p)) / divisor;
    return ProportionInterval{successes == 0 ? 0.0 : center - reach, successes == trials ? 1.0 : center + reach};
}

}  // namespace terrarium::core
