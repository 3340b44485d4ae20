#include "core/metrics/chrf.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {

Result<nlohmann::json> evaluate_chrf(std::string_view metric, const nlohmann::json& input,
                                     const nlohmann::json& params) {
    ChrfOptions options;
    options.char_order = golden_option(params, "char_order", options.char_order);
    options.word_order = golden_option(params, "word_order", options.word_order);
    options.beta = golden_option(params, "beta", options.beta);
    options.lowercase = golden_option(params, "lowercase", options.lowercase);
    options.whitespace = golden_option(params, "whitespace", options.whitespace);
    options.eps_smoothing = golden_option(params, "eps_smoothing", options.eps_smoothing);
    const auto score = [&]() -> Result<ChrfScore> {
        if (metric == "sentence_chrf") {
            return sentence_chrf(input.at("hypothesis").get<std::string>(), golden_texts(input.at("references")),
                                 options);
        }
        if (metric == "corpus_chrf") {
            return corpus_chrf(golden_texts(input.at("hypotheses")), golden_text_lists(input.at("references")),
                               options);
        }
        return unknown_golden_metric("chrf", metric);
    }();
    if (!score) return score.error();
    return nlohmann::json{{"score", score.value().score}};
}

}  // namespace terrarium::core::io
