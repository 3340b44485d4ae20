// Our own exponential, logarithm, hyperbolic tangent, sine and cosine.
//
// The standard library's versions differ in the last bits between systems, which would make a loss curve depend on the
// machine. These use additions, multiplications, divisions and bit patterns only, each of which IEEE 754 defines
// exactly; so the same input gives the same bits natively and in WebAssembly. (Compile with -ffp-contract=off.)
//
// Accuracy, tested against the standard library on a grid: double within 2 units in the last place (tanh 4), exp(float)
// within 2, the other float versions are rounded from double.
//
// Source: Cody & Waite, Software Manual for the Elementary Functions (1980), for the range reductions; Taylor series.

#pragma once

#include <bit>
#include <cstdint>

namespace terrarium::core {

inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kLn2 = 0.69314718055994530942;

/// The square root is the one function that IEEE 754 defines to the last bit, so the processor's own is used.
[[nodiscard]] inline float sqrt(float x) { return __builtin_sqrtf(x); }
[[nodiscard]] inline double sqrt(double x) { return __builtin_sqrt(x); }

/// The distance from 0.
[[nodiscard]] inline double absolute(double x) { return __builtin_fabs(x); }

/// Largest whole number not above x, for |x| < 2^62.
[[nodiscard]] inline double floor(double x) {
    const double whole = static_cast<double>(static_cast<int64_t>(x));
    return whole > x ? whole - 1.0 : whole;
}

/// e to the x. Underflows to 0, overflows to infinity, NaN stays NaN.
[[nodiscard]] double exp(double x);

/// Natural logarithm: -infinity at 0, NaN below.
[[nodiscard]] double log(double x);
[[nodiscard]] inline float log(float x) { return static_cast<float>(log(static_cast<double>(x))); }

/// (e^2x - 1) / (e^2x + 1), also accurate near 0.
[[nodiscard]] double tanh(double x);
[[nodiscard]] inline float tanh(float x) { return static_cast<float>(tanh(static_cast<double>(x))); }

/// x to the y for x > 0, as exp(y log x): relative error about |y log x| times 2e-16.
[[nodiscard]] inline double pow(double x, double y) { return exp(y * log(x)); }

/// Sine and cosine of an angle in radians, |x| <= 10^5; NaN beyond, where our reduction would lose digits.
[[nodiscard]] double sin(double x);
[[nodiscard]] double cos(double x);

/// Constants of exp(float), shared with the vector form in tensor/lanes.h so that both do the same steps.
struct ExpFloat {
    static constexpr float kLowest = -86.9f;  ///< below, the result is flushed to 0 (it would be < 2e-38)
    static constexpr float kHighest = 89.0f;  ///< above, it is infinite
    static constexpr float kLog2E = 1.44269504f;
    static constexpr float kRound = 12582912.0f;  ///< 1.5 * 2^23: adding it rounds to a whole number in the low bits
    static constexpr float kLn2High = 0.693359375f;
    static constexpr float kLn2Low = 2.12194440e-4f;  ///< ln 2 = high - low
    static constexpr float kC0 = 1.9875691500e-4f, kC1 = 1.3981999507e-3f, kC2 = 8.3334519073e-3f,
                           kC3 = 4.1665795894e-2f, kC4 = 1.6666665459e-1f, kC5 = 5.0000001201e-1f;
};

/// e to the x in single precision: x = n ln 2 + r, |r| <= ln 2 / 2, a polynomial in r, then times 2^n.
/// Source of the polynomial: S. Moshier, Cephes library, expf.c (coefficients only).
[[nodiscard]] inline float exp(float x) {
    using E = ExpFloat;
    const bool is_tiny = x < E::kLowest;
    x = is_tiny ? E::kLowest : x;  // written so that NaN passes through
    x = x > E::kHighest ? E::kHighest : x;
    const float t = x * E::kLog2E + E::kRound;
    const float n = t - E::kRound;
    const float r = (x - n * E::kLn2High) + n * E::kLn2Low;
    float p = E::kC0;
    p = p * r + E::kC1;
    p = p * r + E::kC2;
    p = p * r + E::kC3;
    p = p * r + E::kC4;
    p = p * r + E::kC5;
    p = (p * r * r + r) + 1.0f;
    // Half the scale, then doubled: 2^128 itself is no float, although e^88.5 is.
    const float half_scale = std::bit_cast<float>((std::bit_cast<uint32_t>(t) << 23) + (126u << 23));
    const float half = p * half_scale;
    return is_tiny ? 0.0f : half + half;
}

}  // namespace terrarium::core
