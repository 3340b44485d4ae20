// A small, fast fingerprint of bytes and of numbers: is this the same text, the same curve, the same model?
//
// FNV-1a with 64 bits. It finds accidents, not forgeries: two texts with the same fingerprint can be made on purpose.
// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm (IETF draft).

#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

namespace terrarium::core {

inline constexpr uint64_t kFnvOffset = 0xcbf29ce484222325ULL;
inline constexpr uint64_t kFnvPrime = 0x00000100000001b3ULL;

/// One byte more: hash = (hash xor byte) * prime.
[[nodiscard]] constexpr uint64_t fnv1a64_byte(uint64_t hash, uint8_t byte) { return (hash ^ byte) * kFnvPrime; }

/// Fingerprint of bytes. Pass an earlier result as `hash` to continue it.
[[nodiscard]] constexpr uint64_t fnv1a64(std::string_view bytes, uint64_t hash = kFnvOffset) {
    for (const char c : bytes) hash = fnv1a64_byte(hash, static_cast<uint8_t>(c));
    return hash;
}

/// The bits of a number, lowest byte first. All NaN become one: which NaN an operation makes depends on the machine.
/// Minus zero stays different from zero.
[[nodiscard]] inline uint64_t fnv1a64(std::span<const float> numbers, uint64_t hash = kFnvOffset) {
    for (const float x : numbers) {
        const uint32_t bits = x == x ? std::bit_cast<uint32_t>(x) : 0x7fc00000u;
        for (int shift = 0; shift < 32; shift += 8) hash = fnv1a64_byte(hash, static_cast<uint8_t>(bits >> shift));
    }
    return hash;
}
[[nodiscard]] inline uint64_t fnv1a64(std::span<const double> numbers, uint64_t hash = kFnvOffset) {
    for (const double x : numbers) {
        const uint64_t bits = x == x ? std::bit_cast<uint64_t>(x) : 0x7ff8000000000000ULL;
        for (int shift = 0; shift < 64; shift += 8) hash = fnv1a64_byte(hash, static_cast<uint8_t>(bits >> shift));
    }
    return hash;
}

}  // namespace terrarium::core
