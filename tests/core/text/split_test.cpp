#include "core/text/split.h"

#include <doctest/doctest.h>

#include "core/support/check.h"

using namespace terrarium::core;

TEST_CASE("split: cuts at runs of any white space and keeps no empty piece") {
    CHECK(split_white_space(" tabs\tand  double\n\u00A0spaces\u3000 ") ==
          std::vector<std::string>{"tabs", "and", "double", "spaces"});
    CHECK(split_white_space("a\x1f"
                            "b") == std::vector<std::string>{"a", "b"});
    CHECK(split_white_space("a\u200Bb").size() == 1);
    CHECK(split_white_space("").empty());
    CHECK(split_white_space(" \n ").empty());
    CHECK(split_white_space("a\xff") == std::vector<std::string>{"a\uFFFD"});
}

TEST_CASE("split: stripping takes white space from the ends alone") {
    CHECK(stripped(U" \u00A0a b\n") == U"a b");
    CHECK(right_stripped(U" a \x1f") == U" a");
    CHECK(stripped(U" \t").empty());
}

TEST_CASE("split: replacing goes from left to right and not over its own results") {
    CHECK(replaced(U"aaa", U"aa", U"b") == U"ba");
    CHECK(replaced(U"ab", U"a", U"aa") == U"aab");
    CHECK(replaced(U"", U"a", U"b").empty());
    CHECK_THROWS_AS((void)replaced(U"a", U"", U"b"), CheckFailed);
}
