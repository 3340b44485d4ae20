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

TEST_CASE("markup: only a plain https address becomes a link, with its host shown") {
    CHECK(plain_words("[page](https://example.org/a)") == "page (example.org)");
    for (const char* address : {"javascript:alert(1)",
                                "JaVaScRiPt:alert(1)",
                                "java\tscript:alert(1)",
                                "javascript&#58;alert(1)",
                                "data:text/html,x",
                                "vbscript:x",
                                "file:///etc/passwd",
                                "blob:https://example.org/x",
                                "//example.org",
                                "https:evil.example",
                                "https://user:pw@example.org",
                                "https://user@example.org",
                                "http://example.org",
                                "HTTPS://EXAMPLE.ORG",
                                "https:\\\\example.org",
                                "https://ex\u202eample.org",
                                "https://example.org\u200b/",
                                "https://localhost",
                                "https://",
                                "ftp://example.org"}) {
        CAPTURE(address);
        CHECK(safe_host(address).empty());
        for (const Run& run : parse_markup("[page](<" + std::string(address) + ">)")) CHECK(run.address.empty());
    }
}

TEST_CASE("markup: blocks are told apart, HTML stays text") {
    const Markdown read = read_markdown("a\n\n- b\n- c\n\n1. d\n\n> e\n\n```\nf\n```\n\n$$x$$\n\n<b>g</b>");
    using Kind = Block::Kind;
    std::vector<Kind> kinds;
    for (const Block& block : read.blocks) kinds.push_back(block.kind);
    CHECK(kinds == std::vector<Kind>{Kind::Paragraph, Kind::Item, Kind::Item, Kind::Item, Kind::Quote, Kind::Code,
                                     Kind::Formula, Kind::Paragraph});
    CHECK(plain_words(read.blocks.back().runs) == "<b>g</b>");
    CHECK(read.blocks[3].mark == "1.");
}
