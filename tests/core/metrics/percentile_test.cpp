#include "core/metrics/percentile.h"

#include <doctest/doctest.h>

#include <vector>

#include "core/support/check.h"

using namespace terrarium::core;

TEST_CASE("percentile: between neighbours it is linear, by hand") {
    const std::vector<double> numbers{1, 2, 4};
    CHECK(percentile(numbers, 0) == 1);
    CHECK(percentile(numbers, 0.25) == 1.5);
    CHECK(percentile(numbers, 0.5) == 2);
    CHECK(percentile(numbers, 0.75) == 3);
    CHECK(percentile(numbers, 1) == 4);
    CHECK(percentile(std::vector<double>{7}, 0.3) == 7);
    CHECK_THROWS_AS((void)percentile(std::vector<double>{}, 0.5), CheckFailed);
    CHECK_THROWS_AS((void)percentile(numbers, 1.1), CheckFailed);
}
