#include "core/metrics/drift.h"

#include <algorithm>
#include <bit>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

std::optional<Error> check_sides(size_t reference, size_t current) {
    if (reference > 0 && current > 0) return std::nullopt;
    return refused("empty", "One of the two samples has no values.", "Give at least one value on each side.");
}

/// Counts the values of two ascending lists; `values` receives the distinct ones.
template <class Value>
BinnedSamples count_sorted(std::span<const Value> reference, std::span<const Value> current) {
    BinnedSamples bins;
    size_t i = 0, j = 0;
    while (i < reference.size() || j < current.size()) {
        const bool takes_reference = j == current.size() || (i < reference.size() && reference[i] <= current[j]);
        const Value value = takes_reference ? reference[i] : current[j];
        const size_t i_before = i, j_before = j;
        while (i < reference.size() && reference[i] == value) ++i;
        while (j < current.size() && current[j] == value) ++j;
        bins.values.push_back(static_cast<double>(value));
        bins.reference.push_back(static_cast<int64_t>(i - i_before));
        bins.current.push_back(static_cast<int64_t>(j - j_before));
    }
    bins.reference_total = static_cast<int64_t>(reference.size());
    bins.current_total = static_cast<int64_t>(current.size());
    return bins;
}

size_t count_distinct(std::span<const double> ascending) {
    size_t count = 0;
    for (size_t i = 0; i < ascending.size(); ++i) count += i == 0 || ascending[i] != ascending[i - 1] ? 1 : 0;
    return count;
}

/// log2 of a count, exact for powers of two: there the number of bins would jump.
double log2_of(size_t n) {
    return std::has_single_bit(n) ? static_cast<double>(std::bit_width(n) - 1) : log(static_cast<double>(n)) / kLn2;
}

/// Sturges' edges with NumPy's roundings: the width first, then how often it fits.
std::vector<double> sturges_edges(double low, double high, size_t n) {
    const double width = (high - low) / (log2_of(n) + 1.0);
    const double fitting = (high - low) / width;
    const double bins = floor(fitting) == fitting ? fitting : floor(fitting) + 1.0;
    const double step = (high - low) / bins;
    std::vector<double> edges;
    for (double i = 0.0; i < bins; i += 1.0) edges.push_back(i * step + low);
    edges.push_back(high);
    return edges;
}

std::vector<int64_t> histogram(std::span<const double> ascending, std::span<const double> edges) {
    std::vector<int64_t> counts;
    auto begin = ascending.begin();
    for (size_t i = 1; i < edges.size(); ++i) {
        const bool is_last = i + 1 == edges.size();
        const auto end = is_last ? std::upper_bound(begin, ascending.end(), edges[i])
                                 : std::lower_bound(begin, ascending.end(), edges[i]);
        counts.push_back(end - begin);
        begin = end;
    }
    return counts;
}

}  // namespace

Result<BinnedSamples> count_categories(std::span<const int64_t> reference, std::span<const int64_t> current) {
    if (auto error = check_sides(reference.size(), current.size())) return *error;
    std::vector<int64_t> a(reference.begin(), reference.end()), b(current.begin(), current.end());
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return count_sorted<int64_t>(a, b);
}

Result<BinnedSamples> bin_numbers(std::span<const double> reference, std::span<const double> current) {
    if (auto error = check_sides(reference.size(), current.size())) return *error;
    if (auto error = check_finite(reference)) return *error;
    if (auto error = check_finite(current)) return *error;
    const std::vector<double> a = sorted(reference), b = sorted(current);
    constexpr size_t kMostCategories = 20;
    if (count_distinct(a) <= kMostCategories) return count_sorted<double>(a, b);
    BinnedSamples bins;
    bins.edges = sturges_edges(std::min(a.front(), b.front()), std::max(a.back(), b.back()), a.size() + b.size());
    bins.reference = histogram(a, bins.edges);
    bins.current = histogram(b, bins.edges);
    bins.reference_total = static_cast<int64_t>(a.size());
    bins.current_total = static_cast<int64_t>(b.size());
    return bins;
}

std::vector<double> bin_shares(std::span<const int64_t> counts, EmptyBins empty_bins) {
    int64_t total = 0;
    for (const int64_t count : counts) total += count;
    std::vector<double> shares;
    double smallest = 1.0;
    for (const int64_t count : counts) {
        shares.push_back(static_cast<double>(count) / static_cast<double>(total));
        if (count > 0) smallest = std::min(smallest, shares.back());
    }
    constexpr double kFilling = 0.0001;
    if (empty_bins == EmptyBins::Fill) {
        std::replace(shares.begin(), shares.end(), 0.0, smallest <= kFilling ? smallest / 1e6 : kFilling);
    }
    return shares;
}

StabilityIndex stability_index(const BinnedSamples& bins) {
    StabilityIndex result{bin_shares(bins.reference, EmptyBins::Fill), bin_shares(bins.current, EmptyBins::Fill), {}};
    for (size_t i = 0; i < result.reference_shares.size(); ++i) {
        const double r = result.reference_shares[i], c = result.current_shares[i];
        result.terms.push_back((r - c) * log(r / c));
        result.psi += result.terms.back();
    }
    return result;
}

}  // namespace terrarium::core
