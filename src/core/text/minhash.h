// MinHash: finds near-duplicates among many texts without comparing every pair.
//
// A text is a set of shingles, runs of n words. Two sets are similar by J = shared shingles / all shingles (Jaccard).
// Hash every shingle with many different functions and keep the smallest value of each: two sets have the same smallest
// value with probability J, so the share of equal slots of two signatures estimates J, with standard error sqrt(J (1 -
// J) / slots).
//
//     h    = first 4 bytes of SHA-1 of the shingle, little endian
//     slot = min over shingles of ((a h + b) mod 2^64) mod (2^61 - 1), its lower 32 bits;  2^32 - 1 for no shingles
//
// Banding: cut signatures into bands of r rows and compare only texts that agree on a whole band. A pair of similarity
// s is found with probability 1 - (1 - s^r)^bands: an S-shaped curve around (1 / bands)^(1 / r).
//
// Source: Broder, On the Resemblance and Containment of Documents (1997); Leskovec, Rajaraman, Ullman, Mining of
// Massive Datasets, ch. 3. Same signatures as datasketch 1.10, whose product wraps at 2^64 as stated.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terrarium::core {

/// The different runs of n words of a text, joined by one space, ascending; none when it has fewer than n words.
/// Checks: n >= 1.
[[nodiscard]] std::vector<std::string> word_shingles(std::string_view text, int64_t n);

[[nodiscard]] uint32_t shingle_hash(std::string_view shingle);

/// One hash function of many: h -> a h + b.
struct MinHashFunction {
    uint64_t a = 1, b = 0;
};

/// [functions] one slot each. Shingles may repeat.
[[nodiscard]] std::vector<uint32_t> minhash_signature(std::span<const std::string> shingles,
                                                      std::span<const MinHashFunction> functions);

/// The signature of both sets together: the smaller of every two slots. Checks: as many slots.
[[nodiscard]] std::vector<uint32_t> minhash_union(std::span<const uint32_t> a, std::span<const uint32_t> b);

/// Share of equal slots, 0..1. Checks: as many slots, one or more.
[[nodiscard]] double estimated_jaccard(std::span<const uint32_t> a, std::span<const uint32_t> b);

/// Shared / all different texts, 0..1; NaN for two empty sets. Texts may repeat.
[[nodiscard]] double jaccard(std::span<const std::string> a, std::span<const std::string> b);

/// Chance that a pair shares at least one band. similarity 0..1; Checks: bands and rows >= 1.
[[nodiscard]] double shared_band_probability(double similarity, int64_t n_bands, int64_t n_rows);

}  // namespace terrarium::core
