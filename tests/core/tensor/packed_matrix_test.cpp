#include "core/tensor/packed_matrix.h"

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

const Case kCases[] = {{1, 1, false},    {8, 4, true},      {5, 7, false},    {16, 33, true},
                       {300, 12, false}, {520, 515, false}, {64, 1030, true}, {257, 20, true}};

template <class L>
MatrixView<typename L::Scalar> view_of(const std::vector<typename L::Scalar>& b, const Case& c) {
    return {b.data(), (c.is_transposed ? c.K : c.N) + 1, c.is_transposed};
}

std::size_t stored(const Case& c) {
    return static_cast<std::size_t>(c.is_transposed ? c.N * (c.K + 1) : c.K * (c.N + 1));
}

}  // namespace

TEST_CASE("packed matrix: the bits are those of gemm with one row") {
    Rng rng(1);
    for (const Case& c : kCases) {
        const std::vector<float> b = random_numbers<float>(stored(c), rng);
        const std::vector<float> x = random_numbers<float>(static_cast<std::size_t>(c.K), rng);
        const std::vector<float> bias = random_numbers<float>(static_cast<std::size_t>(c.N), rng);
        const std::vector<float> before = random_numbers<float>(bias.size(), rng);
        std::vector<float> expected = before, simd = before, scalar = before, plain(bias.size()), packed(bias.size());
        gemm<Simd4f>(expected.data(), c.N, {x.data(), c.K}, view_of<Simd4f>(b, c), 1, c.N, c.K,
                     {.bias = bias.data(), .addend = expected.data(), .addend_stride = c.N});
        const PackedMatrix<Simd4f> matrix(view_of<Simd4f>(b, c), c.K, c.N);
        matrix.multiply(simd, x, bias, simd);
        PackedMatrix<Scalar4f>(view_of<Scalar4f>(b, c), c.K, c.N).multiply(scalar, x, bias, scalar);
        CHECK(bits_of(simd) == bits_of(expected));
        CHECK(bits_of(scalar) == bits_of(expected));
        gemm<Simd4f>(plain.data(), c.N, {x.data(), c.K}, view_of<Simd4f>(b, c), 1, c.N, c.K);
        matrix.multiply(packed, x);
        CHECK(bits_of(packed) == bits_of(plain));
    }
}

TEST_CASE("packed matrix: a column comes back as it was, and a second matrix replaces the first") {
    Rng rng(2);
    for (const Case& c : kCases) {
        const std::vector<float> b = random_numbers<float>(stored(c), rng),
                                 other = random_numbers<float>(stored(c), rng);
        PackedMatrix<Simd4f> matrix(view_of<Simd4f>(other, c), c.K, c.N);
        matrix.assign(view_of<Simd4f>(b, c));
        const MatrixView<float> view = view_of<Simd4f>(b, c);
        std::vector<float> column(static_cast<std::size_t>(c.K));
        for (const int n : {0, c.N / 2, c.N - 1}) {
            matrix.read_column(column, n);
            bool is_equal = true;
            for (int k = 0; k < c.K; ++k) {
                const float there = c.is_transposed ? view.data[n * view.stride + k] : view.data[k * view.stride + n];
                is_equal = is_equal && column[static_cast<std::size_t>(k)] == there;
            }
            CHECK(is_equal);
        }
    }
}

TEST_CASE("packed matrix: what is not finite stays where it belongs, wrong sizes are refused") {
    // K = 3 is filled up to 8 with zeros; 0 times the infinite x would be NaN.
    const std::vector<float> b{1, 0, 2, 0, 3, 0}, x{std::numeric_limits<float>::infinity(), 1, 1};
    std::vector<float> c(2), wrong(3);
    const PackedMatrix<Simd4f> matrix({b.data(), 2}, 3, 2);
    matrix.multiply(c, x);
    CHECK(c[0] == std::numeric_limits<float>::infinity());
    CHECK(c[1] != c[1]);
    CHECK_THROWS_AS(matrix.multiply(wrong, x), CheckFailed);
    CHECK_THROWS_AS(matrix.multiply(c, c), CheckFailed);
    CHECK_THROWS_AS(matrix.read_column(wrong, 2), CheckFailed);
}
