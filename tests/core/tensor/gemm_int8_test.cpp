#include "core/tensor/gemm_int8.h"

#include <doctest/doctest.h>

#include <limits>

#include "../ops/slope.h"
#include "core/support/check.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

struct Case {
    int K, N;
    bool is_transposed;
};

const Case kCases[] = {{1, 1, false},    {16, 4, true},     {5, 7, false},    {31, 33, true},
                       {300, 12, false}, {520, 515, false}, {64, 1030, true}, {257, 20, true}};

MatrixView<float> view_of(const std::vector<float>& b, const Case& c) {
    return {b.data(), c.is_transposed ? c.K : c.N, c.is_transposed};
}

std::size_t size_of(const Case& c) { return static_cast<std::size_t>(c.K * c.N); }

}  // namespace

TEST_CASE("int8: halves are rounded to the even neighbour") {
    CHECK(round_half_even(0.5f) == 0);
    CHECK(round_half_even(1.5f) == 2);
    CHECK(round_half_even(2.5f) == 2);
    CHECK(round_half_even(-0.5f) == 0);
    CHECK(round_half_even(-1.5f) == -2);
    CHECK(round_half_even(-126.6f) == -127);
    CHECK(round_half_even(0.50001f) == 1);
}

TEST_CASE("int8: a column's largest number becomes 127, and each is off by at most half a step") {
    const std::vector<float> b{1.0f, 0.0f, -2.0f, 0.0f, 0.25f, 0.0f};  // [3,2]: the second column is all zeros
    std::vector<int8_t> q(6);
    std::vector<float> scales(2);
    quantize_columns(q, scales, {b.data(), 2}, 3, 2);
    CHECK(q == std::vector<int8_t>{64, 0, -127, 0, 16, 0});  // 1 * 63.5 is a half: to the even 64
    CHECK(scales[0] == 2.0f / 127.0f);
    CHECK(scales[1] == 0.0f);
}

TEST_CASE("int8: the product is the exact sum of whole numbers times both scales") {
    Rng rng(1);
    for (const Case& c : kCases) {
        const std::vector<float> b = random_numbers<float>(size_of(c), rng);
        const std::vector<float> x = random_numbers<float>(static_cast<std::size_t>(c.K), rng, 3.0);
        const std::vector<float> bias = random_numbers<float>(static_cast<std::size_t>(c.N), rng);
        std::vector<int8_t> q(size_of(c)), p(x.size());
        std::vector<float> scales(bias.size()), row_scale(1), result(bias.size());
        quantize_columns(q, scales, view_of(b, c), c.K, c.N);
        quantize_columns(p, row_scale, {x.data(), 1}, c.K, 1);  // a row is quantised as a column would be
        Int8Matrix<Simd4f> matrix(view_of(b, c), c.K, c.N);
        matrix.multiply(result, x, bias);
        bool is_equal = true;
        for (int n = 0; n < c.N; ++n) {
            int64_t sum = 0;
            for (int k = 0; k < c.K; ++k) {
                sum += p[static_cast<std::size_t>(k)] * q[static_cast<std::size_t>(k * c.N + n)];
            }
            const std::size_t at = static_cast<std::size_t>(n);
            const float expected = static_cast<float>(sum) * (scales[at] * row_scale[0]) + bias[at];
            is_equal = is_equal && result[at] == expected;
        }
        CHECK(is_equal);
    }
}

TEST_CASE("int8: lanes agree bit for bit, and packed numbers come back") {
    Rng rng(2);
    for (const Case& c : kCases) {
        const std::vector<float> b = random_numbers<float>(size_of(c), rng);
        const std::vector<float> x = random_numbers<float>(static_cast<std::size_t>(c.K), rng);
        const std::vector<float> before = random_numbers<float>(static_cast<std::size_t>(c.N), rng);
        std::vector<float> simd = before, scalar = before;
        Int8Matrix<Simd4f> fast(view_of(b, c), c.K, c.N);
        Int8Matrix<Scalar4f>(view_of(b, c), c.K, c.N).multiply(scalar, x, before, scalar);
        fast.multiply(simd, x, before, simd);
        CHECK(bits_of(simd) == bits_of(scalar));

        std::vector<int8_t> q(size_of(c));
        std::vector<float> scales(before.size()), column(x.size());
        quantize_columns(q, scales, view_of(b, c), c.K, c.N);
        for (const int n : {0, c.N / 2, c.N - 1}) {
            fast.read_column(column, n);
            bool is_equal = true;
            for (int k = 0; k < c.K; ++k) {
                is_equal = is_equal && column[static_cast<std::size_t>(k)] ==
                                           static_cast<float>(q[static_cast<std::size_t>(k * c.N + n)]) *
                                               scales[static_cast<std::size_t>(n)];
            }
            CHECK(is_equal);
        }
    }
}

TEST_CASE("int8: the largest sums do not overflow") {
    const int K = 100'000;
    const std::vector<int8_t> q(static_cast<std::size_t>(K), int8_t{-127});
    const std::vector<float> x(static_cast<std::size_t>(K), 1.0f), scales{1.0f};
    std::vector<float> result(1);
    Int8Matrix<Simd4f>(q, scales, K, 1).multiply(result, x);
    CHECK(result[0] == static_cast<float>(-127 * 127 * int64_t{K}) * (1.0f / 127.0f));
    CHECK_THROWS_AS(Int8Matrix<Simd4f>(q, scales, K + 1, 1), CheckFailed);
}

TEST_CASE("int8: what is not finite becomes NaN where it belongs; tiny numbers become 0") {
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
    const std::vector<float> b{1, nan, 1, 1, 1, 1};  // [3,2]
    std::vector<float> c(2);
    Int8Matrix<Simd4f> matrix({b.data(), 2}, 3, 2);
    matrix.multiply(c, std::vector<float>{1, 1, 1});
    CHECK(c[0] == doctest::Approx(3.0f));
    CHECK(c[1] != c[1]);
    for (const float bad : {nan, infinite, -infinite}) {
        matrix.multiply(c, std::vector<float>{1, bad, 1});
        CHECK(c[0] != c[0]);
    }
    matrix.multiply(c, std::vector<float>{1e-38f, 1e-39f, 0.0f});
    CHECK(c[0] == 0.0f);
}
