#include "core/train/batches.h"

#include <doctest/doctest.h>

#include <numeric>
#include <vector>

#include "core/support/check.h"

using namespace terrarium::core;

TEST_CASE("batches: targets are the inputs one token later, and every start occurs") {
    std::vector<int32_t> ids(9), inputs(6), targets(6);
    std::iota(ids.begin(), ids.end(), 0);
    Rng rng(1);
    std::vector<int> starts(7);
    for (int i = 0; i < 200; ++i) {
        sample_batch(inputs, targets, ids, 2, 3, rng);
        for (const std::size_t b : {0u, 3u}) {
            for (std::size_t t = 0; t < 3; ++t) {
                CHECK(inputs[b + t] == inputs[b] + static_cast<int32_t>(t));
                CHECK(targets[b + t] == inputs[b + t] + 1);
            }
            ++starts[static_cast<std::size_t>(inputs[b])];
        }
    }
    for (int start = 0; start <= 5; ++start) CHECK(starts[static_cast<std::size_t>(start)] > 0);
    CHECK(starts[6] == 0);  // its last target would lie behind the text
}

TEST_CASE("batches: spread windows reach from the first to the last token") {
    std::vector<int32_t> ids(100), inputs(12), targets(12);
    std::iota(ids.begin(), ids.end(), 0);
    spread_batch(inputs, targets, ids, 3, 4);
    CHECK(inputs[0] == 0);
    CHECK(targets[11] == 99);
}

TEST_CASE("batches: a text shorter than a window is refused") {
    std::vector<int32_t> ids(3), inputs(3), targets(3);
    Rng rng(1);
    CHECK_THROWS_AS(sample_batch(inputs, targets, ids, 1, 3, rng), CheckFailed);
}

TEST_CASE("validation_start: the last tenth") {
    CHECK(validation_start(1000, 0.1) == 900);
    CHECK(validation_start(5, 0.1) == 5);
    CHECK(validation_start(0, 0.5) == 0);
}
