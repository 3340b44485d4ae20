#include "core/support/linear_solve.h"

#include <doctest/doctest.h>

#include <vector>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;

TEST_CASE("linear_solve: two equations by hand, and a matrix that is not positive definite") {
    const auto x = solve_positive_definite(std::vector<double>{4, 0, 2, 3}, std::vector<double>{2, 5});
    REQUIRE(x.has_value());
    CHECK((*x)[0] == doctest::Approx(-0.5));
    CHECK((*x)[1] == doctest::Approx(2.0));
    CHECK_FALSE(solve_positive_definite(std::vector<double>{1, 0, 2, 1}, std::vector<double>{1, 1}).has_value());
    CHECK_THROWS_AS((void)solve_positive_definite(std::vector<double>{1}, std::vector<double>{1, 1}), CheckFailed);
}

TEST_CASE("linear_solve: what is put back into the equations gives the right side") {
    Rng rng(1);
    constexpr size_t n = 6;
    for (int run = 0; run < 50; ++run) {
        std::vector<double> root(n * n), matrix(n * n), right(n);
        for (double& value : root) value = rng.normal();
        for (double& value : right) value = rng.normal();
        for (size_t i = 0; i < n; ++i) {
            for (size_t j = 0; j < n; ++j) {
                for (size_t k = 0; k < n; ++k) matrix[i * n + j] += root[i * n + k] * root[j * n + k];
            }
            matrix[i * n + i] += 0.1;
        }
        const auto x = solve_positive_definite(matrix, right);
        REQUIRE(x.has_value());
        for (size_t i = 0; i < n; ++i) {
            double sum = 0.0;
            for (size_t j = 0; j < n; ++j) sum += matrix[i * n + j] * (*x)[j];
            CHECK(sum == doctest::Approx(right[i]).epsilon(1e-9));
        }
        const auto diagonal = inverse_diagonal(matrix, n);
        REQUIRE(diagonal.has_value());
        for (size_t i = 0; i < n; ++i) {
            std::vector<double> unit(n);
            unit[i] = 1.0;
            CHECK((*diagonal)[i] == doctest::Approx((*solve_positive_definite(matrix, unit))[i]).epsilon(1e-9));
        }
    }
}
