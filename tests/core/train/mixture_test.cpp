#include "core/train/mixture.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;

TEST_CASE("mixture: shares follow the weights, not the sizes, and a weight of 0 is never read") {
    const std::vector<int32_t> small(5, 1), large(1000, 2), unread(1, 3);
    Mixture mixture(
        std::vector<MixtureSource>{{unread, 0.0}, {small, 3.0}, {unread, 0.0}, {large, 1.0}, {unread, 0.0}});
    CHECK(mixture.share(1) == 0.75);
    Rng rng(1);
    std::vector<int32_t> inputs(8 * 4), targets(8 * 4);
    int64_t ones = 0;
    for (int i = 0; i < 500; ++i) {
        mixture.sample(inputs, targets, 8, 4, rng);
        for (std::size_t b = 0; b < 8; ++b) {
            ones += inputs[b * 4] == 1;
            for (std::size_t t = 0; t < 4; ++t) CHECK(inputs[b * 4 + t] == inputs[b * 4]);  // one window, one source
        }
    }
    CHECK(mixture.windows_read()[1] == ones);
    CHECK(mixture.windows_read()[1] + mixture.windows_read()[3] == 4000);
    // A share of 0.75 among 4000 draws has a deviation of 0.0068; five of them.
    CHECK(absolute(static_cast<double>(ones) / 4000.0 - 0.75) < 0.035);
}

TEST_CASE("mixture: same seed, same windows, and counts can be kept") {
    std::vector<int32_t> a(50), b(50);
    for (int i = 0; i < 50; ++i) a[static_cast<std::size_t>(i)] = i, b[static_cast<std::size_t>(i)] = 100 + i;
    const std::vector<MixtureSource> sources{{a, 1.0}, {b, 1.0}};
    const auto read = [&] {
        Mixture mixture(sources);
        Rng rng(7);
        std::vector<int32_t> inputs(12), targets(12);
        mixture.sample(inputs, targets, 4, 3, rng);
        for (std::size_t i = 0; i < 12; ++i) CHECK(targets[i] == inputs[i] + 1);
        return inputs;
    };
    CHECK(read() == read());
    Mixture mixture(sources);
    mixture.restore(std::vector<int64_t>{5, 6});
    CHECK(mixture.windows_read()[1] == 6);
}

TEST_CASE("mixture: what cannot be is refused") {
    const std::vector<int32_t> ids(5);
    CHECK_THROWS_AS(Mixture(std::vector<MixtureSource>{}), CheckFailed);
    CHECK_THROWS_AS(Mixture(std::vector<MixtureSource>{{ids, 0.0}}), CheckFailed);
    CHECK_THROWS_AS(Mixture(std::vector<MixtureSource>{{ids, -1.0}, {ids, 2.0}}), CheckFailed);
    Mixture mixture(std::vector<MixtureSource>{{ids, 1.0}});
    Rng rng(1);
    std::vector<int32_t> inputs(5), targets(5);
    CHECK_THROWS_AS(mixture.sample(inputs, targets, 1, 5, rng), CheckFailed);  // 6 tokens are needed
}
