#include "core/metrics/ter.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {

Result<nlohmann::json> evaluate_ter(std::string_view metric, const nlohmann::json& input,
                                    const nlohmann::json& params) {
    const TerOptions options{.normalized = golden_option(params, "normalized", false),
                             .no_punct = golden_option(params, "no_punct", false),
                             .asian_support = golden_option(params, "asian_support", false),
                             .case_sensitive = golden_option(params, "case_sensitive", false)};
    const auto score = [&]() -> Result<TerScore> {
        if (metric == "sentence_ter") {
            return sentence_ter(input.at("hypothesis").get<std::string>(), golden_texts(input.at("references")),
                                options);
        }
        if (metric == "corpus_ter")
            return corpus_ter(golden_texts(input.at("hypotheses")), golden_text_lists(input.at("references")), options);
        return unknown_golden_metric("ter", metric);
    }();
    if (!score) return score.error();
    return nlohmann::json{{"score", score.value().score},
                          {"edits", score.value().n_edits},
                          {"reference_length", score.value().reference_length}};
}

}  // namespace terrarium::core::io
