#include "core/metrics/multiple_testing.h"

#include <algorithm>

#include "core/metrics/inputs.h"

namespace terrarium::core {

Result<AdjustedPValues> adjust_p_values(std::span<const double> p_values) {
    if (p_values.empty()) return refused("empty", "There are no p-values.", "Give at least one.");
    if (auto error = check_probabilities(p_values)) return *error;
    const size_t n = p_values.size();
    std::vector<size_t> order(n);
    for (size_t i = 0; i < n; ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return p_values[a] != p_values[b] ? p_values[a] < p_values[b] : a < b; });
    const auto size = static_cast<double>(n);
    AdjustedPValues result{std::vector<double>(n), std::vector<double>(n), std::vector<double>(n)};
    double largest = 0.0, smallest = 1.0;
    for (size_t i = 0; i < n; ++i) {
        const double p = p_values[order[i]];
        largest = std::max(largest, p * (size - static_cast<double>(i)));
        result.holm[order[i]] = std::min(largest, 1.0);
        result.bonferroni[order[i]] = std::min(p * size, 1.0);
    }
    for (size_t i = n; i-- > 0;) {
        smallest = std::min(smallest, p_values[order[i]] / (static_cast<double>(i + 1) / size));
        result.benjamini_hochberg[order[i]] = smallest;
    }
    return result;
}

}  // namespace terrarium::core
