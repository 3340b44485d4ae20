// Four numbers at a time. Every kernel is written once, as a template on one of three types with the same members:
//
//   Simd4f    four floats in one 128-bit register: what the course runs on
//   Scalar4f  four floats in an array: the twin that shows what Simd4f means, bit for bit
//   Scalar4d  four doubles in an array: for slope tests, where float would be too coarse
//
// Both float types do the same operations in the same order on the same numbers, so their results are equal to the last
// bit (only which NaN comes out may differ). With TERRARIUM_SCALAR defined, for processors without 128-bit SIMD, Simd4f
// is an array as well, and still a type of its own.
//
// With TERRARIUM_TURBO defined (the fast module, which proves nothing), Simd4f rounds a product and a sum once instead
// of twice where the processor can; which of the two it does is the processor's choice.
//
// Members: Scalar, kWidth, load, splat, store, lane, + - * /, add_product, max, sqrt, exp, transpose; hsum and hmax
// beside them. Rows whose length is no multiple of four are handled by for_each_group at the end of this file.

#pragma once

#include <cstdint>

#include "core/support/math.h"

#define TERRARIUM_INLINE inline __attribute__((always_inline))

namespace terrarium::core {

/// kTwin only makes types with the same members different from each other.
template <class S, int kTwin>
struct ArrayLanes {
    using Scalar = S;
    static constexpr int kWidth = 4;
    S v[4];

    static TERRARIUM_INLINE ArrayLanes load(const S* p) { return {{p[0], p[1], p[2], p[3]}}; }
    static TERRARIUM_INLINE ArrayLanes splat(S x) { return {{x, x, x, x}}; }
    TERRARIUM_INLINE void store(S* p) const {
        for (int i = 0; i < 4; ++i) p[i] = v[i];
    }
    TERRARIUM_INLINE S lane(int i) const { return v[i]; }

    friend TERRARIUM_INLINE ArrayLanes operator+(ArrayLanes a, ArrayLanes b) {
        return {{a.v[0] + b.v[0], a.v[1] + b.v[1], a.v[2] + b.v[2], a.v[3] + b.v[3]}};
    }
    friend TERRARIUM_INLINE ArrayLanes operator-(ArrayLanes a, ArrayLanes b) {
        return {{a.v[0] - b.v[0], a.v[1] - b.v[1], a.v[2] - b.v[2], a.v[3] - b.v[3]}};
    }
    friend TERRARIUM_INLINE ArrayLanes operator*(ArrayLanes a, ArrayLanes b) {
        return {{a.v[0] * b.v[0], a.v[1] * b.v[1], a.v[2] * b.v[2], a.v[3] * b.v[3]}};
    }
    friend TERRARIUM_INLINE ArrayLanes operator/(ArrayLanes a, ArrayLanes b) {
        return {{a.v[0] / b.v[0], a.v[1] / b.v[1], a.v[2] / b.v[2], a.v[3] / b.v[3]}};
    }
    /// sum + a * b
    static TERRARIUM_INLINE ArrayLanes add_product(ArrayLanes sum, ArrayLanes a, ArrayLanes b) { return sum + a * b; }
    /// The larger of each pair; b where they cannot be compared.
    static TERRARIUM_INLINE ArrayLanes max(ArrayLanes a, ArrayLanes b) {
        for (int i = 0; i < 4; ++i) a.v[i] = a.v[i] > b.v[i] ? a.v[i] : b.v[i];
        return a;
    }
    static TERRARIUM_INLINE ArrayLanes sqrt(ArrayLanes a) {
        for (int i = 0; i < 4; ++i) a.v[i] = core::sqrt(a.v[i]);
        return a;
    }
    static TERRARIUM_INLINE ArrayLanes exp(ArrayLanes a) {
        for (int i = 0; i < 4; ++i) a.v[i] = core::exp(a.v[i]);
        return a;
    }
    /// Rows become columns: after it, a holds the first numbers of a, b, c, d.
    static TERRARIUM_INLINE void transpose(ArrayLanes& a, ArrayLanes& b, ArrayLanes& c, ArrayLanes& d) {
        const ArrayLanes e{{a.v[0], b.v[0], c.v[0], d.v[0]}}, f{{a.v[1], b.v[1], c.v[1], d.v[1]}};
        const ArrayLanes g{{a.v[2], b.v[2], c.v[2], d.v[2]}}, h{{a.v[3], b.v[3], c.v[3], d.v[3]}};
        a = e, b = f, c = g, d = h;
    }
};

using Scalar4f = ArrayLanes<float, 0>;
using Scalar4d = ArrayLanes<double, 0>;

#ifdef TERRARIUM_SCALAR

using Simd4f = ArrayLanes<float, 1>;

#else

/// Written with the vector extension of GCC and Clang: one source for SSE2 and WebAssembly SIMD.
struct Simd4f {
    using Scalar = float;
    static constexpr int kWidth = 4;
    typedef float Vector __attribute__((vector_size(16)));
    typedef float Unaligned __attribute__((vector_size(16), aligned(4), may_alias));
    typedef int32_t Bits __attribute__((vector_size(16)));
    typedef uint32_t UnsignedBits __attribute__((vector_size(16)));
    Vector v;

    static TERRARIUM_INLINE Simd4f load(const float* p) { return {*reinterpret_cast<const Unaligned*>(p)}; }
    static TERRARIUM_INLINE Simd4f splat(float x) { return {Vector{x, x, x, x}}; }
    TERRARIUM_INLINE void store(float* p) const { *reinterpret_cast<Unaligned*>(p) = v; }
    TERRARIUM_INLINE float lane(int i) const { return v[i]; }

    friend TERRARIUM_INLINE Simd4f operator+(Simd4f a, Simd4f b) { return {a.v + b.v}; }
    friend TERRARIUM_INLINE Simd4f operator-(Simd4f a, Simd4f b) { return {a.v - b.v}; }
    friend TERRARIUM_INLINE Simd4f operator*(Simd4f a, Simd4f b) { return {a.v * b.v}; }
    friend TERRARIUM_INLINE Simd4f operator/(Simd4f a, Simd4f b) { return {a.v / b.v}; }

    static TERRARIUM_INLINE Vector sum_of(Vector sum, Vector a, Vector b) {
#if defined(TERRARIUM_TURBO) && defined(__wasm_relaxed_simd__)
        return __builtin_wasm_relaxed_madd_f32x4(a, b, sum);
#else
        return sum + a * b;
#endif
    }
    static TERRARIUM_INLINE Simd4f add_product(Simd4f sum, Simd4f a, Simd4f b) { return {sum_of(sum.v, a.v, b.v)}; }

    /// a where the mask's bits are set, b elsewhere. Comparisons give such masks.
    static TERRARIUM_INLINE Vector select(Bits mask, Vector a, Vector b) {
        return (Vector)((mask & (Bits)a) | (~mask & (Bits)b));
    }
    static TERRARIUM_INLINE Simd4f max(Simd4f a, Simd4f b) { return {select((Bits)(a.v > b.v), a.v, b.v)}; }
    static TERRARIUM_INLINE Simd4f sqrt(Simd4f a) {
#if defined(__wasm_simd128__)
        return {__builtin_wasm_sqrt_f32x4(a.v)};
#elif defined(__SSE2__)
        return {__builtin_ia32_sqrtps(a.v)};
#else
        return {Vector{core::sqrt(a.v[0]), core::sqrt(a.v[1]), core::sqrt(a.v[2]), core::sqrt(a.v[3])}};
#endif
    }
    /// core::exp(float), step by step.
    static TERRARIUM_INLINE Simd4f exp(Simd4f a) {
        using E = ExpFloat;
        const Vector lowest = splat(E::kLowest).v, highest = splat(E::kHighest).v, one = splat(1.0f).v;
        const Bits is_tiny = (Bits)(a.v < lowest);
        Vector x = select(is_tiny, lowest, a.v);
        x = select((Bits)(x > highest), highest, x);
        const Vector t = x * splat(E::kLog2E).v + splat(E::kRound).v;
        const Vector n = t - splat(E::kRound).v;
        const Vector r = (x - n * splat(E::kLn2High).v) + n * splat(E::kLn2Low).v;
        Vector p = splat(E::kC0).v;
        p = sum_of(splat(E::kC1).v, p, r);
        p = sum_of(splat(E::kC2).v, p, r);
        p = sum_of(splat(E::kC3).v, p, r);
        p = sum_of(splat(E::kC4).v, p, r);
        p = sum_of(splat(E::kC5).v, p, r);
        p = (p * r * r + r) + one;
        const UnsignedBits bias = {126u << 23, 126u << 23, 126u << 23, 126u << 23};
        const Vector half_scale = (Vector)(((UnsignedBits)t << 23) + bias);
        const Vector half = p * half_scale;
        return {(Vector)((Bits)(half + half) & ~is_tiny)};
    }
    static TERRARIUM_INLINE void transpose(Simd4f& a, Simd4f& b, Simd4f& c, Simd4f& d) {
        const Vector ab_low = __builtin_shufflevector(a.v, b.v, 0, 4, 1, 5);
        const Vector ab_high = __builtin_shufflevector(a.v, b.v, 2, 6, 3, 7);
        const Vector cd_low = __builtin_shufflevector(c.v, d.v, 0, 4, 1, 5);
        const Vector cd_high = __builtin_shufflevector(c.v, d.v, 2, 6, 3, 7);
        a.v = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
        b.v = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
        c.v = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
        d.v = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
    }
};

#endif

/// Sum of the four numbers, always in this order.
template <class L>
TERRARIUM_INLINE typename L::Scalar hsum(L a) {
    return (a.lane(0) + a.lane(1)) + (a.lane(2) + a.lane(3));
}
/// Largest of the four numbers.
template <class L>
TERRARIUM_INLINE typename L::Scalar hmax(L a) {
    auto largest = a.lane(0);
    for (int i = 1; i < 4; ++i) largest = a.lane(i) > largest ? a.lane(i) : largest;
    return largest;
}

/// Four elements of rows of any length, as seen by a loop body: element `at` and the three after it.
template <class L>
struct WholeGroup {
    using S = typename L::Scalar;
    int at;
    TERRARIUM_INLINE L load(const S* p, S = S(0)) const { return L::load(p + at); }
    TERRARIUM_INLINE void store(S* p, L x) const { x.store(p + at); }
};
/// The rest of a row: only `count` (1 to 3) elements exist; the others read as `fill` and are not written.
template <class L>
struct PartGroup {
    using S = typename L::Scalar;
    int at;
    int count;
    TERRARIUM_INLINE L load(const S* p, S fill = S(0)) const {
        S four[4] = {fill, fill, fill, fill};
        for (int i = 0; i < count; ++i) four[i] = p[at + i];
        return L::load(four);
    }
    TERRARIUM_INLINE void store(S* p, L x) const {
        S four[4];
        x.store(four);
        for (int i = 0; i < count; ++i) p[at + i] = four[i];
    }
};

/// Calls body(group) for the elements 0..n-1, four at a time. The body is compiled twice: for whole groups and for the
/// rest, and reads and writes through group.load(row) and group.store(row, value).
template <class L, class Body>
TERRARIUM_INLINE void for_each_group(int n, Body&& body) {
    int j = 0;
    for (; j + 4 <= n; j += 4) body(WholeGroup<L>{j});
    if (j < n) body(PartGroup<L>{j, n - j});
}

}  // namespace terrarium::core
