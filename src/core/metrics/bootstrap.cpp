#include "core/metrics/bootstrap.h"

#include <algorithm>
#include <limits>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"
#include "core/support/special.h"

namespace terrarium::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Where BCa cuts instead of at `share`: the quantile moved by the bias z0 and stretched by the acceleration a.
double moved_share(double share, double z0, double a) {
    const double z = z0 + normal_quantile(share);
    return normal_cdf(z0 + z / (1.0 - a * z));
}

/// Skewness of the influence of single values on the mean, over 6: (sum d^3) / (6 (sum d^2)^(3/2)).
double acceleration_of(std::span<const double> values) {
    const double center = mean(values);
    double squares = 0.0, cubes = 0.0;
    for (const double value : values) {
        const double d = value - center;
        squares += d * d;
        cubes += d * d * d;
    }
    return is_constant(values) ? kNaN : cubes / (6.0 * squares * sqrt(squares));
}

void cut(BootstrapInterval& interval, double low_share, double high_share) {
    interval.low_share = low_share;
    interval.high_share = high_share;
    const bool is_defined = low_share >= 0.0 && low_share <= 1.0 && high_share >= 0.0 && high_share <= 1.0;
    interval.low = is_defined ? quantile_of_sorted(interval.means, low_share) : kNaN;
    interval.high = is_defined ? quantile_of_sorted(interval.means, high_share) : kNaN;
}

}  // namespace

std::vector<uint32_t> draw_resamples(uint32_t n, int64_t count, Rng& rng) {
    std::vector<uint32_t> places(static_cast<size_t>(n) * static_cast<size_t>(count));
    for (uint32_t& place : places) place = rng.below(n);
    return places;
}

Result<BootstrapInterval> bootstrap_percentile(std::span<const double> values, std::span<const uint32_t> resamples,
                                               int64_t width, double confidence) {
    if (!(confidence > 0.0 && confidence < 1.0)) {
        return refused("bad_option", "The confidence is not between 0 and 1.", "Choose 0.95, say.");
    }
    if (values.empty() || resamples.empty()) {
        return refused("empty", "There are no values or no resamples.", "Give at least one of each.");
    }
    if (width < 1 || resamples.size() % static_cast<size_t>(width) != 0) {
        return refused("unequal_counts", "The resamples differ in length.", "Draw equally many values each time.");
    }
    if (auto error = check_finite(values)) return *error;
    BootstrapInterval interval{.mean = mean(values)};
    for (size_t begin = 0; begin < resamples.size(); begin += static_cast<size_t>(width)) {
        double sum = 0.0;
        for (const uint32_t place : resamples.subspan(begin, static_cast<size_t>(width))) {
            if (place >= values.size()) {
                return refused("bad_place", "A resample draws a value that is not there.", "Number the values from 0.");
            }
            sum += values[place];
        }
        interval.means.push_back(sum / static_cast<double>(width));
    }
    std::sort(interval.means.begin(), interval.means.end());
    interval.standard_error = sqrt(variance(interval.means, 1));
    const double low_share = (1.0 - confidence) / 2.0;
    cut(interval, low_share, 1.0 - low_share);
    return interval;
}

Result<BootstrapInterval> bootstrap_bca(std::span<const double> values, std::span<const uint32_t> resamples,
                                        int64_t width, double confidence) {
    Result<BootstrapInterval> percentile = bootstrap_percentile(values, resamples, width, confidence);
    if (!percentile) return percentile;
    BootstrapInterval interval = std::move(percentile).value();
    const auto below = std::lower_bound(interval.means.begin(), interval.means.end(), interval.mean);
    const auto at_most = std::upper_bound(interval.means.begin(), interval.means.end(), interval.mean);
    const auto ranks = (below - interval.means.begin()) + (at_most - interval.means.begin());
    const double middle = static_cast<double>(ranks) / (2.0 * static_cast<double>(interval.means.size()));
    const double z0 = normal_quantile(middle), a = acceleration_of(values);
    cut(interval, moved_share(interval.low_share, z0, a), moved_share(interval.high_share, z0, a));
    return interval;
}

}  // namespace terrarium::core
