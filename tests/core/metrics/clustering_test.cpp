#include "core/metrics/clustering.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Labels = std::vector<int64_t>;
using Values = std::vector<double>;

ClusterComparison compare(const Labels& a, const Labels& b) { return compare_clusterings(a, b).value(); }

}  // namespace

TEST_CASE("clustering: silhouettes of three points on a line, by hand") {
    const Labels labels{0, 0, 1};
    const Silhouette result = silhouette({Values{0, 1, 3}, 1, labels}).value();
    CHECK(result.samples[0] == doctest::Approx((3.0 - 1.0) / 3.0));
    CHECK(result.samples[1] == doctest::Approx((2.0 - 1.0) / 2.0));
    CHECK(result.samples[2] == 0.0);  // alone
    CHECK(result.score == doctest::Approx((2.0 / 3 + 0.5) / 3));
}

TEST_CASE("clustering: spreads and centres of four points, by hand") {
    const Labels labels{7, 7, 9, 9};
    const Values points{0, 2, 10, 12};
    CHECK(davies_bouldin({points, 1, labels}).value() == doctest::Approx((1.0 + 1.0) / 10.0));
    // Between: 4 * 5^2 = 100, within: 4 * 1, so 100 / 1 over 4 / 2.
    CHECK(calinski_harabasz({points, 1, labels}).value() == doctest::Approx(100.0 / 1.0 / (4.0 / 2.0)));
    CHECK(calinski_harabasz({Values{1, 1, 3, 3}, 1, labels}).value() == 1.0);
    CHECK(davies_bouldin({Values{1, 1, 3, 3}, 1, labels}).value() == 0.0);
}

TEST_CASE("clustering: equal groupings are 1 in every measure, whatever the labels are called") {
    const ClusterComparison c = compare({5, 5, 1, 1, 2}, {0, 0, 8, 8, -3});
    for (const double score :
         {c.rand, c.adjusted_rand, c.fowlkes_mallows, c.nmi, c.ami, c.homogeneity, c.completeness, c.v_measure}) {
        CHECK(score == doctest::Approx(1.0));
    }
}

TEST_CASE("clustering: pairs of five samples counted by hand") {
    // {0,1},{2,3,4} against {0,1,2},{3,4}: ordered pairs together in both: 01, 34, each twice.
    const ClusterComparison c = compare({0, 0, 1, 1, 1}, {0, 0, 0, 1, 1});
    CHECK(c.pairs.both == 4.0);
    CHECK(c.pairs.only_true == 4.0);
    CHECK(c.pairs.only_pred == 4.0);
    CHECK(c.pairs.neither == 8.0);
    CHECK(c.rand == doctest::Approx(12.0 / 20));
    CHECK(c.fowlkes_mallows == doctest::Approx(0.5));
}

TEST_CASE("clustering: comparison is symmetric, in range, and near 0 for chance once adjusted") {
    Rng rng(1);
    double ari_sum = 0.0, ami_sum = 0.0;
    constexpr int kRuns = 200;
    for (int run = 0; run < kRuns; ++run) {
        Labels a(20), b(20);
        for (size_t i = 0; i < a.size(); ++i) a[i] = rng.below(3), b[i] = rng.below(4);
        const ClusterComparison ab = compare(a, b), ba = compare(b, a);
        CHECK(ab.adjusted_rand == doctest::Approx(ba.adjusted_rand));
        CHECK(ab.ami == doctest::Approx(ba.ami));
        CHECK(ab.homogeneity == doctest::Approx(ba.completeness));
        CHECK(ab.nmi == doctest::Approx(ab.v_measure));
        CHECK(ab.mutual_information_nats <= ab.entropy_true_nats + 1e-12);
        CHECK(ab.pairs.both + ab.pairs.only_true + ab.pairs.only_pred + ab.pairs.neither == 380.0);
        ari_sum += ab.adjusted_rand;
        ami_sum += ab.ami;
    }
    // Standard deviation of one is about 0.06, of the mean of 200 about 0.005.
    CHECK(std::fabs(ari_sum / kRuns) < 0.025);
    CHECK(std::fabs(ami_sum / kRuns) < 0.025);
}

TEST_CASE("clustering: scores of points do not change when space is turned") {
    Rng rng(2);
    Values points, turned;
    Labels labels;
    for (int i = 0; i < 30; ++i) {
        const double x = rng.normal() + (i % 3) * 4, y = rng.normal();
        points.insert(points.end(), {x, y});
        turned.insert(turned.end(), {0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y});
        labels.push_back(i % 3);
    }
    CHECK(silhouette({points, 2, labels}).value().score ==
          doctest::Approx(silhouette({turned, 2, labels}).value().score));
    CHECK(davies_bouldin({points, 2, labels}).value() == doctest::Approx(davies_bouldin({turned, 2, labels}).value()));
    CHECK(calinski_harabasz({points, 2, labels}).value() ==
          doctest::Approx(calinski_harabasz({turned, 2, labels}).value()));
}

TEST_CASE("clustering: one cluster, as many as points, and broken input are refused") {
    const Labels same{1, 1, 1}, all{1, 2, 3}, fine{1, 1, 2};
    CHECK(silhouette({Values{0, 1, 2}, 1, same}).error().code == "cluster_count");
    CHECK(davies_bouldin({Values{0, 1, 2}, 1, all}).error().code == "cluster_count");
    CHECK(calinski_harabasz({Values{0, 1, 2, 3}, 1, fine}).error().code == "unequal_counts");
    CHECK(silhouette({Values{0, 1, std::numeric_limits<double>::quiet_NaN()}, 1, fine}).error().code == "not_finite");
    Labels distinct(40000);
    for (size_t i = 0; i < distinct.size(); ++i) distinct[i] = static_cast<int64_t>(i);
    CHECK(compare_clusterings(distinct, distinct).error().code == "too_many_labels");
    distinct[0] = 1;
    CHECK(silhouette({Values(40000), 1, distinct}).error().code == "too_many");
    CHECK(compare_clusterings(Labels{}, Labels{}).error().code == "empty");
}
