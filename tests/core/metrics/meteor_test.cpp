#include "core/metrics/meteor.h"

#include <doctest/doctest.h>

using namespace terrarium::core;

namespace {

using Words = std::vector<std::string>;
using doctest::Approx;

MeteorScore score_of(const Words& hypothesis, const Words& reference, const MeteorOptions& options = {}) {
    return meteor(hypothesis, std::vector<Words>{reference}, options).value();
}

}  // namespace

TEST_CASE("meteor: the same four words in order are one chunk, in reverse four, by hand") {
    const Words words{"a", "b", "c", "d"};
    CHECK(score_of(words, words).score == Approx(1 - 0.5 / 64));
    const MeteorScore reverse = score_of({"d", "c", "b", "a"}, words);
    CHECK(reverse.n_chunks == 4);
    CHECK(reverse.score == Approx(0.5));
}

TEST_CASE("meteor: precision, recall and their weighted mean, by hand") {
    const MeteorScore score = score_of({"a", "x"}, {"a", "b", "c"});  // m 1, P 1/2, R 1/3, chunks 1
    CHECK(score.precision == Approx(0.5));
    CHECK(score.recall == Approx(1.0 / 3));
    CHECK(score.fmean == Approx((0.5 / 3) / (0.9 * 0.5 + 0.1 / 3)));
    CHECK(score.score == Approx(score.fmean * (1 - score.penalty)));
    CHECK(score.penalty == Approx(0.5));
}

TEST_CASE("meteor: stems match in a second stage, which can be switched off") {
    const MeteorScore score = score_of({"Running", "storm"}, {"runs", "storm"});
    REQUIRE(score.pairs.size() == 2);
    CHECK(score.pairs[0].is_stem_match);
    CHECK_FALSE(score.pairs[1].is_stem_match);
    CHECK(score_of({"running"}, {"runs"}, {.use_stems = false}).score == 0);
}

TEST_CASE("meteor: words match from the end, each at most once") {
    const MeteorScore score = score_of({"the", "cat"}, {"the", "the", "cat"});
    REQUIRE(score.pairs.size() == 2);
    CHECK(score.pairs[0].reference == 1);  // the last of the two
    CHECK(score.n_chunks == 1);
    CHECK(score_of({"a", "a", "a"}, {"a"}).pairs.size() == 1);
    CHECK(score_of({"a", "a", "a"}, {"a"}).pairs[0].hypothesis == 2);
}

TEST_CASE("meteor: nothing aligned is 0, the best reference counts, none is refused") {
    CHECK(score_of({}, {"a"}).score == 0);
    CHECK(score_of({"a"}, {}).score == 0);
    CHECK(score_of({"a"}, {"b"}).score == 0);
    const std::vector<Words> references{{"x"}, {"a", "b"}, {"a", "b"}};
    CHECK(meteor({"a", "b"}, references, {}).value().best_reference == 1);
    CHECK(meteor({"a"}, std::vector<Words>{}, {}).error().code == "segments.no_reference");
}
