// How good a ranking of documents is, given what is relevant.
//
// Judgements give a document a grade; a grade of 1 or more is relevant, a missing document is not. R is the number of
// relevant documents, k cuts the ranking (0: all of it), hits are relevant documents among the first k:
//
//     precision           hits / k, also when fewer than k documents were returned
//     recall              hits / R
//     F1                  2 precision recall / (precision + recall)
//     hit rate            1 if there is a hit, else 0
//     reciprocal rank     1 / rank of the first hit
//     average precision   sum of the precisions at the ranks of the hits, / R
//     DCG                 sum of grade / log2(rank + 1), ranks from 1; nDCG divides by the best DCG possible at k
//     exponential nDCG    the same with the gain 2^grade - 1
//     R-precision         precision at k = R
//     RBP                 (1 - p) * sum of grade * p^(rank - 1): a reader who goes on with probability p
//
// A denominator of 0 (nothing relevant, nothing returned) makes a measure 0.
//
// Source: Manning, Raghavan, Schuetze, Introduction to Information Retrieval (2008), ch. 8; Jaervelin & Kekaelaeinen,
// Cumulated Gain-Based Evaluation of IR Techniques (2002); Moffat & Zobel, Rank-Biased Precision (2008). Same numbers
// as ranx; for scored documents as scikit-learn 1.2.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

struct Judgement {
    std::string document;
    double grade = 0;
};

struct RankedQuery {
    std::vector<std::string> ranking;  ///< best first
    std::vector<Judgement> judgements;
};

struct RankingScores {
    double precision = 0, recall = 0, f1 = 0, hit_rate = 0, reciprocal_rank = 0, average_precision = 0;
    double dcg = 0, ideal_dcg = 0, ndcg = 0, ndcg_exponential = 0;
    int64_t n_hits = 0;
    int64_t n_relevant = 0;     ///< R
    std::vector<double> gains;  ///< [ranks up to k] the grade where relevant, else 0
};

/// Errors: retrieval.k for a negative k; retrieval.duplicate when a document is ranked or judged twice.
[[nodiscard]] Result<RankingScores> ranking_scores(const RankedQuery& query, int64_t k);

/// Errors: retrieval.duplicate.
[[nodiscard]] Result<double> r_precision(const RankedQuery& query);

/// Errors: retrieval.duplicate, retrieval.p for a p outside 0..1.
[[nodiscard]] Result<double> rank_biased_precision(const RankedQuery& query, double p);

struct MeanRankingScores {
    double mean_average_precision = 0, mean_reciprocal_rank = 0, ndcg = 0, precision = 0, recall = 0;
};
/// Means over queries. Errors: retrieval.empty for no queries, and those of ranking_scores().
[[nodiscard]] Result<MeanRankingScores> mean_ranking_scores(std::span<const RankedQuery> queries, int64_t k);

// ---- documents that a model scores ---------------------------------------------------------------------------------

struct ScoredNdcg {
    double dcg = 0, ideal_dcg = 0, ndcg = 0;
};

/// DCG of documents ranked by score, with linear gain.
/// relevance    in  [documents]
/// scores       in  [documents] higher is better
/// k            in  cuts the ranking; 0 for all of it
/// ignore_ties  in  false: documents of equal scores share the mean gain over their ranks. true: the later one comes
/// first Errors: retrieval.unequal for unequal lengths or fewer than two documents; retrieval.nan for a NaN.
[[nodiscard]] Result<ScoredNdcg> scored_ndcg(std::span<const double> relevance, std::span<const double> scores,
                                             int64_t k, bool ignore_ties);

}  // namespace terrarium::core
