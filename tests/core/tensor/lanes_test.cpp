#include "core/tensor/lanes.h"

#include <doctest/doctest.h>

#include <limits>

#include "../ops/slope.h"
#include "core/support/check.h"
#include "core/tensor/arena.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

/// Every operation on the same numbers, as one list.
template <class L>
std::vector<float> all_operations(const std::vector<float>& x) {
    std::vector<float> results;
    const auto keep = [&](L lanes) {
        for (int i = 0; i < 4; ++i) results.push_back(lanes.lane(i));
    };
    for (std::size_t i = 0; i + 8 <= x.size(); ++i) {
        const L a = L::load(x.data() + i), b = L::load(x.data() + i + 4);
        for (const L r : {a + b, a - b, a * b, a / b, L::max(a, b), L::sqrt(a * a), L::exp(a), L::splat(x[i])}) keep(r);
        results.push_back(hsum(a));
        results.push_back(hmax(a));
        L r0 = a, r1 = b, r2 = a + b, r3 = a - b;
        L::transpose(r0, r1, r2, r3);
        for (const L r : {r0, r1, r2, r3}) keep(r);
    }
    return results;
}

}  // namespace

TEST_CASE("lanes: SIMD and its scalar twin agree bit for bit") {
    Rng rng(1);
    std::vector<float> x = random_numbers<float>(2000, rng, 30.0);
    for (const float special : {0.0f, -0.0f, 1e-38f, 88.5f, 89.5f, -86.95f, -200.0f, 3e38f, -3e38f,
                                std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                                std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::denorm_min()}) {
        x.insert(x.begin() + static_cast<std::ptrdiff_t>(rng.below(1000)), special);
    }
    CHECK(bits_of(all_operations<Simd4f>(x)) == bits_of(all_operations<Scalar4f>(x)));
}

TEST_CASE("lanes: transpose turns rows into columns") {
    const float x[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    Simd4f a = Simd4f::load(x), b = Simd4f::load(x + 4), c = Simd4f::load(x + 8), d = Simd4f::load(x + 12);
    Simd4f::transpose(a, b, c, d);
    for (int i = 0; i < 4; ++i) {
        CHECK(a.lane(i) == static_cast<float>(4 * i));
        CHECK(d.lane(i) == static_cast<float>(4 * i + 3));
    }
}

TEST_CASE("for_each_group: covers each element once and touches nothing behind") {
    for (int n = 0; n < 14; ++n) {
        std::vector<float> x(16, 1.0f);
        Simd4f sum = Simd4f::splat(0.0f);
        for_each_group<Simd4f>(n, [&](auto group) {
            sum = sum + group.load(x.data());
            group.store(x.data(), group.load(x.data(), 5.0f) + Simd4f::splat(1.0f));
        });
        CHECK(hsum(sum) == static_cast<float>(n));
        for (int i = 0; i < 16; ++i) CHECK(x[static_cast<std::size_t>(i)] == (i < n ? 2.0f : 1.0f));
    }
}

TEST_CASE("arena: aligned, zeroed, and never beyond its budget") {
    Arena arena(192);
    const std::span<float> a = arena.take<float>(3);
    const std::span<double> b = arena.take<double>(9);  // 72 bytes take two cache lines
    CHECK(arena.used_bytes() == 192);
    CHECK(reinterpret_cast<std::uintptr_t>(b.data()) % Arena::kAlignment == 0);
    CHECK(a[2] == 0.0f);
    CHECK(b[8] == 0.0);
    CHECK_THROWS_AS((void)arena.take<float>(1), CheckFailed);
}
