// The evaluators of all metric families: one declaration here, one line in families.cpp and one source file each.
//
// metric, input and params are those of the case; see GoldenFamily in golden.h.

#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/support/result.h"

namespace terrarium::core::io {

Result<nlohmann::json> evaluate_classification(std::string_view metric, const nlohmann::json& input,
                                               const nlohmann::json& params);
Result<nlohmann::json> evaluate_ranking_curves(std::string_view metric, const nlohmann::json& input,
                                               const nlohmann::json& params);
Result<nlohmann::json> evaluate_probabilistic(std::string_view metric, const nlohmann::json& input,
                                              const nlohmann::json& params);
Result<nlohmann::json> evaluate_regression(std::string_view metric, const nlohmann::json& input,
                                           const nlohmann::json& params);
Result<nlohmann::json> evaluate_clustering(std::string_view metric, const nlohmann::json& input,
                                           const nlohmann::json& params);
Result<nlohmann::json> evaluate_agreement(std::string_view metric, const nlohmann::json& input,
                                          const nlohmann::json& params);
Result<nlohmann::json> evaluate_drift(std::string_view metric, const nlohmann::json& input,
                                      const nlohmann::json& params);
Result<nlohmann::json> evaluate_bias_pretraining(std::string_view metric, const nlohmann::json& input,
                                                 const nlohmann::json& params);
Result<nlohmann::json> evaluate_bias_posttraining(std::string_view metric, const nlohmann::json& input,
                                                  const nlohmann::json& params);
Result<nlohmann::json> evaluate_pass_at_k(std::string_view metric, const nlohmann::json& input,
                                          const nlohmann::json& params);
Result<nlohmann::json> evaluate_rating(std::string_view metric, const nlohmann::json& input,
                                       const nlohmann::json& params);

}  // namespace terrarium::core::io
