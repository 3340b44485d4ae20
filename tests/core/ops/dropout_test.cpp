#include "core/ops/dropout.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("dropout: what is kept is divided by 1 - p, the rest is 0") {
    const std::vector<double> x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    std::vector<double> out(10);
    std::vector<uint8_t> kept(10);
    dropout_forward<Scalar4d>(out, kept, x, 0.2, 1);
    for (std::size_t i = 0; i < 10; ++i) {
        // The naive twin: a random number in [0,1) per place, dropped when below p.
        const bool is_kept = static_cast<double>(random_bits_at(1, i) >> 32) * 0x1p-32 >= 0.2;
        CHECK((kept[i] == 1) == is_kept);
        CHECK(out[i] == (is_kept ? x[i] * 1.25 : 0.0));
    }
}

TEST_CASE("dropout: a share of p is dropped and the mean stays") {
    const std::size_t n = 100000;
    const std::vector<float> ones(n, 1.0f);
    std::vector<float> out(n);
    std::vector<uint8_t> kept(n);
    for (const double p : {0.1, 0.5, 0.9}) {
        dropout_forward<Simd4f>(out, kept, ones, p, 7);
        double sum = 0.0, n_kept = 0.0;
        for (std::size_t i = 0; i < n; ++i) sum += static_cast<double>(out[i]), n_kept += kept[i];
        // Five deviations: sqrt(p (1-p) / n) for the share, and that over 1 - p for the mean.
        const double deviation = terrarium::core::sqrt(p * (1.0 - p) / static_cast<double>(n));
        CHECK(absolute(n_kept / static_cast<double>(n) - (1.0 - p)) <= 5.0 * deviation);
        CHECK(absolute(sum / static_cast<double>(n) - 1.0) <= 5.0 * deviation / (1.0 - p));
    }
}

TEST_CASE("dropout: the key alone decides the mask, and another key another one") {
    const std::vector<float> x(1000, 1.0f);
    std::vector<float> out(1000);
    std::vector<uint8_t> a(1000), b(1000), c(1000), start(600);
    dropout_forward<Simd4f>(out, a, x, 0.5, 11);
    dropout_forward<Simd4f>(out, b, x, 0.5, 11);
    dropout_forward<Simd4f>(out, c, x, 0.5, 12);
    CHECK(a == b);
    int n_equal = 0;
    for (std::size_t i = 0; i < 1000; ++i) n_equal += a[i] == c[i];
    CHECK(absolute(n_equal - 500.0) <= 80.0);  // five deviations of sqrt(250)
    // A shorter buffer sees the beginning of the same mask.
    dropout_forward<Simd4f>(std::span(out).first(600), start, std::span(x).first(600), 0.5, 11);
    CHECK(start == std::vector<uint8_t>(a.begin(), a.begin() + 600));
    // A buffer that is a later part of a whole sees its part of the mask.
    dropout_forward<Simd4f>(std::span(out).first(600), start, std::span(x).first(600), 0.5, 11, 400);
    CHECK(start == std::vector<uint8_t>(a.begin() + 400, a.end()));
    for (std::size_t i = 0; i < 1000; ++i) CHECK(is_kept_by_dropout(0.5, 11, i) == (a[i] == 1));
}

TEST_CASE("dropout: p = 0 copies, also in place") {
    Rng rng(2);
    const std::vector<float> x = random_numbers<float>(9, rng);
    std::vector<float> y = x;
    std::vector<uint8_t> kept(9);
    dropout_forward<Simd4f>(y, kept, y, 0.0, 5);
    CHECK(y == x);
    CHECK(kept == std::vector<uint8_t>(9, 1));
}

TEST_CASE("dropout: backward is the slope, also in place") {
    Rng rng(3);
    std::vector<double> x = random_numbers<double>(40, rng), weights = random_numbers<double>(40, rng), d = weights;
    std::vector<double> out(40);
    std::vector<uint8_t> kept(40);
    dropout_forward<Scalar4d>(out, kept, x, 0.3, 99);
    dropout_backward<Scalar4d>(d, d, kept, 0.3);
    const auto loss = [&] {
        dropout_forward<Scalar4d>(out, kept, x, 0.3, 99);
        return weighted_sum(out, weights);
    };
    CHECK(worst_slope_error(x, d, loss) <= kLargestSlopeError);
}

TEST_CASE("dropout: lanes agree bit for bit") {
    Rng rng(4);
    const std::vector<float> x = random_numbers<float>(131, rng);
    std::vector<float> a(131), b(131), d(131), e(131);
    std::vector<uint8_t> kept(131), kept2(131);
    dropout_forward<Simd4f>(a, kept, x, 0.37, 8);
    dropout_forward<Scalar4f>(b, kept2, x, 0.37, 8);
    dropout_backward<Simd4f>(d, x, kept, 0.37);
    dropout_backward<Scalar4f>(e, x, kept2, 0.37);
    CHECK(kept == kept2);
    CHECK(bits_of(a, d) == bits_of(b, e));
}

TEST_CASE("dropout: wrong sizes and probabilities are refused") {
    std::vector<float> three(3), four(4);
    std::vector<uint8_t> kept(4);
    CHECK_THROWS_AS(dropout_forward<Simd4f>(three, kept, four, 0.5, 1), CheckFailed);
    CHECK_THROWS_AS(dropout_forward<Simd4f>(four, kept, four, 1.0, 1), CheckFailed);
    CHECK_THROWS_AS(dropout_backward<Simd4f>(four, four, kept, -0.1), CheckFailed);
}
