#include "core/text/tokenizer.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (const std::string_view piece : split_into_pieces(TokenizerKind::Words, text)) words.emplace_back(piece);
    return words;
}

}  // namespace

TEST_CASE("tokenizer: characters get ids in the order of code points, other comes last") {
    const Tokenizer t = Tokenizer::learn(TokenizerKind::Characters, "banana\n");
    CHECK(t.vocab_size() == 5);
    CHECK(t.encode("ban\n") == std::vector<int32_t>{2 - 0, 1, 3, 0});
    CHECK(t.other_id() == 4);
    CHECK(t.encode("z") == std::vector<int32_t>{4});
    CHECK(t.decode(t.encode("naz")) == "na\xEF\xBF\xBD");
    CHECK(t.other_fraction(t.encode("nazz")) == 0.5);
}

TEST_CASE("tokenizer: the most frequent are kept, ties by code point") {
    const Tokenizer t = Tokenizer::learn(TokenizerKind::Characters, "ddccbba", 4);  // three places for a, b, c, d
    CHECK(t.token_text(0) == "b");
    CHECK(t.token_text(1) == "c");
    CHECK(t.token_text(2) == "d");
    CHECK(t.encode("a") == std::vector<int32_t>{t.other_id()});
    const Tokenizer tied = Tokenizer::learn(TokenizerKind::Characters, "dcba", 3);
    CHECK(tied.token_text(0) == "a");
    CHECK(tied.token_text(1) == "b");
}

TEST_CASE("tokenizer: at most 256 tokens for characters, and text of the kept ones comes back") {
    std::string text;
    for (int round = 0; round < 2; ++round) {
        for (int c = 0; c < 300 - 100 * round; ++c) {
            const char32_t point = 0x400 + static_cast<char32_t>(c);
            text += {static_cast<char>(0xC0 | (point >> 6)), static_cast<char>(0x80 | (point & 0x3F))};
        }
    }
    const Tokenizer t = Tokenizer::learn(TokenizerKind::Characters, text);
    CHECK(t.vocab_size() == 256);
    CHECK(t.other_fraction(t.encode(text)) == doctest::Approx(45.0 / 500.0));  // 300 - 255 of 500
    CHECK(t.decode(t.encode(text.substr(0, 400))) == text.substr(0, 400));
}

TEST_CASE("tokenizer: words are cut as the rule says") {
    CHECK(words_of("Hello, world!") == std::vector<std::string>{"Hello", ",", " world", "!"});
    CHECK(words_of("I don't  know\n\n 42b") ==
          std::vector<std::string>{"I", " don't", " ", " know", "\n", "\n", " 42", "b"});
    CHECK(words_of("'tis b2_x (really) 'quoted'") ==
          std::vector<std::string>{"'", "tis", " b2_x", " (", "really", ")", " '", "quoted", "'"});
    CHECK(words_of("\xC3\xA9t\xC3\xA9 \xE2\x80\x94 x ") ==
          std::vector<std::string>{"\xC3\xA9t\xC3\xA9", " \xE2\x80\x94", " x", " "});
    CHECK(words_of("").empty());
    CHECK(words_of("  ") == std::vector<std::string>{" ", " "});
}

TEST_CASE("tokenizer: word pieces put together are the text, for any text") {
    Rng rng(1);
    const std::string alphabet = "ab '\n\t.,19_-";
    for (int round = 0; round < 300; ++round) {
        std::string text, joined;
        for (int i = 0; i < 40; ++i) text += alphabet[rng.below(static_cast<uint32_t>(alphabet.size()))];
        for (const std::string& piece : words_of(text)) joined += piece;
        CHECK(joined == text);
        const Tokenizer t = Tokenizer::learn(TokenizerKind::Words, text, 1000);
        CHECK(t.decode(t.encode(text)) == text);
        CHECK(t.other_fraction(t.encode(text)) == 0.0);
    }
}

TEST_CASE("tokenizer: survives the way through its list of pieces") {
    const std::string text = "the cat and the dog, the end.";
    const Tokenizer t = Tokenizer::learn(TokenizerKind::Words, text, 6);
    const Tokenizer copy = Tokenizer::from_pieces(t.kind(), {t.pieces().begin(), t.pieces().end()});
    CHECK(copy.encode(text) == t.encode(text));
    CHECK_THROWS_AS((void)Tokenizer::from_pieces(TokenizerKind::Words, {"b", "a"}), CheckFailed);
}

TEST_CASE("tokenizer: empty and damaged text") {
    const Tokenizer empty = Tokenizer::learn(TokenizerKind::Characters, "");
    CHECK(empty.vocab_size() == 1);
    CHECK(empty.encode("ab") == std::vector<int32_t>{0, 0});
    const Tokenizer damaged = Tokenizer::learn(TokenizerKind::Words, "a\xFF b");
    CHECK(damaged.decode(damaged.encode("a\xFF b")) == "a\xEF\xBF\xBD b");
    CHECK_THROWS_AS((void)empty.token_text(1), CheckFailed);
}

TEST_CASE("tokenizer: subwords merge the most frequent neighbours, but never across words") {
    // "th" stands four times, then "the" four times; " the" three times; nothing else stands twice.
    const Tokenizer t = Tokenizer::learn_subwords("the the the the", 1000);
    REQUIRE(t.vocab_size() == 256 + 3);
    CHECK(t.token_text(256) == "th");
    CHECK(t.token_text(257) == "the");
    CHECK(t.token_text(258) == " the");
    CHECK(t.encode("the the") == std::vector<int32_t>{257, 258});
    CHECK(t.encode("then") == std::vector<int32_t>{257, 'n'});
    CHECK(t.other_id() == -1);
    const Tokenizer small = Tokenizer::learn_subwords("the the the the", 257);
    CHECK(small.encode("the") == std::vector<int32_t>{256, 'e'});
    CHECK_THROWS_AS((void)Tokenizer::learn_subwords("the", 255), CheckFailed);
}

TEST_CASE("tokenizer: subwords lose nothing, and a part of a character is shown as damaged") {
    const std::string text = "Smørrebrød, 世界 🌍 and smørrebrød again.\n\n  42 boats";
    const Tokenizer t = Tokenizer::learn_subwords(text, 300);
    const std::vector<int32_t> ids = t.encode(text);
    CHECK(t.decode(ids) == text);
    CHECK(t.other_fraction(ids) == 0.0);
    CHECK(t.decode(t.encode("never seen: Ωmega")) == "never seen: Ωmega");
    CHECK(t.decode(std::vector<int32_t>{0xE4}) == "\xEF\xBF\xBD");
    CHECK(ids.size() < text.size());
}
