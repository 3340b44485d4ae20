#include "core/text/toxicity.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/support/check.h"
#include "core/text/unicode.h"

namespace terrarium::core {
namespace {

/// The different words of a text in lower case, ascending.
std::vector<std::string> word_set(std::string_view text) {
    std::vector<std::string> words;
    for (const PlacedWord& word : placed_words(text)) words.push_back(to_lower(word.text));
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::vector<double> presence(std::span<const std::string> wanted, std::string_view text) {
    const std::vector<std::string> words = word_set(text);
    std::vector<double> row;
    for (const std::string& word : wanted) row.push_back(std::binary_search(words.begin(), words.end(), word) ? 1 : 0);
    return row;
}

/// Chi-square of the table of word present or not against class 0 or 1.
double chi_square(double n_in_one, double n_in_zero, double n_one, double n_zero) {
    const double without_one = n_one - n_in_one, without_zero = n_zero - n_in_zero;
    const double product = (n_in_one + n_in_zero) * (without_one + without_zero) * n_one * n_zero;
    const double difference = n_in_one * without_zero - n_in_zero * without_one;
    return product > 0 ? (n_one + n_zero) * difference * difference / product : 0;
}

}  // namespace

Lexicon::Lexicon(std::vector<LexiconWord> words) : words_(std::move(words)) {
    for (const LexiconWord& word : words_) TERRARIUM_CHECK(word.weight > 0, "A listed word has a weight above 0.");
    std::sort(words_.begin(), words_.end(), [](const LexiconWord& a, const LexiconWord& b) { return a.word < b.word; });
}

const LexiconWord* Lexicon::entry(std::string_view word) const {
    const std::string lower = to_lower(word);
    const auto found = std::lower_bound(words_.begin(), words_.end(), lower,
                                        [](const LexiconWord& a, const std::string& b) { return a.word < b; });
    return found != words_.end() && found->word == lower ? &*found : nullptr;
}

double Lexicon::score(std::string_view text) const {
    const std::vector<PlacedWord> words = placed_words(text);
    double sum = 0;
    for (const PlacedWord& word : words) {
        if (const LexiconWord* const listed = entry(word.text)) sum += listed->weight;
    }
    return words.empty() ? 0 : sum / static_cast<double>(words.size());
}

std::vector<TextSpan> Lexicon::find(std::string_view text) const {
    std::vector<TextSpan> found;
    for (const PlacedWord& word : placed_words(text)) {
        if (entry(word.text) != nullptr) found.push_back({word.begin, word.end, 0});
    }
    return found;
}

WordClassifier WordClassifier::learn(std::span<const std::string> texts, std::span<const uint8_t> is_one,
                                     const WordClassifierOptions& options) {
    TERRARIUM_CHECK(!texts.empty() && texts.size() == is_one.size(), "Every text has a label, and there is one.");
    TERRARIUM_CHECK(options.n_words >= 1 && options.n_words <= 500, "The number of words is out of range.");
    std::map<std::string, std::array<int64_t, 2>> counts;
    std::array<int64_t, 2> n_texts{};
    std::vector<int32_t> labels;
    for (size_t i = 0; i < texts.size(); ++i) {
        const size_t label = is_one[i] != 0 ? 1 : 0;
        labels.push_back(static_cast<int32_t>(label));
        ++n_texts[label];
        for (const std::string& word : word_set(texts[i])) ++counts[word][label];
    }
    std::vector<std::pair<double, std::string>> ranked;
    for (const auto& [word, n] : counts) {
        if (n[0] + n[1] < options.min_texts) continue;
        ranked.emplace_back(chi_square(static_cast<double>(n[1]), static_cast<double>(n[0]),
                                       static_cast<double>(n_texts[1]), static_cast<double>(n_texts[0])),
                            word);
    }
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    ranked.resize(std::min(ranked.size(), static_cast<size_t>(options.n_words)));
    std::vector<std::string> words;
    for (auto& [telling, word] : ranked) words.push_back(std::move(word));
    if (words.empty()) words.emplace_back();  // no word is frequent enough: the regression keeps its bias alone
    std::vector<double> features;
    for (const std::string& text : texts) {
        const std::vector<double> row = presence(words, text);
        features.insert(features.end(), row.begin(), row.end());
    }
    LogisticRegression model(features, labels, 2, {.l2 = options.l2});
    model.fit();
    return {std::move(words), std::move(model)};
}

double WordClassifier::score(std::string_view text) const {
    std::array<double, 2> probabilities{};
    model_.probabilities(probabilities, presence(words_, text));
    return probabilities[1];
}

}  // namespace terrarium::core
