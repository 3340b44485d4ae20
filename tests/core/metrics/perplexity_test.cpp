#include "core/metrics/perplexity.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace terrarium::core;
using doctest::Approx;

namespace {

SequencePerplexity of(const std::vector<double>& log_probs) { return sequence_perplexity(log_probs).value(); }

}  // namespace

TEST_CASE("perplexity: a uniform guess among four is perplexity 4 and two bits, certainty is 1 and none") {
    CHECK(of({-std::log(4.0), -std::log(4.0)}).perplexity == Approx(4));
    CHECK(of({-std::log(4.0), -std::log(4.0)}).bits_per_token == Approx(2));
    CHECK(of({0, 0, 0}).perplexity == 1);
    CHECK(of({0, 0, 0}).bits_per_token == 0);
}

TEST_CASE("perplexity: probability 0 and a mean too large are infinite, NaN stays undefined") {
    CHECK(of({-800, -900}).perplexity == std::numeric_limits<double>::infinity());
    CHECK(of({-800, -900}).cross_entropy_nats == 850);
    CHECK(std::isinf(of({0, -std::numeric_limits<double>::infinity()}).perplexity));
    CHECK(std::isnan(of({0, std::numeric_limits<double>::quiet_NaN()}).perplexity));
}

TEST_CASE("perplexity: documents are summed, by hand") {
    const std::vector<DocumentLikelihood> documents{{-2, 1, 3}, {-6, 3, 13}};
    const CorpusPerplexity result = corpus_perplexity(documents).value();
    CHECK(result.word_perplexity == Approx(std::exp(2.0)));
    CHECK(result.byte_perplexity == Approx(std::exp(0.5)));
    CHECK(result.bits_per_byte == Approx(0.5 / std::log(2.0)));
}

TEST_CASE("perplexity: an empty text is refused") {
    CHECK(sequence_perplexity({}).error().code == "perplexity.empty");
    CHECK(corpus_perplexity({}).error().code == "perplexity.empty");
    CHECK(corpus_perplexity(std::vector<DocumentLikelihood>{{-1, 0, 5}}).error().code == "perplexity.empty");
}
