#include "core/metrics/bertscore.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

EmbeddedText read_text(const json& text) {
    EmbeddedText result{.weights = golden_numbers(text.at("weights"))};
    for (const json& row : text.at("embeddings")) result.rows.push_back(golden_numbers(row));
    return result;
}

BertTriple read_triple(const json& triple) {
    return {golden_number(triple.at("precision")), golden_number(triple.at("recall")), golden_number(triple.at("f1"))};
}

json as_json(const BertTriple& triple) {
    return {{"precision", triple.precision}, {"recall", triple.recall}, {"f1", triple.f1}};
}

}  // namespace

Result<json> evaluate_bertscore(std::string_view metric, const json& input, const json& params) {
    const bool has_special_tokens = golden_option(params, "special_tokens", true);
    if (metric == "bertscore") {
        const auto result =
            bert_score(read_text(input.at("candidate")), read_text(input.at("reference")), has_special_tokens);
        return result ? Result<json>(as_json(result.value().score)) : result.error();
    }
    if (metric == "bertscore_multi") {
        std::vector<EmbeddedText> references;
        for (const json& reference : input.at("references")) references.push_back(read_text(reference));
        const auto best = bert_score_multi(read_text(input.at("candidate")), references, has_special_tokens);
        return best ? Result<json>(as_json(best.value())) : best.error();
    }
    if (metric == "idf") {
        return json{{"idf", inverse_document_frequencies(input.at("documents").get<std::vector<std::vector<int64_t>>>(),
                                                         input.at("tokens").get<std::vector<int64_t>>())}};
    }
    if (metric == "rescale") return as_json(rescaled(read_triple(input), read_triple(params.at("baseline"))));
    return unknown_golden_metric("bertscore", metric);
}

}  // namespace terrarium::core::io
