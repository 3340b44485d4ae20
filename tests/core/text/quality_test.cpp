#include "core/text/quality.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/support/check.h"
#include "core/text/text_spans.h"
#include "support/lab_fixture.h"

using namespace terrarium::core;
using enum terrarium::core::QualityMeasure;

namespace {

bool breaks(std::string_view text, std::string_view rule) {
    std::vector<QualityRule> rules = gopher_rules();
    const std::vector<QualityRule> more = c4_rules();
    rules.insert(rules.end(), more.begin(), more.end());
    const auto broken = broken_rules(measure_quality(text), rules);
    return std::find(broken.begin(), broken.end(), rule) != broken.end();
}

/// Days of a chronicle, and what stands on bad pages.
std::vector<std::string> good_texts() {
    const std::string chronicle = terrarium::tests::source_file("content/corpora/harbour.txt");
    std::vector<std::string> texts;
    for (size_t at = chronicle.find("\n\n"); at != std::string::npos && texts.size() < 60;) {
        const size_t end = chronicle.find("\n\n", at + 2);
        texts.push_back(chronicle.substr(at, end - at));
        at = end;
    }
    return texts;
}

std::vector<std::string> bad_texts() {
    std::vector<std::string> texts;
    for (int i = 0; i < 20; ++i) {
        const std::string n = std::to_string(i);
        std::string menu, shouting = "CLICK HERE " + n;
        for (int line = 0; line < 12; ++line) menu += "- Home " + n + "\n- Shop\n";
        for (int again = 0; again < 8; ++again) shouting += " buy now buy now ### ...";
        texts.push_back(menu);
        texts.push_back(shouting);
        texts.push_back("function f" + n + "() { return x[" + n + "]; } if (a) { b(); } Enable javascript to go on");
    }
    return texts;
}

}  // namespace

TEST_CASE("quality: measures of a small text, by hand") {
    const QualityMeasures m = measure_quality("The sea and the sky.\n- one ...\n\nThe sea and the sky.\n# 12");
    CHECK(m[Words] == 15);
    CHECK(m[MeanWordLength] == doctest::Approx(42.0 / 15));
    CHECK(m[SymbolsPerWord] == doctest::Approx(2.0 / 15));
    CHECK(m[BulletLines] == doctest::Approx(0.25));
    CHECK(m[EllipsisLines] == doctest::Approx(0.25));
    CHECK(m[AlphabeticWords] == doctest::Approx(11.0 / 15));
    CHECK(m[StopWords] == 2);
    CHECK(m[DuplicateLines] == doctest::Approx(0.25));
    CHECK(m[DuplicateLineCharacters] == doctest::Approx(20.0 / 53));
    CHECK(m[Top2gram] == doctest::Approx(14.0 / 42));  // "the sky." twice
    CHECK(m[UnfinishedLines] == doctest::Approx(0.25));
    CHECK(m[Sentences] == 3);
    CHECK(m[CurlyBrackets] == 0);
}

TEST_CASE("quality: an empty text measures nothing, and breaks the rules about length") {
    const QualityMeasures m = measure_quality("");
    for (const double value : m.values) CHECK(value == 0);
    CHECK(breaks("", "gopher_word_count"));
    CHECK_FALSE(breaks("", "gopher_duplicate_lines"));
}

TEST_CASE("quality: every rule is broken by the text it was made for, and by name") {
    CHECK(breaks("a b c d e f", "gopher_mean_word_length"));
    CHECK(breaks("one # two # three", "gopher_symbols_per_word"));
    CHECK(breaks("- a\n- b\n* c", "gopher_bullet_lines"));
    CHECK(breaks("read on...\nand on…", "gopher_ellipsis_lines"));
    CHECK(breaks("12 34 56 word", "gopher_alphabetic_words"));
    CHECK(breaks("no such words here", "gopher_stop_words"));
    CHECK(breaks("same\nsame\nsame", "gopher_duplicate_lines"));
    CHECK(breaks("same line here\nsame line here", "gopher_duplicate_line_characters"));
    CHECK(breaks("buy now buy now buy now", "gopher_top_2gram"));
    CHECK(breaks("to be sure to be sure to be sure", "gopher_top_3gram"));
    CHECK(breaks("one two three four one two three four", "gopher_top_4gram"));
    CHECK(breaks("Home\nShop\nContact", "c4_unfinished_lines"));
    CHECK(breaks("One sentence.", "c4_sentences"));
    CHECK(breaks("a { b }", "c4_curly_brackets"));
    CHECK(breaks("Please enable JavaScript.", "c4_stock_phrases"));
    CHECK(gopher_rules().size() + c4_rules().size() == kQualityMeasures);
}

TEST_CASE("quality: the rules keep days of the chronicle and drop bad pages") {
    std::vector<QualityRule> rules = c4_rules();
    for (const QualityRule& rule : gopher_rules()) rules.push_back(rule);
    std::vector<uint8_t> dropped, planted;
    for (const std::string& text : good_texts()) {
        dropped.push_back(broken_rules(measure_quality(text), rules).empty() ? 0 : 1);
        planted.push_back(0);
    }
    for (const std::string& text : bad_texts()) {
        dropped.push_back(broken_rules(measure_quality(text), rules).empty() ? 0 : 1);
        planted.push_back(1);
    }
    const SpanScore score = score_flags(dropped, planted);
    CHECK(score.recall() == 1);
    CHECK(score.precision() > 0.8);
}

TEST_CASE("quality: the classifier tells held-out good from held-out bad texts") {
    const std::vector<std::string> good = good_texts(), bad = bad_texts();
    std::vector<std::string> train;
    std::vector<uint8_t> labels, found, planted;
    for (size_t i = 0; i < 30; ++i) {
        train.push_back(good[i]), labels.push_back(1);
        train.push_back(bad[i]), labels.push_back(0);
    }
    const QualityClassifier classifier = QualityClassifier::learn(train, labels);
    for (size_t i = 30; i < 60; ++i) {
        found.push_back(classifier.score(good[i]) > 0.5 ? 1 : 0), planted.push_back(1);
        found.push_back(classifier.score(bad[i]) > 0.5 ? 1 : 0), planted.push_back(0);
    }
    const SpanScore score = score_flags(found, planted);
    CHECK(score.precision() > 0.95);
    CHECK(score.recall() > 0.95);
    CHECK(classifier.weights().size() == kQualityMeasures);
    CHECK(classifier.weights()[static_cast<size_t>(Sentences)] > 0);
    CHECK(classifier.score("") >= 0);
    CHECK_THROWS_AS((void)QualityClassifier::learn(train, std::vector<uint8_t>{1}), CheckFailed);
}
