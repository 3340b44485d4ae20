// Nothing that learners read is English by itself: under x-long every word on the page stands in brackets, and what the
// content says is in the list that translators start from.

#include <doctest/doctest.h>

#include <set>

#include "core/io/locale.h"
#include "labs/content_words.h"
#include "support/lab_fixture.h"
#include "support/untranslated.h"
#include "ui/messages.h"

using namespace terrarium;
using tests::json;
using tests::LabPage;
using tests::untranslated;

namespace {

std::set<std::string>* seen = nullptr;
void note_words(std::string& words) { seen->insert(words); }

}  // namespace

TEST_CASE("translated: under x-long every word of the lab stands in brackets, before, during and after a run") {
    LabPage page(json::object({{"hash", tests::tiny_address("&lang=x-long")}}));
    page.settle();
    page.show_all_settings();
    CHECK(untranslated(page) == "");
    page.predict();
    CHECK(untranslated(page) == "");
    page.train([&] { return page.app->view()->steps_done() >= 20; });
    CHECK(untranslated(page) == "");
    page.click("stop");
    page.settle();
    CHECK(untranslated(page) == "");
    for (const char* step : {"step.predict", "step.explain", "step.quiz", "step.about"}) {
        page.click(step);
        CHECK(untranslated(page) == "");
    }
}

TEST_CASE("translated: under x-long every word of the screens stands in brackets") {
    for (const char* screen : {"map", "lessons", "search", "progress", "passport", "verify", "calibration", "settings",
                               "help", "simplified", "notes", "about"}) {
        LabPage page(json::object({{"hash", "#v=1&lang=x-long&page=" + std::string(screen)}}));
        page.settle();
        CAPTURE(screen);
        CHECK(untranslated(page) == "");
    }
}

TEST_CASE("translated: every word of the content is in the list for translators") {
    const std::string file = "content/locales/en.json";
    const auto known = core::io::read_locale(tests::source_file(file), file);
    REQUIRE(known);
    std::set<std::string> words;
    seen = &words;
    labs::Content content = tests::lab_content();
    labs::for_each_word(content, &note_words);
    auto course = labs::read_course(tests::source_file("content/course.json"), "course.json").value();
    labs::for_each_word(course, &note_words);
    auto glossary = labs::read_glossary(tests::source_file("content/glossary.json"), "glossary.json").value();
    labs::for_each_word(glossary, &note_words);
    CHECK(words.size() > 300);
    for (const std::string& one : words) CHECK_MESSAGE(known.value().contains(one), one);
}

TEST_CASE("translated: a language chosen in the settings is spoken at once, lesson and all, and wins over the link") {
    LabPage page(json::object({{"hash", "#v=1&page=settings&lang=en"}}), [](tests::FakePlatform& platform) {
        platform.assets["content/locales/index.json"] = {
            R"({"schema":1,"languages":[{"tag":"en","name":"English"},{"tag":"de","name":"Deutsch"}]})", 200};
        platform.assets["content/locales/de.json"] = {
            R"({"schema":1,"words":{"Settings":"Einstellungen","A transformer learns to read":"Ein Transformer lernt lesen"}})",
            200};
        platform.numbers["de"] = {.decimal = ",", .group = ".", .percent = "{0} %", .min_grouped = 1000};
    });
    page.settle();
    CHECK(page.name_of("page.title") == "Settings");
    page.click("settings.language.de");
    page.settle();
    CHECK(page.name_of("page.title") == "Einstellungen");
    CHECK(page.app->progress_so_far().settings.language == "de");
    page.click("nav.back");
    page.settle();
    CHECK(page.name_of("lesson.title") == "Ein Transformer lernt lesen");
    page.event({{"t", "hash"}, {"hash", "#v=1&page=settings"}});
    page.settle();
    page.click("settings.language.en");
    page.settle();
    CHECK(page.name_of("page.title") == "Settings");
}

TEST_CASE("translated: a message is said with the language's own signs, and survives being kept") {
    tests::WidgetPage page([] {});
    page.context.locale.words["{0} of {1} nats"] = "{1} Nats, davon {0}";
    page.context.locale.numbers = {.decimal = ",", .group = ".", .percent = "{0} %", .min_grouped = 1000};
    const core::Message message("{0} of {1} nats", {"2.31", "1,500"});
    CHECK(message.english() == "2.31 of 1,500 nats");
    CHECK(ui::tr(message) == "1.500 Nats, davon 2,31");
    CHECK(ui::unpacked(ui::packed(message)) == message);
    CHECK(ui::unpacked("An older sentence.").english() == "An older sentence.");
    CHECK(ui::unpacked("[\"broken").english() == "[\"broken");
    CHECK(json(message).get<core::Message>() == message);
}
