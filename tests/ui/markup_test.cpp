#include "ui/markup.h"

#include <doctest/doctest.h>

#include "core/support/rng.h"

using namespace terrarium::ui;

namespace {

std::string spelled(const std::vector<Run>& runs) {
    std::string words;
    for (const Run& run : runs) {
        words += run.is_bold ? "B" : run.is_code ? "C" : !run.term.empty() ? "T" : "p";
        words += "(" + run.text + (run.term.empty() ? "" : "=" + run.term) + ")";
    }
    return words;
}

}  // namespace

TEST_CASE("markup: bold, code and terms are runs, the rest is plain") {
    CHECK(spelled(parse_markup("a **b** `c` [[d_id|dee]] e")) == "p(a )B(b)p( )C(c)p( )T(dee=d_id)p( e)");
    CHECK(spelled(parse_markup("[[loss]]")) == "T(loss=loss)");
    CHECK(spelled(parse_markup("")) == "");
}

TEST_CASE("markup: an unclosed or empty mark is plain text") {
    for (const char* text : {"**bold", "`code", "[[term", "**", "****", "``", "[[]]", "a ** b", "]]", "[a]"}) {
        CAPTURE(text);
        const auto runs = parse_markup(text);
        for (const Run& run : runs) {
            CHECK_FALSE(run.is_bold);
            CHECK_FALSE(run.is_code);
            CHECK(run.term.empty());
        }
        CHECK(plain_words(text) == text);
    }
}

TEST_CASE("markup: marks inside code stay as they are written") {
    CHECK(spelled(parse_markup("`**x**`")) == "C(**x**)");
}

TEST_CASE("markup: words of any script pass unchanged") { CHECK(plain_words("**世界** é `🌍`") == "世界 é 🌍"); }

TEST_CASE("markup: any text at all is read, and no letter is lost") {
    terrarium::core::Rng rng(5);
    const std::string letters = "ab*`[] ";
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (uint32_t i = rng.below(24); i > 0; --i) text += letters[rng.below(static_cast<uint32_t>(letters.size()))];
        std::string words;
        for (const Run& run : parse_markup(text)) {
            CHECK_FALSE((run.text.empty() && run.term.empty()));
            words += run.text;
        }
        const auto letters_only = [](const std::string& from) {
            std::string out;
            for (const char c : from) {
                if (c == 'a' || c == 'b') out += c;
            }
            return out;
        };
        CHECK_MESSAGE(letters_only(words) == letters_only(text), text);
    }
}
