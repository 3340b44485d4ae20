// Which language, or which dialect, is a text written in? Learned from examples by counting runs of characters.
//
//   log p(class | text)  =  log p(class)  +  sum over the text's runs of  log p(run | class)   (then normalised)
//   p(run | class)       =  (count of the run in the class + smoothing) / (all runs of the class + smoothing V)
//
// A run is n characters of the text in lower case, for every n from 1 to max_n, with a space before and after each
// word; V is the number of different runs seen in any class. "Naive" because runs are treated as if they were
// independent; they overlap, so the probabilities that come out are far too sure, while the order of the classes is
// good. That is said by `nats_per_run`, the lead of the best class over the second for each run, which does not grow
// with the text.
//
// Source: Cavnar and Trenkle, N-Gram-Based Text Categorization (1994) for the features; Manning, Raghavan, Schuetze,
// Introduction to Information Retrieval (2008), ch. 13 for the classifier.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terrarium::core {

struct LabelledText {
    std::string_view text;
    int32_t label = 0;
};

struct LanguageGuess {
    int32_t label = -1;                 ///< -1: the text has no run that is known
    std::vector<double> probabilities;  ///< [classes], sums to 1; all equal when nothing is known
    double nats_per_run = 0;            ///< lead of the best over the second; 0 when nothing is known
};

struct LanguageOptions {
    int32_t max_n = 3;       ///< longest run, 1 to 5
    double smoothing = 0.5;  ///< > 0
};

class LanguageIdentifier {
public:
    /// Checks: labels in 0..n_classes-1, n_classes >= 2, options in range. A class without text can still be guessed,
    /// from smoothing alone.
    static LanguageIdentifier learn(std::span<const LabelledText> texts, int32_t n_classes,
                                    const LanguageOptions& options = {});

    [[nodiscard]] LanguageGuess guess(std::string_view text) const;
    [[nodiscard]] int32_t n_classes() const { return n_classes_; }
    [[nodiscard]] int64_t n_runs() const { return std::ssize(runs_); }  ///< different ones

private:
    LanguageOptions options_;
    int32_t n_classes_ = 0;
    std::vector<std::string> runs_;    ///< ascending
    std::vector<double> log_chances_;  ///< [runs, classes] log p(run | class)
    std::vector<double> log_priors_;   ///< [classes]
};

/// The runs of a text as the identifier sees them, in reading order.
[[nodiscard]] std::vector<std::string> character_runs(std::string_view text, int32_t max_n);

/// Right guesses over texts with known labels: accuracy, and precision and recall of each class by counting
/// (label_score of metrics/classification.h makes the ratios).
struct LanguageScore {
    int64_t n_texts = 0, n_right = 0;
    std::vector<int64_t> n_true, n_guessed, n_both;       ///< [classes]
    [[nodiscard]] double accuracy() const;                ///< NaN without texts
    [[nodiscard]] double precision(int32_t label) const;  ///< NaN when it was never guessed
    [[nodiscard]] double recall(int32_t label) const;     ///< NaN when it never was the truth
};
[[nodiscard]] LanguageScore score_languages(const LanguageIdentifier& identifier, std::span<const LabelledText> texts);

}  // namespace terrarium::core
