#include "core/support/linear_solve.h"

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {

std::optional<std::vector<double>> solve_positive_definite(std::span<const double> matrix,
                                                           std::span<const double> right) {
    const size_t n = right.size();
    TERRARIUM_CHECK(matrix.size() == n * n, "the matrix is square and as tall as the right side");
    std::vector<double> lower(matrix.begin(), matrix.end()), x(right.begin(), right.end());
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j <= i; ++j) {
            double sum = lower[i * n + j];
            for (size_t k = 0; k < j; ++k) sum -= lower[i * n + k] * lower[j * n + k];
            if (i != j) {
                lower[i * n + j] = sum / lower[j * n + j];
            } else {
                if (!(sum > 0.0)) return std::nullopt;
                lower[i * n + i] = sqrt(sum);
            }
        }
    }
    for (size_t i = 0; i < n; ++i) {
        for (size_t k = 0; k < i; ++k) x[i] -= lower[i * n + k] * x[k];
        x[i] /= lower[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; ++k) x[i] -= lower[k * n + i] * x[k];
        x[i] /= lower[i * n + i];
    }
    return x;
}

}  // namespace terrarium::core
