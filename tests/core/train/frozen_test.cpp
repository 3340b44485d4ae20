#include "core/train/frozen.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/train/adamw.h"
#include "core/train/sgd.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

std::vector<IndexRange> listed(const Frozen& frozen) { return {frozen.ranges().begin(), frozen.ranges().end()}; }

}  // namespace

TEST_CASE("frozen: ranges are kept sorted and merged") {
    Frozen frozen;
    frozen.freeze({8, 10});
    frozen.freeze({2, 4});
    frozen.freeze({5, 5});
    CHECK(listed(frozen) == std::vector<IndexRange>{{2, 4}, {8, 10}});
    frozen.freeze({4, 6});
    CHECK(listed(frozen) == std::vector<IndexRange>{{2, 6}, {8, 10}});
    frozen.freeze({1, 9});
    CHECK(listed(frozen) == std::vector<IndexRange>{{1, 10}});
    CHECK_THROWS_AS(frozen.freeze({3, 2}), CheckFailed);
}

TEST_CASE("frozen: what is free lies between, and ranges past the end do no harm") {
    Frozen frozen;
    frozen.freeze({0, 2});
    frozen.freeze({5, 6});
    frozen.freeze({9, 30});
    std::vector<IndexRange> free;
    frozen.for_each_free(10, [&](std::size_t begin, std::size_t end) { free.push_back({begin, end}); });
    CHECK(free == std::vector<IndexRange>{{2, 5}, {6, 9}});
    CHECK(frozen.free_count(10) == 6);
    CHECK(frozen.free_count(1) == 0);
    std::vector<float> gradients(10, 1.0f);
    frozen.clear(std::span<float>(gradients));
    CHECK(gradients == std::vector<float>{0, 0, 1, 1, 1, 0, 1, 1, 1, 0});
    frozen.thaw_all();
    CHECK(frozen.free_count(10) == 10);
}

TEST_CASE("frozen: parameters and moments stand still, all others step as without") {
    Rng rng(1);
    const std::vector<float> start = random_numbers<float>(23, rng), g = random_numbers<float>(23, rng);
    Frozen frozen;
    frozen.freeze({3, 9});
    frozen.freeze({14, 15});
    const auto is_frozen = [](std::size_t i) { return (i >= 3 && i < 9) || i == 14; };
    const auto run = [&](auto part, auto whole) {
        std::vector<float> p = start, q = start;
        for (int t = 0; t < 3; ++t) {
            part.step(p, g, 0.1, frozen);
            whole.step(q, g, 0.1);
        }
        for (std::size_t i = 0; i < 23; ++i) CHECK(p[i] == (is_frozen(i) ? start[i] : q[i]));
        return part.state();
    };
    const AdamWState<Simd4f> adam = run(AdamW<Simd4f>(23), AdamW<Simd4f>(23));
    for (std::size_t i = 0; i < 23; ++i) {
        CHECK((adam.mean[i] == 0.0f) == is_frozen(i));
        CHECK((adam.square[i] == 0.0f) == is_frozen(i));
    }
    const SgdState<Simd4f> sgd = run(Sgd<Simd4f>(23, {.momentum = 0.9}), Sgd<Simd4f>(23, {.momentum = 0.9}));
    for (std::size_t i = 0; i < 23; ++i) CHECK((sgd.velocity[i] == 0.0f) == is_frozen(i));
}
