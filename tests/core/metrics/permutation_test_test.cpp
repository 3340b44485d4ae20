#include "core/metrics/permutation_test.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace terrarium::core;

namespace {

using Values = std::vector<double>;

}  // namespace

TEST_CASE("permutation_test: three pairs by hand") {
    // Differences 1, 2, 3: only one of 8 sign patterns sums to 6.
    const PermutationTest test = paired_permutation_test(Values{2, 4, 6}, Values{1, 2, 3}).value();
    CHECK(test.statistic == doctest::Approx(2.0));
    CHECK(test.relabellings == 8);
    CHECK(test.at_least == 1);
    CHECK(test.p_value == doctest::Approx(0.25));
    CHECK(paired_permutation_test(Values{1, 2}, Values{1, 2}).value().p_value == 1.0);
}

TEST_CASE("permutation_test: two samples by hand, and swapped") {
    // Of the 10 choices of two from 1..5, only {4, 5} has a larger sum than {3, 5}, and {3, 5} ties with nothing.
    const PermutationTest test = independent_permutation_test(Values{3, 5}, Values{1, 2, 4}).value();
    CHECK(test.relabellings == 10);
    CHECK(test.at_least == 2);
    CHECK(test.p_value == doctest::Approx(0.4));
    CHECK(independent_permutation_test(Values{1, 2, 4}, Values{3, 5}).value().p_value == doctest::Approx(0.4));
}

TEST_CASE("permutation_test: rounding does not split what is equal") {
    // 0.1 + 0.2 and 0.3 differ in their last bit.
    const PermutationTest test = paired_permutation_test(Values{0.1, 0.2, 0.3}, Values{0, 0, 0.6}).value();
    CHECK(test.at_least == 5);  // sums +-0.6 once each and 0 or +-0.2, +-0.4 in pairs: 0.6, 0.4, 0.2, 0, 0
}

TEST_CASE("permutation_test: too many relabellings and broken values are refused") {
    CHECK(paired_permutation_test(Values(25), Values(25)).error().code == "too_many");
    CHECK(independent_permutation_test(Values(40), Values(40)).error().code == "too_many");
    CHECK(paired_permutation_test(Values{1}, Values{2}).error().code == "too_few");
    CHECK(paired_permutation_test(Values{1}, Values{1, 2}).error().code == "unequal_counts");
    CHECK(independent_permutation_test(Values{1, 2}, Values{1}).error().code == "too_few");
    CHECK(paired_permutation_test(Values{std::nan(""), 1}, Values{1, 2}).error().code == "not_finite");
}
