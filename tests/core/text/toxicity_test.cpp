#include "core/text/toxicity.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

/// Sentences of the same words; the planted ones hold an invented insult as well.
struct Corpus {
    std::vector<std::string> texts;
    std::vector<uint8_t> is_toxic;
};

Corpus corpus(uint64_t seed, int n) {
    static constexpr std::array<std::string_view, 6> kWords = {"boats", "fish", "morning", "harbour", "ropes", "tide"};
    static constexpr std::array<std::string_view, 4> kInsults = {"blorf", "vorpish", "snarkel", "quonk"};
    Rng rng(seed);
    Corpus made;
    for (int i = 0; i < n; ++i) {
        const bool is_toxic = i % 4 == 0;
        std::string text = "The";
        for (int word = 0; word < 8; ++word) text += " " + std::string(kWords[rng.below(6)]);
        if (is_toxic) text += ", you " + std::string(kInsults[rng.below(4)]);
        made.texts.push_back(text + ".");
        made.is_toxic.push_back(is_toxic ? 1 : 0);
    }
    return made;
}

template <class Score>
SpanScore measured(const Corpus& made, Score is_toxic) {
    std::vector<uint8_t> found;
    for (const std::string& text : made.texts) found.push_back(is_toxic(text) ? 1 : 0);
    return score_flags(found, made.is_toxic);
}

}  // namespace

TEST_CASE("toxicity: the lexicon counts listed words with their weights, by hand") {
    const Lexicon lexicon({{"quonk", 1}, {"blorf", 2}});
    CHECK(lexicon.score("You Blorf, you quonk!") == doctest::Approx(0.75));
    CHECK(lexicon.score("You quonker") == 0);
    CHECK(lexicon.score("") == 0);
    CHECK(lexicon.find("a quonk.") == std::vector<TextSpan>{{2, 7, 0}});
    CHECK_THROWS_AS(Lexicon({{"x", 0}}), CheckFailed);
}

TEST_CASE("toxicity: a list finds what is listed and nothing else; the classifier learns the rest from examples") {
    const Corpus train = corpus(1, 200), test = corpus(2, 200);
    const Lexicon half({{"blorf", 1}, {"quonk", 1}});
    const SpanScore by_list = measured(test, [&](const std::string& text) { return half.score(text) > 0; });
    CHECK(by_list.precision() == 1);
    CHECK(by_list.recall() < 0.7);
    const WordClassifier classifier = WordClassifier::learn(train.texts, train.is_toxic);
    const SpanScore learned = measured(test, [&](const std::string& text) { return classifier.score(text) > 0.5; });
    CHECK(learned.precision() > 0.97);
    CHECK(learned.recall() > 0.97);
    const auto first = classifier.words().first(5);
    for (const char* word : {"you", "blorf", "vorpish", "snarkel", "quonk"})
        CHECK(std::find(first.begin(), first.end(), word) != first.end());
    CHECK(classifier.weights().size() == classifier.words().size());
}

TEST_CASE("toxicity: words that say nothing about the class get hardly any weight") {
    const Corpus train = corpus(3, 400);
    const WordClassifier classifier = WordClassifier::learn(train.texts, train.is_toxic);
    for (size_t i = 0; i < classifier.words().size(); ++i) {
        const bool is_telling = i < 5;
        CAPTURE(classifier.words()[i]);
        CHECK((std::abs(classifier.weights()[i]) > 1) == is_telling);
    }
}

TEST_CASE("toxicity: nothing frequent enough leaves the share of the class; wrong sizes are refused") {
    const std::vector<std::string> texts = {"a", "b", "c", "d"};
    const std::vector<uint8_t> labels = {1, 0, 0, 0};
    const WordClassifier classifier = WordClassifier::learn(texts, labels);
    CHECK(classifier.score("anything") == doctest::Approx(0.25));
    CHECK_THROWS_AS((void)WordClassifier::learn(texts, std::vector<uint8_t>{1}), CheckFailed);
    CHECK_THROWS_AS((void)WordClassifier::learn({}, {}), CheckFailed);
    CHECK_THROWS_AS((void)WordClassifier::learn(texts, labels, {.n_words = 0}), CheckFailed);
}
