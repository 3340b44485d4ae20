#include "core/metrics/chi_square.h"

#include <algorithm>
#include <limits>

#include "core/metrics/inputs.h"
#include "core/support/math.h"
#include "core/support/special.h"

namespace terrarium::core {
namespace {

std::optional<Error> check_counts(std::span<const double> counts) {
    if (auto error = check_finite(counts)) return error;
    for (const double count : counts) {
        if (count < 0.0) return refused("negative", "A count is negative.", "Give counts of 0 or more.");
    }
    return std::nullopt;
}

ChiSquareTest compare(std::span<const double> observed, std::vector<double> expected, int64_t degrees_of_freedom) {
    ChiSquareTest test{std::move(expected), {}, 0.0, degrees_of_freedom};
    for (size_t i = 0; i < observed.size(); ++i) {
        const double gap = observed[i] - test.expected[i];
        test.terms.push_back(gap * gap / test.expected[i]);
        test.statistic += test.terms.back();
    }
    test.p_value = chi_square_survival(test.statistic, static_cast<double>(degrees_of_freedom));
    return test;
}

double sum_of(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum;
}

}  // namespace

Result<ChiSquareTest> chi_square_fit(std::span<const double> observed, std::span<const double> expected) {
    if (observed.empty()) return refused("empty", "There are no counts.", "Give at least one count.");
    if (auto error = check_counts(observed)) return *error;
    std::vector<double> wanted(expected.begin(), expected.end());
    const double total = sum_of(observed);
    if (wanted.empty()) wanted.assign(observed.size(), total / static_cast<double>(observed.size()));
    if (auto error = check_columns(observed.size(), wanted.size())) return *error;
    if (auto error = check_counts(wanted)) return *error;
    const double wanted_total = sum_of(wanted);
    if (absolute(total - wanted_total) > 1e-8 * std::min(total, wanted_total)) {
        return refused("unequal_sums", "Observed and expected counts have different sums.",
                       "Scale the expected counts to the number of observations.");
    }
    return compare(observed, std::move(wanted), static_cast<int64_t>(observed.size()) - 1);
}

ChiSquareTest chi_square_drift(std::span<const int64_t> reference, std::span<const int64_t> current) {
    double reference_total = 0.0, current_total = 0.0;
    for (const int64_t count : reference) reference_total += static_cast<double>(count);
    for (const int64_t count : current) current_total += static_cast<double>(count);
    std::vector<double> observed, expected;
    for (const int64_t count : current) observed.push_back(static_cast<double>(count));
    for (const int64_t count : reference) {
        expected.push_back(static_cast<double>(count) * (current_total / reference_total));
    }
    return compare(observed, std::move(expected), static_cast<int64_t>(observed.size()) - 1);
}

Result<ChiSquareTest> chi_square_independence(std::span<const double> table, int64_t columns, bool has_correction) {
    const size_t width = columns < 1 ? 0 : static_cast<size_t>(columns);
    if (width == 0 || table.empty() || table.size() % width != 0) {
        return refused("empty", "The table is empty, or its rows differ in length.", "Give rows of equal length.");
    }
    if (auto error = check_counts(table)) return *error;
    const size_t height = table.size() / width;
    std::vector<double> row_sums(height), column_sums(width), expected(table.size());
    for (size_t i = 0; i < table.size(); ++i) {
        row_sums[i / width] += table[i];
        column_sums[i % width] += table[i];
    }
    const double total = sum_of(row_sums);
    for (size_t i = 0; i < table.size(); ++i) {
        expected[i] = row_sums[i / width] * column_sums[i % width] / total;
        if (!(expected[i] > 0.0)) {
            return refused("empty", "A row or a column of the table holds only zeros.", "Leave it out.");
        }
    }
    const auto freedom = static_cast<int64_t>((height - 1) * (width - 1));
    if (freedom == 0) return ChiSquareTest{std::move(expected), std::vector<double>(table.size()), 0.0, 0, 1.0};
    std::vector<double> observed(table.begin(), table.end());
    if (has_correction && freedom == 1) {
        for (size_t i = 0; i < observed.size(); ++i) {
            const double gap = expected[i] - observed[i];
            observed[i] += std::clamp(gap, -0.5, 0.5);
        }
    }
    return compare(observed, std::move(expected), freedom);
}

}  // namespace terrarium::core
