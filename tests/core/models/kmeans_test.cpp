#include "core/models/kmeans.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "classical_points.h"
#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

std::vector<int64_t> labels_of(const KMeans& k) { return {k.labels().begin(), k.labels().end()}; }

}  // namespace

TEST_CASE("kmeans: four points on a line, by hand") {
    KMeans k(std::vector<double>{0, 1, 9, 10}, 1, std::vector<double>{0, 1});
    CHECK(labels_of(k) == std::vector<int64_t>{0, 1, 1, 1});
    CHECK(k.inertia() == 0.0 + 0.0 + 64.0 + 81.0);
    CHECK(k.step());  // centres 0 and 20/3: the point 1 changes
    CHECK(labels_of(k) == std::vector<int64_t>{0, 0, 1, 1});
    CHECK_FALSE(k.step());
    CHECK(k.centres()[0] == 0.5);
    CHECK(k.centres()[1] == 9.5);
    CHECK(k.inertia() == 1.0);
    CHECK(k.steps_taken() == 2);
    CHECK(k.nearest(std::vector<double>{5.0}) == 0);  // equally near: the first
}

TEST_CASE("kmeans: inertia never rises, and ends where every point is with its nearest mean") {
    const ClassicalPoints points;
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        Rng rng(seed);
        KMeans k(points.x, 3, 5, rng);
        double before = k.inertia();
        while (k.step()) {
            CHECK(k.inertia() <= before);
            before = k.inertia();
        }
        for (int64_t i = 0; i < 40; ++i) {
            const std::span<const double> point =
                std::span<const double>(points.x).subspan(static_cast<std::size_t>(i * 3), 3);
            CHECK(k.nearest(point) == k.labels()[static_cast<std::size_t>(i)]);
        }
    }
}

TEST_CASE("kmeans: seeding by distance finds far groups that even choices often miss") {
    std::vector<double> points;
    for (int i = 0; i < 300; ++i) points.push_back(0.001 * i);             // one crowded place
    for (const double far : {100.0, 200.0, 300.0}) points.push_back(far);  // three lonely ones
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        Rng rng(seed);
        KMeans k(points, 1, 4, rng);
        while (k.step()) {
        }
        CHECK(k.inertia() < 10.0);
    }
}

TEST_CASE("kmeans: a centre without points goes to the farthest point") {
    KMeans k(std::vector<double>{0, 1, 2, 50}, 1, std::vector<double>{0, 1000, 2000});
    CHECK(labels_of(k) == std::vector<int64_t>{0, 0, 0, 0});
    k.step();  // mean 13.25; the farthest are 50 and then 0
    CHECK(k.reseeded() == 2);
    CHECK(k.centres()[1] == 50.0);
    CHECK(k.centres()[2] == 0.0);
    while (k.step()) {
    }
    CHECK(k.inertia() <= 0.5);
    CHECK(k.reseeded() == 3);  // then the first centre, at 13.25, has lost all
}

TEST_CASE("kmeans: points that are all the same end at once, whatever the number of groups") {
    Rng rng(1);
    KMeans k(std::vector<double>(10, 3.0), 2, 3, rng);
    CHECK_FALSE(k.step());
    CHECK(k.inertia() == 0.0);
}

TEST_CASE("kmeans: ends where scikit-learn ends") {
    const ClassicalPoints points;
    KMeans k(points.x, 3, std::span<const double>(points.x).first(12));
    while (k.step()) {
    }
    CHECK(k.inertia() == doctest::Approx(68.8202672354).epsilon(1e-11));
    const std::vector<double> centres{-1.40096618357,  0.376811594203, 0.647342995169,  0.95652173913,
                                      -0.755852842809, 0.434782608696, -0.817391304348, -0.539130434783,
                                      -1.2347826087,   0.434782608696, 1.21739130435,   -1.17391304348};
    for (std::size_t i = 0; i < 12; ++i) CHECK(k.centres()[i] == doctest::Approx(centres[i]).epsilon(1e-10));
    CHECK(labels_of(k) == std::vector<int64_t>{0, 1, 2, 3, 3, 2, 2, 2, 1, 3, 0, 3, 2, 1, 1, 0, 1, 0, 1, 1,
                                               0, 1, 0, 0, 1, 2, 3, 3, 2, 2, 2, 1, 3, 0, 3, 2, 1, 1, 0, 1});
}

TEST_CASE("kmeans: what cannot be is refused") {
    Rng rng(1);
    const std::vector<double> three(3);
    CHECK_THROWS_AS(KMeans(three, 1, 4, rng), CheckFailed);
    CHECK_THROWS_AS(KMeans(three, 2, 1, rng), CheckFailed);
    CHECK_THROWS_AS(KMeans(std::vector<double>{std::numeric_limits<double>::infinity()}, 1, 1, rng), CheckFailed);
}
