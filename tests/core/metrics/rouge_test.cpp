#include "core/metrics/rouge.h"

#include <doctest/doctest.h>

#include "core/support/check.h"

using namespace terrarium::core;

namespace {

using Texts = std::vector<std::string>;
using doctest::Approx;

RougeScore score_of(std::string_view type, std::string_view target, std::string_view prediction, bool stem = false) {
    return rouge(type, target, prediction, stem).value();
}

constexpr const char* kTypes[] = {"rouge1", "rouge2", "rouge9", "rougeL", "rougeLsum"};

}  // namespace

TEST_CASE("rouge: the paper's example of a gunman, by hand") {
    // Lin (2004), section 3: S1 "police killed the gunman" against S2 "police kill the gunman".
    const RougeScore l = score_of("rougeL", "police killed the gunman", "police kill the gunman");
    CHECK(l.n_matches == 3);
    CHECK(l.fmeasure == Approx(0.75));
    CHECK(score_of("rougeL", "police killed the gunman", "the gunman kill police").fmeasure == Approx(0.5));
    CHECK(score_of("rouge2", "police killed the gunman", "the gunman kill police").recall == Approx(1.0 / 3));
}

TEST_CASE("rouge: the paper's example of the union: w1 w2 with one sentence, w1 w3 w5 with the other, is 4 of 5") {
    const RougeLsum sum =
        rouge_lsum(std::vector<Texts>{{"w1", "w2", "w3", "w4", "w5"}},
                   std::vector<Texts>{{"w1", "w2", "w6", "w7", "w8"}, {"w1", "w3", "w8", "w9", "w5"}});
    CHECK(sum.score.recall == Approx(0.8));
    CHECK(sum.unions == std::vector<std::vector<size_t>>{{0, 1, 2, 4}});
}

TEST_CASE("rouge: a match counts at most as often as each side has it") {
    const RougeScore one = score_of("rouge1", "the the cat", "the the the the");
    CHECK(one.n_matches == 2);
    CHECK(one.precision == Approx(0.5));
    CHECK(one.recall == Approx(2.0 / 3));
    CHECK(score_of("rougeLsum", "the\nthe", "the").n_matches == 1);
}

TEST_CASE("rouge: identical texts score 1, disjoint ones 0, and swapping the texts swaps precision and recall") {
    const std::string text = "one two three four five six seven eight nine ten";
    for (const char* type : kTypes) {
        CAPTURE(type);
        CHECK(score_of(type, text, text).fmeasure == Approx(1));
        CHECK(score_of(type, text, "eleven").fmeasure == 0);
        CHECK(score_of(type, "", "").fmeasure == 0);
        CHECK(score_of(type, text, "").precision == 0);
        CHECK(score_of(type, "...", text).recall == 0);
        const RougeScore here = score_of(type, text + " and so on", "zero " + text);
        const RougeScore there = score_of(type, "zero " + text, text + " and so on");
        CHECK(here.precision == there.recall);
        CHECK(here.fmeasure == there.fmeasure);
    }
}

TEST_CASE("rouge: sentences matter to Lsum alone") {
    CHECK(score_of("rougeL", "a b\nc d", "c d\na b").fmeasure == Approx(0.5));
    CHECK(score_of("rougeLsum", "a b\nc d", "c d\na b").fmeasure == Approx(1));
}

TEST_CASE("rouge: tokens are a-z and 0-9, stems only of more than three characters") {
    CHECK(rouge_tokens("Naïve cafés, 3.5%", false) == Texts{"na", "ve", "caf", "s", "3", "5"});
    CHECK(rouge_tokens("runs the bus houses", true) == Texts{"run", "the", "bus", "hous"});
    CHECK(rouge_tokens("", false).empty());
    CHECK(score_of("rouge1", "storms", "storm", true).fmeasure == Approx(1));
}

TEST_CASE("rouge: an unknown name is refused") {
    for (const char* type : {"rouge0", "rouge10", "rouge", "rougel", "rougeX", ""})
        CHECK(rouge(type, "a", "a", false).error().code == "rouge.type");
    CHECK_THROWS_AS((void)rouge_n({}, {}, 0), CheckFailed);
}

TEST_CASE("rouge: an interval is made of percentiles of resample means, by hand") {
    const std::vector<RougeTriple> scores{{0, 0, 0}, {1, 0.5, 0.25}};
    const std::vector<std::vector<int64_t>> resamples{{0, 0}, {0, 1}, {1, 1}};
    const RougeInterval interval = rouge_interval(scores, resamples, 0.5).value();
    CHECK(interval.low.precision == Approx(0.25));
    CHECK(interval.mid.recall == Approx(0.25));
    CHECK(interval.high.fmeasure == Approx(0.1875));
}

TEST_CASE("rouge: a bootstrap interval holds the mean, is the same for the same seed, and collapses for one example") {
    std::vector<RougeTriple> scores;
    for (int i = 0; i < 50; ++i) scores.push_back({i / 50.0, i / 50.0, i / 50.0});
    Rng rng(1), same(1);
    const RougeInterval interval = rouge_bootstrap(scores, 500, 0.95, rng).value();
    CHECK(interval.low.precision < 0.49);
    CHECK(interval.high.precision > 0.49);
    CHECK(interval.low.precision == rouge_bootstrap(scores, 500, 0.95, same).value().low.precision);
    const RougeInterval one = rouge_bootstrap(std::span(scores).subspan(7, 1), 10, 0.95, rng).value();
    CHECK(one.low.precision == one.high.precision);
}

TEST_CASE("rouge: resamples that cannot be are refused") {
    const std::vector<RougeTriple> scores{{0, 0, 0}};
    Rng rng(1);
    CHECK(rouge_bootstrap({}, 10, 0.95, rng).error().code == "rouge.resamples");
    CHECK(rouge_bootstrap(scores, 0, 0.95, rng).error().code == "rouge.resamples");
    CHECK(rouge_interval(scores, std::vector<std::vector<int64_t>>{{1}}, 0.95).error().code == "rouge.resamples");
    CHECK(rouge_interval(scores, std::vector<std::vector<int64_t>>{{}}, 0.95).error().code == "rouge.resamples");
    CHECK(rouge_interval(scores, std::vector<std::vector<int64_t>>{{0}}, 1.5).error().code == "rouge.resamples");
}
