#include "core/ops/rotary.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

/// Two texts of 5 tokens, 2 heads of 6 numbers.
constexpr int kBatch = 2, kTime = 5, kWidth = 12, kHeads = 2, kHeadSize = 6;

template <class L>
std::vector<typename L::Scalar> table_of(int n_positions, int head_size) {
    std::vector<typename L::Scalar> table(count_of(n_positions, head_size));
    fill_rotary_table<L>(table, n_positions, head_size);
    return table;
}

/// Query . key of one head of size D after turning the query at one position and the key at another.
double score(int query_position, int key_position) {
    constexpr int D = 8;
    Rng rng(3);
    const std::vector<double> query = random_numbers<double>(D, rng), key = random_numbers<double>(D, rng);
    const std::vector<double> table = table_of<Scalar4d>(100, D);
    std::vector<double> a(3 * D), b(3 * D);
    std::copy(query.begin(), query.end(), a.begin());
    std::copy(key.begin(), key.end(), b.begin() + D);
    rotary_forward<Scalar4d>(a, table, 1, 1, D, 1, query_position);
    rotary_forward<Scalar4d>(b, table, 1, 1, D, 1, key_position);
    double sum = 0.0;
    for (std::size_t i = 0; i < D; ++i) sum += a[i] * b[D + i];
    return sum;
}

}  // namespace

TEST_CASE("rotary: position 1 turns the first pair by one radian and the second of two by a hundredth") {
    std::vector<double> qkv{1, 0, 1, 0, 0, 1, 0, 1, 5, 6, 7, 8};  // D = 4: one query, one key, one value
    rotary_forward<Scalar4d>(qkv, table_of<Scalar4d>(2, 4), 1, 1, 4, 1, 1);
    CHECK(qkv[0] == doctest::Approx(0.5403023058681398).epsilon(1e-14));    // cos 1
    CHECK(qkv[1] == doctest::Approx(0.8414709848078965).epsilon(1e-14));    // sin 1
    CHECK(qkv[2] == doctest::Approx(0.9999500004166653).epsilon(1e-14));    // cos 0.01
    CHECK(qkv[3] == doctest::Approx(0.009999833334166664).epsilon(1e-13));  // sin 0.01
    CHECK(qkv[4] == doctest::Approx(-0.8414709848078965).epsilon(1e-14));
    CHECK(qkv[5] == doctest::Approx(0.5403023058681398).epsilon(1e-14));
    CHECK(std::vector<double>(qkv.begin() + 8, qkv.end()) == std::vector<double>{5, 6, 7, 8});  // the value stays
}

TEST_CASE("rotary: equals the formula written out naively") {
    Rng rng(1);
    const std::vector<double> before = random_numbers<double>(kBatch * kTime * 3 * kWidth, rng);
    std::vector<double> qkv = before;
    rotary_forward<Scalar4d>(qkv, table_of<Scalar4d>(9, kHeadSize), kBatch, kTime, kWidth, kHeads, 3);
    for (int b = 0; b < kBatch; ++b) {
        for (int t = 0; t < kTime; ++t) {
            for (int part = 0; part < 3; ++part) {
                for (int c = 0; c < kWidth; c += 2) {
                    const std::size_t at = count_of(((b * kTime + t) * 3 + part) * kWidth + c);
                    const double rate = terrarium::core::pow(10000.0, -(c % kHeadSize) / 6.0);
                    const double angle = part == 2 ? 0.0 : (t + 3) * rate;
                    const double cosine = terrarium::core::cos(angle), sine = terrarium::core::sin(angle);
                    CHECK(qkv[at] == doctest::Approx(before[at] * cosine - before[at + 1] * sine).epsilon(1e-12));
                    CHECK(qkv[at + 1] == doctest::Approx(before[at] * sine + before[at + 1] * cosine).epsilon(1e-12));
                }
            }
        }
    }
}

TEST_CASE("rotary: a score depends on the distance alone") {
    CHECK(score(7, 4) == doctest::Approx(score(3, 0)).epsilon(1e-12));
    CHECK(score(99, 96) == doctest::Approx(score(3, 0)).epsilon(1e-12));
    CHECK(score(7, 7) == doctest::Approx(score(0, 0)).epsilon(1e-12));
    CHECK(score(7, 4) != doctest::Approx(score(7, 5)).epsilon(1e-3));
}

TEST_CASE("rotary: a row turned by itself equals the same row of the whole text") {
    Rng rng(2);
    const std::vector<float> table = table_of<Simd4f>(16, kHeadSize);
    std::vector<float> whole = random_numbers<float>(16 * 3 * kWidth, rng);
    std::vector<float> row(whole.begin() + 11 * 3 * kWidth, whole.begin() + 12 * 3 * kWidth);
    rotary_forward<Simd4f>(whole, table, 1, 16, kWidth, kHeads, 0);
    rotary_forward<Simd4f>(row, table, 1, 1, kWidth, kHeads, 11);
    CHECK(row == std::vector<float>(whole.begin() + 11 * 3 * kWidth, whole.begin() + 12 * 3 * kWidth));
}

TEST_CASE("rotary: backward is the slope, and undoes forward") {
    Rng rng(4);
    const std::vector<double> table = table_of<Scalar4d>(8, kHeadSize);
    const std::size_t size = kBatch * kTime * 3 * kWidth;
    std::vector<double> x = random_numbers<double>(size, rng), weights = random_numbers<double>(size, rng);
    std::vector<double> d = weights;
    rotary_backward<Scalar4d>(d, table, kBatch, kTime, kWidth, kHeads, 2);
    const auto loss = [&] {
        std::vector<double> out = x;
        rotary_forward<Scalar4d>(out, table, kBatch, kTime, kWidth, kHeads, 2);
        return weighted_sum(out, weights);
    };
    CHECK(worst_slope_error(x, d, loss) <= kLargestSlopeError);
    rotary_forward<Scalar4d>(d, table, kBatch, kTime, kWidth, kHeads, 2);
    for (std::size_t i = 0; i < size; ++i) CHECK(d[i] == doctest::Approx(weights[i]).epsilon(1e-12));
}

TEST_CASE("rotary: far positions and huge numbers stay finite and keep their length; NaN stays NaN") {
    const std::vector<float> table = table_of<Simd4f>(65536, 2);
    std::vector<float> qkv{3e37f, 4e37f, 3.0f, 4.0f, 0.0f, std::numeric_limits<float>::quiet_NaN()};
    rotary_forward<Simd4f>(qkv, table, 1, 1, 2, 1, 65535);
    const double x = static_cast<double>(qkv[0]) / 1e37, y = static_cast<double>(qkv[1]) / 1e37;
    CHECK(x * x + y * y == doctest::Approx(25.0).epsilon(1e-5));
    CHECK(static_cast<double>(qkv[2] * qkv[2] + qkv[3] * qkv[3]) == doctest::Approx(25.0).epsilon(1e-5));
    CHECK(qkv[5] != qkv[5]);
}

TEST_CASE("rotary: lanes agree bit for bit") {
    for (const int heads : {1, 2, 3, 6}) {
        Rng rng(5);
        std::vector<float> a = random_numbers<float>(kBatch * kTime * 3 * kWidth, rng), b = a;
        const std::vector<float> table = table_of<Simd4f>(kTime, kWidth / heads);
        CHECK(table == table_of<Scalar4f>(kTime, kWidth / heads));
        rotary_forward<Simd4f>(a, table, kBatch, kTime, kWidth, heads, 0);
        rotary_forward<Scalar4f>(b, table, kBatch, kTime, kWidth, heads, 0);
        CHECK(bits_of(a) == bits_of(b));
        rotary_backward<Simd4f>(a, table, kBatch, kTime, kWidth, heads, 0);
        rotary_backward<Scalar4f>(b, table, kBatch, kTime, kWidth, heads, 0);
        CHECK(bits_of(a) == bits_of(b));
    }
}

TEST_CASE("rotary: odd heads, short tables and wrong sizes are refused") {
    std::vector<float> qkv(2 * 3 * 6), table(2 * 2);
    CHECK_THROWS_AS(fill_rotary_table<Simd4f>(table, 2, 3), CheckFailed);
    CHECK_THROWS_AS(rotary_forward<Simd4f>(qkv, table, 1, 2, 6, 2, 0), CheckFailed);  // D = 3
    CHECK_THROWS_AS(rotary_forward<Simd4f>(qkv, table, 1, 2, 6, 3, 1), CheckFailed);  // needs three rows
    CHECK_THROWS_AS(rotary_forward<Simd4f>(qkv, table, 1, 3, 6, 3, 0), CheckFailed);
}
