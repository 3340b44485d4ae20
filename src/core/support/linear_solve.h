// Small systems of linear equations, symmetric and positive definite: the ones that Newton's method meets at a minimum.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace terrarium::core {

/// Solves A x = b by Cholesky's decomposition, n^3 / 6 steps. Nothing when A is not positive definite.
///
/// matrix  in  [n,n]  row-major; only the lower triangle is read
/// right   in  [n]
///
/// Checks that the sizes fit.
[[nodiscard]] std::optional<std::vector<double>> solve_positive_definite(std::span<const double> matrix,
                                                                         std::span<const double> right);

/// The same without memory of its own. The solution takes the place of the right side; what is left in the matrix, and
/// on both sides when false is returned, has no meaning.
[[nodiscard]] bool solve_positive_definite_in_place(std::span<double> matrix, std::span<double> right);

/// The diagonal of the inverse of A, n^3 / 3 steps: variances, when A is an information matrix. Nothing when A is not
/// positive definite. Checks that the matrix is square.
[[nodiscard]] std::optional<std::vector<double>> inverse_diagonal(std::span<const double> matrix, size_t n);

}  // namespace terrarium::core
