#include "core/support/linear_solve.h"

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {

namespace {

/// L with A = L L^T, over the lower triangle of A. False when A is not positive definite.
bool cholesky(std::span<double> matrix, size_t n) {
    TERRARIUM_CHECK(matrix.size() == n * n, "the matrix is square and as tall as the right side");
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j <= i; ++j) {
            double sum = matrix[i * n + j];
            for (size_t k = 0; k < j; ++k) sum -= matrix[i * n + k] * matrix[j * n + k];
            if (i == j && !(sum > 0.0)) return false;
            matrix[i * n + j] = i == j ? sqrt(sum) : sum / matrix[j * n + j];
        }
    }
    return true;
}

}  // namespace

bool solve_positive_definite_in_place(std::span<double> matrix, std::span<double> right) {
    const size_t n = right.size();
    if (!cholesky(matrix, n)) return false;
    for (size_t i = 0; i < n; ++i) {
        for (size_t k = 0; k < i; ++k) right[i] -= matrix[i * n + k] * right[k];
        right[i] /= matrix[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; ++k) right[i] -= matrix[k * n + i] * right[k];
        right[i] /= matrix[i * n + i];
    }
    return true;
}

std::optional<std::vector<double>> solve_positive_definite(std::span<const double> matrix,
                                                           std::span<const double> right) {
    std::vector<double> lower(matrix.begin(), matrix.end()), x(right.begin(), right.end());
    if (!solve_positive_definite_in_place(lower, x)) return std::nullopt;
    return x;
}

std::optional<std::vector<double>> inverse_diagonal(std::span<const double> matrix, size_t n) {
    std::vector<double> lower(matrix.begin(), matrix.end());
    if (!cholesky(lower, n)) return std::nullopt;
    // A^-1 = M^T M with M = L^-1, so an entry of the diagonal is the squared length of a column of M.
    std::vector<double> diagonal(n), column(n);
    for (size_t j = 0; j < n; ++j) {
        for (size_t i = j; i < n; ++i) {
            double sum = i == j ? 1.0 : 0.0;
            for (size_t k = j; k < i; ++k) sum -= lower[i * n + k] * column[k];
            column[i] = sum / lower[i * n + i];
            diagonal[j] += column[i] * column[i];
        }
    }
    return diagonal;
}

}  // namespace terrarium::core
