// An n-gram language model: predicts a word from the n-1 words before it by counting how often it followed them.
//
//     mle       p(w|c) = count(c w) / count(c)                      0 for what was never seen
//     lidstone  p(w|c) = (count(c w) + gamma) / (count(c) + gamma V)
//     laplace   lidstone with gamma = 1
//
// Sentences are padded with n-1 marks <s> before and </s> behind them, so that a beginning and an end can be predicted.
// V counts the different words of the padded training sentences and <UNK>, which stands for every other word of the
// test.
//
//     entropy = -mean of log2 p over the n-grams of the padded test sentence     perplexity = 2^entropy
//
// Source: Jurafsky & Martin, Speech and Language Processing, 3rd ed. draft, ch. 3. Same numbers as NLTK 3.8, nltk.lm.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

enum class NgramEstimator { Mle, Laplace, Lidstone };

struct NgramLmOptions {
    int order = 2;  ///< n, 1 or more
    NgramEstimator estimator = NgramEstimator::Mle;
    double gamma = 1;  ///< of lidstone, 0 or more
};

/// One prediction.
struct NgramLmStep {
    std::vector<std::string> ngram;  ///< the context and, last, the word; unknown words as <UNK>
    int64_t n_ngram = 0;             ///< how often the training has all of it
    int64_t n_context = 0;           ///< how often the training has the context, followed by anything
    double probability = 0;
};

struct NgramLmScore {
    double entropy_bits = 0;  ///< per n-gram; infinite when one has probability 0
    double perplexity = 0;
    int64_t vocabulary_size = 0;  ///< V
    std::vector<NgramLmStep> steps;
};

/// Trains on sentences of words and measures on one. Errors: ngram_lm.order; ngram_lm.empty when there are no training
/// words or nothing to predict; ngram_lm.undefined when lidstone with gamma 0 meets a context that it never saw (0/0).
[[nodiscard]] Result<NgramLmScore> ngram_lm_score(std::span<const std::vector<std::string>> train,
                                                  const std::vector<std::string>& test, const NgramLmOptions& options);

}  // namespace terrarium::core
