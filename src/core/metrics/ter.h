// TER, translation edit rate: the fewest edits that turn a hypothesis into a reference, for each word of the reference.
//
//     TER = 100 * edits / mean reference length
//
// An edit inserts, deletes or substitutes a word, or shifts a run of words to another place. 0 is perfect; more than
// 100 is possible. Of several references the one with the fewest edits counts; the length is the mean over all of them.
// For a corpus, edits and lengths are summed over segments. Edits against no reference words at all are 100, no edits
// are 0.
//
// The best set of shifts is hard to find (the problem is NP-complete), so the number is defined by a search, Tercom's:
//   - make the shift that lowers the edit distance most, again and again, until none lowers it; each counts as one
//   edit;
//   - try runs of at most 10 words that stand in both texts, at most 50 places apart, where both sides are misaligned;
//   - of equal gains take the longer run, then the earlier one, then the earlier target;
//   - stop after 1,000 tried shifts; the edit distance itself looks at most 25 cells away from the diagonal.
// So growth is bounded by 1,000 * n * 50 steps for n words.
//
// Source: Snover, Dorr, Schwartz, Micciulla, Makhoul, A Study of Translation Edit Rate with Targeted Human Annotation
// (2006). Same numbers as sacreBLEU 2.6.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

struct TerOptions {
    bool normalized = false;     ///< cut Western punctuation off words
    bool no_punct = false;       ///< delete . , ? : ; ! " ( )
    bool asian_support = false;  ///< with the two above: single Chinese characters, Asian punctuation
    bool case_sensitive = false;
};

/// The words TER compares.
[[nodiscard]] std::vector<std::string> ter_words(std::string_view text, const TerOptions& options);

enum class TerEdit : uint8_t { Keep, Substitute, Insert, Delete };

struct TerShift {
    size_t start = 0;   ///< first word of the run, in the hypothesis as it then was
    size_t length = 0;  ///< words
    size_t target = 0;  ///< before which word of it the run is put
};

/// How one hypothesis becomes one reference.
struct TerPath {
    std::vector<TerShift> shifts;      ///< in the order they are made
    std::vector<std::string> shifted;  ///< the hypothesis after all shifts
    std::vector<TerEdit> edits;        ///< from left to right: Insert takes a word of the reference, Delete drops one
                                       ///< of the hypothesis, the others take one of each
    int64_t n_edits = 0;               ///< shifts and edits that are no Keep
};
[[nodiscard]] TerPath ter_path(const std::vector<std::string>& hypothesis, const std::vector<std::string>& reference);

struct TerScore {
    double score = 0;  ///< percent, 0 or more
    int64_t n_edits = 0;
    double reference_length = 0;  ///< words, mean over the references; for a corpus the sum of the means
    size_t best_reference = 0;    ///< one segment only: the first with the fewest edits
};

/// Errors: segments.no_reference.
[[nodiscard]] Result<TerScore> sentence_ter(std::string_view hypothesis, std::span<const std::string> references,
                                            const TerOptions& options);
/// Errors: as find_segment_fault() says.
[[nodiscard]] Result<TerScore> corpus_ter(std::span<const std::string> hypotheses,
                                          std::span<const std::vector<std::string>> references,
                                          const TerOptions& options);

}  // namespace terrarium::core
