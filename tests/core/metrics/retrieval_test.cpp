#include "core/metrics/retrieval.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace terrarium::core;
using doctest::Approx;

namespace {

// Ranks 1 and 3 hit; d was never found.
const RankedQuery kQuery{.ranking = {"a", "x", "b"}, .judgements = {{"a", 1}, {"b", 3}, {"d", 2}, {"x", 0}}};

RankingScores at(int64_t k) { return ranking_scores(kQuery, k).value(); }

}  // namespace

TEST_CASE("retrieval: three ranks by hand") {
    const RankingScores scores = at(3);
    CHECK(scores.precision == Approx(2.0 / 3));
    CHECK(scores.recall == Approx(2.0 / 3));
    CHECK(scores.f1 == Approx(2.0 / 3));
    CHECK(scores.reciprocal_rank == 1);
    CHECK(scores.average_precision == Approx((1 + 2.0 / 3) / 3));
    CHECK(scores.dcg == Approx(1 + 3.0 / 2));
    CHECK(scores.ideal_dcg == Approx(3 + 2 / std::log2(3.0) + 0.5));
    CHECK(scores.ndcg_exponential == Approx((1 + 7.0 / 2) / (7 + 3 / std::log2(3.0) + 0.5)));
    CHECK(scores.gains == std::vector<double>{1, 0, 3});
}

TEST_CASE("retrieval: k beyond the ranking divides by k, no k by what was returned") {
    CHECK(at(10).precision == Approx(0.2));
    CHECK(at(0).precision == Approx(2.0 / 3));
    CHECK(at(1).recall == Approx(1.0 / 3));
    CHECK(at(1).ndcg == Approx(1.0 / 3));  // the best single document has grade 3
    const RankedQuery shorter{.ranking = {"a"}, .judgements = {{"a", 1}, {"b", 1}}};
    CHECK(ranking_scores(shorter, 0).value().ndcg == Approx(1 / (1 + 1 / std::log2(3.0))));
}

TEST_CASE("retrieval: nothing relevant or nothing returned is 0") {
    for (const RankedQuery& query : {RankedQuery{{"a"}, {}}, RankedQuery{{}, {{"a", 1}}}, RankedQuery{}}) {
        for (const int64_t k : {0, 5}) {
            const RankingScores scores = ranking_scores(query, k).value();
            CHECK(scores.precision + scores.recall + scores.f1 + scores.average_precision + scores.ndcg == 0);
        }
        CHECK(r_precision(query).value() == 0);
        CHECK(rank_biased_precision(query, 0.5).value() == 0);
    }
}

TEST_CASE("retrieval: the ideal ranking is 1 in every measure") {
    const RankedQuery ideal{.ranking = {"b", "d", "a"}, .judgements = kQuery.judgements};
    const RankingScores scores = ranking_scores(ideal, 3).value();
    CHECK(scores.f1 == Approx(1));
    CHECK(scores.average_precision == Approx(1));
    CHECK(scores.ndcg == Approx(1));
    CHECK(scores.ndcg_exponential == Approx(1));
    CHECK(r_precision(ideal).value() == Approx(1));
}

TEST_CASE("retrieval: R-precision, rank-biased precision and means, by hand") {
    CHECK(r_precision(kQuery).value() == Approx(2.0 / 3));
    CHECK(rank_biased_precision(kQuery, 0.5).value() == Approx(0.5 * (1 + 3 * 0.25)));
    const RankedQuery miss{.ranking = {"x"}, .judgements = {{"a", 1}}};
    const MeanRankingScores mean = mean_ranking_scores(std::vector{kQuery, miss}, 3).value();
    CHECK(mean.precision == Approx(1.0 / 3));
    CHECK(mean.mean_reciprocal_rank == Approx(0.5));
}

TEST_CASE("retrieval: tied scores share the mean gain, or the later document comes first") {
    const std::vector<double> relevance{10, 0, 0, 1, 5}, scores{1, 0, 0, 0, 1};
    CHECK(scored_ndcg(relevance, scores, 1, false).value().ndcg == Approx(0.75));
    CHECK(scored_ndcg(relevance, scores, 1, true).value().ndcg == Approx(0.5));
    const std::vector<double> none{0, 0};
    CHECK(scored_ndcg(none, none, 0, false).value().ndcg == 0);
    CHECK(scored_ndcg(relevance, relevance, 0, false).value().ndcg == Approx(1));
}

TEST_CASE("retrieval: what has no meaning is refused") {
    CHECK(ranking_scores(kQuery, -1).error().code == "retrieval.k");
    CHECK(ranking_scores({{"a", "a"}, {}}, 1).error().code == "retrieval.duplicate");
    CHECK(r_precision({{"a"}, {{"a", 1}, {"a", 2}}}).error().code == "retrieval.duplicate");
    CHECK(rank_biased_precision(kQuery, 1.5).error().code == "retrieval.p");
    CHECK(mean_ranking_scores({}, 1).error().code == "retrieval.empty");
    const std::vector<double> one{1}, two{1, 2}, nan{1, std::nan("")};
    CHECK(scored_ndcg(one, one, 0, false).error().code == "retrieval.unequal");
    CHECK(scored_ndcg(one, two, 0, false).error().code == "retrieval.unequal");
    CHECK(scored_ndcg(two, nan, 0, false).error().code == "retrieval.nan");
}
