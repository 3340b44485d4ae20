#include "core/metrics/ngram_lm.h"

#include <algorithm>

#include "core/metrics/ngrams.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kBegin = "<s>";
constexpr const char* kEnd = "</s>";
constexpr const char* kUnknown = "<UNK>";
constexpr int kMaxOrder = 100;

Words padded(const Words& sentence, int order) {
    const auto n_marks = static_cast<size_t>(order - 1);
    Words result(n_marks, kBegin);
    result.insert(result.end(), sentence.begin(), sentence.end());
    result.insert(result.end(), n_marks, kEnd);
    return result;
}

Words vocabulary_of(std::span<const Words> sentences) {
    Words words;
    for (const Words& sentence : sentences) words.insert(words.end(), sentence.begin(), sentence.end());
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

/// How often the training has each n-gram, by number; only those that a word follows (n_followers more words).
std::vector<int64_t> counts_in_training(const NgramNumbers& numbers, size_t n_sentences, size_t n_followers) {
    std::vector<int64_t> counts(static_cast<size_t>(numbers.n_distinct()), 0);
    for (size_t sentence = 0; sentence < n_sentences; ++sentence) {
        const std::span<const int32_t> all = numbers.of(sentence);
        for (size_t i = 0; i + n_followers < all.size(); ++i) ++counts[static_cast<size_t>(all[i])];
    }
    return counts;
}

double probability(const NgramLmStep& step, int64_t vocabulary_size, const NgramLmOptions& options) {
    const auto count = static_cast<double>(step.n_ngram), total = static_cast<double>(step.n_context);
    if (options.estimator == NgramEstimator::Mle) return step.n_context > 0 ? count / total : 0;
    const double gamma = options.estimator == NgramEstimator::Laplace ? 1 : options.gamma;
    return (count + gamma) / (total + gamma * static_cast<double>(vocabulary_size));
}

std::vector<NgramLmStep> count_steps(std::span<const Words> texts, int order) {
    const size_t n_sentences = texts.size() - 1;  // the last text is the test
    const Words& test = texts.back();
    NgramNumbers numbers(texts);
    const auto n = static_cast<size_t>(order);
    std::vector<NgramLmStep> steps(test.size() < n ? 0 : test.size() - n + 1);
    if (order == 1) {
        int64_t n_words = 0;
        for (const Words& sentence : texts.first(n_sentences)) n_words += std::ssize(sentence);
        for (NgramLmStep& step : steps) step.n_context = n_words;
    }
    while (numbers.order() < order) {
        if (numbers.order() == order - 1) {
            const std::vector<int64_t> counts = counts_in_training(numbers, n_sentences, 1);
            for (size_t i = 0; i < steps.size(); ++i)
                steps[i].n_context = counts[static_cast<size_t>(numbers.of(n_sentences)[i])];
        }
        numbers.extend();
    }
    const std::vector<int64_t> counts = counts_in_training(numbers, n_sentences, 0);
    for (size_t i = 0; i < steps.size(); ++i) {
        steps[i].n_ngram = counts[static_cast<size_t>(numbers.of(n_sentences)[i])];
        const auto begin = test.begin() + static_cast<std::ptrdiff_t>(i);
        steps[i].ngram.assign(begin, begin + order);
    }
    return steps;
}

}  // namespace

Result<NgramLmScore> ngram_lm_score(std::span<const Words> train, const Words& test, const NgramLmOptions& options) {
    if (options.order < 1 || options.order > kMaxOrder || !(options.gamma >= 0))
        return Error{"ngram_lm.order", "", "The order must be 1 to 100 and gamma not negative.", "2 or 3 are usual."};
    std::vector<Words> texts;
    for (const Words& sentence : train) texts.push_back(padded(sentence, options.order));
    const Words vocabulary = vocabulary_of(texts);
    texts.push_back(padded(test, options.order));
    for (std::string& word : texts.back()) {
        if (!std::binary_search(vocabulary.begin(), vocabulary.end(), word)) word = kUnknown;
    }
    NgramLmScore score{.vocabulary_size = std::ssize(vocabulary) + 1, .steps = count_steps(texts, options.order)};
    if (vocabulary.empty() || score.steps.empty())
        return Error{"ngram_lm.empty", "", "There are no words to learn from, or none to predict.", "Give some text."};
    double sum_bits = 0;
    for (NgramLmStep& step : score.steps) {
        step.probability = probability(step, score.vocabulary_size, options);
        if (step.probability != step.probability) {
            return Error{"ngram_lm.undefined", "", "With gamma 0 a context that was never seen predicts nothing (0/0).",
                         "Take a gamma above 0, or the estimator mle."};
        }
        sum_bits += log(step.probability) / kLn2;
    }
    score.entropy_bits = -sum_bits / static_cast<double>(score.steps.size());
    score.perplexity = exp(score.entropy_bits * kLn2);
    return score;
}

}  // namespace terrarium::core
