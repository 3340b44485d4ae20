// How good a grouping is: by the points themselves (internal), or compared with another grouping (external).
//
// Labels only say who is together; their values do not matter. Distances are Euclidean. Conventions are scikit-learn's.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// Points and the cluster of each.
struct ClusteredPoints {
    std::span<const double> points;  ///< [n,dimensions] row-major, finite
    int64_t dimensions = 0;
    std::span<const int64_t> labels;  ///< [n]
};

struct Silhouette {
    std::vector<double> samples;  ///< [n] (b - a) / max(a, b), in -1..1; 0 in a cluster of one, and for 0/0
    std::vector<double> inner;    ///< [n] a: mean distance to the others of the own cluster
    std::vector<double> outer;    ///< [n] b: mean distance to the nearest other cluster
    double score = 0;             ///< mean of samples
};

/// Compares every pair of points: n^2 steps by definition. Refuses sizes that do not fit, NaN and infinite values, more
/// than 30,000 points, and unless 2 <= clusters <= n - 1.
/// Source: Rousseeuw, Silhouettes (1987).
[[nodiscard]] Result<Silhouette> silhouette(const ClusteredPoints& data);

/// Mean over clusters of the worst (spread + spread) / distance of centres; smaller is better. 0 when all spreads or
/// all distances are 0. Refuses as silhouette() does. Source: Davies & Bouldin, A Cluster Separation Measure (1979).
[[nodiscard]] Result<double> davies_bouldin(const ClusteredPoints& data);

/// Variance between clusters over variance within; larger is better, and 1 when there is none within.
/// Source: Calinski & Harabasz, A Dendrite Method for Cluster Analysis (1974).
[[nodiscard]] Result<double> calinski_harabasz(const ClusteredPoints& data);

/// Ordered pairs of samples, split by whether each grouping puts them together.
struct PairCounts {
    double both = 0;       ///< together in both
    double only_true = 0;  ///< together in the first alone
    double only_pred = 0;  ///< together in the second alone
    double neither = 0;
};

/// Two groupings of the same samples, compared. Nats where a unit is meant.
struct ClusterComparison {
    PairCounts pairs;
    double rand = 0;           ///< share of pairs that both treat alike
    double adjusted_rand = 0;  ///< 0 expected by chance, 1 for equal groupings
    double fowlkes_mallows = 0;
    double mutual_information_nats = 0;
    double expected_information_nats = 0;  ///< of random groupings with these cluster sizes
    double entropy_true_nats = 0;
    double entropy_pred_nats = 0;
    double nmi = 0;           ///< information over the mean of the entropies
    double ami = 0;           ///< the same after the expected information is taken off
    double homogeneity = 0;   ///< each cluster holds one class only
    double completeness = 0;  ///< each class is in one cluster only
    double v_measure = 0;     ///< harmonic mean of the two
};

/// Refuses nothing at all, unequal lengths, and more than 20 million pairs of groups.
/// Source: Hubert & Arabie, Comparing Partitions (1985); Vinh, Epps & Bailey, Information Theoretic Measures for
/// Clusterings Comparison (2010); Rosenberg & Hirschberg, V-Measure (2007); Fowlkes & Mallows (1983).
[[nodiscard]] Result<ClusterComparison> compare_clusterings(std::span<const int64_t> labels_true,
                                                            std::span<const int64_t> labels_pred);

}  // namespace terrarium::core
