#include "core/metrics/rouge.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

constexpr uint64_t kSeed = 1;

template <typename Triple>
json as_json(const Triple& triple) {
    return {{"precision", triple.precision}, {"recall", triple.recall}, {"fmeasure", triple.fmeasure}};
}

Result<json> evaluate_types(const json& input, const json& params) {
    json scores = json::object();
    for (const std::string& type : golden_texts(params.at("types"))) {
        const auto score = rouge(type, input.at("target").get<std::string>(), input.at("prediction").get<std::string>(),
                                 golden_option(params, "use_stemmer", false));
        if (!score) return score.error();
        scores[type] = as_json(score.value());
    }
    return scores;
}

Result<json> evaluate_interval(std::string_view metric, const json& input, const json& params) {
    std::vector<RougeTriple> scores;
    for (const json& triple : input.at("scores"))
        scores.push_back({triple.at(0).get<double>(), triple.at(1).get<double>(), triple.at(2).get<double>()});
    const double confidence = golden_option(params, "confidence_interval", 0.95);
    Rng rng(kSeed);
    const auto interval =
        metric == "rouge_bootstrap"
            ? rouge_interval(scores, input.at("resamples").get<std::vector<std::vector<int64_t>>>(), confidence)
            : rouge_bootstrap(scores, golden_option<int64_t>(params, "n_samples", 1000), confidence, rng);
    if (!interval) return interval.error();
    return json{{"low", as_json(interval.value().low)},
                {"mid", as_json(interval.value().mid)},
                {"high", as_json(interval.value().high)}};
}

}  // namespace

Result<json> evaluate_rouge(std::string_view metric, const json& input, const json& params) {
    if (metric == "rouge") return evaluate_types(input, params);
    if (metric == "rouge_tokenize") {
        const auto text = input.at("text").get<std::string>();
        return json{{"tokens", rouge_tokens(text, golden_option(params, "use_stemmer", false))}};
    }
    if (metric == "rouge_bootstrap" || metric == "rouge_bootstrap_statistical")
        return evaluate_interval(metric, input, params);
    return unknown_golden_metric("rouge", metric);
}

}  // namespace terrarium::core::io
