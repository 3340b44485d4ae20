#include "core/models/ngram.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

/// Text from a rule with noise: the next token is 3 v + 1 with probability 0.8, else anything.
std::vector<int32_t> noisy_text(int32_t V, int n, uint64_t seed) {
    Rng rng(seed);
    std::vector<int32_t> ids{0};
    for (int i = 1; i < n; ++i) {
        const bool follows = rng.uniform() < 0.8;
        ids.push_back(follows ? (3 * ids.back() + 1) % V : static_cast<int32_t>(rng.below(static_cast<uint32_t>(V))));
    }
    return ids;
}

}  // namespace

TEST_CASE("ngram: every row is a distribution without zeros") {
    const std::vector<int32_t> ids{0, 1, 2, 0, 1, 3, 0, 0, 5};  // 4 and 6 never occur; 5 has no follower
    const NgramModel model(ids, 7);
    double unigram_sum = 0.0;
    for (int32_t w = 0; w < 7; ++w) unigram_sum += model.unigram(w);
    CHECK(unigram_sum == doctest::Approx(1.0).epsilon(1e-12));
    for (int32_t v = 0; v < 7; ++v) {
        double sum = 0.0;
        for (const double p : model.bigram_row(v)) {
            CHECK(p > 0.0);
            sum += p;
        }
        CHECK(sum == doctest::Approx(1.0).epsilon(1e-12));
    }
}

TEST_CASE("ngram: a value that can be done by hand") {
    // a b a b a: pairs ab twice, ba twice. No pair is seen once, two twice: d = 0/(0+4) -> 0.1 by the lower limit.
    // Each of a, b follows one different token: q = (1-d') / 2 + d' 2 / 2 / 2 = 1/2.
    // p(b|a) = (2 - 0.1) / 2 + 0.1 * 1 * 0.5 / 2 = 0.975.
    const NgramModel model(std::vector<int32_t>{0, 1, 0, 1, 0}, 2);
    CHECK(model.bigram(0, 1) == doctest::Approx(0.975).epsilon(1e-12));
    CHECK(model.bigram(0, 0) == doctest::Approx(0.025).epsilon(1e-12));
}

TEST_CASE("ngram: pairs beat single tokens, which beat guessing, up to what the text allows") {
    const int32_t V = 20;
    const std::vector<int32_t> train = noisy_text(V, 60000, 1), validation = noisy_text(V, 20000, 2);
    const NgramBaselines b = fit_ngram_baselines(train, validation, V);
    CHECK(b.uniform_nats == doctest::Approx(terrarium::core::log(20.0)).epsilon(1e-12));
    CHECK(b.unigram_nats == doctest::Approx(b.uniform_nats).epsilon(0.005));  // all tokens are about equally frequent
    std::vector<int32_t> skewed = train;
    for (int32_t& id : skewed) id = id % 10 == 0 ? id : 1;
    const NgramBaselines s = fit_ngram_baselines(skewed, skewed, V);
    CHECK(s.unigram_nats < 0.2 * s.uniform_nats);
    // The text's own entropy: -(0.81 ln 0.81 + 19 * 0.01 ln 0.01).
    const double entropy = -(0.81 * terrarium::core::log(0.81) + 0.19 * terrarium::core::log(0.01));
    CHECK(b.bigram_nats == doctest::Approx(entropy).epsilon(0.02));
}

TEST_CASE("ngram: unseen validation tokens cost much but not infinitely") {
    const NgramBaselines b = fit_ngram_baselines(std::vector<int32_t>{0, 0, 0, 0}, std::vector<int32_t>{1, 2, 1}, 3);
    CHECK(b.bigram_nats > 1.0);
    CHECK(b.bigram_nats < 100.0);
    CHECK_THROWS_AS((void)fit_ngram_baselines(std::vector<int32_t>{0}, std::vector<int32_t>{0, 1}, 3), CheckFailed);
    CHECK_THROWS_AS((void)fit_ngram_baselines(std::vector<int32_t>{0, 3}, std::vector<int32_t>{0, 1}, 3), CheckFailed);
}
