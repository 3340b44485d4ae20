#include "core/metrics/bertscore.h"

#include <algorithm>
#include <limits>

#include "core/support/math.h"

namespace terrarium::core {
namespace {

using Rows = std::vector<std::vector<double>>;

constexpr size_t kSpecialTokens = 2;

bool is_undefined(double x) { return x != x; }

/// The larger, or NaN when one of them is.
double larger(double a, double b) { return is_undefined(a) || (a > b && !is_undefined(b)) ? a : b; }

std::optional<Error> find_shape_fault(const EmbeddedText& candidate, const EmbeddedText& reference) {
    for (const EmbeddedText* text : {&candidate, &reference}) {
        const auto has_other_length = [&](const std::vector<double>& row) {
            return row.empty() || row.size() != candidate.rows[0].size();
        };
        if (candidate.rows.empty() || text->rows.empty() || text->weights.size() != text->rows.size() ||
            std::any_of(text->rows.begin(), text->rows.end(), has_other_length)) {
            return Error{"bertscore.shape", "", "A text needs tokens, one weight for each, and rows of one length.",
                         "Embed both texts with the same model."};
        }
    }
    return std::nullopt;
}

Rows normalised(const Rows& rows) {
    Rows result = rows;
    for (std::vector<double>& row : result) {
        double sum = 0;
        for (const double x : row) sum += x * x;
        for (double& x : row) x /= sqrt(sum);
    }
    return result;
}

double dot(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// The best cosine of each token, weighted; cosine(i, j) for n tokens here and n_other there.
template <typename Cosine>
double weighted_best(std::vector<size_t>& matches, std::span<const double> weights, size_t n_other, Cosine cosine) {
    double weight_sum = 0;
    for (const double weight : weights) weight_sum += weight;
    double sum = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
        size_t best = 0;
        for (size_t j = 1; j < n_other; ++j) {
            const bool is_better = cosine(i, j) > cosine(i, best) || is_undefined(cosine(i, j));
            if (is_better && !is_undefined(cosine(i, best))) best = j;
        }
        matches.push_back(best);
        sum += cosine(i, best) * (weights[i] / weight_sum);
    }
    return sum;
}

}  // namespace

Result<BertScore> bert_score(const EmbeddedText& candidate, const EmbeddedText& reference, bool has_special_tokens) {
    if (auto fault = find_shape_fault(candidate, reference)) return std::move(*fault);
    const Rows candidate_rows = normalised(candidate.rows), reference_rows = normalised(reference.rows);
    BertScore result;
    for (const std::vector<double>& row : candidate_rows) {
        std::vector<double>& cosines = result.cosines.emplace_back();
        for (const std::vector<double>& other : reference_rows) cosines.push_back(dot(row, other));
    }
    BertTriple& score = result.score;
    score.precision = weighted_best(result.candidate_matches, candidate.weights, reference_rows.size(),
                                    [&](size_t i, size_t j) { return result.cosines[i][j]; });
    score.recall = weighted_best(result.reference_matches, reference.weights, candidate_rows.size(),
                                 [&](size_t i, size_t j) { return result.cosines[j][i]; });
    const bool is_empty = candidate_rows.size() == kSpecialTokens || reference_rows.size() == kSpecialTokens;
    if (has_special_tokens && is_empty) score = {};
    score.f1 = 2 * score.precision * score.recall / (score.precision + score.recall);
    if (is_undefined(score.f1)) score.f1 = 0;
    return result;
}

Result<BertTriple> bert_score_multi(const EmbeddedText& candidate, std::span<const EmbeddedText> references,
                                    bool has_special_tokens) {
    if (references.empty())
        return Error{"segments.no_reference", "", "There is no reference to compare with.", "Give at least one."};
    constexpr double kLowest = -std::numeric_limits<double>::infinity();
    BertTriple best{kLowest, kLowest, kLowest};
    for (const EmbeddedText& reference : references) {
        const auto result = bert_score(candidate, reference, has_special_tokens);
        if (!result) return result.error();
        best.precision = larger(result.value().score.precision, best.precision);
        best.recall = larger(result.value().score.recall, best.recall);
        best.f1 = larger(result.value().score.f1, best.f1);
    }
    return best;
}

std::vector<double> inverse_document_frequencies(std::span<const std::vector<int64_t>> documents,
                                                 std::span<const int64_t> tokens) {
    std::vector<int64_t> occurrences;  // of a token, once for every document that has it
    for (std::vector<int64_t> ids : documents) {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        occurrences.insert(occurrences.end(), ids.begin(), ids.end());
    }
    std::sort(occurrences.begin(), occurrences.end());
    std::vector<double> frequencies;
    for (const int64_t token : tokens) {
        const auto [first, last] = std::equal_range(occurrences.begin(), occurrences.end(), token);
        frequencies.push_back(log(static_cast<double>(documents.size() + 1) / static_cast<double>(last - first + 1)));
    }
    return frequencies;
}

BertTriple rescaled(const BertTriple& score, const BertTriple& baseline) {
    const auto stretch = [](double x, double b) { return (x - b) / (1 - b); };
    return {stretch(score.precision, baseline.precision), stretch(score.recall, baseline.recall),
            stretch(score.f1, baseline.f1)};
}

}  // namespace terrarium::core
