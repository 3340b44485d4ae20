#include "core/text/normalise.h"

#include <doctest/doctest.h>

#include "core/support/rng.h"
#include "core/text/utf8.h"

using namespace terrarium::core;

TEST_CASE("normalise: each step, by hand, and what it counts") {
    const Normalised lines = normalise("a\r\nb\rc\u2028d\u0085e");
    CHECK(lines.text == "a\nb\nc\nd\ne");
    CHECK(lines.n_line_ends == 4);
    const Normalised marks = normalise("e\u0301 A\u030A n\u0303 \u03B1\u0301 \u03B9\u0308\u0301 q\u0301");
    CHECK(marks.text == "é Å ñ ά ΐ q\u0301");
    CHECK(marks.n_composed == 6);
    const Normalised quotes = normalise("“so” ‘it’ «is» – … ‐");
    CHECK(quotes.text == "\"so\" 'it' \"is\" - ... -");
    CHECK(quotes.n_quotes == 9);
    const Normalised hidden = normalise(
        "a\u200Bb\uFEFFc\u00ADd\x01"
        "e");
    CHECK(hidden.text == "abcde");
    CHECK(hidden.n_invisible == 4);
    const Normalised spaces = normalise("  a \t b\u00A0c  \n\n\n\n d \n");
    CHECK(spaces.text == "a b c\n\nd");
    CHECK(spaces.n_spaces > 0);
    const Normalised damaged = normalise(
        "a\xFF"
        "b");
    CHECK(damaged.text ==
          "a\uFFFD"
          "b");
    CHECK(damaged.n_damaged_bytes == 1);
}

TEST_CASE("normalise: plain text stays as it is, and no step counts anything") {
    const Normalised same = normalise("The boats - \"all\" of them - came home.\n\nGood. 👩\u200D🔧");
    CHECK(same.text == "The boats - \"all\" of them - came home.\n\nGood. 👩\u200D🔧");
    CHECK(same.n_line_ends + same.n_composed + same.n_quotes + same.n_invisible + same.n_spaces == 0);
    CHECK(normalise("").text.empty());
    CHECK(normalise(" \n\t ").text.empty());
}

TEST_CASE("normalise: a step that is switched off does nothing") {
    const std::string text = "a\r\n“e\u0301”\u200B  b";
    CHECK(normalise(text, {.line_ends = false, .invisible = false, .compose = false, .quotes = false, .spaces = false})
              .text == text);
    CHECK(normalise(text, {.quotes = false}).text == "a\n“é” b");
    CHECK(normalise(text, {.compose = false}).text == "a\n\"e\u0301\" b");
}

TEST_CASE("normalise: doing it twice changes nothing more, whatever the text") {
    Rng rng(9);
    constexpr std::u32string_view kAlphabet = U"ab e\u0301\u0308\r\n\t\u00A0\u200B\u00AD“–…\u2028\u0085\x01é語.";
    for (int round = 0; round < 500; ++round) {
        std::u32string text;
        for (uint32_t i = rng.below(25); i > 0; --i)
            text += kAlphabet[rng.below(static_cast<uint32_t>(kAlphabet.size()))];
        const std::string once = normalise(encode_utf8(text)).text;
        const Normalised twice = normalise(once);
        CHECK(twice.text == once);
        CHECK(twice.n_line_ends + twice.n_composed + twice.n_quotes + twice.n_invisible + twice.n_spaces == 0);
    }
}

TEST_CASE("normalise: letters with a mark") {
    CHECK(composed(U'e', 0x301) == U'é');
    CHECK(composed(U'Z', 0x30C) == U'Ž');
    CHECK(composed(0x438, 0x306) == 0x439);
    CHECK(composed(U'q', 0x301) == 0);
    CHECK(composed(U'e', U'x') == 0);
}
