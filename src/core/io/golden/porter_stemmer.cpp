#include "core/text/porter_stemmer.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {

Result<nlohmann::json> evaluate_porter_stemmer(std::string_view metric, const nlohmann::json& input,
                                               const nlohmann::json& params) {
    if (metric != "porter_stem") return unknown_golden_metric("porter_stemmer", metric);
    const auto variant = golden_choice(params, "mode", PorterVariant::Nltk,
                                       {{"nltk", PorterVariant::Nltk}, {"original", PorterVariant::Original}});
    if (!variant) return variant.error();
    nlohmann::json stems = nlohmann::json::array();
    for (const auto& word : input.at("words")) stems.push_back(porter_stem(word.get<std::string>(), variant.value()));
    return nlohmann::json{{"stems", stems}};
}

}  // namespace terrarium::core::io
