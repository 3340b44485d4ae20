// Contamination: does a text hold pieces of another, for instance a training text pieces of a test?
//
// Every run of n words of the reference texts is known; a run of the checked text that is among them counts. A model
// that has read its test can answer without knowing anything, so test items with an overlap are taken out or reported
// apart. n = 13 is usual (shorter runs occur by chance, longer ones miss edited copies); small n measures how close two
// texts are in wording.
//
// Words are compared in lower case and without marks between them (placed_words() of text_spans.h). A text with fewer
// than n words has no run, so nothing can be said about it.
//
// Source: Brown et al., Language Models are Few-Shot Learners (2020), appendix C, for 13 words.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/text/text_spans.h"

namespace terrarium::core {

struct Overlap {
    int64_t n_runs = 0;           ///< of the checked text
    int64_t n_shared = 0;         ///< runs that a reference text holds, too
    std::vector<TextSpan> spans;  ///< the shared parts, merged where they touch; kind: index of a reference that has it
    [[nodiscard]] bool is_contaminated() const { return n_shared > 0; }
    [[nodiscard]] double share() const;  ///< n_shared / n_runs; NaN without runs
};

class NgramIndex {
public:
    /// Checks: n >= 1.
    NgramIndex(std::span<const std::string> references, int64_t n_words);

    [[nodiscard]] Overlap check(const std::string& text) const;
    [[nodiscard]] int64_t n_words() const { return n_words_; }
    [[nodiscard]] int64_t n_runs() const { return std::ssize(runs_); }  ///< different ones

private:
    /// A run by its words, so that two different runs never count as the same.
    struct Run {
        std::string words;
        int32_t reference = 0;  ///< the first that holds it
    };
    int64_t n_words_ = 1;
    std::vector<Run> runs_;  ///< ascending by words
};

}  // namespace terrarium::core
