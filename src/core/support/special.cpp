#include "core/support/special.h"

#include <limits>

#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLogSqrtTwoPi = 0.91893853320467274178;
constexpr double kInverseSqrtPi = 0.56418958354775628695;
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kSeriesEnd = 1.5;  ///< from here on 1 - erf would lose more than two bits
constexpr double kTiny = 1e-300;    ///< stands for a zero in the denominator of a continued fraction

/// erf(x) for 0 <= x < 1.5: 2/sqrt(pi) e^(-x^2) (x + 2x^3/3 + 4x^5/15 + ...), all terms positive.
double erf_series(double x) {
    double term = x, sum = x;
    for (int n = 1; n < 100 && term > sum * 1e-18; ++n) {
        term *= 2.0 * x * x / (2 * n + 1);
        sum += term;
    }
    return 2.0 * kInverseSqrtPi * exp(-x * x) * sum;
}

/// e^(-x^2) whose rounding of x^2 is repaired: x = high + low with high^2 exact.
double exp_minus_square(double x) {
    const double high = static_cast<double>(static_cast<float>(x)), low = x - high;
    return exp(-high * high) * exp(-low * (high + x));
}

/// erfc(x) for x >= 1.5 by its continued fraction, from the innermost term outwards.
double erfc_fraction(double x) {
    double tail = x;
    for (int k = 120; k >= 1; --k) tail = x + 0.5 * k / tail;
    return exp_minus_square(x) * kInverseSqrtPi / tail;
}

/// ln(x^a e^-x / Gamma(a)), the factor in front of both forms of the incomplete gamma function.
double log_gamma_factor(double a, double x) { return a * log(x) - x - log_gamma(a); }

/// Lentz's evaluation of a continued fraction: keeps numerators and denominators as ratios, so that nothing overflows.
struct Lentz {
    double value, c, d;
    explicit Lentz(double first) : value(first == 0.0 ? kTiny : first), c(value), d(0.0) {}

    /// Adds the term a / (b + ...); returns by how much the value changed, as a factor.
    double add(double a, double b) {
        d = b + a * d;
        if (d == 0.0) d = kTiny;
        c = b + a / c;
        if (c == 0.0) c = kTiny;
        d = 1.0 / d;
        const double change = c * d;
        value *= change;
        return change;
    }
};

bool is_settled(double change) { return change - 1.0 < kEpsilon && 1.0 - change < kEpsilon; }

/// The continued fraction of I_x(a, b), fast for x < (a + 1) / (a + b + 2).
double beta_fraction(double x, double a, double b) {
    Lentz fraction(1.0);
    for (int m = 0; m < 20000; ++m) {
        if (m > 0) fraction.add(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0);
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        if (is_settled(fraction.add(odd, 1.0))) break;
    }
    return 1.0 / fraction.value;
}

}  // namespace

double log1p(double x) {
    const double sum = 1.0 + x;
    if (sum == 1.0) return x;
    if (sum == kInfinity) return sum;
    // The rounding error of 1 + x appears in both the logarithm and the divisor, and cancels.
    return sum == 0.0 ? -kInfinity : log(sum) * (x / (sum - 1.0));
}

double log_gamma(double x) {
    if (!(x > 0.0)) return kNaN;
    if (x == kInfinity) return x;
    if (x == 1.0 || x == 2.0) return 0.0;
    double product = 1.0;
    for (; x < 10.0; x += 1.0) product *= x;
    const double inverse = 1.0 / x, z = inverse * inverse;
    constexpr double kBernoulli[] = {1.0 / 12,     -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                     1.0 / 1188.0, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
    double series = 0.0;
    for (int k = 7; k >= 0; --k) series = series * z + kBernoulli[k];
    return ((x - 0.5) * log(x) - x) + kLogSqrtTwoPi + series * inverse - log(product);
}

double log_binomial(double n, double k) { return log_gamma(n + 1.0) - log_gamma(k + 1.0) - log_gamma(n - k + 1.0); }

double erf(double x) {
    if (x < 0.0) return -erf(-x);
    return x < kSeriesEnd ? erf_series(x) : 1.0 - erfc(x);
}

double erfc(double x) {
    if (x != x) return x;
    if (x < 0.0) return 2.0 - erfc(-x);
    if (x > 27.3) return 0.0;  // below the smallest positive double
    return x < kSeriesEnd ? 1.0 - erf_series(x) : erfc_fraction(x);
}

double normal_cdf(double z) { return 0.5 * erfc(-z / sqrt(2.0)); }
double normal_survival(double z) { return 0.5 * erfc(z / sqrt(2.0)); }

double normal_quantile(double p) {
    if (!(p >= 0.0 && p <= 1.0)) return kNaN;
    if (p == 0.0) return -kInfinity;
    if (p == 1.0) return kInfinity;
    if (p > 0.5) return -normal_quantile(1.0 - p);
    const double t = sqrt(-2.0 * log(p));
    double z =
        -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int i = 0; i < 4; ++i) {
        const double density = exp(-0.5 * z * z - kLogSqrtTwoPi);
        if (density == 0.0) break;
        const double step = (normal_cdf(z) - p) / density;
        z -= step / (1.0 + 0.5 * z * step);
    }
    return z;
}

double gamma_q(double a, double x) {
    if (!(a > 0.0) || !(x >= 0.0)) return kNaN;
    if (x == 0.0) return 1.0;
    if (x == kInfinity) return 0.0;
    if (x < a + 1.0) {
        double term = 1.0 / a, sum = term;
        for (double n = a + 1.0; term > sum * 1e-17; n += 1.0) {
            term *= x / n;
            sum += term;
        }
        return 1.0 - exp(log_gamma_factor(a, x)) * sum;
    }
    Lentz fraction(x + 1.0 - a);
    for (int n = 1; n < 100000; ++n) {
        if (is_settled(fraction.add(-n * (n - a), x + 2 * n + 1.0 - a))) break;
    }
    return exp(log_gamma_factor(a, x)) / fraction.value;
}

double chi_square_survival(double x, double df) {
    if (!(df > 0.0) || x != x) return kNaN;
    return x <= 0.0 ? 1.0 : gamma_q(0.5 * df, 0.5 * x);
}

double beta_i(double x, double a, double b) {
    if (!(a > 0.0) || !(b > 0.0) || !(x >= 0.0 && x <= 1.0)) return kNaN;
    if (x == 0.0 || x == 1.0) return x;
    const double log_front = log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x);
    if (x < (a + 1.0) / (a + b + 2.0)) return exp(log_front) * beta_fraction(x, a, b) / a;
    return 1.0 - exp(log_front) * beta_fraction(1.0 - x, b, a) / b;
}

double student_t_two_sided(double t, double df) {
    if (t != t || !(df > 0.0)) return kNaN;
    const double square = t * t;
    if (square == kInfinity) return 0.0;
    return beta_i(df / (df + square), 0.5 * df, 0.5);
}

}  // namespace terrarium::core
