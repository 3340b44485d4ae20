// Golden cases of core/metrics/pass_at_k.h.

#include "core/metrics/pass_at_k.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"

namespace terrarium::core::io {

using json = nlohmann::json;

Result<json> evaluate_pass_at_k(std::string_view metric, const json& input, const json& params) {
    const auto k = params.at("k").get<int64_t>();
    if (metric == "pass_at_k") {
        const Result<double> result = pass_at_k(input.at("n").get<int64_t>(), input.at("c").get<int64_t>(), k);
        if (!result) return result.error();
        return json{{"pass_at_k", result.value()}};
    }
    if (metric == "pass_at_k_mean") {
        const auto result =
            mean_pass_at_k(input.at("n").get<std::vector<int64_t>>(), input.at("c").get<std::vector<int64_t>>(), k);
        if (!result) return result.error();
        return json{{"pass_at_k", result.value().mean}};
    }
    return unknown_golden_metric("pass_at_k", metric);
}

}  // namespace terrarium::core::io
