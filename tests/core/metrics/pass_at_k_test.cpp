#include "core/metrics/pass_at_k.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace terrarium::core;

TEST_CASE("pass_at_k: two of five right, drawn twice") {
    // 3 of the 10 pairs hold two wrong samples.
    CHECK(pass_at_k(5, 2, 2).value() == doctest::Approx(0.7));
    CHECK(pass_at_k(5, 2, 1).value() == doctest::Approx(0.4));
    CHECK(pass_at_k(5, 2, 4).value() == 1.0);
    CHECK(pass_at_k(5, 0, 3).value() == 0.0);
}

TEST_CASE("pass_at_k: equals the mean over all draws, and grows with k and c") {
    const uint32_t n = 8;
    for (uint32_t c = 0; c <= n; ++c) {
        double before = 0.0;
        for (uint32_t k = 1; k <= n; ++k) {
            int draws = 0, passed = 0;
            for (uint32_t mask = 0; mask < (1u << n); ++mask) {
                if (static_cast<uint32_t>(__builtin_popcount(mask)) != k) continue;
                ++draws;
                passed += (mask & ((1u << c) - 1u)) != 0 ? 1 : 0;
            }
            const double estimate = pass_at_k(n, c, k).value();
            CHECK(estimate == doctest::Approx(static_cast<double>(passed) / draws));
            CHECK(estimate >= before);
            before = estimate;
        }
    }
}

TEST_CASE("pass_at_k: thousands of samples neither overflow nor vanish") {
    CHECK(pass_at_k(100000, 1, 100).value() == doctest::Approx(0.001).epsilon(1e-9));
}

TEST_CASE("pass_at_k: impossible counts are refused, also within a mean") {
    CHECK(pass_at_k(3, 1, 5).error().code == "bad_option");
    CHECK(pass_at_k(3, 1, 0).error().code == "bad_option");
    CHECK(pass_at_k(int64_t{1} << 60, int64_t{1} << 59, 1).error().code == "too_many");
    CHECK(pass_at_k(3, 4, 1).error().code == "bad_count");
    CHECK(mean_pass_at_k(std::vector<int64_t>{10, 3}, std::vector<int64_t>{5, 1}, 5).error().code == "bad_option");
    CHECK(mean_pass_at_k({}, {}, 1).error().code == "empty");
    CHECK(mean_pass_at_k(std::vector<int64_t>{2, 4}, std::vector<int64_t>{1, 1}, 1).value().mean ==
          doctest::Approx(0.375));
}
