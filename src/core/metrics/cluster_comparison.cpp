// Comparison of two groupings; declared in clustering.h. Everything is made from the contingency table: how many
// samples lie in class i and cluster j.

#include <algorithm>
#include <limits>
#include <utility>

#include "core/metrics/clustering.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

struct Cell {
    size_t row, column;
    double count;
};

/// Only cells that are not empty: there are at most as many as samples.
struct Contingency {
    std::vector<Cell> cells;
    std::vector<double> row_sums, column_sums;
    double total = 0;
};

Contingency count_cells(std::span<const int64_t> a, std::span<const int64_t> b) {
    const auto numbered = [](std::span<const int64_t> labels) {
        std::vector<int64_t> distinct(labels.begin(), labels.end());
        std::sort(distinct.begin(), distinct.end());
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        return distinct;
    };
    const std::vector<int64_t> rows = numbered(a), columns = numbered(b);
    std::vector<std::pair<size_t, size_t>> pairs;
    for (size_t i = 0; i < a.size(); ++i) {
        pairs.emplace_back(std::lower_bound(rows.begin(), rows.end(), a[i]) - rows.begin(),
                           std::lower_bound(columns.begin(), columns.end(), b[i]) - columns.begin());
    }
    std::sort(pairs.begin(), pairs.end());
    Contingency table{
        {}, std::vector<double>(rows.size()), std::vector<double>(columns.size()), static_cast<double>(a.size())};
    for (size_t i = 0; i < pairs.size(); ++i) {
        if (i == 0 || pairs[i] != pairs[i - 1]) table.cells.push_back({pairs[i].first, pairs[i].second, 0.0});
        table.cells.back().count += 1.0;
        table.row_sums[pairs[i].first] += 1.0;
        table.column_sums[pairs[i].second] += 1.0;
    }
    return table;
}

double sum_of_squares(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += value * value;
    return sum;
}

double entropy_nats(std::span<const double> counts, double total) {
    if (counts.size() == 1) return 0.0;
    double sum = 0.0;
    for (const double count : counts) sum -= count / total * (log(count) - log(total));
    return sum;
}

double mutual_information_nats(const Contingency& table) {
    double sum = 0.0;
    for (const Cell& cell : table.cells) {
        const double log_ratio =
            log(cell.count) + log(table.total) - log(table.row_sums[cell.row]) - log(table.column_sums[cell.column]);
        const double term = cell.count / table.total * log_ratio;
        if (absolute(term) >= std::numeric_limits<double>::epsilon()) sum += term;
    }
    return std::max(sum, 0.0);
}

/// Mean information over all tables with these sums, each weighted by its hypergeometric probability.
double expected_information_nats(const Contingency& table) {
    const double n = table.total;
    std::vector<double> log_factorials{0.0};
    for (double i = 1.0; i <= n; i += 1.0) log_factorials.push_back(log_factorials.back() + log(i));
    const auto log_factorial = [&](double count) { return log_factorials[static_cast<size_t>(count)]; };
    double sum = 0.0;
    for (const double a : table.row_sums) {
        for (const double b : table.column_sums) {
            const double ways =
                log_factorial(a) + log_factorial(b) + log_factorial(n - a) + log_factorial(n - b) - log_factorial(n);
            for (double both = std::max(1.0, a + b - n); both <= std::min(a, b); both += 1.0) {
                const double chance = ways - log_factorial(both) - log_factorial(a - both) - log_factorial(b - both) -
                                      log_factorial(n - a - b + both);
                sum += both / n * (log(n * both) - log(a * b)) * exp(chance);
            }
        }
    }
    return sum;
}

PairCounts count_pairs(const Contingency& table) {
    double squares = 0.0;
    for (const Cell& cell : table.cells) squares += cell.count * cell.count;
    const double rows = sum_of_squares(table.row_sums), columns = sum_of_squares(table.column_sums);
    return {squares - table.total, rows - squares, columns - squares,
            table.total * table.total - rows - columns + squares};
}

double adjusted_rand(const PairCounts& p) {
    if (p.only_true == 0.0 && p.only_pred == 0.0) return 1.0;
    const double together = p.both + p.only_true, apart = p.only_true + p.neither;
    const double pred_together = p.both + p.only_pred, pred_apart = p.only_pred + p.neither;
    return 2.0 * (p.both * p.neither - p.only_true * p.only_pred) / (together * apart + pred_together * pred_apart);
}

/// (information - expected) / (mean entropy - expected), with the denominator kept away from 0 as scikit-learn does.
double adjusted_information(const ClusterComparison& c, double mean_entropy) {
    constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
    const double gap = mean_entropy - c.expected_information_nats;
    const double denominator = gap < 0.0 ? std::min(gap, -kEpsilon) : std::max(gap, kEpsilon);
    return (c.mutual_information_nats - c.expected_information_nats) / denominator;
}

}  // namespace

Result<ClusterComparison> compare_clusterings(std::span<const int64_t> labels_true,
                                              std::span<const int64_t> labels_pred) {
    if (auto error = check_columns(labels_true.size(), labels_pred.size())) return *error;
    const Contingency table = count_cells(labels_true, labels_pred);
    constexpr size_t kMostPairs = 20'000'000;
    if (table.row_sums.size() * table.column_sums.size() > kMostPairs) {
        return refused("too_many_labels", "The two groupings have too many groups to compare each with each.",
                       "Check that the columns hold groups and not measured values.");
    }
    ClusterComparison c;
    c.pairs = count_pairs(table);
    const double alike = c.pairs.both + c.pairs.neither;
    const double pairs = alike + c.pairs.only_true + c.pairs.only_pred;
    c.rand = pairs == 0.0 ? 1.0 : alike / pairs;
    c.adjusted_rand = adjusted_rand(c.pairs);
    const double both = c.pairs.both;
    c.fowlkes_mallows =
        both == 0.0 ? 0.0 : sqrt(both / (both + c.pairs.only_pred)) * sqrt(both / (both + c.pairs.only_true));
    c.mutual_information_nats = mutual_information_nats(table);
    c.expected_information_nats = expected_information_nats(table);
    c.entropy_true_nats = entropy_nats(table.row_sums, table.total);
    c.entropy_pred_nats = entropy_nats(table.column_sums, table.total);
    c.homogeneity = c.entropy_true_nats == 0.0 ? 1.0 : c.mutual_information_nats / c.entropy_true_nats;
    c.completeness = c.entropy_pred_nats == 0.0 ? 1.0 : c.mutual_information_nats / c.entropy_pred_nats;
    const double sum = c.homogeneity + c.completeness;
    c.v_measure = sum == 0.0 ? 0.0 : 2.0 * c.homogeneity * c.completeness / sum;
    const double mean_entropy = (c.entropy_true_nats + c.entropy_pred_nats) / 2.0;
    // Two groupings of everything into one cluster are equal, although no information is shared.
    const bool are_both_whole = table.row_sums.size() == 1 && table.column_sums.size() == 1;
    const bool has_information = c.mutual_information_nats > std::numeric_limits<double>::epsilon();
    c.nmi = are_both_whole ? 1.0 : has_information ? c.mutual_information_nats / mean_entropy : 0.0;
    c.ami = are_both_whole ? 1.0 : adjusted_information(c, mean_entropy);
    return c;
}

}  // namespace terrarium::core
