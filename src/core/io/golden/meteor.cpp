#include "core/metrics/meteor.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {

Result<nlohmann::json> evaluate_meteor(std::string_view metric, const nlohmann::json& input,
                                       const nlohmann::json& params) {
    if (metric != "meteor") return unknown_golden_metric("meteor", metric);
    MeteorOptions options;
    options.alpha = golden_option(params, "alpha", options.alpha);
    options.beta = golden_option(params, "beta", options.beta);
    options.gamma = golden_option(params, "gamma", options.gamma);
    if (const auto stages = params.find("stages"); stages != params.end()) {
        options.use_stems = false;
        for (const std::string& stage : golden_texts(*stages)) {
            if (stage != "exact" && stage != "porter_stem")
                return Error{"golden.option", "stages", Message("There is no stage {0}.", {stage}),
                             "Use exact and porter_stem."};
            options.use_stems |= stage == "porter_stem";
        }
    }
    const auto score = meteor(golden_texts(input.at("hypothesis")), golden_text_lists(input.at("references")), options);
    if (!score) return score.error();
    return nlohmann::json{{"score", score.value().score}};
}

}  // namespace terrarium::core::io
