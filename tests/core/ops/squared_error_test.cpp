#include "core/ops/squared_error.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("squared_error: errors of 1 2 and 3 cost 14 thirds") {
    const std::vector<float> output{1, 2, 3}, target{2, 0, 6};
    std::vector<float> d(3);
    CHECK(squared_error_forward<Simd4f>(output, target) == doctest::Approx(14.0 / 3.0).epsilon(1e-15));
    squared_error_backward<Simd4f>(d, output, target, {}, 3.0);
    CHECK(d == std::vector<float>{-2, 4, -6});
}

TEST_CASE("squared_error: what does not count has no error and no gradient, not even as NaN") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> output{1, nan, 3, 100}, target{0, 0, 0, 0};
    const std::vector<uint8_t> counted{1, 0, 1, 0};
    std::vector<float> d(4);
    CHECK(squared_error_forward<Simd4f>(output, target, counted) == 5.0);
    squared_error_backward<Simd4f>(d, output, target, counted);
    CHECK(d == std::vector<float>{1, 0, 3, 0});
    const double error = squared_error_forward<Simd4f>(output, target);
    CHECK(error != error);
}

TEST_CASE("squared_error: huge numbers stay finite in the loss, which is summed in double") {
    const std::vector<float> output{3e38f}, target{-3e38f};
    CHECK(squared_error_forward<Simd4f>(output, target) == doctest::Approx(3.6e77));
}

TEST_CASE("squared_error: backward is the slope, with and without a mask") {
    Rng rng(1);
    std::vector<double> output = random_numbers<double>(11, rng), d(11);
    const std::vector<double> target = random_numbers<double>(11, rng);
    for (const std::vector<uint8_t>& counted : {std::vector<uint8_t>{}, {1, 0, 1, 1, 0, 1, 1, 1, 0, 0, 1}}) {
        squared_error_backward<Scalar4d>(d, output, target, counted, 0.7);
        const auto loss = [&] { return 0.7 * squared_error_forward<Scalar4d>(output, target, counted); };
        CHECK(worst_slope_error(output, d, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("squared_error: lanes agree bit for bit") {
    Rng rng(2);
    const std::vector<float> output = random_numbers<float>(131, rng), target = random_numbers<float>(131, rng);
    std::vector<float> a(131), b(131);
    CHECK(squared_error_forward<Simd4f>(output, target) == squared_error_forward<Scalar4f>(output, target));
    squared_error_backward<Simd4f>(a, output, target);
    squared_error_backward<Scalar4f>(b, output, target);
    CHECK(bits_of(a) == bits_of(b));
}

TEST_CASE("squared_error: wrong sizes and an empty mask are refused") {
    std::vector<float> three(3), four(4);
    CHECK_THROWS_AS((void)squared_error_forward<Simd4f>(three, four), CheckFailed);
    CHECK_THROWS_AS((void)squared_error_forward<Simd4f>(three, three, std::vector<uint8_t>{0, 0, 0}), CheckFailed);
    CHECK_THROWS_AS(squared_error_backward<Simd4f>(four, three, three), CheckFailed);
}
