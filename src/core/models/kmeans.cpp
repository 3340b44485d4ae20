#include "core/models/kmeans.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/tensor/shape.h"

namespace terrarium::core {
namespace {

bool all_finite(std::span<const double> numbers) {
    return std::all_of(numbers.begin(), numbers.end(), [](double x) { return x - x == 0.0; });
}

void check_points(std::span<const double> points, int64_t dimensions) {
    TERRARIUM_CHECK(dimensions >= 1 && !points.empty() && points.size() % count_of(dimensions) == 0,
                    "Points have as many numbers as there are dimensions.");
    TERRARIUM_CHECK(all_finite(points), "Points that are grouped lie at finite places.");
}

}  // namespace

KMeans::KMeans(std::span<const double> points, int64_t dimensions, int64_t n_clusters, Rng& rng)
    : points_(points.begin(), points.end()), dimensions_(dimensions) {
    check_points(points, dimensions);
    const std::size_t n = points.size() / count_of(dimensions);
    TERRARIUM_CHECK(n_clusters >= 1 && count_of(n_clusters) <= n, "There are between 1 and as many groups as points.");
    labels_.assign(n, 0);
    seed(n_clusters, rng);
    make_room();
    assign();
}

KMeans::KMeans(std::span<const double> points, int64_t dimensions, std::span<const double> centres)
    : points_(points.begin(), points.end()), dimensions_(dimensions), centres_(centres.begin(), centres.end()) {
    check_points(points, dimensions);
    check_points(centres, dimensions);
    TERRARIUM_CHECK(centres.size() <= points.size(), "There are between 1 and as many groups as points.");
    labels_.assign(points.size() / count_of(dimensions), 0);
    make_room();
    assign();
}

void KMeans::make_room() {
    sizes_.resize(count_of(n_clusters()));
    sums_.resize(centres_.size());
    farthest_.resize(labels_.size());
    distances_.resize(labels_.size());
}

std::span<const double> KMeans::point(int64_t i) const {
    return std::span<const double>(points_).subspan(count_of(i, dimensions_), count_of(dimensions_));
}

double KMeans::squared_distance(std::span<const double> point, int64_t cluster) const {
    const double* const centre = centres_.data() + cluster * dimensions_;
    double sum = 0.0;
    for (std::size_t d = 0; d < point.size(); ++d) sum += (point[d] - centre[d]) * (point[d] - centre[d]);
    return sum;
}

void KMeans::seed(int64_t n_clusters, Rng& rng) {
    const int64_t n = n_points();
    std::vector<double> nearest_squared(count_of(n));
    for (int64_t cluster = 0; cluster < n_clusters; ++cluster) {
        double total = 0.0;
        for (int64_t i = 0; cluster > 0 && i < n; ++i) {
            double& kept = nearest_squared[count_of(i)];
            const double now = squared_distance(point(i), cluster - 1);
            kept = cluster == 1 ? now : std::min(kept, now);
            total += kept;
        }
        int64_t chosen = 0;
        if (!(total > 0.0)) {  // the first, or every point lies on a centre
            chosen = rng.below(static_cast<uint32_t>(n));
        } else {
            const double draw = rng.uniform() * total;
            double sum = 0.0;
            for (int64_t i = 0; i < n; ++i) {
                if (nearest_squared[count_of(i)] > 0.0) chosen = i;  // rounding at the end means the last possible one
                sum += nearest_squared[count_of(i)];
                if (sum > draw) break;
            }
        }
        const std::span<const double> centre = point(chosen);
        centres_.insert(centres_.end(), centre.begin(), centre.end());
    }
}

int64_t KMeans::nearest(std::span<const double> point) const {
    TERRARIUM_CHECK(point.size() == count_of(dimensions_), "A point has as many numbers as there are dimensions.");
    int64_t best = 0;
    double smallest = squared_distance(point, 0);
    for (int64_t cluster = 1; cluster < n_clusters(); ++cluster) {
        const double distance = squared_distance(point, cluster);
        if (distance < smallest) smallest = distance, best = cluster;
    }
    return best;
}

bool KMeans::assign() {
    bool has_changed = false;
    inertia_ = 0.0;
    for (int64_t i = 0; i < n_points(); ++i) {
        const int64_t label = nearest(point(i));
        has_changed |= label != labels_[count_of(i)];
        labels_[count_of(i)] = label;
        inertia_ += squared_distance(point(i), label);
    }
    return has_changed;
}

void KMeans::fill_empty() {
    if (std::find(sizes_.begin(), sizes_.end(), 0) == sizes_.end()) return;
    for (int64_t i = 0; i < n_points(); ++i) {
        farthest_[count_of(i)] = i;
        distances_[count_of(i)] = squared_distance(point(i), labels_[count_of(i)]);
    }
    std::sort(farthest_.begin(), farthest_.end(), [&](int64_t a, int64_t b) {
        const double da = distances_[count_of(a)], db = distances_[count_of(b)];
        return da != db ? da > db : a < b;
    });
    auto next = farthest_.begin();  // fewer groups than points
    for (int64_t cluster = 0; cluster < n_clusters(); ++cluster) {
        if (sizes_[count_of(cluster)] > 0) continue;
        const std::span<const double> place = point(*next++);
        std::copy(place.begin(), place.end(), centres_.begin() + static_cast<std::ptrdiff_t>(cluster * dimensions_));
        ++reseeded_;
    }
}

bool KMeans::step() {
    std::fill(sizes_.begin(), sizes_.end(), 0);
    std::fill(sums_.begin(), sums_.end(), 0.0);
    for (int64_t i = 0; i < n_points(); ++i) {
        const int64_t label = labels_[count_of(i)];
        ++sizes_[count_of(label)];
        for (int64_t d = 0; d < dimensions_; ++d) {
            sums_[count_of(label * dimensions_ + d)] += points_[count_of(i * dimensions_ + d)];
        }
    }
    for (std::size_t j = 0; j < sums_.size(); ++j) {
        const int64_t size = sizes_[j / count_of(dimensions_)];
        if (size > 0) centres_[j] = sums_[j] / static_cast<double>(size);
    }
    fill_empty();
    ++steps_taken_;
    return assign();
}

}  // namespace terrarium::core
