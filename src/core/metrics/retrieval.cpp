#include "core/metrics/retrieval.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr double kRelevantGrade = 1;

double log2(double x) { return log(x) / kLn2; }
double linear_gain(double grade) { return grade; }
double exponential_gain(double grade) { return exp(grade * kLn2) - 1; }

struct Graded {
    std::vector<double> gains;  ///< [ranking] grade where relevant, else 0
    std::vector<double> ideal;  ///< [relevant] grades, largest first
};

/// The first text that stands in a list twice, or "".
std::string_view repeated(std::vector<std::string_view> texts) {
    std::sort(texts.begin(), texts.end());
    const auto found = std::adjacent_find(texts.begin(), texts.end());
    return found == texts.end() ? std::string_view() : *found;
}

Result<Graded> grade(const RankedQuery& query) {
    std::vector<const Judgement*> judged;
    for (const Judgement& judgement : query.judgements) judged.push_back(&judgement);
    std::sort(judged.begin(), judged.end(),
              [](const Judgement* a, const Judgement* b) { return a->document < b->document; });
    std::vector<std::string_view> names(query.ranking.begin(), query.ranking.end()), judged_names;
    for (const Judgement* judgement : judged) judged_names.push_back(judgement->document);
    for (const std::vector<std::string_view>& list : {names, judged_names}) {
        if (const std::string_view twice = repeated(list); !twice.empty()) {
            return Error{"retrieval.duplicate", std::string(twice), "This document is ranked or judged twice.",
                         "Keep one of the two."};
        }
    }
    Graded graded;
    for (const std::string_view name : names) {
        const auto found = std::lower_bound(judged_names.begin(), judged_names.end(), name);
        const bool is_judged = found != judged_names.end() && *found == name;
        const double value = is_judged ? judged[static_cast<size_t>(found - judged_names.begin())]->grade : 0;
        graded.gains.push_back(value >= kRelevantGrade ? value : 0);
    }
    for (const Judgement* judgement : judged) {
        if (judgement->grade >= kRelevantGrade) graded.ideal.push_back(judgement->grade);
    }
    std::sort(graded.ideal.begin(), graded.ideal.end(), [](double a, double b) { return a > b; });
    return graded;
}

double discounted_sum(std::span<const double> grades, double (*gain)(double)) {
    double sum = 0;
    for (size_t i = 0; i < grades.size(); ++i) sum += gain(grades[i]) / log2(static_cast<double>(i + 2));
    return sum;
}

double ratio(double numerator, double denominator) { return denominator == 0 ? 0 : numerator / denominator; }

RankingScores scores_at(const Graded& graded, size_t k) {
    const std::span<const double> gains(graded.gains.data(), std::min(k, graded.gains.size()));
    const std::span<const double> ideal(graded.ideal.data(), std::min(k, graded.ideal.size()));
    RankingScores scores{.n_relevant = std::ssize(graded.ideal), .gains{gains.begin(), gains.end()}};
    double sum_of_precisions = 0;
    for (size_t i = 0; i < gains.size(); ++i) {
        if (gains[i] == 0) continue;
        ++scores.n_hits;
        if (scores.n_hits == 1) scores.reciprocal_rank = 1.0 / static_cast<double>(i + 1);
        sum_of_precisions += static_cast<double>(scores.n_hits) / static_cast<double>(i + 1);
    }
    const auto n_hits = static_cast<double>(scores.n_hits), n_relevant = static_cast<double>(scores.n_relevant);
    scores.precision = ratio(n_hits, static_cast<double>(k));
    scores.recall = ratio(n_hits, n_relevant);
    scores.f1 = 2 * ratio(scores.precision * scores.recall, scores.precision + scores.recall);
    scores.hit_rate = scores.n_hits > 0 ? 1 : 0;
    scores.average_precision = ratio(sum_of_precisions, n_relevant);
    scores.dcg = discounted_sum(gains, linear_gain);
    scores.ideal_dcg = discounted_sum(ideal, linear_gain);
    scores.ndcg = ratio(scores.dcg, scores.ideal_dcg);
    scores.ndcg_exponential = ratio(discounted_sum(gains, exponential_gain), discounted_sum(ideal, exponential_gain));
    return scores;
}

/// Sum of the mean gain of each group of equal scores times the discounts of the ranks that the group fills.
double tie_averaged_dcg(std::span<const double> relevance, std::span<const double> scores,
                        std::span<const size_t> order, std::span<const double> discounts) {
    double sum = 0;
    for (size_t begin = 0; begin < order.size();) {
        double gain = 0, discount = 0;
        size_t end = begin;
        for (; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end) {
            gain += relevance[order[end]];
            discount += discounts[end];
        }
        sum += gain / static_cast<double>(end - begin) * discount;
        begin = end;
    }
    return sum;
}

}  // namespace

Result<RankingScores> ranking_scores(const RankedQuery& query, int64_t k) {
    if (k < 0) return Error{"retrieval.k", "k", "A ranking cannot be cut at a negative rank.", "Use 0 for all of it."};
    const auto graded = grade(query);
    if (!graded) return graded.error();
    if (k > 0) return scores_at(graded.value(), static_cast<size_t>(k));
    // Without a cut the ideal ranking is not cut either, even where fewer documents were returned.
    RankingScores scores = scores_at(graded.value(), query.ranking.size());
    const std::span<const double> ideal = graded.value().ideal;
    scores.ideal_dcg = discounted_sum(ideal, linear_gain);
    scores.ndcg = ratio(scores.dcg, scores.ideal_dcg);
    scores.ndcg_exponential =
        ratio(discounted_sum(scores.gains, exponential_gain), discounted_sum(ideal, exponential_gain));
    return scores;
}

Result<double> r_precision(const RankedQuery& query) {
    const auto graded = grade(query);
    if (!graded) return graded.error();
    return scores_at(graded.value(), graded.value().ideal.size()).precision;
}

Result<double> rank_biased_precision(const RankedQuery& query, double p) {
    if (!(p >= 0 && p <= 1)) return Error{"retrieval.p", "p", "A probability lies between 0 and 1.", "0.8 is usual."};
    const auto graded = grade(query);
    if (!graded) return graded.error();
    double sum = 0, reach = 1;
    for (const double gain : graded.value().gains) {
        sum += gain * reach;
        reach *= p;
    }
    return (1 - p) * sum;
}

Result<MeanRankingScores> mean_ranking_scores(std::span<const RankedQuery> queries, int64_t k) {
    if (queries.empty())
        return Error{"retrieval.empty", "", "There is no query to average over.", "Give at least one."};
    MeanRankingScores mean;
    for (const RankedQuery& query : queries) {
        const auto scores = ranking_scores(query, k);
        if (!scores) return scores.error();
        mean.mean_average_precision += scores.value().average_precision;
        mean.mean_reciprocal_rank += scores.value().reciprocal_rank;
        mean.ndcg += scores.value().ndcg;
        mean.precision += scores.value().precision;
        mean.recall += scores.value().recall;
    }
    for (double* sum :
         {&mean.mean_average_precision, &mean.mean_reciprocal_rank, &mean.ndcg, &mean.precision, &mean.recall})
        *sum /= static_cast<double>(queries.size());
    return mean;
}

Result<ScoredNdcg> scored_ndcg(std::span<const double> relevance, std::span<const double> scores, int64_t k,
                               bool ignore_ties) {
    if (k < 0) return Error{"retrieval.k", "k", "A ranking cannot be cut at a negative rank.", "Use 0 for all of it."};
    if (relevance.size() != scores.size() || scores.size() < 2) {
        return Error{"retrieval.unequal", "",
                     "A ranking needs two documents or more, each with a relevance and a score.",
                     "Look for a missing or an extra value."};
    }
    const auto is_nan = [](double x) { return x != x; };
    if (std::any_of(relevance.begin(), relevance.end(), is_nan) || std::any_of(scores.begin(), scores.end(), is_nan))
        return Error{"retrieval.nan", "", "A relevance or a score is not a number.", "Leave such documents out."};
    std::vector<double> discounts(scores.size(), 0);
    for (size_t i = 0; i < discounts.size(); ++i) {
        if (k == 0 || static_cast<int64_t>(i) < k) discounts[i] = 1 / log2(static_cast<double>(i + 2));
    }
    std::vector<size_t> order(scores.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a > b; });
    std::vector<double> ideal(relevance.begin(), relevance.end());
    std::sort(ideal.begin(), ideal.end(), [](double a, double b) { return a > b; });
    ScoredNdcg result;
    for (size_t i = 0; i < order.size(); ++i) {
        result.dcg += relevance[order[i]] * discounts[i];
        result.ideal_dcg += ideal[i] * discounts[i];
    }
    if (!ignore_ties) result.dcg = tie_averaged_dcg(relevance, scores, order, discounts);
    result.ndcg = ratio(result.dcg, result.ideal_dcg);
    return result;
}

}  // namespace terrarium::core
