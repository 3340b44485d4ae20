#include "core/io/bytes.h"

#include <doctest/doctest.h>

using namespace terrarium::core::io;
using namespace std::string_view_literals;

TEST_CASE("bytes: every code point survives the trip through UTF-8, and nothing else is valid") {
    int64_t n_wrong = 0;
    for (uint32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string text;
        append_utf8(text, c);
        const Utf8Step step = decode_utf8(text, 0);
        if (!step.is_valid || step.code_point != c || step.n_bytes != text.size()) ++n_wrong;
    }
    CHECK(n_wrong == 0);
    std::string not_a_character;
    append_utf8(not_a_character, 0xD800);
    append_utf8(not_a_character, 0x110000);
    CHECK(not_a_character == "\uFFFD\uFFFD");
}

TEST_CASE("bytes: overlong forms, surrogates, large values and cut characters are found at their offset") {
    for (const std::string_view bad : {"\xC0\xAF"sv, "\xE0\x80\xAF"sv, "\xF0\x80\x80\xAF"sv, "\xED\xA0\x80"sv,
                                       "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\x80"sv, "\xFF"sv, "\xE2\x82"sv}) {
        const std::string text = "ab" + std::string(bad) + "c";
        CHECK(find_invalid_utf8(text) == 2);
    }
    CHECK_FALSE(find_invalid_utf8("caf\u00e9 \u4e2d \U0001F600").has_value());
}

TEST_CASE("bytes: a damaged sequence is stepped over as the Unicode standard recommends") {
    // The Standard's own example, table 3-8: 61 F1 80 80 E1 80 C2 62 80 63 80 BF 64 gives a, 3 faults, b, c between.
    const std::string_view text = "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"sv;
    std::string repaired;
    for (size_t at = 0; at < text.size();) {
        const Utf8Step step = decode_utf8(text, at);
        append_utf8(repaired, step.code_point);
        at += step.n_bytes;
    }
    CHECK(repaired == "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
}

TEST_CASE("bytes: lines and columns are those of an editor") {
    const std::string_view text = "ab\ncd\r\n\u00e9f\rg"sv;
    CHECK(position_of(text, 0).line == 1);
    CHECK(position_of(text, 1).column == 2);
    CHECK(position_of(text, 3).line == 2);
    CHECK(position_of(text, 3).column == 1);
    CHECK(position_of(text, 9).line == 3);
    CHECK(position_of(text, 9).column == 2);  // the accented letter is two bytes and one column
    CHECK(position_of(text, 11).line == 4);   // after a lone CR
    CHECK(position_of(text, 999).line == 4);  // past the end is the end
    CHECK(position_of("\xEF\xBB\xBFx", 3).column == 1);
}

TEST_CASE("bytes: wide text is recognised with and without its mark, and plain text is not") {
    CHECK(detect_wide_text("\xFF\xFEh\0"sv) == WideText::Utf16Little);
    CHECK(detect_wide_text("\xFE\xFF\0h"sv) == WideText::Utf16Big);
    CHECK(detect_wide_text("\xFF\xFE\0\0h\0\0\0"sv) == WideText::Utf32);
    CHECK(detect_wide_text("{\0\"\0a\0\"\0"sv) == WideText::Utf16Little);
    CHECK(detect_wide_text("\0{\0\"\0a\0\""sv) == WideText::Utf16Big);
    CHECK(detect_wide_text("plain text"sv) == WideText::None);
    CHECK(detect_wide_text(""sv) == WideText::None);
    CHECK(detect_wide_text("\x7F\x45LF\0\0\0\1\2\3\0\0"sv) == WideText::None);
}

TEST_CASE("bytes: a stranger's text cannot write our sentences") {
    CHECK(in_quotes("abc") == "\"abc\"");
    CHECK(in_quotes("a\x1b[31m\n\xE2\x80\xAE\xFF") == "\"a\uFFFD[31m\uFFFD\uFFFD\uFFFD\"");
    CHECK(in_quotes("\u00e9\u00e9\u00e9\u00e9", 2) == "\"\u00e9\u00e9\u2026\"");
    CHECK(in_quotes(std::string(1'000'000, 'x')).size() < 60);
}

TEST_CASE("bytes: cutting keeps characters whole, sizes are grouped, ids have a narrow alphabet") {
    CHECK(cut_characters("\u00e9t\u00e9", 2) == "\u00e9t\u2026");
    CHECK(cut_characters("\u00e9t\u00e9", 3) == "\u00e9t\u00e9");
    CHECK(count_characters("\u00e9\u4e2d\U0001F600") == 3);
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(-1000) == "-1,000");
    CHECK(grouped(1048576) == "1,048,576");
    CHECK(grouped(INT64_MIN) == "-9,223,372,036,854,775,808");
    CHECK(is_id("m2.scaling_laws"));
    CHECK_FALSE(is_id(""));
    CHECK_FALSE(is_id("M2"));
    CHECK_FALSE(is_id("a-b"));
    CHECK_FALSE(is_id("../etc"));
    CHECK(is_id(std::string(64, 'a')));
    CHECK_FALSE(is_id(std::string(65, 'a')));
}
