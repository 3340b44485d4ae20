#include "core/text/quality.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/support/check.h"
#include "core/text/split.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

constexpr std::array<std::string_view, 8> kStopWords = {"the", "be", "to", "of", "and", "that", "have", "with"};
constexpr std::array<std::string_view, 5> kStockPhrases = {"lorem ipsum", "javascript", "cookie policy", "terms of use",
                                                           "privacy policy"};
constexpr double kNoLimit = 1e300;

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

int64_t count_of(std::string_view text, std::string_view wanted) {
    int64_t n = 0;
    for (size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + wanted.size())) ++n;
    return n;
}

bool ends_with_any(std::string_view text, std::span<const std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return text.ends_with(end); });
}

std::string_view trimmed(std::string_view line) {
    const size_t begin = line.find_first_not_of(" \t\r"), end = line.find_last_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view() : line.substr(begin, end - begin + 1);
}

/// The lines that hold something, without the space at their ends.
std::vector<std::string_view> full_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        if (const std::string_view line = trimmed(text.substr(0, end)); !line.empty()) lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

int64_t n_characters(std::string_view text) { return std::ssize(decode_utf8(text).code_points); }

/// Share of the words' characters that lie in the most frequent run of n words; a run that occurs once counts nothing.
double top_ngram_share(std::span<const std::string> words, size_t n, double n_all) {
    std::map<std::string, int64_t> counts;
    for (size_t at = 0; at + n <= words.size(); ++at) {
        std::string run = words[at];
        for (size_t i = at + 1; i < at + n; ++i) run += " " + words[i];
        ++counts[run];
    }
    double most = 0;
    for (const auto& [run, count] : counts) {
        const auto spaces = static_cast<double>(n - 1);
        if (count > 1)
            most = std::max(most, static_cast<double>(count) * (static_cast<double>(n_characters(run)) - spaces));
    }
    return std::min(1.0, share(most, n_all));
}

void measure_lines(std::string_view text, QualityMeasures& out) {
    static constexpr std::array<std::string_view, 4> kBullets = {"•", "- ", "* ", "‣"};
    static constexpr std::array<std::string_view, 2> kEllipses = {"...", "…"};
    static constexpr std::array<std::string_view, 7> kEnds = {".", "!", "?", "\"", "”", "’", "»"};
    const std::vector<std::string_view> lines = full_lines(text);
    double n_bullets = 0, n_ellipses = 0, n_unfinished = 0, n_repeated = 0, repeated_characters = 0, n_all = 0;
    std::map<std::string_view, int64_t> seen;
    for (const std::string_view line : lines) {
        const auto length = static_cast<double>(n_characters(line));
        n_all += length;
        n_bullets += std::any_of(kBullets.begin(), kBullets.end(), [&](auto b) { return line.starts_with(b); }) ? 1 : 0;
        n_ellipses += ends_with_any(line, kEllipses) ? 1 : 0;
        n_unfinished += ends_with_any(line, kEnds) ? 0 : 1;
        if (++seen[line] < 2) continue;
        ++n_repeated;
        repeated_characters += length;
    }
    const auto n = static_cast<double>(lines.size());
    const auto put = [&](QualityMeasure measure, double value) { out.values[static_cast<size_t>(measure)] = value; };
    put(QualityMeasure::BulletLines, share(n_bullets, n));
    put(QualityMeasure::EllipsisLines, share(n_ellipses, n));
    put(QualityMeasure::UnfinishedLines, share(n_unfinished, n));
    put(QualityMeasure::DuplicateLines, share(n_repeated, n));
    put(QualityMeasure::DuplicateLineCharacters, share(repeated_characters, n_all));
}

int64_t n_sentence_ends(std::string_view text) {
    int64_t n = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool is_end = text[i] == '.' || text[i] == '!' || text[i] == '?';
        size_t next = i + 1;
        while (next < text.size() && (text[next] == '"' || text[next] == ')')) ++next;
        if (is_end && (next >= text.size() || text[next] == ' ' || text[next] == '\n')) ++n;
    }
    return n;
}

}  // namespace

QualityMeasures measure_quality(std::string_view text) {
    QualityMeasures out;
    const auto put = [&](QualityMeasure measure, double value) { out.values[static_cast<size_t>(measure)] = value; };
    const std::vector<std::string> words = split_white_space(text);
    const std::string lower = to_lower(text);
    const auto n = static_cast<double>(words.size());
    double n_letters = 0, n_alphabetic = 0;
    std::vector<std::string> plain;  // in lower case, without the marks at their ends
    for (const std::string& word : words) {
        const std::u32string characters = decode_utf8(word).code_points;
        n_letters += static_cast<double>(characters.size());
        n_alphabetic += std::any_of(characters.begin(), characters.end(), is_letter) ? 1 : 0;
        std::string bare = to_lower(std::string_view(word));
        while (!bare.empty() && is_ascii_punctuation(static_cast<uint8_t>(bare.back()))) bare.pop_back();
        plain.push_back(std::move(bare));
    }
    double n_stop_words = 0;
    for (const std::string_view stop : kStopWords)
        n_stop_words += std::find(plain.begin(), plain.end(), stop) != plain.end() ? 1 : 0;
    int64_t n_phrases = 0;
    for (const std::string_view phrase : kStockPhrases) n_phrases += count_of(lower, phrase);
    put(QualityMeasure::Words, n);
    put(QualityMeasure::MeanWordLength, share(n_letters, n));
    put(QualityMeasure::SymbolsPerWord,
        share(static_cast<double>(count_of(text, "#") + count_of(text, "...") + count_of(text, "…")), n));
    put(QualityMeasure::AlphabeticWords, share(n_alphabetic, n));
    put(QualityMeasure::StopWords, n_stop_words);
    put(QualityMeasure::Top2gram, top_ngram_share(words, 2, n_letters));
    put(QualityMeasure::Top3gram, top_ngram_share(words, 3, n_letters));
    put(QualityMeasure::Top4gram, top_ngram_share(words, 4, n_letters));
    put(QualityMeasure::Sentences, static_cast<double>(n_sentence_ends(text)));
    put(QualityMeasure::CurlyBrackets, static_cast<double>(count_of(text, "{") + count_of(text, "}")));
    put(QualityMeasure::StockPhrases, static_cast<double>(n_phrases));
    measure_lines(text, out);
    return out;
}

std::vector<QualityRule> gopher_rules() {
    using enum QualityMeasure;
    return {{"gopher_word_count", Words, 50, 100'000},
            {"gopher_mean_word_length", MeanWordLength, 3, 10},
            {"gopher_symbols_per_word", SymbolsPerWord, 0, 0.1},
            {"gopher_bullet_lines", BulletLines, 0, 0.9},
            {"gopher_ellipsis_lines", EllipsisLines, 0, 0.3},
            {"gopher_alphabetic_words", AlphabeticWords, 0.8, 1},
            {"gopher_stop_words", StopWords, 2, kNoLimit},
            {"gopher_duplicate_lines", DuplicateLines, 0, 0.3},
            {"gopher_duplicate_line_characters", DuplicateLineCharacters, 0, 0.2},
            {"gopher_top_2gram", Top2gram, 0, 0.2},
            {"gopher_top_3gram", Top3gram, 0, 0.18},
            {"gopher_top_4gram", Top4gram, 0, 0.16}};
}

std::vector<QualityRule> c4_rules() {
    using enum QualityMeasure;
    return {{"c4_unfinished_lines", UnfinishedLines, 0, 0.5},
            {"c4_sentences", Sentences, 3, kNoLimit},
            {"c4_curly_brackets", CurlyBrackets, 0, 0},
            {"c4_stock_phrases", StockPhrases, 0, 0}};
}

std::vector<std::string_view> broken_rules(const QualityMeasures& measures, std::span<const QualityRule> rules) {
    std::vector<std::string_view> broken;
    for (const QualityRule& rule : rules) {
        const double value = measures[rule.measure];
        if (value < rule.min || value > rule.max) broken.push_back(rule.name);
    }
    return broken;
}

std::array<double, kQualityMeasures> QualityClassifier::Scaling::apply(const QualityMeasures& measures) const {
    std::array<double, kQualityMeasures> row{};
    for (size_t i = 0; i < row.size(); ++i) row[i] = (measures.values[i] - mean[i]) / spread[i];
    return row;
}

QualityClassifier QualityClassifier::learn(std::span<const std::string> texts, std::span<const uint8_t> is_good,
                                           double l2) {
    TERRARIUM_CHECK(!texts.empty() && texts.size() == is_good.size(), "Every text has a label, and there is one.");
    std::vector<QualityMeasures> measured;
    for (const std::string& text : texts) measured.push_back(measure_quality(text));
    Scaling scaling;
    const auto n = static_cast<double>(texts.size());
    for (size_t i = 0; i < kQualityMeasures; ++i) {
        for (const QualityMeasures& one : measured) scaling.mean[i] += one.values[i] / n;
        double variance = 0;
        for (const QualityMeasures& one : measured) {
            const double off = one.values[i] - scaling.mean[i];
            variance += off * off / n;
        }
        scaling.spread[i] = variance > 0 ? std::sqrt(variance) : 1;
    }
    std::vector<double> features;
    std::vector<int32_t> labels;
    for (size_t i = 0; i < texts.size(); ++i) {
        const auto row = scaling.apply(measured[i]);
        features.insert(features.end(), row.begin(), row.end());
        labels.push_back(is_good[i] != 0 ? 1 : 0);
    }
    LogisticRegression model(features, labels, 2, {.l2 = l2});
    model.fit();
    return {scaling, std::move(model)};
}

double QualityClassifier::score(std::string_view text) const {
    std::array<double, 2> probabilities{};
    model_.probabilities(probabilities, scaling_.apply(measure_quality(text)));
    return probabilities[1];
}

}  // namespace terrarium::core
