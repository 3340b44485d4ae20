#include "core/metrics/ter.h"

#include <doctest/doctest.h>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Words = std::vector<std::string>;
using doctest::Approx;

TerScore score_of(std::string_view hypothesis, const Words& references, const TerOptions& options = {}) {
    return sentence_ter(hypothesis, references, options).value();
}

/// Does what a path says, from the hypothesis on; the reference's words come from the reference.
Words follow(const TerPath& path, Words words, const Words& reference) {
    for (const TerShift& shift : path.shifts) {
        const auto begin = words.begin() + static_cast<std::ptrdiff_t>(shift.start);
        const Words run(begin, begin + static_cast<std::ptrdiff_t>(shift.length));
        words.erase(begin, begin + static_cast<std::ptrdiff_t>(shift.length));
        const bool is_behind = shift.target > shift.start + shift.length;
        const size_t target = std::min(is_behind ? shift.target - shift.length : shift.target, words.size());
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(target), run.begin(), run.end());
    }
    CHECK(words == path.shifted);
    Words result;
    size_t at = 0, goal = 0;
    for (const TerEdit edit : path.edits) {
        if (edit == TerEdit::Keep) result.push_back(words.at(at));
        if (edit == TerEdit::Substitute || edit == TerEdit::Insert) result.push_back(reference.at(goal));
        at += edit == TerEdit::Insert ? 0 : 1;
        goal += edit == TerEdit::Delete ? 0 : 1;
    }
    CHECK(at == words.size());
    return result;
}

}  // namespace

TEST_CASE("ter: one substitution, one insertion, one deletion, by hand") {
    CHECK(score_of("a x c", {"a b c"}).score == Approx(100.0 / 3));
    CHECK(score_of("a c", {"a b c"}).n_edits == 1);
    CHECK(score_of("a b b c", {"a b c"}).n_edits == 1);
    CHECK(score_of("a b c", {"a b c"}).score == 0);
}

TEST_CASE("ter: a run of words that moves costs one edit, not one a word") {
    const TerPath path = ter_path({"d", "e", "f", "a", "b", "c"}, {"a", "b", "c", "d", "e", "f"});
    CHECK(path.n_edits == 1);
    REQUIRE(path.shifts.size() == 1);
    CHECK(path.shifts[0].length == 3);
    CHECK(score_of("d e f a b c", {"a b c d e f"}).score == Approx(100.0 / 6));
}

TEST_CASE("ter: following the path turns the hypothesis into the reference, and the path's steps are the edits") {
    Rng rng(5);
    for (int round = 0; round < 150; ++round) {
        Words hypothesis, reference;
        for (uint32_t i = rng.below(14); i > 0; --i)
            hypothesis.push_back(std::string(1, static_cast<char>('a' + rng.below(6))));
        for (uint32_t i = rng.below(14); i > 0; --i)
            reference.push_back(std::string(1, static_cast<char>('a' + rng.below(6))));
        const TerPath path = ter_path(hypothesis, reference);
        CHECK(follow(path, hypothesis, reference) == reference);
        int64_t n_edits = std::ssize(path.shifts);
        for (const TerEdit edit : path.edits) n_edits += edit == TerEdit::Keep ? 0 : 1;
        CHECK(n_edits == path.n_edits);
    }
}

TEST_CASE("ter: no reference words are 100 for any edit, 0 for none; the fewest edits and the mean length count") {
    CHECK(score_of("a b", {""}).score == 100);
    CHECK(score_of("", {""}).score == 0);
    CHECK(score_of("", {"a b"}).score == Approx(100));
    const TerScore score = score_of("a b", {"x y z", "a b c", "a b c"});
    CHECK(score.n_edits == 1);
    CHECK(score.best_reference == 1);
    CHECK(score.reference_length == 3);
    CHECK(score_of("a b", {"a b", "a b c d"}).reference_length == 3);
}

TEST_CASE("ter: very unequal lengths stay inside the beam") {
    std::string long_text;
    for (int i = 0; i < 400; ++i) long_text += "w" + std::to_string(i) + " ";
    CHECK(score_of("w399", {long_text}).n_edits == 399);
    CHECK(score_of(long_text, {"w0"}).n_edits == 399);
    CHECK(score_of(long_text, {long_text}).n_edits == 0);
}

TEST_CASE("ter: options decide which words are compared") {
    CHECK(ter_words("It's 3.5, OK?", {}) == Words{"it's", "3.5,", "ok?"});
    CHECK(ter_words("It's 3.5, OK?", {.normalized = true}) == Words{"it", "'s", "3.5", ",", "ok", "?"});
    CHECK(ter_words("It's 3.5, OK?", {.no_punct = true, .case_sensitive = true}) == Words{"It's", "35", "OK"});
    CHECK(ter_words("老船长。ok", {.normalized = true, .asian_support = true}) == Words{"老", "船", "长", "。", "ok"});
    CHECK(ter_words("老船长。", {.normalized = true}) == Words{"老船长。"});
    CHECK(ter_words("老。", {.no_punct = true, .asian_support = true}) == Words{"老"});
    CHECK(ter_words(" \n", {.normalized = true}).empty());
}

TEST_CASE("ter: a corpus sums edits and lengths; what cannot be scored is refused") {
    const Words hypotheses{"a b c d", "x"};
    CHECK(corpus_ter(hypotheses, std::vector<Words>{{"a b c d"}, {"y"}}, {}).value().score == Approx(20));
    CHECK(corpus_ter(hypotheses, std::vector<Words>{{"a"}}, {}).error().code == "segments.unequal");
    CHECK(sentence_ter("a", Words{}, {}).error().code == "segments.no_reference");
}
