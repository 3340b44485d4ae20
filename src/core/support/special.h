// Special functions of statistics: from erf and log-gamma to the tails of the distributions that tests need.
//
// Built on our own exp() and log(), with additions, multiplications and divisions only, so that a p-value has the same
// bits natively and in WebAssembly. Every "survival" function is computed as a tail, never as 1 - (nearly 1): a p-value
// of 1e-30 keeps its digits.
//
// Accuracy, tested against values known to more digits than a double holds: relative error below 1e-13 where nothing
// else is said.

#pragma once

namespace terrarium::core {

/// ln(1 + x) for x > -1, also where x is so small that 1 + x rounds to 1; -infinity at -1, NaN below.
/// Source: W. Kahan's correction, in Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. (2002), 1.14.1.
[[nodiscard]] double log1p(double x);

/// ln Gamma(x) for x > 0; absolute error below 1e-14 near its zeros 1 and 2. NaN for x <= 0.
/// Source: Stirling's series after the recurrence has brought x to 10 or more; NIST DLMF 5.11.1.
[[nodiscard]] double log_gamma(double x);

/// ln C(n, k) for 0 <= k <= n.
[[nodiscard]] double log_binomial(double n, double k);

/// Error function, and 1 minus it without cancellation.
/// Source: NIST DLMF 7.6.2 (series) and 7.9 (continued fraction).
[[nodiscard]] double erf(double x);
[[nodiscard]] double erfc(double x);

/// P(Z <= z) and P(Z > z) for a standard normal Z.
[[nodiscard]] double normal_cdf(double z);
[[nodiscard]] double normal_survival(double z);

/// The z with P(Z <= z) = p; -infinity at 0, infinity at 1, NaN outside [0, 1].
/// A rational first guess, then Halley's steps on the tail.
/// Source: Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.2.23, for the guess.
[[nodiscard]] double normal_quantile(double p);

/// Upper regularised incomplete gamma function Q(a, x), a > 0, x >= 0. Chi-square with df degrees of freedom exceeds x
/// with probability Q(df/2, x/2).
/// Source: NIST DLMF 8.7.1 (series) and 8.9.2 (continued fraction).
[[nodiscard]] double gamma_q(double a, double x);

/// P(chi-square with df degrees of freedom > x). NaN unless df > 0; 0 at infinity.
[[nodiscard]] double chi_square_survival(double x, double df);

/// Regularised incomplete beta function I_x(a, b), a > 0, b > 0, 0 <= x <= 1. Relative error below 1e-12 for a and b up
/// to a thousand.
/// Source: NIST DLMF 8.17.22 (continued fraction).
[[nodiscard]] double beta_i(double x, double a, double b);

/// P(|T| > |t|) for Student's t with df degrees of freedom (not necessarily whole).
[[nodiscard]] double student_t_two_sided(double t, double df);

}  // namespace terrarium::core
