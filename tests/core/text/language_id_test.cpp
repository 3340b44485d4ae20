#include "core/text/language_id.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "core/support/check.h"
#include "core/support/math.h"
#include "support/lab_fixture.h"

using namespace terrarium::core;

namespace {

std::string corpus(const std::string& name) {
    return terrarium::tests::source_file("content/corpora/" + name + ".txt");
}

/// Sentences of about so many bytes from the second half of a text.
std::vector<std::string> held_out(const std::string& text, size_t n_bytes, size_t n) {
    std::vector<std::string> parts;
    for (size_t i = 0; i < n; ++i) {
        size_t at = text.size() / 2 + i * (text.size() / 2 - 2 * n_bytes) / n;
        at = text.find(' ', at);
        parts.push_back(text.substr(at, text.find(' ', at + n_bytes) - at));
    }
    return parts;
}

/// English, German, Spanish, Greek: first halves to learn from.
const std::vector<std::string>& texts() {
    static const std::vector<std::string> kTexts = {corpus("harbour").substr(0, 40'000), corpus("german"),
                                                    corpus("spanish"), corpus("greek")};
    return kTexts;
}

LanguageIdentifier learned(int32_t max_n = 3) {
    std::vector<LabelledText> examples;
    for (size_t i = 0; i < texts().size(); ++i)
        examples.push_back({std::string_view(texts()[i]).substr(0, texts()[i].size() / 2), static_cast<int32_t>(i)});
    return LanguageIdentifier::learn(examples, 4, {.max_n = max_n});
}

}  // namespace

TEST_CASE("language_id: runs of a text, by hand") {
    CHECK(character_runs("Ab", 2) == std::vector<std::string>{" a", "a", "ab", "b", "b "});
    CHECK(character_runs("a-b", 1) == std::vector<std::string>{"a", "b"});
    CHECK(character_runs("12 !", 3).empty());
}

TEST_CASE("language_id: two classes of one letter each, by hand") {
    // Class 0 has a three times and b once, class 1 the other way round; smoothing 1, two different runs.
    const std::vector<LabelledText> examples = {{"aaab", 0}, {"abbb", 1}};
    const auto identifier = LanguageIdentifier::learn(examples, 2, {.max_n = 1, .smoothing = 1});
    const LanguageGuess guess = identifier.guess("a");
    CHECK(guess.label == 0);
    CHECK(guess.probabilities[0] == doctest::Approx(2.0 / 3));  // (3 + 1) / 6 against (1 + 1) / 6
    CHECK(guess.nats_per_run == doctest::Approx(terrarium::core::log(2.0)));
    CHECK(identifier.guess("ab").probabilities[0] == doctest::Approx(0.5));
}

TEST_CASE("language_id: short held-out pieces of four languages are told apart") {
    const LanguageIdentifier identifier = learned();
    std::vector<std::vector<std::string>> parts;
    std::vector<LabelledText> tests;
    for (const std::string& text : texts()) parts.push_back(held_out(text, 40, 50));
    for (size_t i = 0; i < parts.size(); ++i) {
        for (const std::string& part : parts[i]) tests.push_back({part, static_cast<int32_t>(i)});
    }
    const LanguageScore score = score_languages(identifier, tests);
    CHECK(score.n_texts == 200);
    CHECK(score.accuracy() > 0.98);
    for (int32_t label = 0; label < 4; ++label) {
        CHECK(score.precision(label) > 0.95);
        CHECK(score.recall(label) > 0.95);
    }
    CHECK(score_languages(learned(1), tests).n_right < score.n_right + 1);  // longer runs know at least as much
}

TEST_CASE("language_id: probabilities sum to 1; what is not known is said") {
    const LanguageIdentifier identifier = learned();
    const LanguageGuess guess = identifier.guess("Der Wind kommt");
    CHECK(guess.label == 1);
    CHECK(std::accumulate(guess.probabilities.begin(), guess.probabilities.end(), 0.0) == doctest::Approx(1));
    CHECK(guess.nats_per_run > 0);
    for (const char* text : {"", "123", "漢字"}) {
        const LanguageGuess nothing = identifier.guess(text);
        CHECK(nothing.label == -1);
        CHECK(nothing.probabilities[0] == 0.25);
        CHECK(nothing.nats_per_run == 0);
    }
    CHECK(std::isnan(score_languages(identifier, {}).accuracy()));
    CHECK(std::isnan(score_languages(identifier, {}).precision(0)));
}

TEST_CASE("language_id: labels and options out of range are refused") {
    const std::vector<LabelledText> wrong = {{"a", 2}};
    CHECK_THROWS_AS((void)LanguageIdentifier::learn(wrong, 2), CheckFailed);
    CHECK_THROWS_AS((void)LanguageIdentifier::learn({}, 1), CheckFailed);
    CHECK_THROWS_AS((void)LanguageIdentifier::learn({}, 2, {.max_n = 6}), CheckFailed);
    CHECK_THROWS_AS((void)LanguageIdentifier::learn({}, 2, {.smoothing = 0}), CheckFailed);
    CHECK(LanguageIdentifier::learn({}, 2).guess("abc").label == -1);
}
