#include "core/metrics/chrf.h"

#include <doctest/doctest.h>

using namespace terrarium::core;

namespace {

using Texts = std::vector<std::string>;
using doctest::Approx;

ChrfScore score_of(std::string_view hypothesis, const Texts& references, const ChrfOptions& options = {}) {
    return sentence_chrf(hypothesis, references, options).value();
}

}  // namespace

TEST_CASE("chrf: two letters of three, by hand") {
    // Order 1: m 2, h 3, r 3; order 2: ab of ab, bx against ab, bc: m 1, h 2, r 2. P = R = (2/3 + 1/2) / 2.
    const ChrfScore score = score_of("abx", {"abc"}, {.char_order = 2});
    CHECK(score.orders[0].n_common == 2);
    CHECK(score.orders[1].n_common == 1);
    CHECK(score.score == Approx(100 * (2.0 / 3 + 0.5) / 2));
}

TEST_CASE("chrf: with beta 2 recall weighs four times, so a short answer loses more than a long one") {
    const ChrfScore score = score_of("a", {"ab"}, {.char_order = 1});  // P 1, R 1/2
    CHECK(score.score == Approx(100 * 5 * 0.5 / (4 + 0.5)));
    CHECK(score.score < score_of("ab", {"a"}, {.char_order = 1}).score);
    CHECK(score_of("a", {"ab"}, {.char_order = 1, .beta = 0}).score == Approx(100));  // precision alone
}

TEST_CASE("chrf: identical texts score 100, texts without a common character 0, empty ones 0") {
    for (const int word_order : {0, 2}) {
        const ChrfOptions options{.word_order = word_order};
        CHECK(score_of("The gate is shut.", {"The gate is shut."}, options).score == Approx(100));
        CHECK(score_of("aaaa", {"bbbb"}, options).score == 0);
        CHECK(score_of("", {"a"}, options).score == 0);
        CHECK(score_of("a", {""}, options).score == 0);
        CHECK(score_of("", {""}, options).score == 0);
    }
}

TEST_CASE("chrf: orders that one side is too short for do not count, but with eps smoothing they do") {
    CHECK(score_of("abc", {"abc"}).n_orders == 3);
    CHECK(score_of("abc", {"abc"}).score == Approx(100));
    CHECK(score_of("abc", {"abc"}, {.eps_smoothing = true}).score == Approx(50));
}

TEST_CASE("chrf: white space and case count only when asked for") {
    CHECK(score_of("a b", {"ab"}).score == Approx(100));
    CHECK(score_of("a b", {"ab"}, {.whitespace = true}).score < 100);
    CHECK(score_of("AB", {"ab"}).score == 0);
    CHECK(score_of("AB", {"ab"}, {.lowercase = true}).score == Approx(100));
}

TEST_CASE("chrf: words give off one punctuation mark, the trailing one first") {
    CHECK(chrf_words("(hi) don't , «no» (x") == Texts{"(hi", ")", "don't", ",", "«no»", "(", "x"});
    CHECK(chrf_words("").empty());
}

TEST_CASE("chrf: the best reference counts, and the first of equals") {
    const ChrfScore score = score_of("abcd", {"xxxx", "abcx", "abcx"});
    CHECK(score.best_reference == 1);
    CHECK(score.score == Approx(score_of("abcd", {"abcx"}).score));
}

TEST_CASE("chrf: the total follows from the parts shown") {
    const ChrfScore score = score_of("a little robot", {"the small robot"}, {.word_order = 2});
    double precision = 0, recall = 0;
    for (const ChrfOrder& order : score.orders) {
        precision += static_cast<double>(order.n_common) / static_cast<double>(order.n_hypothesis) / 8;
        recall += static_cast<double>(order.n_common) / static_cast<double>(order.n_reference) / 8;
    }
    CHECK(score.score == Approx(100 * 5 * precision * recall / (4 * precision + recall)));
}

TEST_CASE("chrf: a corpus sums counts; what cannot be scored is refused") {
    const Texts hypotheses{"abc", "x"};
    const ChrfScore corpus = corpus_chrf(hypotheses, std::vector<Texts>{{"abc"}, {"y"}}, {.char_order = 1}).value();
    CHECK(corpus.score == Approx(75));
    CHECK(corpus_chrf(hypotheses, std::vector<Texts>{{"a"}}, {}).error().code == "segments.unequal");
    CHECK(sentence_chrf("a", Texts{}, {}).error().code == "segments.no_reference");
    CHECK(sentence_chrf("a", Texts{"a"}, {.char_order = 0}).error().code == "chrf.order");
}
