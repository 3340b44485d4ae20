#include "core/metrics/chi_square.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace terrarium::core;

namespace {

using Values = std::vector<double>;
using Counts = std::vector<int64_t>;

}  // namespace

TEST_CASE("chi_square: a die by hand, and its terms add up") {
    const ChiSquareTest test = chi_square_fit(Values{16, 18, 16, 14, 12, 12}, {}).value();
    CHECK(test.statistic == doctest::Approx(2.0));
    CHECK(test.degrees_of_freedom == 5);
    double sum = 0.0;
    for (const double term : test.terms) sum += term;
    CHECK(sum == doctest::Approx(test.statistic));
    // Two cells: chi-square with one degree of freedom is the square of a normal, here 2 sigma.
    CHECK(chi_square_fit(Values{60, 40}, {}).value().p_value == doctest::Approx(0.04550026).epsilon(1e-6));
}

TEST_CASE("chi_square: independence of a two by two table, with and without Yates' correction") {
    // Expected 15 everywhere, each off by 5: 4 * 25 / 15, or 4 * 4.5^2 / 15 corrected.
    const Values table{20, 10, 10, 20};
    CHECK(chi_square_independence(table, 2, false).value().statistic == doctest::Approx(100.0 / 15));
    CHECK(chi_square_independence(table, 2, true).value().statistic == doctest::Approx(81.0 / 15));
    CHECK(chi_square_independence(Values{3, 1}, 2, true).value().p_value == 1.0);
    // A difference below one half vanishes instead of changing sides.
    CHECK(chi_square_independence(Values{1, 1, 1, 1}, 2, true).value().statistic == 0.0);
}

TEST_CASE("chi_square: a category that the reference lacks is infinitely surprising; one category says nothing") {
    const ChiSquareTest surprise = chi_square_drift(Counts{2, 0}, Counts{1, 1});
    CHECK(surprise.statistic == std::numeric_limits<double>::infinity());
    CHECK(surprise.p_value == 0.0);
    const ChiSquareTest nothing = chi_square_drift(Counts{5}, Counts{7});
    CHECK(nothing.statistic == 0.0);
    CHECK(nothing.p_value != nothing.p_value);
    CHECK(chi_square_drift(Counts{10, 30}, Counts{1, 3}).p_value == 1.0);
}

TEST_CASE("chi_square: counts that cannot be tested are refused") {
    CHECK(chi_square_fit(Values{}, {}).error().code == "empty");
    CHECK(chi_square_fit(Values{1, 2}, Values{1, 3}).error().code == "unequal_sums");
    CHECK(chi_square_fit(Values{1, -2}, {}).error().code == "negative");
    CHECK(chi_square_fit(Values{1, 2}, Values{3}).error().code == "unequal_counts");
    CHECK(chi_square_independence(Values{0, 0, 1, 2}, 2, true).error().code == "empty");
    CHECK(chi_square_independence(Values{1, 2, 3}, 2, true).error().code == "empty");
}
