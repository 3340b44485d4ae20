// Golden cases of core/metrics/scaling_law.h.

#include "core/metrics/scaling_law.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"
#include "core/support/math.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

std::vector<ScalingPoint> points_of(const json& rows) {
    std::vector<ScalingPoint> points;
    for (const json& row : rows) {
        points.push_back({row.at(0).get<double>(), row.at(1).get<double>(), row.at(2).get<double>()});
    }
    return points;
}

Result<json> fit(const json& input, double delta) {
    const auto result = fit_scaling_law(points_of(input.at("points")), delta);
    if (!result) return result.error();
    const ScalingLaw& law = result.value().law;
    return json{{"E", law.e_nats},    {"A", law.a},       {"B", law.b},
                {"alpha", law.alpha}, {"beta", law.beta}, {"objective", result.value().objective}};
}

}  // namespace

Result<json> evaluate_scaling_law(std::string_view metric, const json& input, const json& params) {
    const double delta = golden_option(params, "delta", 1e-3);
    if (metric == "fit") return fit(input, delta);
    if (metric == "objective") {
        const ScalingLaw law{exp(params.at("log_e").get<double>()), exp(params.at("log_a").get<double>()),
                             exp(params.at("log_b").get<double>()), params.at("alpha").get<double>(),
                             params.at("beta").get<double>()};
        const Result<double> objective = scaling_objective(law, points_of(input.at("points")), delta);
        if (!objective) return objective.error();
        return json{{"objective", objective.value()}};
    }
    if (metric != "loss" && metric != "optimal_allocation" && metric != "tokens_for_loss") {
        return unknown_golden_metric("scaling_law", metric);
    }
    const ScalingLaw law{params.at("E").get<double>(), params.at("A").get<double>(), params.at("B").get<double>(),
                         params.at("alpha").get<double>(), params.at("beta").get<double>()};
    if (metric == "loss") {
        const auto loss = scaling_loss(law, input.at("n").get<double>(), input.at("d").get<double>());
        if (!loss) return loss.error();
        return json{{"loss", loss.value().loss_nats}};
    }
    if (metric == "tokens_for_loss") {
        const auto tokens = tokens_for_loss(law, input.at("n").get<double>(), input.at("loss").get<double>());
        if (!tokens) return tokens.error();
        return json{{"d", tokens.value()}};
    }
    const auto best = compute_optimum(law, input.at("compute").get<double>());
    if (!best) return best.error();
    return json{{"n_opt", best.value().parameters},
                {"d_opt", best.value().tokens},
                {"loss", best.value().loss_nats},
                {"exponent_n", best.value().size_exponent},
                {"exponent_d", best.value().data_exponent}};
}

}  // namespace terrarium::core::io
