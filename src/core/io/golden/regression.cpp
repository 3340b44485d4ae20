// Golden cases of core/metrics/regression.h.

#include "core/metrics/regression.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {

using json = nlohmann::json;

Result<json> evaluate_regression(std::string_view metric, const json& input, const json& /*params*/) {
    if (metric == "regression") {
        const auto result = regression_errors(golden_numbers(input.at("y_true")), golden_numbers(input.at("y_pred")));
        if (!result) return result.error();
        const RegressionErrors& errors = result.value();
        return json{{"mae", errors.mean_absolute},
                    {"mse", errors.mean_squared},
                    {"rmse", errors.root_mean_squared},
                    {"median_ae", errors.median_absolute},
                    {"max_error", errors.max_absolute},
                    {"mape", errors.mean_absolute_fraction},
                    {"r2", errors.r2},
                    {"explained_variance", errors.explained_variance}};
    }
    if (metric == "msle") {
        const auto result =
            mean_squared_log_error(golden_numbers(input.at("y_true")), golden_numbers(input.at("y_pred")));
        if (!result) return result.error();
        return json{{"msle", result.value()}};
    }
    if (metric == "correlation") {
        const auto result = correlations(golden_numbers(input.at("x")), golden_numbers(input.at("y")));
        if (!result) return result.error();
        return json{{"pearson", result.value().pearson},
                    {"spearman", result.value().spearman},
                    {"kendall_tau_b", result.value().kendall_tau_b}};
    }
    return unknown_golden_metric("regression", metric);
}

}  // namespace terrarium::core::io
