#include "core/metrics/pass_at_k.h"

#include <string>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"

namespace terrarium::core {

Result<double> pass_at_k(int64_t n, int64_t c, int64_t k) {
    if (k < 1 || k > n) {
        return refused("bad_option",
                       "pass@" + std::to_string(k) + " cannot be estimated from " + std::to_string(n) + " samples.",
                       "Draw at least k samples per problem, or choose a smaller k of 1 or more.");
    }
    constexpr int64_t kMostSamples = 10'000'000;
    if (n > kMostSamples) {
        return refused("too_many", "There are more than 10 million samples of a problem.",
                       "Estimate from some of them; the estimate is unbiased.");
    }
    if (c < 0 || c > n) {
        return refused("bad_count", std::to_string(c) + " of " + std::to_string(n) + " samples cannot be right.",
                       "Count the right samples among those drawn.");
    }
    if (n - c < k) return 1.0;
    double all_wrong = 1.0;
    for (int64_t i = n - c + 1; i <= n; ++i) all_wrong *= 1.0 - static_cast<double>(k) / static_cast<double>(i);
    return 1.0 - all_wrong;
}

Result<PassAtK> mean_pass_at_k(std::span<const int64_t> n, std::span<const int64_t> c, int64_t k) {
    if (auto error = check_columns(n.size(), c.size())) return *error;
    PassAtK result;
    for (size_t i = 0; i < n.size(); ++i) {
        const Result<double> one = pass_at_k(n[i], c[i], k);
        if (!one) return one.error();
        result.problems.push_back(one.value());
    }
    result.mean = mean(result.problems);
    return result;
}

}  // namespace terrarium::core
