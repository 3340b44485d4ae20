#include "core/support/sort_numbers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

TEST_CASE("sort_numbers: few and many numbers end as std::sort leaves them") {
    Rng rng(1);
    for (const size_t n : {size_t{0}, size_t{1}, size_t{2}, size_t{100}, size_t{4095}, size_t{4096}, size_t{50000}}) {
        std::vector<double> values(n);
        for (double& value : values) value = rng.normal() * std::exp(100.0 * (rng.uniform() - 0.5));
        std::vector<double> expected = values;
        std::sort(expected.begin(), expected.end());
        sort_numbers(values);
        CHECK(values == expected);
    }
}

TEST_CASE("sort_numbers: many equal, tiny, infinite and signed zero values have their places") {
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<double> kinds{infinity, 1.0, 5e-324, 0.0, -0.0, -5e-324, -1.0, -1e300, -infinity};
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) values.insert(values.end(), kinds.begin(), kinds.end());
    sort_numbers(values);
    CHECK(std::is_sorted(values.begin(), values.end()));
    CHECK(values.front() == -infinity);
    CHECK(std::signbit(values[4999]));        // the last -0 ...
    CHECK_FALSE(std::signbit(values[5000]));  // ... before the first 0
    CHECK(values.back() == infinity);
}
