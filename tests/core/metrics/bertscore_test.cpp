#include "core/metrics/bertscore.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/support/rng.h"

using namespace terrarium::core;
using doctest::Approx;

namespace {

EmbeddedText text_of(std::vector<std::vector<double>> rows) {
    std::vector<double> weights(rows.size(), 1.0);
    weights.front() = weights.back() = 0;
    return {.rows = std::move(rows), .weights = std::move(weights)};
}

EmbeddedText random_text(Rng& rng, size_t n_tokens) {
    std::vector<std::vector<double>> rows(n_tokens);
    for (auto& row : rows) row = {rng.normal(), rng.normal(), rng.normal()};
    return text_of(rows);
}

}  // namespace

TEST_CASE("bertscore: two tokens against one, by hand") {
    // Candidate tokens (1,0) and (0,2), reference token (3,0); the special tokens point away from all of them.
    const EmbeddedText candidate = text_of({{-1, -1}, {1, 0}, {0, 2}, {-1, -1}});
    const EmbeddedText reference = text_of({{-1, -1}, {3, 0}, {-1, -1}});
    const BertScore result = bert_score(candidate, reference).value();
    CHECK(result.score.precision == Approx(0.5));  // 1 and 0
    CHECK(result.score.recall == Approx(1));
    CHECK(result.score.f1 == Approx(2.0 / 3));
    CHECK(result.candidate_matches == std::vector<size_t>{0, 1, 1, 0});
    CHECK(result.reference_matches[1] == 1);
    CHECK(result.cosines[1][0] == Approx(-std::sqrt(0.5)));
}

TEST_CASE("bertscore: a text against itself is 1, scaling changes nothing, swapping swaps precision and recall") {
    Rng rng(2);
    for (int round = 0; round < 20; ++round) {
        const EmbeddedText a = random_text(rng, 3 + rng.below(5));
        EmbeddedText b = random_text(rng, 3 + rng.below(5));
        CHECK(bert_score(a, a).value().score.f1 == Approx(1));
        const BertTriple there = bert_score(a, b).value().score, back = bert_score(b, a).value().score;
        CHECK(there.precision == Approx(back.recall));
        CHECK(there.f1 == Approx(back.f1));
        for (auto& row : b.rows) {
            for (double& x : row) x *= 7;
        }
        CHECK(bert_score(a, b).value().score.f1 == Approx(there.f1));
    }
}

TEST_CASE("bertscore: the total follows from the matches shown") {
    Rng rng(4);
    const EmbeddedText a = random_text(rng, 6), b = random_text(rng, 5);
    const BertScore result = bert_score(a, b).value();
    double sum = 0;
    for (size_t i = 1; i + 1 < a.rows.size(); ++i) sum += result.cosines[i][result.candidate_matches[i]];
    CHECK(result.score.precision == Approx(sum / 4));
}

TEST_CASE("bertscore: only special tokens are 0, weights without a sum are undefined") {
    Rng rng(6);
    const EmbeddedText text = random_text(rng, 4), empty = random_text(rng, 2);
    CHECK(bert_score(empty, text).value().score.precision == 0);
    CHECK(bert_score(text, empty).value().score.f1 == 0);
    EmbeddedText weightless = text;
    weightless.weights.assign(4, 0.0);
    const BertTriple score = bert_score(weightless, text).value().score;
    CHECK(std::isnan(score.precision));
    CHECK(score.recall == Approx(1));
    CHECK(score.f1 == 0);
}

TEST_CASE("bertscore: of several references each number takes its largest, and NaN wins in any order") {
    const EmbeddedText candidate = text_of({{-1, -1}, {1, 0}, {0, 1}, {-1, -1}});
    const EmbeddedText one = text_of({{-1, -1}, {1, 0}, {-1, -1}});
    const EmbeddedText other = text_of({{-1, -1}, {1, 0}, {0, 1}, {-1, 0}, {-1, -1}});
    const BertTriple best = bert_score_multi(candidate, std::vector{one, other}).value();
    CHECK(best.precision == Approx(1));  // of the second
    CHECK(best.recall == Approx(1));     // of the first
    EmbeddedText weightless = one;
    weightless.weights.assign(3, 0.0);
    CHECK(std::isnan(bert_score_multi(candidate, std::vector{one, weightless}).value().recall));
    CHECK(std::isnan(bert_score_multi(candidate, std::vector{weightless, one}).value().recall));
}

TEST_CASE("bertscore: rarity and rescaling, by hand") {
    const std::vector<std::vector<int64_t>> documents{{7, 7, 8}, {7}};
    const std::vector<double> idf = inverse_document_frequencies(documents, std::vector<int64_t>{7, 8, 9});
    CHECK(idf[0] == 0);
    CHECK(idf[1] == Approx(std::log(1.5)));
    CHECK(idf[2] == Approx(std::log(3.0)));
    CHECK(rescaled({0.9, 0.8, 0.5}, {0.8, 0.8, 0.8}).precision == Approx(0.5));
    CHECK(rescaled({0.9, 0.8, 0.5}, {0.8, 0.8, 0.8}).recall == 0);
    CHECK(rescaled({0.9, 0.8, 0.5}, {0.8, 0.8, 0.8}).f1 == Approx(-1.5));
}

TEST_CASE("bertscore: shapes that do not fit are refused") {
    const EmbeddedText good = text_of({{1, 0}, {0, 1}, {1, 1}});
    EmbeddedText bad = good;
    bad.weights.pop_back();
    CHECK(bert_score(good, bad).error().code == "bertscore.shape");
    bad = good;
    bad.rows[1] = {1};
    CHECK(bert_score(bad, good).error().code == "bertscore.shape");
    CHECK(bert_score(EmbeddedText{}, good).error().code == "bertscore.shape");
    CHECK(bert_score(good, EmbeddedText{}).error().code == "bertscore.shape");
    CHECK(bert_score_multi(good, std::vector<EmbeddedText>{}).error().code == "segments.no_reference");
}
