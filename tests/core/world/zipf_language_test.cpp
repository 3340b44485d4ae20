#include "core/world/zipf_language.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;
namespace core = terrarium::core;

namespace {

std::string text_of(const ZipfLanguage& language, std::size_t size, uint64_t seed) {
    std::string text(size, '?');
    Rng rng(seed);
    language.write(text, rng);
    return text;
}

}  // namespace

TEST_CASE("zipf_language: same seed, same language and same text; other seeds differ") {
    const ZipfLanguage one({.seed = 3}), again({.seed = 3}), other({.seed = 4});
    CHECK(one.words() == again.words());
    CHECK(text_of(one, 500, 1) == text_of(again, 500, 1));
    CHECK(text_of(one, 500, 1) != text_of(one, 500, 2));
    CHECK(one.words() != other.words());
}

TEST_CASE("zipf_language: no two words are spelt alike, and frequent words are short") {
    const ZipfLanguage language({.seed = 5, .n_words = 600});
    const std::set<std::string> different(language.words().begin(), language.words().end());
    CHECK(different.size() == 600);
    CHECK(language.words().front().size() <= 3);
    CHECK(language.words().back().size() >= 6);
    for (const std::string& word : language.words()) CHECK(word.find_first_of(" .") == std::string::npos);
}

TEST_CASE("zipf_language: two words have the entropy of a loaded coin") {
    // s = ln(2) / ln(3.7 / 2.7): the second word is half as likely as the first, so p = 2/3 and 1/3.
    const double exponent = core::log(2.0) / core::log(3.7 / 2.7);
    const ZipfLanguage language({.seed = 1, .n_words = 2, .exponent = exponent, .full_stop = 0.25});
    const double words = -(2.0 / 3.0 * core::log(2.0 / 3.0) + 1.0 / 3.0 * core::log(1.0 / 3.0));
    const double stops = -(0.25 * core::log(0.25) + 0.75 * core::log(0.75));
    const auto length = [&](std::size_t i) { return static_cast<double>(language.words()[i].size()); };
    const double characters = 2.0 / 3.0 * length(0) + 1.0 / 3.0 * length(1) + 1.25;
    CHECK(language.entropy_nats() == doctest::Approx((words + stops) / characters).epsilon(1e-12));
    const std::string both = language.words()[0] + " " + language.words()[1] + ". ";
    CHECK(language.surprise_nats(both) ==
          doctest::Approx(-core::log(2.0 / 3.0 * 0.75) - core::log(1.0 / 3.0 * 0.25)).epsilon(1e-12));
}

TEST_CASE("zipf_language: the surprise of a long text is its entropy") {
    const ZipfLanguage language({.seed = 2, .n_words = 500});
    const std::string text = text_of(language, 300'000, 9);
    // 55,000 words: the mean is known to about one part in 300.
    CHECK(language.surprise_nats(text) / 300'000 == doctest::Approx(language.entropy_nats()).epsilon(0.01));
}

TEST_CASE("zipf_language: the probabilities of all continuations of a text sum to 1") {
    const ZipfLanguage language({.seed = 6, .n_words = 60});
    for (const std::string& begun : {text_of(language, 7, 1), text_of(language, 12, 2), text_of(language, 1, 3)}) {
        double sum = 0;
        for (const char next : language.alphabet()) sum += core::exp(-language.surprise_nats(begun + next));
        CHECK(sum == doctest::Approx(core::exp(-language.surprise_nats(begun))).epsilon(1e-9));
    }
}

TEST_CASE("zipf_language: what it cannot say is infinitely surprising, and nothing is no surprise") {
    const ZipfLanguage language({.seed = 6});
    CHECK(language.surprise_nats("") == 0.0);
    CHECK(language.surprise_nats("Xy ") > 1e300);
    CHECK(language.surprise_nats("..") > 1e300);
    CHECK(language.surprise_nats(" ") > 1e300);
}

TEST_CASE("zipf_language: impossible languages are refused") {
    CHECK_THROWS_AS(ZipfLanguage({.seed = 1, .n_words = 0}), CheckFailed);
    CHECK_THROWS_AS(ZipfLanguage({.seed = 1, .exponent = 0}), CheckFailed);
    CHECK_THROWS_AS(ZipfLanguage({.seed = 1, .n_words = 30'000}), CheckFailed);
    CHECK_THROWS_AS(ZipfLanguage({.full_stop = 1.5}), CheckFailed);
}
