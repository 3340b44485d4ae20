#include "core/support/linear_solve.h"

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {

namespace {

/// L with L L^T = A, in the lower triangle; nothing when A is not positive definite.
std::optional<std::vector<double>> cholesky(std::span<const double> matrix, size_t n) {
    TERRARIUM_CHECK(matrix.size() == n * n, "the matrix is square and as tall as the right side");
    std::vector<double> lower(matrix.begin(), matrix.end());
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j <= i; ++j) {
            double sum = lower[i * n + j];
            for (size_t k = 0; k < j; ++k) sum -= lower[i * n + k] * lower[j * n + k];
            if (i == j && !(sum > 0.0)) return std::nullopt;
            lower[i * n + j] = i == j ? sqrt(sum) : sum / lower[j * n + j];
        }
    }
    return lower;
}

}  // namespace

std::optional<std::vector<double>> solve_positive_definite(std::span<const double> matrix,
                                                           std::span<const double> right) {
    const size_t n = right.size();
    const auto lower = cholesky(matrix, n);
    if (!lower) return std::nullopt;
    std::vector<double> x(right.begin(), right.end());
    for (size_t i = 0; i < n; ++i) {
        for (size_t k = 0; k < i; ++k) x[i] -= (*lower)[i * n + k] * x[k];
        x[i] /= (*lower)[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; ++k) x[i] -= (*lower)[k * n + i] * x[k];
        x[i] /= (*lower)[i * n + i];
    }
    return x;
}

std::optional<std::vector<double>> inverse_diagonal(std::span<const double> matrix, size_t n) {
    const auto lower = cholesky(matrix, n);
    if (!lower) return std::nullopt;
    // A^-1 = M^T M with M = L^-1, so an entry of the diagonal is the squared length of a column of M.
    std::vector<double> diagonal(n), column(n);
    for (size_t j = 0; j < n; ++j) {
        for (size_t i = j; i < n; ++i) {
            double sum = i == j ? 1.0 : 0.0;
            for (size_t k = j; k < i; ++k) sum -= (*lower)[i * n + k] * column[k];
            column[i] = sum / (*lower)[i * n + i];
            diagonal[j] += column[i] * column[i];
        }
    }
    return diagonal;
}

}  // namespace terrarium::core
