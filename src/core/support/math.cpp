#include "core/support/math.h"

#include <limits>

namespace terrarium::core {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// ln 2 in two parts: the first has 21 trailing zero bits, so that n times it is exact for |n| < 2^20.
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;

double power_of_two(int n) { return std::bit_cast<double>(static_cast<uint64_t>(n + 1023) << 52); }

/// e^r - 1 for |r| <= 1 by its Taylor series, innermost term first: r (1 + r/2 (1 + r/3 (1 + ...))).
double expm1_near_zero(double r) {
    double sum = 1.0;
    for (int k = 20; k >= 2; --k) sum = 1.0 + r * sum / k;
    return r * sum;
}

/// Taylor series of sine and cosine for |r| <= pi/4.
double sin_series(double r) {
    const double z = r * r;
    double sum = 0.0;
    for (int k = 19; k >= 3; k -= 2) sum = (1.0 - sum) * z / (k * (k - 1));
    return r - r * sum;
}
double cos_series(double r) {
    const double z = r * r;
    double sum = 0.0;
    for (int k = 20; k >= 4; k -= 2) sum = (1.0 - sum) * z / (k * (k - 1));
    return 1.0 - (0.5 * z - 0.5 * z * sum);
}

/// x = n pi/2 + r. pi/2 is split in three parts of 33 bits, so that n times the first two is exact.
struct Reduced {
    double r;
    int quadrant;
};
Reduced reduce_angle(double x) {
    const double n = floor(x * (2.0 / kPi) + 0.5);
    constexpr double kFirst = 1.57079632673412561417e+00;
    constexpr double kSecond = 6.07710050630396597660e-11;
    constexpr double kThird = 2.02226624879595063154e-21;
    const double r = ((x - n * kFirst) - n * kSecond) - n * kThird;
    return {r, static_cast<int>(static_cast<int64_t>(n) & 3)};
}
bool angle_is_too_large(double x) { return !(x >= -1e5 && x <= 1e5); }

}  // namespace

double exp(double x) {
    if (x != x) return x;
    if (x > 709.79) return kInfinity;
    if (x < -745.2) return 0.0;
    const double n = floor(x * (1.0 / kLn2) + 0.5);
    const double r = (x - n * kLn2High) - n * kLn2Low;
    constexpr double kInverseFactorial[] = {1.0 / 2,         1.0 / 6,          1.0 / 24,          1.0 / 120,
                                            1.0 / 720,       1.0 / 5040,       1.0 / 40320,       1.0 / 362880,
                                            1.0 / 3628800.0, 1.0 / 39916800.0, 1.0 / 479001600.0, 1.0 / 6227020800.0};
    double p = 0.0;
    for (int k = 11; k >= 0; --k) p = p * r + kInverseFactorial[k];
    p = 1.0 + (r + r * r * p);
    // Two factors, because 2^1024 is not a double and the smallest results are subnormal.
    const int whole = static_cast<int>(n), first = whole / 2;
    return p * power_of_two(first) * power_of_two(whole - first);
}

double log(double x) {
    if (x != x || x < 0.0) return kNaN;
    if (x == 0.0) return -kInfinity;
    if (x == kInfinity) return x;
    int exponent = 0;
    if (x < std::numeric_limits<double>::min()) {  // subnormal: bring it into the range with an implicit leading bit
        x *= 0x1p54;
        exponent = -54;
    }
    const uint64_t bits = std::bit_cast<uint64_t>(x);
    exponent += static_cast<int>(bits >> 52) - 1023;
    double m = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        ++exponent;
    }
    // ln m = 2 (s + s^3/3 + s^5/5 + ...) with s = f/(2+f), f = m - 1. Rewritten as f - (f^2/2 - s (f^2/2 + rest)), in
    // which the leading term f is exact.
    const double f = m - 1.0, s = f / (2.0 + f), z = s * s;
    double rest = 0.0;
    for (int k = 23; k >= 3; k -= 2) rest = (rest + 2.0 / k) * z;
    const double half_square = 0.5 * f * f, n = exponent;
    return n * kLn2High - ((half_square - (s * (half_square + rest) + n * kLn2Low)) - f);
}

double tanh(double x) {
    const double size = x < 0.0 ? -x : x;
    if (size > 20.0) return x < 0.0 ? -1.0 : 1.0;
    if (size < 0.5) {
        const double e = expm1_near_zero(2.0 * x);
        return e / (e + 2.0);
    }
    const double t = 1.0 - 2.0 / (exp(2.0 * size) + 1.0);
    return x < 0.0 ? -t : t;  // NaN arrives here and passes through
}

double sin(double x) {
    if (angle_is_too_large(x)) return kNaN;
    const Reduced a = reduce_angle(x);
    const double value = a.quadrant % 2 == 0 ? sin_series(a.r) : cos_series(a.r);
    return a.quadrant < 2 ? value : -value;
}

double cos(double x) {
    if (angle_is_too_large(x)) return kNaN;
    const Reduced a = reduce_angle(x);
    const double value = a.quadrant % 2 == 0 ? cos_series(a.r) : sin_series(a.r);
    return a.quadrant == 0 || a.quadrant == 3 ? value : -value;
}

}  // namespace terrarium::core
