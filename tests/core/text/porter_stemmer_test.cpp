#include "core/text/porter_stemmer.h"

#include <doctest/doctest.h>

#include <string>

using namespace terrarium::core;

namespace {

std::string original(std::string_view word) { return porter_stem(word, PorterVariant::Original); }

}  // namespace

TEST_CASE("porter_stemmer: one word for each step, by hand") {
    CHECK(original("caresses") == "caress");     // 1a
    CHECK(original("agreed") == "agre");         // 1b: m = 1; the e falls in 5a
    CHECK(original("hopping") == "hop");         // 1b: the double consonant goes
    CHECK(original("hoping") == "hope");         // 1b: a short syllable takes its e back
    CHECK(original("happy") == "happi");         // 1c
    CHECK(original("conditional") == "condit");  // 2 tional -> tion, 4 ion
    CHECK(original("triplicate") == "triplic");  // 3
    CHECK(original("adoption") == "adopt");      // 4: ion behind s or t only
    CHECK(original("probate") == "probat");      // 5a
    CHECK(original("controll") == "control");    // 5b
}

TEST_CASE("porter_stemmer: the two variants differ where their rules differ") {
    CHECK(original("ties") == "ti");
    CHECK(porter_stem("ties") == "tie");
    CHECK(original("skies") == "ski");
    CHECK(porter_stem("skies") == "sky");
    CHECK(original("enjoy") == "enjoi");
    CHECK(porter_stem("enjoy") == "enjoy");
    CHECK(original("archeology") == "archeologi");
    CHECK(porter_stem("archeology") == "archeolog");
    CHECK(original("is") == "i");
    CHECK(porter_stem("is") == "is");
    CHECK(original("carefully") == "carefulli");
    CHECK(porter_stem("carefully") == "care");
}

TEST_CASE("porter_stemmer: empty words, one letter, other alphabets and very long words have stems") {
    for (const PorterVariant variant : {PorterVariant::Nltk, PorterVariant::Original}) {
        CHECK(porter_stem("", variant) == "");
        CHECK(porter_stem("a", variant) == "a");
        CHECK(porter_stem("Y", variant) == "y");
        CHECK(porter_stem("語", variant) == "語");
        CHECK(porter_stem("\xff", variant) == "\uFFFD");
    }
    CHECK(original("s") == "");
    const std::string long_word(1'000'000, 'y');  // linear time even where every letter depends on the one before
    CHECK(porter_stem(long_word + "ing").size() == long_word.size());
}

TEST_CASE("porter_stemmer: a stem is never longer than its word, and an e that comes back fills a gap") {
    for (const char* word : {"troubled", "sized", "conflated", "filing", "ran", "dying", "relational", "be", "ing"}) {
        for (const PorterVariant variant : {PorterVariant::Nltk, PorterVariant::Original})
            CHECK(porter_stem(word, variant).size() <= std::string(word).size());
    }
}
