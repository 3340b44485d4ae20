// BLEU: how many of a translation's word runs also stand in a reference.
//
//     BLEU = BP * exp( 1/N * sum over n = 1..N of ln p_n ),  p_n = clipped matches / n-grams of the hypothesis
//
// A match is clipped: an n-gram counts at most as often as the reference that has it most. Precision alone would reward
// short answers, so BP = exp(1 - r/h) punishes a hypothesis of h tokens shorter than its closest reference of r tokens
// (on a tie the shorter one). For a corpus, matches, totals and lengths are summed over the segments first: corpus BLEU
// is no mean of sentence BLEUs.
//
// The score is 0..100. Conventions that move it, and therefore belong into the signature beside it:
//   tokenizer        where words end (below)
//   smoothing        what to put for p_n when no n-gram of order n matches:
//                      none      nothing; the score is 0
//                      floor     value / total                       (default value 0.1)
//                      add-k     value is added to matches and totals of the orders from 2    (default 1)
//                      exp       1/2 of a match, 1/4 at the next order without one, and so on
//                    When no n-gram of any order matches, the score is 0 whatever the smoothing.
//   effective order  sentences shorter than N: stop at the longest order the hypothesis has n-grams of; else such a
//                    hypothesis scores 0
//
// Source: Papineni, Roukos, Ward, Zhu, BLEU: a Method for Automatic Evaluation of Machine Translation (2002); Post, A
// Call for Clarity in Reporting BLEU Scores (2018); Chen & Cherry, A Systematic Comparison of Smoothing Techniques for
// Sentence-Level BLEU (2014). Same numbers as sacreBLEU 2.6.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

enum class BleuTokenizer {
    V13a,           ///< the WMT standard: Western punctuation off words, decimal points stay
    International,  ///< every Unicode punctuation mark and symbol off, points between digits stay
    Characters,     ///< each character is a token
    None,           ///< cut at white space only
};

enum class BleuSmoothing { None, Floor, AddK, Exponential };

struct BleuOptions {
    BleuTokenizer tokenizer = BleuTokenizer::V13a;
    bool lowercase = false;
    BleuSmoothing smoothing = BleuSmoothing::Exponential;
    std::optional<double> smoothing_value;  ///< of floor and add-k; nothing: their defaults
    int max_order = 4;                      ///< N, 1 or more
    bool effective_order = false;           ///< on for single sentences
};

/// The tokens BLEU counts: lower-cased if asked for, stripped at the right, tokenized, cut at white space.
[[nodiscard]] std::vector<std::string> bleu_tokens(std::string_view text, BleuTokenizer tokenizer, bool lowercase);

/// What is summed over segments. Everything else follows from it, so resampling needs no texts.
struct BleuStatistics {
    int64_t hypothesis_length = 0;          ///< tokens
    int64_t reference_length = 0;           ///< tokens of the closest reference
    std::vector<int64_t> matches;           ///< [max_order] clipped
    std::vector<int64_t> totals;            ///< [max_order] n-grams of the hypothesis
    void add(const BleuStatistics& other);  ///< Checks: same order
};

/// Statistics of one segment from its tokens. Checks: one reference or more, max_order >= 1.
[[nodiscard]] BleuStatistics bleu_statistics(const std::vector<std::string>& hypothesis,
                                             std::span<const std::vector<std::string>> references, int max_order);

struct BleuScore {
    double score = 0;                ///< 0..100
    std::vector<double> matches;     ///< [max_order] after smoothing by add-k
    std::vector<double> totals;      ///< [max_order] after smoothing by add-k
    std::vector<double> precisions;  ///< [max_order] percent, after smoothing; 0 where the order did not count
    double brevity_penalty = 1;      ///< 0..1
    int64_t hypothesis_length = 0;   ///< tokens
    int64_t reference_length = 0;    ///< tokens
    int n_orders = 0;                ///< how many precisions the mean is over
};
[[nodiscard]] BleuScore bleu_score(const BleuStatistics& statistics, const BleuOptions& options);

/// One hypothesis against its references. Errors: segments.no_reference, bleu.order.
[[nodiscard]] Result<BleuScore> sentence_bleu(std::string_view hypothesis, std::span<const std::string> references,
                                              const BleuOptions& options);

/// Errors: as find_segment_fault() says, bleu.order.
[[nodiscard]] Result<BleuScore> corpus_bleu(std::span<const std::string> hypotheses,
                                            std::span<const std::vector<std::string>> references,
                                            const BleuOptions& options);

/// The conventions in sacreBLEU's notation: "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0". The number of
/// references is "var" when segments differ; the version is the one whose numbers ours equal.
[[nodiscard]] std::string bleu_signature(const BleuOptions& options,
                                         std::span<const std::vector<std::string>> references);

}  // namespace terrarium::core
