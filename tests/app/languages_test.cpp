#include <doctest/doctest.h>

#include "support/lab_fixture.h"

using namespace terrarium;
using tests::FakePlatform;
using tests::json;
using tests::LabPage;

namespace {

void with_german(FakePlatform& platform) {
    platform.assets["content/locales/index.json"] = {
        R"({"schema":1,"languages":[{"tag":"en","name":"English"},{"tag":"de","name":"Deutsch"}]})", 200};
    platform.assets["content/locales/de.json"] = {R"({"schema":1,"words":{"{0}: less":"{0}: weniger"}})", 200};
    platform.numbers["de"] = {.decimal = ",", .group = ".", .percent = "{0} %", .min_grouped = 1000};
}

}  // namespace

TEST_CASE("languages: the device's language is spoken when there is a file, and what it lacks stays English") {
    LabPage page(json{{"lang", "de-AT"}}, with_german);
    page.settle();
    CHECK(page.name_of("learning_rate.less") == "Learning rate: weniger");
    CHECK(page.name_of("learning_rate.more") == "Learning rate: more");
    CHECK(page.app->ui_context().locale.numbers.decimal == ",");
}

TEST_CASE("languages: the address comes before the device, and a stranger is English without a word") {
    LabPage english({{"lang", "de"}, {"hash", "lang=en"}}, with_german);
    english.settle();
    CHECK(english.name_of("learning_rate.less") == "Learning rate: less");
    LabPage stranger({{"lang", "tlh"}}, with_german);
    stranger.settle();
    CHECK(stranger.name_of("learning_rate.less") == "Learning rate: less");
    CHECK_FALSE(stranger.has("notes"));
}

TEST_CASE("languages: a damaged file leaves English") {
    LabPage page(json{{"lang", "de"}}, [](FakePlatform& platform) {
        with_german(platform);
        platform.assets["content/locales/de.json"].bytes = "{";
    });
    page.settle();
    CHECK(page.name_of("learning_rate.less") == "Learning rate: less");
    CHECK_FALSE(page.has("notes"));
}

TEST_CASE("languages: an English device asks for no locale file") {
    LabPage page(json::object({{"lang", "en-GB"}}));
    page.settle();
    for (const std::string& name : page.platform.wanted_assets) CHECK_FALSE(name.starts_with("content/locales/"));
}

TEST_CASE("languages: lang=x-long makes the sentences of code longer") {
    LabPage page(json::object({{"hash", "lang=x-long"}}));
    page.settle();
    const std::string name = page.name_of("learning_rate.less");
    CHECK(name.starts_with("["));
    CHECK(name.ends_with("]"));
    CHECK(name.find("less") == std::string::npos);
}
