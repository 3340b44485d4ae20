#include "core/metrics/qa_match.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {

Result<nlohmann::json> evaluate_qa_match(std::string_view metric, const nlohmann::json& input, const nlohmann::json&) {
    if (metric == "normalize_answer")
        return nlohmann::json{{"text", normalized_answer(input.at("text").get<std::string>())}};
    const auto match = [&]() -> Result<AnswerMatch> {
        if (metric == "squad_corpus") {
            return match_answers(golden_texts(input.at("predictions")), golden_text_lists(input.at("answers")),
                                 SquadRules::V1);
        }
        if (metric != "squad" && metric != "squad_v2") return unknown_golden_metric("qa_match", metric);
        return match_answer(input.at("prediction").get<std::string>(), golden_texts(input.at("answers")),
                            metric == "squad" ? SquadRules::V1 : SquadRules::V2);
    }();
    if (!match) return match.error();
    return nlohmann::json{{"exact_match", match.value().exact_match}, {"f1", match.value().f1}};
}

}  // namespace terrarium::core::io
