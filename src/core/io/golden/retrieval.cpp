#include "core/metrics/retrieval.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

RankedQuery read_query(const json& query) {
    RankedQuery result{.ranking = golden_texts(query.at("ranking"))};
    for (const auto& [document, grade] : query.at("judgements").items())
        result.judgements.push_back({.document = document, .grade = golden_number(grade)});
    return result;
}

Result<json> evaluate_ranked(const json& input, int64_t k) {
    const auto result = ranking_scores(read_query(input), k);
    if (!result) return result.error();
    const RankingScores& scores = result.value();
    return json{{"precision", scores.precision},
                {"recall", scores.recall},
                {"f1", scores.f1},
                {"hit_rate", scores.hit_rate},
                {"reciprocal_rank", scores.reciprocal_rank},
                {"average_precision", scores.average_precision},
                {"dcg", scores.dcg},
                {"ndcg", scores.ndcg},
                {"ndcg_exp", scores.ndcg_exponential}};
}

Result<json> evaluate_mean(const json& input, int64_t k) {
    std::vector<RankedQuery> queries;
    for (const json& query : input.at("queries")) queries.push_back(read_query(query));
    const auto mean = mean_ranking_scores(queries, k);
    if (!mean) return mean.error();
    return json{{"map", mean.value().mean_average_precision},
                {"mrr", mean.value().mean_reciprocal_rank},
                {"ndcg", mean.value().ndcg},
                {"precision", mean.value().precision},
                {"recall", mean.value().recall}};
}

}  // namespace

Result<json> evaluate_retrieval(std::string_view metric, const json& input, const json& params) {
    const auto k = golden_option<int64_t>(params, "k", 0);
    if (metric == "ranked") return evaluate_ranked(input, k);
    if (metric == "mean") return evaluate_mean(input, k);
    if (metric == "r_precision") {
        const auto value = r_precision(read_query(input));
        return value ? Result<json>(json{{"r_precision", value.value()}}) : value.error();
    }
    if (metric == "rank_biased_precision") {
        const auto value = rank_biased_precision(read_query(input), golden_number(params.at("p")));
        return value ? Result<json>(json{{"rbp", value.value()}}) : value.error();
    }
    if (metric == "ndcg_scores") {
        const auto value = scored_ndcg(golden_numbers(input.at("relevance")), golden_numbers(input.at("scores")), k,
                                       golden_option(params, "ignore_ties", false));
        if (!value) return value.error();
        return json{{"ndcg", value.value().ndcg}, {"dcg", value.value().dcg}};
    }
    return unknown_golden_metric("retrieval", metric);
}

}  // namespace terrarium::core::io
