#include "core/text/text_spans.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/support/check.h"

using namespace terrarium::core;

namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (const PlacedWord& word : placed_words(text)) {
        CHECK(text.substr(static_cast<size_t>(word.begin), static_cast<size_t>(word.end - word.begin)) == word.text);
        words.emplace_back(word.text);
    }
    return words;
}

}  // namespace

TEST_CASE("text_spans: exact and overlapping matches, by hand") {
    const std::vector<TextSpan> planted = {{0, 5, 0}, {10, 15, 1}, {20, 25, 0}};
    const std::vector<TextSpan> found = {{0, 5, 0}, {12, 18, 1}, {21, 22, 1}};
    const SpanScore exact = score_spans(found, planted, SpanMatch::Exact);
    CHECK(exact.precision() == doctest::Approx(1.0 / 3));
    CHECK(exact.recall() == doctest::Approx(1.0 / 3));
    const SpanScore overlap = score_spans(found, planted, SpanMatch::Overlap);
    CHECK(overlap.n_right == 2);  // the third is of the wrong kind
    CHECK(overlap.n_caught == 2);
    CHECK(overlap.f1() == doctest::Approx(2.0 / 3));
    CHECK(score_spans(found, planted, SpanMatch::Exact, 0).recall() == doctest::Approx(0.5));
    CHECK(score_spans(found, planted, SpanMatch::Exact, 1).precision() == 0);
}

TEST_CASE("text_spans: a guess over everything has full recall, and precision shows one right span") {
    const std::vector<TextSpan> planted = {{3, 5, 0}, {8, 9, 0}}, all = {{0, 100, 0}};
    const SpanScore score = score_spans(all, planted, SpanMatch::Overlap);
    CHECK(score.recall() == 1);
    CHECK(score.n_found == 1);
    CHECK(score_spans(all, planted, SpanMatch::Exact).recall() == 0);
    CHECK(score_spans(std::vector<TextSpan>{{5, 8, 0}}, planted, SpanMatch::Overlap).n_right == 0);  // only touches
}

TEST_CASE("text_spans: what was not there to be found is undefined, and counts add up over texts") {
    SpanScore sum = score_spans({}, {}, SpanMatch::Exact);
    CHECK(std::isnan(sum.precision()));
    CHECK(std::isnan(sum.recall()));
    CHECK(std::isnan(sum.f1()));
    sum += score_spans(std::vector<TextSpan>{{0, 1, 0}}, std::vector<TextSpan>{{0, 1, 0}, {4, 5, 0}}, SpanMatch::Exact);
    CHECK(sum.precision() == 1);
    CHECK(sum.recall() == doctest::Approx(0.5));
    CHECK(SpanScore{.n_found = 2, .n_right = 0, .n_planted = 3, .n_caught = 0}.f1() == 0);
}

TEST_CASE("text_spans: flags of whole texts") {
    const std::vector<uint8_t> found = {1, 1, 0, 0}, planted = {1, 0, 1, 0};
    const SpanScore score = score_flags(found, planted);
    CHECK(score.precision() == doctest::Approx(0.5));
    CHECK(score.recall() == doctest::Approx(0.5));
    CHECK_THROWS_AS((void)score_flags(found, std::vector<uint8_t>{1}), CheckFailed);
}

TEST_CASE("text_spans: of overlapping spans the longer one stays, empty ones go") {
    CHECK(without_overlaps({{5, 9, 0}, {0, 6, 1}, {6, 9, 2}, {12, 12, 0}}) ==
          std::vector<TextSpan>{{0, 6, 1}, {6, 9, 2}});
    CHECK(without_overlaps({{0, 4, 2}, {0, 4, 1}}) == std::vector<TextSpan>{{0, 4, 1}});
    CHECK(without_overlaps({}).empty());
}

TEST_CASE("text_spans: words with their places, in any alphabet") {
    CHECK(words_of("Don't stop, Zoë! 12 Καλημέρα—'quoted'") ==
          std::vector<std::string>{"Don't", "stop", "Zoë", "12", "Καλημέρα", "quoted"});
    CHECK(words_of("a\xFFy") == std::vector<std::string>{"a", "y"});
    CHECK(words_of(" .,- ").empty());
    CHECK(words_of("dogs'").back() == "dogs");
}
