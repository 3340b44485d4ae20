#include "core/text/bpe_split.h"

#include <doctest/doctest.h>

#include "core/support/rng.h"
#include "core/text/utf8.h"

using namespace terrarium::core;

namespace {

using Chunks = std::vector<std::string>;

Chunks gpt2(std::string_view text) { return split_for_bpe(text, SplitPattern::Gpt2); }
Chunks apart(std::string_view text) { return split_for_bpe(text, SplitPattern::SpacesApart); }
Chunks gpt4(std::string_view text) { return split_for_bpe(text, SplitPattern::Gpt4); }

}  // namespace

TEST_CASE("bpe_split: letters, numbers and marks, each with the space before them") {
    CHECK(gpt2("We paid 1234 euro!?") == Chunks{"We", " paid", " 1234", " euro", "!?"});
    CHECK(gpt4("We paid 1234 euro!?") == Chunks{"We", " paid", " ", "123", "4", " euro", "!?"});
    CHECK(gpt2("snake_case") == Chunks{"snake", "_", "case"});
    CHECK(gpt4("snake_case") == Chunks{"snake", "_case"});
}

TEST_CASE("bpe_split: endings with an apostrophe, in any case for GPT-4 only") {
    CHECK(gpt2("don't DON'T they'll'x") == Chunks{"don", "'t", " DON", "'", "T", " they", "'ll", "'", "x"});
    CHECK(gpt4("don't DON'T they'LL'x") == Chunks{"don", "'t", " DON", "'T", " they", "'LL", "'x"});
    CHECK(gpt4("a'\u017F") == Chunks{"a", "'\u017F"});  // the long s is an s
    CHECK(gpt4("'") == Chunks{"'"});
    CHECK(gpt4("'r") == Chunks{"'r"});
}

TEST_CASE("bpe_split: with spaces apart no chunk holds a space and something else") {
    CHECK(apart("We paid 12 euro!?  ") == Chunks{"We", " ", "paid", " ", "12", " ", "euro", "!?", "  "});
    CHECK(apart("don't") == Chunks{"don", "'", "t"});
    CHECK(apart("").empty());
}

TEST_CASE("bpe_split: white space leaves its last character to what follows") {
    CHECK(gpt2("a   b  ") == Chunks{"a", "  ", " b", "  "});
    CHECK(gpt2("a\n\n b") == Chunks{"a", "\n\n", " b"});
    CHECK(gpt2("a\tb") == Chunks{"a", "\t", "b"});
    CHECK(gpt4("a \n \n  b") == Chunks{"a", " \n \n", " ", " b"});
    CHECK(gpt4("x;\r\ny") == Chunks{"x", ";\r\n", "y"});
    CHECK(gpt2("").empty());
}

TEST_CASE("bpe_split: the chunks put together are the text, whatever it is") {
    Rng rng(8);
    constexpr std::u32string_view kAlphabet = U"aZ'sl 1²\n\r\t.,é語\u0301\u00A0\u200B😀";
    for (int round = 0; round < 300; ++round) {
        std::u32string text;
        for (uint32_t i = rng.below(20); i > 0; --i)
            text += kAlphabet[rng.below(static_cast<uint32_t>(kAlphabet.size()))];
        for (const SplitPattern pattern : {SplitPattern::Gpt2, SplitPattern::Gpt4, SplitPattern::SpacesApart}) {
            std::string together;
            for (const std::string& chunk : split_for_bpe(encode_utf8(text), pattern)) {
                CHECK_FALSE(chunk.empty());
                together += chunk;
            }
            CHECK(together == encode_utf8(text));
        }
    }
}
