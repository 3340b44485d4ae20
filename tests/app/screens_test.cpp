// Every screen of the shell, and every section of the gallery, at every size: what must be true of all of them.

#include <doctest/doctest.h>

#include "app/screen.h"
#include "support/lab_fixture.h"
#include "support/page_checks.h"

using namespace terrarium;
using namespace terrarium::tests;

namespace {

/// Opens each screen with these facts and calls `look` with the page and its name.
template <class Look>
void on_every_screen(json facts, Look look) {
    for (const app::ScreenEntry& entry : app::all_screens()) {
        facts["hash"] = "page=" + std::string(entry.id) + "&lang=" + facts.value("lang", "en");
        LabPage page(facts);
        page.settle();
        look(page, std::string(entry.id) + ", " + facts.dump());
    }
}

}  // namespace

TEST_CASE("screens: each has a heading, a title, and a twin for all it draws") {
    for (const int width : {1280, 360}) {
        on_every_screen({{"width", width}, {"height", 800}}, [](LabPage& page, const std::string& where) {
            const Hooked hooked;
            page.frame();
            check_page(page, where);
            int n_headings = 0;
            for (const ui::Node& node : page.nodes()) {
                n_headings += node.role == "heading" && node.properties.value("level", 0) == 1 ? 1 : 0;
            }
            CHECK_MESSAGE(n_headings == 1, where << " has " << n_headings << " headings of level 1");
        });
    }
}

TEST_CASE("screens: what can be pressed is large enough, apart from the rest and inside the page") {
    for (const int width : {320, 360, 820, 1280}) {
        on_every_screen({{"width", width}, {"height", 700}}, check_targets);
    }
}

TEST_CASE(
    "screens: in made-up languages what can be pressed stays apart and inside the page, in every widget of the "
    "gallery") {
    for (const char* language : {"x-long", "x-cjk"}) {
        for (const int width : {360, 1280}) {
            on_every_screen({{"width", width}, {"height", 740}, {"lang", language}}, check_targets);
            for (const int percent : {100, 200}) {
                const std::string lang = "&lang=" + std::string(language);
                LabPage page(json{{"width", width}, {"height", 740}, {"hash", "page=settings" + lang}});
                page.settle();
                page.set("settings.size.number", std::to_string(percent));
                page.event({{"t", "hash"}, {"hash", "lab=ui.gallery" + lang}});
                page.settle();
                CHECK(page.app->ui_context().env.text_scale == doctest::Approx(percent / 100.0));
                check_targets(page, "the gallery" + lang + " at " + std::to_string(width) + " px, letters at " +
                                        std::to_string(percent) + " %");
            }
        }
    }
}

TEST_CASE("screens: on touch screens targets are 44 pixels high") {
    on_every_screen({{"width", 360}, {"height", 740}, {"touch", true}}, check_targets);
}

TEST_CASE("screens: an unknown page is said, and the lab is shown") {
    LabPage page(json::object({{"hash", "page=nowhere"}}));
    page.settle();
    CHECK(page.says("There is no page called nowhere"));
    CHECK(page.has("train"));
}

TEST_CASE("screens: the address says where one is, and leads back there") {
    LabPage page(json::object({{"hash", "lab=ui.gallery&item=controls"}}));
    page.settle();
    CHECK(page.has("gallery.toggle"));
    CHECK_FALSE(page.has("gallery.words.body"));
    REQUIRE_FALSE(page.platform.addresses.empty());
    CHECK(page.platform.addresses.back().find("page=gallery&item=controls") != std::string::npos);
}
