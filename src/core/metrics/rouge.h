// ROUGE: how much of a reference summary (the target) a summary (the prediction) repeats.
//
//     precision = matches / n(prediction),  recall = matches / n(target),  F = 2 P R / (P + R)
//
// and 0 where a denominator is 0. What is counted:
//   ROUGE-N     runs of N tokens; a run matches at most as often as each side has it
//   ROUGE-L     tokens of the longest common subsequence: the same order, gaps allowed
//   ROUGE-Lsum  the same between sentences, which a line end separates: for every sentence of the target the union of
//               its longest common subsequences with all sentences of the prediction; a token counts at most as often
//               as each side has it
//
// Tokens are runs of a-z and 0-9 after lower-casing, so an accented letter cuts a word in two. Stemming is Porter's,
// for tokens of more than three characters.
//
// Source: Lin, ROUGE: A Package for Automatic Evaluation of Summaries (2004). Same numbers as Google's rouge_score 0.1.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"
#include "core/support/rng.h"

namespace terrarium::core {

[[nodiscard]] std::vector<std::string> rouge_tokens(std::string_view text, bool use_stemmer);

struct RougeScore {
    double precision = 0;  ///< 0..1
    double recall = 0;     ///< 0..1
    double fmeasure = 0;   ///< 0..1
    int64_t n_matches = 0;
    int64_t n_prediction = 0;  ///< n-grams (ROUGE-N) or tokens of the prediction
    int64_t n_target = 0;
};

/// Checks: n >= 1.
[[nodiscard]] RougeScore rouge_n(const std::vector<std::string>& target, const std::vector<std::string>& prediction,
                                 int n);
[[nodiscard]] RougeScore rouge_l(const std::vector<std::string>& target, const std::vector<std::string>& prediction);

/// One list of tokens per sentence.
struct RougeLsum {
    RougeScore score;
    std::vector<std::vector<size_t>> unions;  ///< per target sentence: places of its tokens in the union, ascending
};
[[nodiscard]] RougeLsum rouge_lsum(std::span<const std::vector<std::string>> target,
                                   std::span<const std::vector<std::string>> prediction);

/// By name: rouge1 to rouge9, rougeL, rougeLsum. Errors: rouge.type.
[[nodiscard]] Result<RougeScore> rouge(std::string_view type, std::string_view target, std::string_view prediction,
                                       bool use_stemmer);

// ---- intervals -----------------------------------------------------------------------------------------------------

/// The three numbers of one example, as they are averaged.
struct RougeTriple {
    double precision = 0, recall = 0, fmeasure = 0;
};

struct RougeInterval {
    RougeTriple low, mid, high;  ///< mid is the median of the resample means, not the mean of the examples
};

/// Percentiles of the means of resamples; each of the three numbers for itself.
/// scores      in  [examples]
/// resamples   in  [resamples][any] indices of examples, drawn with repetition
/// confidence  in  0..1: the share of resample means between low and high
/// Errors: rouge.resamples for no scores, no resamples, an empty one, an index outside, or a confidence outside 0..1.
[[nodiscard]] Result<RougeInterval> rouge_interval(std::span<const RougeTriple> scores,
                                                   std::span<const std::vector<int64_t>> resamples, double confidence);

/// The same with n_resamples resamples drawn here, each as large as the examples are many.
[[nodiscard]] Result<RougeInterval> rouge_bootstrap(std::span<const RougeTriple> scores, int64_t n_resamples,
                                                    double confidence, Rng& rng);

}  // namespace terrarium::core
