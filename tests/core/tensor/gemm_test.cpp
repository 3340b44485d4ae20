#include "core/tensor/gemm.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/support/check.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

struct Sizes {
    int M, N, K;
};

/// A matrix stored with two unused numbers at the end of each row.
template <class S>
struct Stored {
    std::vector<S> data;
    MatrixView<S> view;
    Stored(int rows, int columns, bool is_transposed, Rng& rng) {
        const int stored_rows = is_transposed ? columns : rows, stride = (is_transposed ? rows : columns) + 2;
        data = random_numbers<S>(static_cast<std::size_t>(stored_rows * stride), rng);
        view = {data.data(), stride, is_transposed};
    }
    [[nodiscard]] S at(int i, int j) const {
        return view.is_transposed ? view.data[j * view.stride + i] : view.data[i * view.stride + j];
    }
};

template <class L>
std::vector<typename L::Scalar> run(const Sizes& s, bool ta, bool tb, bool with_terms, uint64_t seed) {
    using S = typename L::Scalar;
    Rng rng(seed);
    const Stored<S> a(s.M, s.K, ta, rng), b(s.K, s.N, tb, rng);
    const std::vector<S> bias = random_numbers<S>(static_cast<std::size_t>(s.N), rng);
    std::vector<S> c = random_numbers<S>(static_cast<std::size_t>(s.M * (s.N + 1)), rng);
    GemmTerms<S> terms;
    if (with_terms) terms = {.bias = bias.data(), .addend = c.data(), .addend_stride = s.N + 1};
    gemm<L>(c.data(), s.N + 1, a.view, b.view, s.M, s.N, s.K, terms);
    return c;
}

const Sizes kSizes[] = {{1, 1, 1},  {1, 8, 3},    {4, 8, 16},   {3, 7, 5},     {5, 9, 17},
                        {9, 31, 8}, {33, 12, 70}, {70, 5, 300}, {65, 24, 513}, {2, 16, 600}};

}  // namespace

TEST_CASE("gemm: equals the sum written out naively, for every transposition and term") {
    for (const Sizes& s : kSizes) {
        for (int variant = 0; variant < 8; ++variant) {
            const bool ta = variant & 1, tb = variant & 2, with_terms = variant & 4;
            const std::vector<double> c = run<Scalar4d>(s, ta, tb, with_terms, 7);
            Rng rng(7);
            const Stored<double> a(s.M, s.K, ta, rng), b(s.K, s.N, tb, rng);
            const std::vector<double> bias = random_numbers<double>(static_cast<std::size_t>(s.N), rng);
            const std::vector<double> before = random_numbers<double>(c.size(), rng);
            double worst = 0.0;
            for (int m = 0; m < s.M; ++m) {
                for (int n = 0; n <= s.N; ++n) {
                    const std::size_t at = static_cast<std::size_t>(m * (s.N + 1) + n);
                    double expected = before[at];  // the unused number behind each row stays
                    if (n < s.N) {
                        if (!with_terms) expected = 0.0;
                        if (with_terms) expected += bias[static_cast<std::size_t>(n)];
                        for (int k = 0; k < s.K; ++k) expected += a.at(m, k) * b.at(k, n);
                    }
                    worst = std::max({worst, expected - c[at], c[at] - expected});
                }
            }
            CHECK(worst < 1e-11);  // 600 terms of size 1, each rounded to 1e-16
        }
    }
}

TEST_CASE("gemm: lanes agree bit for bit") {
    for (const Sizes& s : kSizes) {
        for (int variant = 0; variant < 8; ++variant) {
            const bool ta = variant & 1, tb = variant & 2, with_terms = variant & 4;
            CHECK(bits_of(run<Simd4f>(s, ta, tb, with_terms, 9)) == bits_of(run<Scalar4f>(s, ta, tb, with_terms, 9)));
        }
    }
}

TEST_CASE("gemm: an element does not depend on how many rows are computed with it") {
    // The generator computes one row where training computes hundreds; both must give the same bits.
    Rng rng(3);
    const int M = 100, N = 24, K = 40;
    const Stored<float> a(M, K, false, rng), b(K, N, false, rng), b_turned(K, N, true, rng);
    for (const MatrixView<float>& view : {b.view, b_turned.view}) {
        std::vector<float> all(static_cast<std::size_t>(M * N)), one(static_cast<std::size_t>(N));
        gemm<Simd4f>(all.data(), N, a.view, view, M, N, K);
        for (const int m : {0, 1, 50, 99}) {
            gemm<Simd4f>(one.data(), N, {a.view.data + m * a.view.stride, a.view.stride}, view, 1, N, K);
            CHECK(bits_of(one) == bits_of(std::vector<float>(all.begin() + m * N, all.begin() + (m + 1) * N)));
        }
    }
}

TEST_CASE("gemm: triangles skip only what is zero or not read") {
    Rng rng(5);
    for (const int T : {1, 4, 7, 16, 37, 300}) {
        const std::size_t TT = static_cast<std::size_t>(T * T);
        std::vector<double> lower = random_numbers<double>(TT, rng), x = random_numbers<double>(TT, rng);
        for (int t = 0; t < T; ++t) {
            for (int s = t + 1; s < T; ++s) lower[static_cast<std::size_t>(t * T + s)] = 0.0;
        }
        std::vector<double> full(TT), skipped(TT);
        const auto compare = [&](bool ta, Triangle triangle, int largest_column_offset) {
            gemm<Scalar4d>(full.data(), T, {lower.data(), T, ta}, {x.data(), T}, T, T, T);
            gemm<Scalar4d>(skipped.data(), T, {lower.data(), T, ta}, {x.data(), T}, T, T, T, {.triangle = triangle});
            bool is_equal = true;
            for (int m = 0; m < T; ++m) {
                for (int n = 0; n < std::min(T, m + largest_column_offset); ++n) {
                    const std::size_t at = static_cast<std::size_t>(m * T + n);
                    is_equal = is_equal && full[at] == skipped[at];
                }
            }
            CHECK(is_equal);
        };
        compare(false, Triangle::LowerLeft, T);
        compare(true, Triangle::UpperLeft, T);
        compare(false, Triangle::LowerOutput, 1);
    }
}

TEST_CASE("add_column_sums: adds each column from top to bottom") {
    std::vector<float> sums{1, 0, 0, 0, 0}, x{1, 2, 3, 4, 5, 10, 20, 30, 40, 50};
    add_column_sums<Simd4f>(sums.data(), x.data(), 2, 5);
    CHECK(sums == std::vector<float>{12, 22, 33, 44, 55});
}

TEST_CASE("gemm: overlapping rows are refused") {
    std::vector<float> x(64);
    CHECK_THROWS_AS(gemm<Simd4f>(x.data(), 3, {x.data(), 4}, {x.data(), 4}, 4, 4, 4), CheckFailed);
}
