#include "core/metrics/perplexity.h"

#include "core/support/math.h"

namespace terrarium::core {
namespace {

Error empty_text() {
    return {"perplexity.empty", "", "There is nothing to be unsure about: the text is empty.",
            "Give a text with words."};
}

}  // namespace

Result<SequencePerplexity> sequence_perplexity(std::span<const double> log_probs) {
    if (log_probs.empty()) return empty_text();
    double sum = 0;
    for (const double log_prob : log_probs) sum += log_prob;
    const double mean_nats = -sum / static_cast<double>(log_probs.size());
    return SequencePerplexity{
        .cross_entropy_nats = mean_nats, .perplexity = exp(mean_nats), .bits_per_token = mean_nats / kLn2};
}

Result<CorpusPerplexity> corpus_perplexity(std::span<const DocumentLikelihood> documents) {
    DocumentLikelihood sum;
    for (const DocumentLikelihood& document : documents) {
        sum.log_prob_nats += document.log_prob_nats;
        sum.n_words += document.n_words;
        sum.n_bytes += document.n_bytes;
    }
    if (sum.n_words <= 0 || sum.n_bytes <= 0) return empty_text();
    const double nats_per_byte = -sum.log_prob_nats / static_cast<double>(sum.n_bytes);
    return CorpusPerplexity{.word_perplexity = exp(-sum.log_prob_nats / static_cast<double>(sum.n_words)),
                            .byte_perplexity = exp(nats_per_byte),
                            .bits_per_byte = nats_per_byte / kLn2};
}

}  // namespace terrarium::core
