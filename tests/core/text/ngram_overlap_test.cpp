#include "core/text/ngram_overlap.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;

TEST_CASE("ngram_overlap: shared runs and their places, by hand") {
    const NgramIndex index(std::vector<std::string>{"The fog came over the quay.", "Salt and tar."}, 3);
    CHECK(index.n_runs() == 5);
    const std::string text = "They say: the FOG came, over and over. Salt and tar!";
    const Overlap overlap = index.check(text);
    CHECK(overlap.n_runs == 9);
    CHECK(overlap.n_shared == 3);
    CHECK(overlap.share() == doctest::Approx(3.0 / 9));
    REQUIRE(overlap.spans.size() == 2);
    const auto words = [&](const TextSpan& span) {
        return text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin));
    };
    CHECK(words(overlap.spans[0]) == "the FOG came, over");
    CHECK(words(overlap.spans[1]) == "Salt and tar");
    CHECK(overlap.spans[1].kind == 1);
}

TEST_CASE("ngram_overlap: thirteen words in a row are needed where thirteen are asked for") {
    const std::string test_item = "one two three four five six seven eight nine ten eleven twelve thirteen";
    const NgramIndex index(std::vector<std::string>{test_item}, 13);
    CHECK(index.check("before " + test_item + " after").is_contaminated());
    CHECK_FALSE(
        index.check("one two three four five six seven eight nine ten eleven twelve fourteen").is_contaminated());
    CHECK(NgramIndex(std::vector<std::string>{test_item}, 4)
              .check("one two three four five six seven eight nine ten eleven twelve fourteen")
              .share() == doctest::Approx(0.9));
}

TEST_CASE("ngram_overlap: a text that is too short has no answer; nothing is found in nothing") {
    const NgramIndex index(std::vector<std::string>{"a b c"}, 3);
    CHECK(std::isnan(index.check("a b").share()));
    CHECK_FALSE(index.check("").is_contaminated());
    CHECK(NgramIndex({}, 3).check("a b c").share() == 0);
    CHECK_THROWS_AS(NgramIndex({}, 0), CheckFailed);
}

TEST_CASE("ngram_overlap: planted test items are found in training texts, and no others") {
    Rng rng(4);
    const auto sentence = [&](int n) {
        std::string text;
        for (int i = 0; i < n; ++i) text += "w" + std::to_string(rng.below(800)) + " ";
        return text;
    };
    std::vector<std::string> items, train;
    std::vector<uint8_t> planted, found;
    for (int i = 0; i < 20; ++i) items.push_back(sentence(20));
    for (int i = 0; i < 100; ++i) {
        const bool is_leak = i % 5 == 0;
        train.push_back(sentence(30) + (is_leak ? items[rng.below(20)] : "") + sentence(30));
        planted.push_back(is_leak ? 1 : 0);
    }
    const NgramIndex index(items, 13);
    for (const std::string& text : train) found.push_back(index.check(text).is_contaminated() ? 1 : 0);
    const SpanScore score = score_flags(found, planted);
    CHECK(score.precision() == 1);
    CHECK(score.recall() == 1);
}
