#include "core/text/unicode.h"

#include <doctest/doctest.h>

#include "core/text/unicode_tables.h"

using namespace terrarium::core;

TEST_CASE("unicode: categories of characters that everybody knows") {
    CHECK(general_category(U'A') == Category::Lu);
    CHECK(general_category(U'z') == Category::Ll);
    CHECK(general_category(U'7') == Category::Nd);
    CHECK(general_category(U' ') == Category::Zs);
    CHECK(general_category(U'\n') == Category::Cc);
    CHECK(general_category(U'_') == Category::Pc);
    CHECK(general_category(U'$') == Category::Sc);
    CHECK(general_category(U'+') == Category::Sm);
    CHECK(general_category(U'^') == Category::Sk);
    CHECK(general_category(U'Ā') == Category::Lu);  // in a run of upper and lower case
    CHECK(general_category(U'ā') == Category::Ll);
    CHECK(general_category(U'ĩ') == Category::Ll);
    CHECK(general_category(U'½') == Category::No);
    CHECK(general_category(U'Ⅷ') == Category::Nl);
    CHECK(general_category(U'«') == Category::Pi);
    CHECK(general_category(U'語') == Category::Lo);
    CHECK(general_category(U'\u0301') == Category::Mn);
    CHECK(general_category(U'\U0001F600') == Category::So);
    CHECK(general_category(U'\uE000') == Category::Co);
    CHECK(general_category(U'\u0378') == Category::Cn);
    CHECK(general_category(0x10FFFF) == Category::Cn);
    CHECK(general_category(0x110000) == Category::Cn);
    CHECK(general_category(0xFFFFFFFF) == Category::Cn);
}

TEST_CASE("unicode: the tables ascend, so that a binary search finds everything") {
    for (size_t i = 1; i < kCategoryStartCount; ++i) CHECK((kCategoryStarts[i - 1] >> 8) < (kCategoryStarts[i] >> 8));
    for (size_t i = 1; i < kLowerRangeCount; ++i) CHECK(kLowerRanges[i - 1].last < kLowerRanges[i].first);
}

TEST_CASE("unicode: lower case, and every capital letter with a small one is told apart from it") {
    CHECK(to_lower("The LIGHT-house 7") == "the light-house 7");
    CHECK(to_lower("ÀÉÎÕÜ Ž Ґ Ω Ĳ ẞ") == "àéîõü ž ґ ω ĳ ß");
    CHECK(to_lower("\U00010400") == "\U00010428");
    CHECK(to_lower("ǅ") == "ǆ");
    CHECK(to_lower("K") == "k");  // the Kelvin sign
    CHECK(to_lower("İ") == "i̇");
    CHECK(to_lower("") == "");
    CHECK(to_lower("\xff") == "\uFFFD");
    for (char32_t c = 0; c < 0x20000; ++c) {
        const std::u32string once = to_lower(std::u32string(1, c));
        REQUIRE(to_lower(once) == once);
    }
}

TEST_CASE("unicode: a capital sigma becomes final at the end of a word only") {
    CHECK(to_lower("ΟΔΟΣ") == "οδος");
    CHECK(to_lower("ΟΔΟΣ ΣΤΟΝ") == "οδος στον");
    CHECK(to_lower("Σ") == "σ");
    CHECK(to_lower("ΑΣ.") == "ας.");
    CHECK(to_lower("ΑΣ'Α") == "ασ'α");
    CHECK(to_lower("ΣⅧ ⅧΣ") == "σⅷ ⅷς");  // Roman numerals have case
}

TEST_CASE("unicode: white space is the property; Python's has four more") {
    int n_white = 0, n_python = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        n_white += is_white_space(c) ? 1 : 0;
        n_python += is_python_space(c) ? 1 : 0;
    }
    CHECK(n_white == 25);
    CHECK(n_python == 29);
    CHECK_FALSE(is_white_space(0x200B));  // the zero-width space is none
}

TEST_CASE("unicode: ASCII has 32 punctuation marks and symbols") {
    int n = 0;
    for (char32_t c = 0; c < 0x100; ++c) n += is_ascii_punctuation(c) ? 1 : 0;
    CHECK(n == 32);
}
