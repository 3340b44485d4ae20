#include "core/metrics/perplexity.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"
#include "core/metrics/ngram_lm.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

Result<json> evaluate_corpus(const json& input) {
    std::vector<DocumentLikelihood> documents;
    for (const json& document : input.at("documents")) {
        documents.push_back({.log_prob_nats = golden_number(document.at("log_prob")),
                             .n_words = document.at("words").get<int64_t>(),
                             .n_bytes = document.at("bytes").get<int64_t>()});
    }
    const auto result = corpus_perplexity(documents);
    if (!result) return result.error();
    return json{{"word_perplexity", result.value().word_perplexity},
                {"byte_perplexity", result.value().byte_perplexity},
                {"bits_per_byte", result.value().bits_per_byte}};
}

Result<json> evaluate_ngram_lm(const json& input, const json& params) {
    const auto estimator = golden_choice(
        params, "estimator", NgramEstimator::Mle,
        {{"mle", NgramEstimator::Mle}, {"laplace", NgramEstimator::Laplace}, {"lidstone", NgramEstimator::Lidstone}});
    if (!estimator) return estimator.error();
    const NgramLmOptions options{.order = golden_option(params, "order", 2),
                                 .estimator = estimator.value(),
                                 .gamma = golden_option(params, "gamma", 1.0)};
    const auto score = ngram_lm_score(golden_text_lists(input.at("train")), golden_texts(input.at("test")), options);
    if (!score) return score.error();
    return json{{"entropy", score.value().entropy_bits},
                {"perplexity", score.value().perplexity},
                {"vocabulary_size", score.value().vocabulary_size}};
}

}  // namespace

Result<json> evaluate_perplexity(std::string_view metric, const json& input, const json& params) {
    if (metric == "corpus_perplexity") return evaluate_corpus(input);
    if (metric == "ngram_lm") return evaluate_ngram_lm(input, params);
    if (metric != "perplexity") return unknown_golden_metric("perplexity", metric);
    const auto result = sequence_perplexity(golden_numbers(input.at("log_probs")));
    if (!result) return result.error();
    return json{{"perplexity", result.value().perplexity},
                {"cross_entropy_nats", result.value().cross_entropy_nats},
                {"bits_per_token", result.value().bits_per_token}};
}

}  // namespace terrarium::core::io
