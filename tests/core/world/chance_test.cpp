#include "core/world/chance.h"

#include <doctest/doctest.h>

#include <array>

using terrarium::core::world::Chance;

TEST_CASE("world chance: possibilities come as often as their probabilities say, impossible ones never") {
    Chance chance(3);
    constexpr std::array<double, 4> kShares{0.5, 0.0, 0.3, 0.2};
    std::array<int32_t, 4> n{};
    for (int i = 0; i < 20'000; ++i) {
        ++n[static_cast<std::size_t>(chance.pick(4, [&](int32_t k) { return kShares[static_cast<std::size_t>(k)]; }))];
    }
    CHECK(n[0] / 20'000.0 == doctest::Approx(0.5).epsilon(0.03));
    CHECK(n[1] == 0);
    CHECK(n[2] / 20'000.0 == doctest::Approx(0.3).epsilon(0.05));
    CHECK(n[3] / 20'000.0 == doctest::Approx(0.2).epsilon(0.06));
}

TEST_CASE("world chance: a near-copy makes the same choices and about a third of the wordings anew") {
    int32_t n_same_choices = 0, n_same_wordings = 0, n = 0;
    for (uint64_t key = 0; key < 200; ++key) {
        Chance original(key), copy(key, key + 1000);
        for (int i = 0; i < 10; ++i, ++n) {
            n_same_choices += original.below(50) == copy.below(50) ? 1 : 0;
            n_same_wordings += original.wording(50) == copy.wording(50) ? 1 : 0;
        }
    }
    CHECK(n_same_choices == n);
    // Two thirds stay, and of the others one in 50 is drawn again by chance.
    CHECK(static_cast<double>(n_same_wordings) / n == doctest::Approx(2.0 / 3 + 1.0 / 3 / 50).epsilon(0.06));
}

TEST_CASE("world chance: wordings do not depend on how many other choices were made") {
    Chance one(7), other(7);
    for (int i = 0; i < 5; ++i) (void)other.below(9);
    CHECK(one.wording(1000) == other.wording(1000));
}

TEST_CASE("world chance: a script decides, then zeros, and tells what it was asked") {
    Chance chance(std::vector<int32_t>{2, 1});
    CHECK(chance.below(5) == 2);
    CHECK(chance.wording(3) == 1);
    CHECK(chance.pick(4, [](int32_t) { return 0.25; }) == 0);
    REQUIRE(chance.made().size() == 3);
    CHECK(chance.made()[1].n == 3);
}
