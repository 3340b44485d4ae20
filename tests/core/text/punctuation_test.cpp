#include "core/text/punctuation.h"

#include <doctest/doctest.h>

using namespace terrarium::core;

TEST_CASE("punctuation: a rule does not look at a character twice") {
    const auto is_a = [](char32_t c) { return c == 'a'; };
    CHECK(with_spaces_between(U"aaa", PairSpacing::SecondApart, is_a, is_a) == U"a a a");
    CHECK(with_spaces_between(U"aaaa", PairSpacing::FirstApart, is_a, is_a) == U" a a a a");
    CHECK(with_spaces_between(U"a", PairSpacing::FirstApart, is_a, is_a) == U"a");
    CHECK(with_spaces_between(U"", PairSpacing::FirstApart, is_a, is_a).empty());
    CHECK(with_spaces_around(U"bab", is_a) == U"b a b");
}

TEST_CASE("punctuation: entities become characters in a fixed order, so &amp;lt; becomes a bracket") {
    CHECK(without_entities(U"&quot;A&amp;B&quot; &lt;x&gt;") == U"\"A&B\" <x>");
    CHECK(without_entities(U"&amp;lt;") == U"<");
    CHECK(without_entities(U"&apos;") == U"&apos;");
}

TEST_CASE("punctuation: marks stand apart; points and dashes only where no number needs them") {
    CHECK(with_spaced_marks(U"(a_b)") == U" ( a _ b ) ");
    CHECK(with_spaced_marks(U"don't 1,5-2.") == U"don't   1,5-2.");
    CHECK(with_spaced_points(U" 3.5 ") == U" 3.5 ");
    CHECK(with_spaced_points(U" a. ") == U" a  .   ");  // two rules have seen it
    CHECK(with_spaced_points(U" 10-year ") == U" 10 - year ");
    CHECK(with_spaced_points(U" a-b ") == U" a-b ");
}
