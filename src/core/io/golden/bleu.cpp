#include "core/metrics/bleu.h"

#include "core/io/golden/bleu_options.h"
#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

Result<json> as_json(const Result<BleuScore>& result) {
    if (!result) return result.error();
    const BleuScore& score = result.value();
    return json{{"score", score.score},
                {"counts", score.matches},
                {"totals", score.totals},
                {"precisions", score.precisions},
                {"brevity_penalty", score.brevity_penalty},
                {"hypothesis_length", score.hypothesis_length},
                {"reference_length", score.reference_length},
                {"last_order_count", score.matches.back()},
                {"last_order_total", score.totals.back()}};
}

}  // namespace

Result<BleuOptions> golden_bleu_options(const json& params) {
    BleuOptions options;
    const auto tokenizer = golden_choice(params, "tokenize", options.tokenizer,
                                         {{"13a", BleuTokenizer::V13a},
                                          {"intl", BleuTokenizer::International},
                                          {"char", BleuTokenizer::Characters},
                                          {"none", BleuTokenizer::None}});
    const auto smoothing = golden_choice(params, "smooth_method", options.smoothing,
                                         {{"none", BleuSmoothing::None},
                                          {"floor", BleuSmoothing::Floor},
                                          {"add-k", BleuSmoothing::AddK},
                                          {"exp", BleuSmoothing::Exponential}});
    if (!tokenizer) return tokenizer.error();
    if (!smoothing) return smoothing.error();
    options.tokenizer = tokenizer.value();
    options.smoothing = smoothing.value();
    options.lowercase = golden_option(params, "lowercase", options.lowercase);
    options.max_order = golden_option(params, "max_ngram_order", options.max_order);
    options.effective_order = golden_option(params, "effective_order", options.effective_order);
    if (const auto value = params.find("smooth_value"); value != params.end() && !value->is_null())
        options.smoothing_value = value->get<double>();
    return options;
}

Result<json> evaluate_bleu(std::string_view metric, const json& input, const json& params) {
    const Result<BleuOptions> options = golden_bleu_options(params);
    if (!options) return options.error();
    if (metric == "tokenize") {
        const auto text = input.at("text").get<std::string>();
        return json{{"tokens", bleu_tokens(text, options.value().tokenizer, options.value().lowercase)}};
    }
    if (metric == "sentence_bleu") {
        return as_json(sentence_bleu(input.at("hypothesis").get<std::string>(), golden_texts(input.at("references")),
                                     options.value()));
    }
    if (metric == "corpus_bleu") {
        return as_json(corpus_bleu(golden_texts(input.at("hypotheses")), golden_text_lists(input.at("references")),
                                   options.value()));
    }
    return unknown_golden_metric("bleu", metric);
}

}  // namespace terrarium::core::io
