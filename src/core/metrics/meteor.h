// METEOR: aligns the words of a hypothesis with those of a reference, then scores coverage and order.
//
//     P = m / words of the hypothesis,  R = m / words of the reference,  m = aligned words
//     F = P R / (alpha P + (1 - alpha) R)
//     score = F (1 - gamma (chunks / m)^beta)
//
// alpha near 1 makes recall count. Chunks are the fewest groups of aligned words that stand side by side in both
// sentences: one chunk is the same order, m chunks are a word salad. No aligned word is score 0.
//
// Words are compared in lower case, in stages: equal words first, then those left over by their Porter stems. (The full
// METEOR has a third stage with synonyms, which would need a dictionary; it is left out here.) Within a stage, words
// are matched greedily from the end of the hypothesis, each with the last unmatched equal word of the reference. That
// is NLTK's way and not the least-crossing alignment of the paper.
//
// Source: Lavie & Agarwal, METEOR: An Automatic Metric for MT Evaluation with High Levels of Correlation with Human
// Judgments (2007). Same numbers as NLTK 3.8 with an empty synonym source.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

struct MeteorOptions {
    double alpha = 0.9;
    double beta = 3.0;
    double gamma = 0.5;
    bool use_stems = true;  ///< the second stage
};

struct MeteorPair {
    size_t hypothesis = 0, reference = 0;  ///< places of the two words
    bool is_stem_match = false;            ///< only their stems are equal
};

struct MeteorScore {
    double score = 0;               ///< 0..1
    std::vector<MeteorPair> pairs;  ///< ascending in the hypothesis
    int64_t n_chunks = 0;
    double precision = 0;  ///< 0..1
    double recall = 0;     ///< 0..1
    double fmean = 0;      ///< 0..1
    double penalty = 0;    ///< gamma (chunks / m)^beta
    size_t best_reference = 0;
};

/// Words in any case. The reference with the best score counts, the first of equals. Errors: segments.no_reference.
[[nodiscard]] Result<MeteorScore> meteor(const std::vector<std::string>& hypothesis,
                                         std::span<const std::vector<std::string>> references,
                                         const MeteorOptions& options);

}  // namespace terrarium::core
