// Perplexity: how unsure a model was about a text that it read, as "among how many equal choices".
//
//     cross-entropy H = -mean of ln p(token | what stands before it)    nats per token
//     perplexity      = e^H        bits per token = H / ln 2
//
// Per token it can be compared between models of one vocabulary only: larger tokens are harder to guess. Per word and
// per byte, the text itself is the measure:
//
//     word perplexity = e^(-sum / words)   byte perplexity = e^(-sum / bytes)   bits per byte = -sum / (bytes ln 2)
//
// A token of probability 0 makes every one of these infinite, and so does a mean too large for e^H to be held.
//
// Source: Jurafsky & Martin, Speech and Language Processing, 3rd ed. draft, ch. 3; EleutherAI's lm-evaluation-harness
// 0.4 for the conventions over several documents.

#pragma once

#include <cstdint>
#include <span>

#include "core/support/result.h"

namespace terrarium::core {

struct SequencePerplexity {
    double cross_entropy_nats = 0;  ///< per token
    double perplexity = 0;
    double bits_per_token = 0;
};

/// log_probs  in  [tokens] ln p of each token, usually <= 0
/// Errors: perplexity.empty for no tokens.
[[nodiscard]] Result<SequencePerplexity> sequence_perplexity(std::span<const double> log_probs);

struct DocumentLikelihood {
    double log_prob_nats = 0;  ///< sum over the document
    int64_t n_words = 0;
    int64_t n_bytes = 0;
};

struct CorpusPerplexity {
    double word_perplexity = 0;
    double byte_perplexity = 0;
    double bits_per_byte = 0;
};

/// Log probabilities, words and bytes are summed over the documents first. Errors: perplexity.empty for documents
/// without a word or a byte.
[[nodiscard]] Result<CorpusPerplexity> corpus_perplexity(std::span<const DocumentLikelihood> documents);

}  // namespace terrarium::core
