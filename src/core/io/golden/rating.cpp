// Golden cases of core/metrics/rating.h.

#include "core/metrics/rating.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

EloOptions options_of(const json& params) {
    const EloOptions usual;
    return {golden_option(params, "k", usual.k), golden_option(params, "base", usual.base),
            golden_option(params, "scale", usual.scale), golden_option(params, "init_rating", usual.initial_rating)};
}

/// [first, second, outcome] or, where the first always wins, [winner, loser].
std::vector<Match> matches_of(const json& rows) {
    std::vector<Match> matches;
    for (const json& row : rows) {
        matches.push_back(
            {row.at(0).get<int64_t>(), row.at(1).get<int64_t>(), row.size() > 2 ? row[2].get<double>() : 1.0});
    }
    return matches;
}

json square(const std::vector<double>& values, size_t size) {
    json rows = json::array();
    for (size_t i = 0; i < size; ++i) {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(i * size);
        rows.push_back(std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(size)));
    }
    return rows;
}

}  // namespace

Result<json> evaluate_rating(std::string_view metric, const json& input, const json& params) {
    const EloOptions options = options_of(params);
    if (metric == "elo_expected") {
        return json{{"expected", elo_expected_score(input.at("rating_a").get<double>(),
                                                    input.at("rating_b").get<double>(), options.base, options.scale)}};
    }
    if (metric == "elo") {
        const auto history = elo_ratings(input.at("players").get<int64_t>(), matches_of(input.at("matches")), options);
        if (!history) return history.error();
        return json{{"ratings", history.value().ratings}};
    }
    if (metric == "log_likelihood") {
        const auto sum =
            bradley_terry_log_likelihood(golden_numbers(input.at("strengths")), matches_of(input.at("wins")));
        if (!sum) return sum.error();
        return json{{"log_likelihood", sum.value()}};
    }
    if (metric != "bradley_terry" && metric != "bradley_terry_elo_scale")
        return unknown_golden_metric("rating", metric);
    const auto fit = bradley_terry(input.at("players").get<int64_t>(),
                                   matches_of(input.at(metric == "bradley_terry" ? "wins" : "matches")));
    if (!fit) return fit.error();
    if (metric == "bradley_terry_elo_scale") return json{{"ratings", elo_scale(fit.value().strengths, options)}};
    return json{{"strengths", fit.value().strengths},
                {"probabilities", square(fit.value().probabilities, fit.value().strengths.size())}};
}

}  // namespace terrarium::core::io
