// k-means: groups points by themselves, without labels. Every group has a centre; every point belongs to the nearest.
//
//   seeding (k-means++): the first centre is any point, each further one a point drawn with a probability that grows
//   with its squared distance from the centres so far one step (Lloyd): every centre moves to the mean of its points,
//   then every point joins its nearest centre
//
// Each step lowers the inertia, the sum of squared distances to the own centre, so the steps end, in a good grouping
// but not always the best: other seeds may end elsewhere. Of equally near centres the first counts. A centre that has
// lost all its points is put on the point that lies farthest from its own centre, of equals the first; with two empty
// centres the second takes the next one. Sources: Lloyd, Least Squares Quantization in PCM (1982); Arthur &
// Vassilvitskii, k-means++ (2007).

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/rng.h"

namespace terrarium::core {

class KMeans {
public:
    /// Seeds by k-means++ and gives every point its first group.
    /// points  [n,dimensions] row-major, copied. Checks: 1 <= n_clusters <= n, all finite.
    KMeans(std::span<const double> points, int64_t dimensions, int64_t n_clusters, Rng& rng);

    /// The same from given centres [n_clusters,dimensions].
    KMeans(std::span<const double> points, int64_t dimensions, std::span<const double> centres);

    /// One step. False when no point changed its group: the grouping is final.
    bool step();

    [[nodiscard]] int64_t n_points() const { return static_cast<int64_t>(labels_.size()); }
    [[nodiscard]] int64_t n_clusters() const { return static_cast<int64_t>(centres_.size()) / dimensions_; }
    [[nodiscard]] std::span<const int64_t> labels() const { return labels_; }   ///< [n] in 0..n_clusters-1
    [[nodiscard]] std::span<const double> centres() const { return centres_; }  ///< [n_clusters,dimensions]
    [[nodiscard]] double inertia() const { return inertia_; }
    [[nodiscard]] int64_t steps_taken() const { return steps_taken_; }
    [[nodiscard]] int64_t reseeded() const { return reseeded_; }  ///< how often an empty centre was put elsewhere

    /// The group that a point would join. Checks: size.
    [[nodiscard]] int64_t nearest(std::span<const double> point) const;

private:
    [[nodiscard]] std::span<const double> point(int64_t i) const;
    [[nodiscard]] double squared_distance(std::span<const double> point, int64_t cluster) const;
    void seed(int64_t n_clusters, Rng& rng);
    bool assign();     ///< true when a label changed
    void make_room();  ///< for step()
    void fill_empty();

    std::vector<double> points_;
    int64_t dimensions_ = 1;
    std::vector<double> centres_;
    std::vector<int64_t> labels_;
    double inertia_ = 0.0;
    int64_t steps_taken_ = 0, reseeded_ = 0;
    std::vector<int64_t> sizes_, farthest_;  ///< scratch of step(): points per group; points, the farthest first
    std::vector<double> sums_, distances_;   ///< scratch of step(): of each group's points; of each point to its centre
};

}  // namespace terrarium::core
