#include "core/text/utf8.h"

#include <doctest/doctest.h>

using namespace terrarium::core;

TEST_CASE("utf8: text of one to four bytes per character survives both ways") {
    const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";  // a, e acute, euro, a smiling face
    const DecodedText decoded = decode_utf8(text);
    CHECK(decoded.code_points == U"a\u00e9\u20ac\U0001F600");
    CHECK(decoded.replaced_bytes == 0);
    CHECK(encode_utf8(decoded.code_points) == text);
}

TEST_CASE("utf8: every code point survives both ways") {
    bool all_equal = true;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string bytes;
        append_utf8(bytes, c);
        const DecodedText decoded = decode_utf8(bytes);
        all_equal = all_equal && decoded.replaced_bytes == 0 && decoded.code_points == std::u32string(1, c);
    }
    CHECK(all_equal);
}

TEST_CASE("utf8: damage is replaced by maximal pieces and counted") {
    // The example of table 3-11 in the Unicode Standard: six replacements around a, b, c, d.
    const DecodedText decoded = decode_utf8(
        "a\xF1\x80\x80\xE1\x80\xC2"
        "b\x80"
        "c\x80\xBF"
        "d");
    CHECK(decoded.code_points == U"a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
    CHECK(decoded.replaced_bytes == 9);
    CHECK(decode_utf8("\xC0\xAF").replaced_bytes == 2);          // overlong
    CHECK(decode_utf8("\xED\xA0\x80").replaced_bytes == 3);      // a surrogate
    CHECK(decode_utf8("\xF4\x90\x80\x80").replaced_bytes == 4);  // above U+10FFFF
    CHECK(decode_utf8("\xE2\x82").code_points == U"\uFFFD");     // cut off at the end
    CHECK(encode_utf8(std::u32string(1, 0xD800)) == "\xEF\xBF\xBD");
}
