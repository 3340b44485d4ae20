#include "core/support/union_find.h"

#include <doctest/doctest.h>

#include "core/support/rng.h"

using namespace terrarium::core;

TEST_CASE("union_find: sets are named by their smallest member, whatever the order of the pairs") {
    UnionFind sets(6);
    CHECK(sets.unite(5, 3));
    CHECK(sets.unite(3, 4));
    CHECK_FALSE(sets.unite(4, 5));
    CHECK(sets.find(5) == 3);
    CHECK(sets.find(0) == 0);
    CHECK(sets.unite(1, 4));
    for (size_t i : {1u, 3u, 4u, 5u}) CHECK(sets.find(i) == 1);
    CHECK(sets.find(2) == 2);
    CHECK_THROWS_AS((void)sets.find(6), CheckFailed);
}

TEST_CASE("union_find: agrees with colouring all members again for every pair") {
    Rng rng(3);
    for (int round = 0; round < 50; ++round) {
        constexpr uint32_t kThings = 20;
        UnionFind sets(kThings);
        std::vector<size_t> color(kThings);
        for (size_t i = 0; i < kThings; ++i) color[i] = i;
        for (int pair = 0; pair < 15; ++pair) {
            const size_t a = rng.below(kThings), b = rng.below(kThings);
            const size_t from = std::max(color[a], color[b]), to = std::min(color[a], color[b]);
            CHECK(sets.unite(a, b) == (from != to));
            for (size_t& one : color) one = one == from ? to : one;
        }
        for (size_t i = 0; i < kThings; ++i) CHECK(sets.find(i) == color[i]);
    }
}
