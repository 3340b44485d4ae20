#include "core/metrics/descriptive.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Values = std::vector<double>;

}  // namespace

TEST_CASE("descriptive: mean, variance and quantiles of five numbers, by hand") {
    const Values values{2, 4, 4, 5, 10};
    CHECK(mean(values) == 5.0);
    CHECK(variance(values, 0) == doctest::Approx(36.0 / 5));
    CHECK(variance(values, 1) == doctest::Approx(36.0 / 4));
    CHECK(median(Values{10, 2, 4}) == 4.0);
    CHECK(median(Values{10, 2, 4, 5}) == 4.5);
    CHECK(quantile_of_sorted(values, 0.0) == 2.0);
    CHECK(quantile_of_sorted(values, 1.0) == 10.0);
    CHECK(quantile_of_sorted(values, 0.9) == doctest::Approx(5 + 0.6 * 5));
}

TEST_CASE("descriptive: equal values share the mean of their ranks") {
    CHECK(mean_ranks(Values{30, 10, 30, 20, 30}) == Values{4, 1, 4, 2, 4});
    CHECK(tie_correction(Values{30, 10, 30, 20, 30}) == 24.0);  // 3^3 - 3
    CHECK(tie_correction(Values{1, 2, 3}) == 0.0);
}

TEST_CASE("descriptive: ranks always sum to n (n + 1) / 2 and equal a naive count") {
    Rng rng(1);
    for (int run = 0; run < 100; ++run) {
        Values values(1 + rng.below(30));
        for (double& value : values) value = rng.below(10);
        const Values ranks = mean_ranks(values);
        double sum = 0.0;
        for (size_t i = 0; i < values.size(); ++i) {
            const auto below = std::count_if(values.begin(), values.end(), [&](double v) { return v < values[i]; });
            const auto equal = std::count(values.begin(), values.end(), values[i]);
            CHECK(ranks[i] == doctest::Approx(static_cast<double>(below) + static_cast<double>(equal + 1) / 2));
            sum += ranks[i];
        }
        CHECK(sum == doctest::Approx(static_cast<double>(values.size() * (values.size() + 1)) / 2));
    }
}

TEST_CASE("descriptive: what is not defined is NaN or a failed check") {
    CHECK(mean(Values{}) != mean(Values{}));
    CHECK(variance(Values{3}, 1) != variance(Values{3}, 1));
    CHECK(variance(Values{3}, 0) == 0.0);
    CHECK(variance(Values(10, 0.1), 1) == 0.0);  // although ten times 0.1 is not 1
    CHECK_THROWS_AS((void)median(Values{}), CheckFailed);
    CHECK(is_constant(Values{2, 2}));
    CHECK(is_constant(Values{}));
    CHECK_FALSE(is_constant(Values{2, 3}));
}
