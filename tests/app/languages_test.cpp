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

std::string all_words(LabPage& page) {
    std::string all;
    for (const ui::Node& node : page.nodes()) {
        all += node.properties.value("n", std::string()) + "\n";
        for (const ui::TextLine& line : node.lines) all += line.words + " ";
    }
    return all;
}

}  // namespace

TEST_CASE("languages: the device's language is spoken when there is a file, and what it lacks stays English") {
    LabPage page(json{{"lang", "de-AT"}}, with_german);
    page.settle();
    CHECK(page.name_of("learning_rate.less") == "Learning rate: weniger");
    CHECK(page.name_of("learning_rate.more") == "Learning rate: more");
    CHECK(page.app->ui_context().locale.numbers.decimal == ",");
}

TEST_CASE("languages: numbers in lessons, questions and answers are written as on the controls beside them") {
    LabPage page(json{{"lang", "de-AT"}, {"hash", tests::tiny_address()}}, [](FakePlatform& platform) {
        with_german(platform);
        json tree = json::parse(tests::source_file("content/m2_pretraining/pretraining.json"));
        tree["steps"]["quiz"][0]["text"] = "Your run ended at {valid_loss} nats, not at 9.75: why?";
        platform.assets["content/m2_pretraining/pretraining.json"] = {tree.dump()};
    });
    page.settle();
    CHECK(all_words(page).find("0,3 nats") != std::string::npos);
    CHECK(all_words(page).find("0.3 nats") == std::string::npos);
    page.predict();
    REQUIRE(page.train());
    page.click("step.quiz");
    const std::string words = all_words(page);
    CHECK(words.find("not at 9,75: why?") != std::string::npos);
    const size_t at = words.find("ended at ");
    REQUIRE(at != std::string::npos);
    CHECK(words[at + 10] == ',');  // one digit before the sign
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
