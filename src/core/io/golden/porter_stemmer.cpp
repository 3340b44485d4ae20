#include "core/text/porter_stemmer.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"

namespace terrarium::core::io {

Result<nlohmann::json> evaluate_porter_stemmer(std::string_view metric, const nlohmann::json& input,
                                               const nlohmann::json& params) {
    if (metric != "porter_stem") return unknown_golden_metric("porter_stemmer", metric);
    const auto mode = params.value("mode", std::string("nltk"));
    if (mode != "nltk" && mode != "original")
        return Error{"golden.option", "mode", "There is no variant " + mode + ".", "Use nltk or original."};
    const PorterVariant variant = mode == "nltk" ? PorterVariant::Nltk : PorterVariant::Original;
    nlohmann::json stems = nlohmann::json::array();
    for (const auto& word : input.at("words")) stems.push_back(porter_stem(word.get<std::string>(), variant));
    return nlohmann::json{{"stems", stems}};
}

}  // namespace terrarium::core::io
