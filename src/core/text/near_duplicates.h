// Copies in a corpus: texts that are the same, and texts that are nearly the same.
//
//   exact  two texts are copies when nothing but white space and capital letters differs (a 64-bit fingerprint finds
//          the candidates, the texts themselves decide)
//   near   texts become sets of shingles (minhash.h), signatures are cut into bands, and texts that agree on a whole
//          band are candidates; of those the Jaccard similarity of the sets decides. Pairs are then joined to clusters:
//          if A is like B and B is like C, all three are one cluster, even if A and C are not alike.
//
// Not every text is compared with every other: the work grows with the number of texts and of candidates. (A cluster of
// m copies has m^2 / 2 candidates, so remove exact copies first where there are thousands.) With b bands of r rows the
// bands find pairs of similarity s with probability 1 - (1 - s^r)^b; the default 16 x 4 finds 0.5 in 64 %, 0.7 in 99 %
// of all cases.
//
// Source: Broder (1997), see minhash.h; Lee et al., Deduplicating Training Data Makes Language Models Better (2022) for
// the use on training data.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace terrarium::core {

/// The text as exact comparison sees it: lower case, runs of white space as one space, none at the ends.
[[nodiscard]] std::string comparison_form(const std::string& text);

/// cluster[i] is the first text of which text i is a copy; its own index when there is no earlier one.
[[nodiscard]] std::vector<int64_t> exact_duplicates(std::span<const std::string> texts);

struct NearDuplicateOptions {
    int64_t shingle_words = 3;  ///< words in a shingle, >= 1. A text with fewer words is one shingle as a whole
    int64_t n_bands = 16;       ///< >= 1
    int64_t n_rows = 4;         ///< rows a band, >= 1
    double threshold = 0.6;     ///< least Jaccard similarity of a pair, 0..1
    uint64_t seed = 1;          ///< draws the hash functions
};

struct NearPair {
    int64_t first = 0, second = 0;  ///< first < second
    double similarity = 0;          ///< Jaccard, of the shingles themselves
    bool operator==(const NearPair&) const = default;
};

struct NearDuplicates {
    std::vector<int64_t> cluster;  ///< [texts] the smallest index in the text's cluster
    std::vector<NearPair> pairs;   ///< at or above the threshold, ascending
    int64_t n_candidates = 0;      ///< different pairs that shared a band
};
/// Words are compared in lower case. Empty texts are copies of nothing.
/// Checks: options in range.
[[nodiscard]] NearDuplicates near_duplicates(std::span<const std::string> texts, const NearDuplicateOptions& options);

/// How well clusters agree with planted ones, over all pairs of texts: a pair is predicted when both are in one found
/// cluster, and true when both are in one planted cluster.
struct ClusterScore {
    int64_t n_true = 0, n_found = 0, n_right = 0;  ///< pairs
    [[nodiscard]] double precision() const;        ///< NaN when no pair was found
    [[nodiscard]] double recall() const;           ///< NaN when no pair is true
};
/// Cluster names may be any numbers. Checks: same length.
[[nodiscard]] ClusterScore score_clusters(std::span<const int64_t> found, std::span<const int64_t> planted);

}  // namespace terrarium::core
