// chrF: how many of a translation's character runs also stand in the reference, and how many of the reference's are
// found; chrF++ counts runs of words as well.
//
// For each order (1 to 6 characters; with chrF++ also 1 and 2 words) of hypothesis h, reference r and common n-grams m:
//
//     P = mean of m/h,  R = mean of m/r,  chrF = 100 (1 + b^2) P R / (b^2 P + R)
//
// b = 2: recall counts twice as much as precision. Characters forgive a wrong ending, which words do not; therefore
// chrF suits languages with many forms.
//
// Conventions that move the number:
//   white space     is removed before characters are counted, unless kept by `whitespace`
//   words           a word of two or more characters gives off one trailing ASCII punctuation mark, else one leading
//   orders          an order of which hypothesis or reference has no n-gram is left out of both means; with eps
//   smoothing
//                   it counts as a tiny precision instead, and the score is the mean of the orders' F
//   references      the one with the best score counts; for a corpus, its statistics are summed first
//
// Source: Popovic, chrF: character n-gram F-score for automatic MT evaluation (2015) and chrF++: words helping
// character n-grams (2017). Same numbers as sacreBLEU 2.6.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

struct ChrfOptions {
    int char_order = 6;  ///< 1 or more
    int word_order = 0;  ///< 0 is chrF, 2 is chrF++
    double beta = 2;     ///< 0 or more; how many times recall weighs as much as precision
    bool lowercase = false;
    bool whitespace = false;
    bool eps_smoothing = false;
};

/// Counts of one order.
struct ChrfOrder {
    int64_t n_hypothesis = 0;  ///< 0 where the reference has no n-gram of this order
    int64_t n_reference = 0;
    int64_t n_common = 0;
};

struct ChrfScore {
    double score = 0;               ///< 0..100
    std::vector<ChrfOrder> orders;  ///< characters 1 to char_order, then words 1 to word_order
    double precision = 0;           ///< 0..1, mean over the orders that count; not used with eps smoothing
    double recall = 0;              ///< 0..1, likewise
    int n_orders = 0;               ///< orders with n-grams on both sides
    size_t best_reference = 0;      ///< of a single segment
};

/// The score that follows from counts.
[[nodiscard]] ChrfScore chrf_score(std::vector<ChrfOrder> orders, const ChrfOptions& options);

/// Words as chrF++ counts them.
[[nodiscard]] std::vector<std::string> chrf_words(std::string_view text);

/// Errors: segments.no_reference, chrf.order.
[[nodiscard]] Result<ChrfScore> sentence_chrf(std::string_view hypothesis, std::span<const std::string> references,
                                              const ChrfOptions& options);
/// Errors: as find_segment_fault() says, chrf.order.
[[nodiscard]] Result<ChrfScore> corpus_chrf(std::span<const std::string> hypotheses,
                                            std::span<const std::vector<std::string>> references,
                                            const ChrfOptions& options);

}  // namespace terrarium::core
