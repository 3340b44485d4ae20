#include "core/support/rng.h"

#include "core/support/check.h"
#include "core/support/hash.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr uint64_t kGolden = 0x9e3779b97f4a7c15ULL;  ///< 2^64 divided by the golden ratio, odd

/// Spreads a number over all 64 bits, so that neighbouring seeds give unrelated streams.
/// Source: Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators (2014), the SplitMix64 finaliser.
uint64_t mix(uint64_t x) {
    x += kGolden;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

}  // namespace

uint64_t random_bits_at(uint64_t key, uint64_t index) { return mix(key + index * kGolden); }

void Rng::seed(uint64_t seed, uint64_t stream) {
    seed_ = seed;
    has_kept_normal_ = false;
    state_ = 0;
    increment_ = (stream << 1) | 1u;
    next_u32();
    state_ += seed;
    next_u32();
}

void Rng::restore(const RngState& state) {
    TERRARIUM_CHECK(state.increment % 2 == 1, "No generator has such a state: its increment is even.");
    seed_ = state.seed;
    state_ = state.state;
    increment_ = state.increment;
    kept_normal_ = state.kept_normal;
    has_kept_normal_ = state.has_kept_normal;
}

uint32_t Rng::next_u32() {
    const uint64_t old = state_;
    state_ = old * 6364136223846793005ULL + increment_;
    const uint32_t shifted = static_cast<uint32_t>(((old >> 18) ^ old) >> 27);
    const uint32_t turn = static_cast<uint32_t>(old >> 59);
    return (shifted >> turn) | (shifted << ((32u - turn) & 31u));
}

uint32_t Rng::below(uint32_t n) {
    TERRARIUM_CHECK(n >= 1, "A random choice needs at least one possibility.");
    const uint32_t uneven_rest = (0u - n) % n;  // 2^32 mod n
    for (;;) {
        const uint32_t draw = next_u32();
        if (draw >= uneven_rest) return draw % n;
    }
}

double Rng::uniform() {
    const uint64_t high = next_u32() >> 5, low = next_u32() >> 6;
    return static_cast<double>((high << 26) | low) * 0x1p-53;
}

double Rng::normal() {
    if (has_kept_normal_) {
        has_kept_normal_ = false;
        return kept_normal_;
    }
    const double radius = sqrt(-2.0 * log(1.0 - uniform()));  // 1 - u is in (0, 1]: the logarithm stays finite
    const double angle = 2.0 * kPi * uniform();
    kept_normal_ = radius * sin(angle);
    has_kept_normal_ = true;
    return radius * cos(angle);
}

Rng Rng::fork(std::string_view stream_name) const {
    const uint64_t name = fnv1a64(stream_name);
    return Rng(mix(seed_ ^ mix(name ^ increment_)), mix(name + seed_));
}

}  // namespace terrarium::core
