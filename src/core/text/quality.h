// Is this text worth learning from? Rules of two well-known pipelines for web text, each with its name and its limit,
// and a small classifier on the same measures.
//
// A rule measures one thing and sets a limit. It can be read, argued about and switched off, and it is wrong on texts
// that its authors did not think of: a poem has no long lines, a table few words. What a set of rules costs and catches
// is counted with score_flags() of text_spans.h. The classifier learns the weights of the measures from examples
// instead; it catches more, and says less about why.
//
// Source: Rae et al., Scaling Language Models: Methods, Analysis & Insights from Training Gopher (2021), appendix A.1;
// Raffel et al., Exploring the Limits of Transfer Learning (2020), section 2.2, for C4. C4 drops lines and keeps the
// rest of a page; here a text is one unit, so its rules about lines are limits on the share of such lines.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/logistic_regression.h"

namespace terrarium::core {

/// What is measured, in the order of QualityMeasures::values.
enum class QualityMeasure : int32_t {
    Words,                    ///< pieces between white space
    MeanWordLength,           ///< characters
    SymbolsPerWord,           ///< # and ellipses for each word
    BulletLines,              ///< share of lines that begin with a bullet
    EllipsisLines,            ///< share of lines that end with an ellipsis
    AlphabeticWords,          ///< share of words with at least one letter
    StopWords,                ///< different ones of: the be to of and that have with
    DuplicateLines,           ///< share of lines that an earlier line repeats
    DuplicateLineCharacters,  ///< the same as a share of characters
    Top2gram,                 ///< share of characters in the most frequent run of two words
    Top3gram,                 ///< of three
    Top4gram,                 ///< of four
    UnfinishedLines,          ///< share of lines that do not end with . ! ? or a closing quotation mark
    Sentences,                ///< ends of sentences: . ! ? before white space or the end
    CurlyBrackets,            ///< { and }
    StockPhrases,             ///< of: lorem ipsum, javascript, cookie policy, terms of use, privacy policy
};
inline constexpr int32_t kQualityMeasures = 16;

struct QualityMeasures {
    std::array<double, kQualityMeasures> values{};
    [[nodiscard]] double operator[](QualityMeasure measure) const { return values[static_cast<size_t>(measure)]; }
};
/// An empty text measures 0 everywhere.
[[nodiscard]] QualityMeasures measure_quality(std::string_view text);

/// A measure must lie within min and max.
struct QualityRule {
    std::string_view name;  ///< "gopher_word_count"
    QualityMeasure measure = QualityMeasure::Words;
    double min = 0, max = 0;
};
/// With the limits of the papers.
[[nodiscard]] std::vector<QualityRule> gopher_rules();
[[nodiscard]] std::vector<QualityRule> c4_rules();
/// Names of the rules that the text breaks, in their order; none: it passes.
[[nodiscard]] std::vector<std::string_view> broken_rules(const QualityMeasures& measures,
                                                         std::span<const QualityRule> rules);

/// Logistic regression on the measures, each brought to mean 0 and spread 1 over the training texts.
class QualityClassifier {
public:
    /// is_good  one a text, 0 or 1. Checks: as many as texts, at least one text.
    static QualityClassifier learn(std::span<const std::string> texts, std::span<const uint8_t> is_good,
                                   double l2 = 1.0);
    /// Probability that a text is good, 0..1.
    [[nodiscard]] double score(std::string_view text) const;
    /// Weight of each measure: positive speaks for good.
    [[nodiscard]] std::span<const double> weights() const { return model_.weights().first(kQualityMeasures); }

private:
    struct Scaling {
        std::array<double, kQualityMeasures> mean{}, spread{};
        [[nodiscard]] std::array<double, kQualityMeasures> apply(const QualityMeasures& measures) const;
    };
    QualityClassifier(Scaling scaling, LogisticRegression model) : scaling_(scaling), model_(std::move(model)) {}
    Scaling scaling_;
    LogisticRegression model_;
};

}  // namespace terrarium::core
