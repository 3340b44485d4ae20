#include "core/metrics/ngram_lm.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace terrarium::core;
using doctest::Approx;

namespace {

using Words = std::vector<std::string>;

const std::vector<Words> kTrain{{"a", "b"}, {"a", "c"}};

NgramLmScore score_of(const Words& test, const NgramLmOptions& options) {
    return ngram_lm_score(kTrain, test, options).value();
}

}  // namespace

TEST_CASE("ngram_lm: bigrams by hand: <s> a, a b, b </s> have probabilities 1, 1/2, 1") {
    const NgramLmScore score = score_of({"a", "b"}, {.order = 2});
    CHECK(score.vocabulary_size == 6);  // a b c <s> </s> <UNK>
    REQUIRE(score.steps.size() == 3);
    CHECK(score.steps[1].ngram == Words{"a", "b"});
    CHECK(score.steps[1].n_ngram == 1);
    CHECK(score.steps[1].n_context == 2);
    CHECK(score.entropy_bits == Approx(1.0 / 3));
    CHECK(score.perplexity == Approx(std::pow(2, 1.0 / 3)));
}

TEST_CASE("ngram_lm: unigrams have no marks, and unknown words are one word more") {
    const NgramLmScore score = score_of({"a", "zebra"}, {.order = 1, .estimator = NgramEstimator::Laplace});
    CHECK(score.vocabulary_size == 4);
    REQUIRE(score.steps.size() == 2);
    CHECK(score.steps[0].probability == Approx(3.0 / 8));
    CHECK(score.steps[1].probability == Approx(1.0 / 8));
    CHECK(score.steps[1].ngram == Words{"<UNK>"});
}

TEST_CASE("ngram_lm: what was never seen is impossible by counting and possible by smoothing") {
    CHECK(std::isinf(score_of({"b", "a"}, {.order = 2}).perplexity));
    CHECK(std::isinf(score_of({"zebra", "a"}, {.order = 3}).perplexity));
    const NgramLmOptions smooth{.order = 3, .estimator = NgramEstimator::Lidstone, .gamma = 0.1};
    CHECK(std::isfinite(score_of({"zebra", "a"}, smooth).perplexity));
    CHECK(score_of({}, {.order = 2}).steps.size() == 1);  // <s> </s>
}

TEST_CASE("ngram_lm: after every context the probabilities of the vocabulary sum to 1") {
    for (const NgramEstimator estimator : {NgramEstimator::Laplace, NgramEstimator::Lidstone}) {
        double sum = 0;
        for (const char* word : {"a", "b", "c", "<s>", "</s>", "zebra"})
            sum += score_of({"a", word}, {.order = 2, .estimator = estimator, .gamma = 0.3}).steps[1].probability;
        CHECK(sum == Approx(1));
    }
}

TEST_CASE("ngram_lm: the entropy follows from the steps shown") {
    const NgramLmScore score =
        score_of({"c", "a", "b"}, {.order = 3, .estimator = NgramEstimator::Lidstone, .gamma = 0.5});
    double bits = 0;
    for (const NgramLmStep& step : score.steps) bits -= std::log2(step.probability);
    CHECK(score.entropy_bits == Approx(bits / static_cast<double>(score.steps.size())));
}

TEST_CASE("ngram_lm: what has no meaning is refused") {
    CHECK(ngram_lm_score(kTrain, {"a"}, {.order = 0}).error().code == "ngram_lm.order");
    CHECK(ngram_lm_score(kTrain, {}, {.order = 1}).error().code == "ngram_lm.empty");
    CHECK(ngram_lm_score({}, {"a"}, {.order = 2}).error().code == "ngram_lm.empty");
    const NgramLmOptions no_gamma{.order = 2, .estimator = NgramEstimator::Lidstone, .gamma = 0};
    CHECK(ngram_lm_score(kTrain, {"zebra"}, no_gamma).error().code == "ngram_lm.undefined");
}
