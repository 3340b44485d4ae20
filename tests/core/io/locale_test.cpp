#include "core/io/locale.h"

#include <doctest/doctest.h>

#include "support/lab_fixture.h"

using namespace terrarium::core::io;

TEST_CASE("locale: the shipped list and the English file pass their door") {
    const auto list = read_languages(terrarium::tests::source_file("content/locales/index.json"), "index.json");
    REQUIRE(list);
    CHECK(list.value().front().tag == "en");
    CHECK(read_locale(terrarium::tests::source_file("content/locales/en.json"), "en.json"));
}

TEST_CASE("locale: what is not translated yet is left out, so that it stays English") {
    const auto words = read_locale(R"({"schema":1,"words":{"Train":"Trainieren","Stop":""}})", "de.json");
    REQUIRE(words);
    CHECK(words.value().at("Train") == "Trainieren");
    CHECK_FALSE(words.value().contains("Stop"));
}

TEST_CASE("locale: damaged, overlong and wrong files are one sentence, not a crash") {
    CHECK_FALSE(read_locale("{", "de.json"));
    CHECK_FALSE(read_locale(R"({"schema":1,"words":["Train"]})", "de.json"));
    CHECK_FALSE(read_locale(R"({"schema":1,"words":{"Train":7}})", "de.json"));
    CHECK_FALSE(read_locale("{\"schema\":1,\"words\":{\"a\":\"" + std::string(2001, 'x') + "\"}}", "de.json"));
    CHECK_FALSE(read_languages(R"({"schema":1,"languages":[{"tag":"../secret","name":"x"}]})", "index.json"));
}

TEST_CASE("locale: the language itself comes before its neighbours, and strangers get none") {
    const std::vector<Language> all = {{.tag = "pt", .name = "p"}, {.tag = "pt-BR", .name = "b"}};
    CHECK(find_language(all, "PT-br")->tag == "pt-BR");
    CHECK(find_language(all, "pt-AO")->tag == "pt");
    CHECK(find_language(all, "de") == nullptr);
}
