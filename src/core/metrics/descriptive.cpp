#include "core/metrics/descriptive.h"

#include <algorithm>
#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/support/sort_numbers.h"

namespace terrarium::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double mean(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return values.empty() ? kNaN : sum / static_cast<double>(values.size());
}

double variance(std::span<const double> values, int64_t removed_degrees) {
    const double divisor = static_cast<double>(values.size()) - static_cast<double>(removed_degrees);
    if (divisor <= 0.0) return kNaN;
    if (is_constant(values)) return 0.0;  // exactly, although the mean of equal values may be rounded
    const double center = mean(values);
    double sum = 0.0;
    for (const double value : values) sum += (value - center) * (value - center);
    return sum / divisor;
}

double quantile_of_sorted(std::span<const double> ascending, double q) {
    TERRARIUM_CHECK(!ascending.empty(), "a quantile needs at least one value");
    TERRARIUM_CHECK(q >= 0.0 && q <= 1.0, "a quantile is asked for by a share between 0 and 1");
    const double position = q * static_cast<double>(ascending.size() - 1);
    const auto below = static_cast<size_t>(floor(position));
    const size_t above = std::min(below + 1, ascending.size() - 1);
    const double t = position - floor(position), a = ascending[below], b = ascending[above];
    return t >= 0.5 ? b - (b - a) * (1.0 - t) : a + (b - a) * t;
}

double median(std::span<const double> values) { return quantile_of_sorted(sorted(values), 0.5); }

std::vector<double> sorted(std::span<const double> values) {
    std::vector<double> result(values.begin(), values.end());
    sort_numbers(result);
    return result;
}

std::vector<double> mean_ranks(std::span<const double> values) {
    std::vector<size_t> order(values.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
    std::vector<double> ranks(values.size());
    for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
        for (size_t i = begin; i < end; ++i) ranks[order[i]] = 0.5 * static_cast<double>(begin + 1 + end);
    }
    return ranks;
}

double tie_correction(std::span<const double> values) {
    const std::vector<double> ordered = sorted(values);
    double sum = 0.0;
    for (size_t begin = 0, end = 0; begin < ordered.size(); begin = end) {
        while (end < ordered.size() && ordered[end] == ordered[begin]) ++end;
        const double size = static_cast<double>(end - begin);
        sum += size * size * size - size;
    }
    return sum;
}

bool is_constant(std::span<const double> values) {
    return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

}  // namespace terrarium::core
