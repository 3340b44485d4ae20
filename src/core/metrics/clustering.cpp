#include "core/metrics/clustering.h"

#include <algorithm>
#include <limits>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// Clusters numbered from 0, and how many points each has.
struct Clusters {
    std::vector<size_t> of_point;
    std::vector<double> sizes;
};

Result<Clusters> number_clusters(const ClusteredPoints& data) {
    const size_t n = data.labels.size();
    if (data.dimensions < 1 || n * static_cast<size_t>(data.dimensions) != data.points.size()) {
        return refused("unequal_counts", "The points do not have one row of equal length per label.",
                       "Give each point the same number of coordinates, and one label.");
    }
    if (auto error = check_finite(data.points)) return *error;
    std::vector<int64_t> distinct(data.labels.begin(), data.labels.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() < 2 || distinct.size() + 1 > n) {
        return refused(
            "cluster_count",
            "There are " + std::to_string(distinct.size()) + " clusters of " + std::to_string(n) + " points.",
            "Use at least two clusters, and fewer than points.");
    }
    Clusters clusters{{}, std::vector<double>(distinct.size())};
    for (const int64_t label : data.labels) {
        const auto place = std::lower_bound(distinct.begin(), distinct.end(), label) - distinct.begin();
        clusters.of_point.push_back(static_cast<size_t>(place));
        clusters.sizes[static_cast<size_t>(place)] += 1.0;
    }
    return clusters;
}

double distance(std::span<const double> a, std::span<const double> b) {
    double sum = 0.0;
    for (size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sqrt(sum);
}

/// [clusters,dimensions] row-major
std::vector<double> centres_of(const ClusteredPoints& data, const Clusters& clusters) {
    const auto d = static_cast<size_t>(data.dimensions);
    std::vector<double> centres(clusters.sizes.size() * d);
    for (size_t i = 0; i < data.points.size(); ++i) centres[clusters.of_point[i / d] * d + i % d] += data.points[i];
    for (size_t i = 0; i < centres.size(); ++i) centres[i] /= clusters.sizes[i / d];
    return centres;
}

/// The distance that counts as none when a program asks whether all distances are 0.
constexpr double kCloseToZero = 1e-8;

}  // namespace

Result<Silhouette> silhouette(const ClusteredPoints& data) {
    const Result<Clusters> numbered = number_clusters(data);
    if (!numbered) return numbered.error();
    const Clusters& clusters = numbered.value();
    const auto d = static_cast<size_t>(data.dimensions);
    const size_t n = data.labels.size(), k = clusters.sizes.size();
    constexpr size_t kMostPoints = 30'000;
    if (n > kMostPoints) {
        return refused("too_many", "There are " + std::to_string(n) + " points, and silhouettes compare every pair.",
                       "Draw at most 30,000 of them at random.");
    }
    Silhouette result;
    std::vector<double> sums(k);
    for (size_t i = 0; i < n; ++i) {
        std::fill(sums.begin(), sums.end(), 0.0);
        for (size_t j = 0; j < n; ++j) {
            if (j != i)
                sums[clusters.of_point[j]] += distance(data.points.subspan(i * d, d), data.points.subspan(j * d, d));
        }
        const size_t own = clusters.of_point[i];
        double nearest = std::numeric_limits<double>::infinity();
        for (size_t c = 0; c < k; ++c) {
            if (c != own) nearest = std::min(nearest, sums[c] / clusters.sizes[c]);
        }
        const bool is_alone = clusters.sizes[own] == 1.0;
        const double inner = is_alone ? 0.0 : sums[own] / (clusters.sizes[own] - 1.0);
        const double larger = std::max(inner, nearest);
        result.inner.push_back(inner);
        result.outer.push_back(nearest);
        result.samples.push_back(is_alone || larger == 0.0 ? 0.0 : (nearest - inner) / larger);
    }
    result.score = mean(result.samples);
    return result;
}

Result<double> davies_bouldin(const ClusteredPoints& data) {
    const Result<Clusters> numbered = number_clusters(data);
    if (!numbered) return numbered.error();
    const Clusters& clusters = numbered.value();
    const auto d = static_cast<size_t>(data.dimensions);
    const size_t k = clusters.sizes.size();
    const std::vector<double> centres = centres_of(data, clusters);
    const auto centre = [&](size_t c) { return std::span(centres).subspan(c * d, d); };
    std::vector<double> spreads(k);
    for (size_t i = 0; i < data.labels.size(); ++i) {
        const size_t own = clusters.of_point[i];
        spreads[own] += distance(data.points.subspan(i * d, d), centre(own)) / clusters.sizes[own];
    }
    double largest_distance = 0.0, sum = 0.0;
    for (size_t a = 0; a < k; ++a) {
        double worst = 0.0;
        for (size_t b = 0; b < k; ++b) {
            const double apart = distance(centre(a), centre(b));
            largest_distance = std::max(largest_distance, apart);
            if (apart > 0.0) worst = std::max(worst, (spreads[a] + spreads[b]) / apart);
        }
        sum += worst;
    }
    const double largest_spread = *std::max_element(spreads.begin(), spreads.end());
    if (largest_spread <= kCloseToZero || largest_distance <= kCloseToZero) return 0.0;
    return sum / static_cast<double>(k);
}

Result<double> calinski_harabasz(const ClusteredPoints& data) {
    const Result<Clusters> numbered = number_clusters(data);
    if (!numbered) return numbered.error();
    const Clusters& clusters = numbered.value();
    const auto d = static_cast<size_t>(data.dimensions);
    const double n = static_cast<double>(data.labels.size()), k = static_cast<double>(clusters.sizes.size());
    const std::vector<double> centres = centres_of(data, clusters);
    std::vector<double> middle(d);
    for (size_t i = 0; i < data.points.size(); ++i) middle[i % d] += data.points[i] / n;
    double between = 0.0, within = 0.0;
    for (size_t i = 0; i < centres.size(); ++i) {
        between += clusters.sizes[i / d] * (centres[i] - middle[i % d]) * (centres[i] - middle[i % d]);
    }
    for (size_t i = 0; i < data.points.size(); ++i) {
        const double away = data.points[i] - centres[clusters.of_point[i / d] * d + i % d];
        within += away * away;
    }
    return within == 0.0 ? 1.0 : between * (n - k) / (within * (k - 1.0));
}

}  // namespace terrarium::core
