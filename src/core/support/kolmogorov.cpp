#include "core/support/kolmogorov.h"

#include <algorithm>
#include <vector>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/support/special.h"

namespace terrarium::core {
namespace {

double whole_power(double x, int64_t n) {
    double result = 1.0;
    for (; n > 0; n /= 2, x *= x) {
        if (n % 2 == 1) result *= x;
    }
    return result;
}

/// A square matrix times 10^exponent, so that its powers neither overflow nor vanish.
struct ScaledMatrix {
    size_t size;
    std::vector<double> values;  ///< [size,size] row-major
    int exponent = 0;

    double& at(size_t row, size_t column) { return values[row * size + column]; }

    ScaledMatrix times(const ScaledMatrix& right) const {
        ScaledMatrix product{size, std::vector<double>(size * size), exponent + right.exponent};
        for (size_t i = 0; i < size; ++i) {
            for (size_t k = 0; k < size; ++k) {
                const double left = values[i * size + k];
                for (size_t j = 0; j < size; ++j) product.at(i, j) += left * right.values[k * size + j];
            }
        }
        if (product.at(size / 2, size / 2) > 1e140) {
            for (double& value : product.values) value *= 1e-140;
            product.exponent += 140;
        }
        return product;
    }
};

/// P(D < d) as an entry of the n-th power of a matrix with 2k - 1 rows, n d = k - h.
double matrix_cdf(int64_t n, double d) {
    const double nd = static_cast<double>(n) * d;
    const auto k = static_cast<size_t>(floor(nd)) + 1;
    const double h = static_cast<double>(k) - nd;
    const size_t m = 2 * k - 1;
    ScaledMatrix step{m, std::vector<double>(m * m)};
    for (size_t i = 0; i < m; ++i) {
        for (size_t j = 0; j < m; ++j) step.at(i, j) = i + 1 >= j ? 1.0 : 0.0;
    }
    for (size_t i = 0; i < m; ++i) {
        step.at(i, 0) -= whole_power(h, static_cast<int64_t>(i) + 1);
        step.at(m - 1, i) -= whole_power(h, static_cast<int64_t>(m - i));
    }
    step.at(m - 1, 0) += 2.0 * h - 1.0 > 0.0 ? whole_power(2.0 * h - 1.0, static_cast<int64_t>(m)) : 0.0;
    for (size_t i = 0; i < m; ++i) {
        for (size_t j = 0; j < m && j <= i; ++j) {
            for (size_t g = 1; g <= i - j + 1; ++g) step.at(i, j) /= static_cast<double>(g);
        }
    }
    ScaledMatrix power{m, std::vector<double>(m * m)};
    for (size_t i = 0; i < m; ++i) power.at(i, i) = 1.0;
    for (int64_t left = n; left > 0; left /= 2) {
        if (left % 2 == 1) power = power.times(step);
        step = step.times(step);
    }
    // The entry times n! / n^n, factor by factor, with the powers of ten kept apart.
    double result = power.at(k - 1, k - 1);
    int exponent = power.exponent;
    for (int64_t i = 1; i <= n; ++i) {
        result *= static_cast<double>(i) / static_cast<double>(n);
        if (result < 1e-140) {
            result *= 1e140;
            exponent -= 140;
        }
    }
    for (; exponent > 0; exponent -= 140) result *= 1e140;
    for (; exponent < 0; exponent += 140) result *= 1e-140;
    return result;
}

/// P(D < d) as K0(z) + K1(z)/n^(1/2) + K2(z)/n + K3(z)/n^(3/2), z = d n^(1/2): Kolmogorov's limit and three
/// corrections.
double expansion_cdf(int64_t n, double d) {
    const double root_n = sqrt(static_cast<double>(n)), z = d * root_n;
    const double z2 = z * z, z4 = z2 * z2, z6 = z4 * z2, z8 = z4 * z4;
    double k0 = 0.0, k1 = 0.0, k2 = 0.0, k3 = 0.0, k2_even = 0.0, k3_even = 0.0;
    for (int k = 20; k >= 0; --k) {  // each term stands for +k + 1/2 and -(k + 1/2), and for +-k
        const double odd = kPi * kPi * (k + 0.5) * (k + 0.5), odd_weight = 2.0 * exp(-odd / (2.0 * z2));
        k0 += odd_weight;
        k1 += (odd - z2) * odd_weight;
        k2 += ((6.0 * z6 + 2.0 * z4) + odd * (2.0 * z4 - 5.0 * z2) + odd * odd * (1.0 - 2.0 * z2)) * odd_weight;
        k3 += (odd * odd * odd * (5.0 - 30.0 * z2) + odd * odd * (212.0 * z4 - 60.0 * z2) +
               odd * (135.0 * z4 - 96.0 * z6) - (30.0 * z6 + 90.0 * z8)) *
              odd_weight;
        const double even = kPi * kPi * k * k, even_weight = 2.0 * exp(-even / (2.0 * z2));
        k2_even += even * even_weight;
        k3_even += (3.0 * even * z2 - even * even) * even_weight;
    }
    const double root_half_pi = sqrt(kPi / 2.0);
    const double first = root_half_pi * k1 / (6.0 * z4);
    const double second = root_half_pi * (k2 / (72.0 * z6 * z) - k2_even / (36.0 * z2 * z));
    const double third = root_half_pi * (k3 / (6480.0 * z8 * z2) + k3_even / (216.0 * z6));
    return root_half_pi * k0 / z + (first + (second + third / root_n) / root_n) / root_n;
}

/// P(D < d) for d <= 1/n, where only one step of the sample fits between the two bounds at a time: n! (2d - 1/n)^n.
double narrow_cdf(int64_t n, double nd) {
    double result = 1.0;
    for (int64_t i = 1; i <= n && result > 0.0; ++i) {
        result *= static_cast<double>(i) * (2.0 * nd - 1.0) / static_cast<double>(n);
    }
    return result;
}

}  // namespace

double smirnov_survival(int64_t n, double d) {
    TERRARIUM_CHECK(n >= 1, "a sample has at least one value");
    if (d != d) return d;
    if (d <= 0.0) return 1.0;
    if (d >= 1.0) return 0.0;
    const double size = static_cast<double>(n);
    const auto last = static_cast<int64_t>(floor(size * (1.0 - d)));
    double sum = 0.0;
    for (int64_t j = 0; j <= last; ++j) {
        const double share = static_cast<double>(j) / size, rest = 1.0 - d - share;
        if (rest <= 0.0) continue;  // the last term, when n (1 - d) is whole
        sum += exp(log_binomial(size, static_cast<double>(j)) + static_cast<double>(j - 1) * log(d + share) +
                   static_cast<double>(n - j) * log(rest));
    }
    return std::clamp(d * sum, 0.0, 1.0);
}

double kolmogorov_survival(int64_t n, double d) {
    TERRARIUM_CHECK(n >= 1, "a sample has at least one value");
    if (d != d) return d;
    const double size = static_cast<double>(n), nd = size * d, spread = nd * d;
    if (nd <= 0.5) return 1.0;
    if (d >= 1.0 || spread >= 370.0) return 0.0;
    if (nd <= 1.0) return 1.0 - narrow_cdf(n, nd);
    if (nd >= size - 1.0) return 2.0 * whole_power(1.0 - d, n);
    // Beyond a distance of one half the sample cannot stray to both sides; further out than 4 (or 2.2 for large n) it
    // practically does not.
    if (d >= 0.5 || spread > (n <= 140 ? 4.0 : 2.2)) return std::min(2.0 * smirnov_survival(n, d), 1.0);
    const bool is_exact = n <= 140 || (n <= 100000 && nd * sqrt(d) <= 1.4);
    return std::clamp(1.0 - (is_exact ? matrix_cdf(n, d) : expansion_cdf(n, d)), 0.0, 1.0);
}

}  // namespace terrarium::core
