// Abuse in a text: by a list of words, or by a classifier that has seen examples.
//
//   lexicon     every word of the list counts with its weight; the score is the sum for each word of the text. It finds
//               exactly what is listed, in any context, also when the word is only quoted
//   classifier  learns from labelled texts which words speak for abuse: the words whose presence differs most between
//               both classes become the inputs of a logistic regression. It finds words that no list has, and may learn
//               to suspect whoever is often abused (words of groups), which is why it must be measured for each group
//
// Both are measured with score_flags() and score_spans() of text_spans.h.
//
// Source: Manning, Raghavan, Schuetze, Introduction to Information Retrieval (2008), 13.5.2 for choosing words by
// chi-square; Dixon et al., Measuring and Mitigating Unintended Bias in Text Classification (2018) for the warning.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/logistic_regression.h"
#include "core/text/text_spans.h"

namespace terrarium::core {

struct LexiconWord {
    std::string word;   ///< lower case
    double weight = 1;  ///< > 0
};

class Lexicon {
public:
    /// Checks: weights above 0.
    explicit Lexicon(std::vector<LexiconWord> words);
    /// Sum of weights / words of the text; 0 for a text without words.
    [[nodiscard]] double score(std::string_view text) const;
    /// Where listed words stand; kind 0.
    [[nodiscard]] std::vector<TextSpan> find(std::string_view text) const;

private:
    [[nodiscard]] const LexiconWord* entry(std::string_view word) const;
    std::vector<LexiconWord> words_;  ///< ascending
};

struct WordClassifierOptions {
    int32_t n_words = 64;   ///< inputs of the regression, 1 to 500
    int64_t min_texts = 2;  ///< a word must stand in so many training texts
    double l2 = 0.3;
};

/// "Does this text belong to class 1?" from the presence of words.
class WordClassifier {
public:
    /// is_one  one a text, 0 or 1. Checks: as many as texts, at least one text, options in range.
    static WordClassifier learn(std::span<const std::string> texts, std::span<const uint8_t> is_one,
                                const WordClassifierOptions& options = {});
    /// Probability of class 1, 0..1.
    [[nodiscard]] double score(std::string_view text) const;
    /// The chosen words, the most telling first, and their weights: positive speaks for class 1.
    [[nodiscard]] std::span<const std::string> words() const { return words_; }
    [[nodiscard]] std::span<const double> weights() const { return model_.weights().first(words_.size()); }

private:
    WordClassifier(std::vector<std::string> words, LogisticRegression model)
        : words_(std::move(words)), model_(std::move(model)) {}
    std::vector<std::string> words_;
    LogisticRegression model_;
};

}  // namespace terrarium::core
