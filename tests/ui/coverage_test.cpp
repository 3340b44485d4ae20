// The gate: whatever ImGui draws as an item has a twin node, and whatever stands in the twin has a name, a size that a
// finger can hit, and a place of its own.

#include <doctest/doctest.h>
#include <imgui.h>

#include "support/lab_fixture.h"
#include "support/page_checks.h"
#include "ui/ui.h"

using namespace terrarium;
using namespace terrarium::tests;

namespace {

/// The whole lesson, with a look at every stage; `look` is called with the name of each.
template <class Look>
void walk_the_lab(LabPage& page, Look look) {
    look("idle");
    page.show_all_settings();
    look("all settings");
    page.click("predict.beats_bigram.much");
    look("predicting");
    page.click("predict.text.0.term.transformer");
    look("glossary open");
    page.click("glossary.close");
    page.click("predict.commit");
    look("unlocked");
    CHECK(page.train([&] { return page.app->view()->steps_done() > 5; }));
    look("training");
    page.click("train");
    look("paused");
    page.click("train");
    CHECK(page.run_until([&] { return !page.app->runs()->info().is_active; }));
    page.settle();
    look("after training");
    page.click("loss.table");
    page.click("attention.table");
    page.act("loss", "key", "ArrowLeft");
    look("tables");
    page.click("tag_head");
    page.click("write");
    look("head named, text written");
    page.click("challenge.hint");
    page.click("challenge.hint");
    look("hints");
    page.click("text.own");
    look("own text");
    for (const char* tab : {"step.explain", "step.about", "step.run", "step.predict"}) {
        page.click(tab);
        look(tab);
    }
    const float end = page.app->ui_context().content_height;
    for (const float y : {end / 2, end - 400}) {
        page.event({{"t", "scroll"}, {"x", 0}, {"y", y}});
        page.settle();
        look("scrolled");
    }
}

}  // namespace

TEST_CASE("coverage: every item that is drawn during the whole lab has a twin, wide and narrow") {
    for (const int width : {1280, 360}) {
        LabPage page(json::object({{"width", width}, {"height", 800}, {"hash", tiny_address()}}));
        const Hooked hooked;
        page.frame();
        walk_the_lab(page, [&](const char* stage) { check_page(page, std::to_string(width) + " px, " + stage); });
    }
}

TEST_CASE("coverage: the notes of a page have twins too") {
    LabPage page(json::object({{"hash", "#v=1&p.width=7&p.nothing=1&lab=m9.none"}}));
    const Hooked hooked;
    page.frame();
    CHECK(page.has("notes.close"));
    check_page(page, "notes");
}

TEST_CASE("coverage: a page that could not open has a twin for all it shows") {
    LabPage page(json::object(), [](FakePlatform& platform) { platform.assets["content/course.json"] = {"{", 200}; });
    const Hooked hooked;
    page.frame();
    CHECK(page.has("failure.words"));
    check_page(page, "failure");
}

TEST_CASE("coverage: without a DOM, where ImGui's own fields edit, every item is known as well") {
    LabPage page(json::object({{"has_dom", false}, {"hash", tiny_address()}}));
    const Hooked hooked;
    page.frame();
    check_page(page, "native, idle");
    page.click("text.own");
    check_page(page, "native, own text");
}

TEST_CASE("coverage: the gate fails when a raw ImGui widget is drawn") {
    for (const bool is_raw : {false, true}) {
        WidgetPage page([&] {
            ui::button("go", "Go");
            if (is_raw) ImGui::Button("raw");
        });
        const Hooked hooked;
        page.frame();
        CHECK(items_without_twin(page.context).size() == (is_raw ? 1 : 0));
    }
}

TEST_CASE("coverage: while the hooks are off nothing is listed") {
    WidgetPage page([] { ui::button("go", "Go"); });
    CHECK(page.context.drawn_items.empty());
    CHECK(page.context.known_items.size() == 1);
}

TEST_CASE("targets: everything that can be pressed is large enough, apart from the rest and inside the page") {
    for (const int width : {320, 360, 820, 1280}) {
        LabPage page(json::object({{"width", width}, {"height", 700}, {"hash", tiny_address()}}));
        walk_the_lab(page, [&](const char* stage) { check_targets(page, std::to_string(width) + " px, " + stage); });
    }
}

TEST_CASE("targets: on touch screens they are 44 pixels high") {
    for (const int width : {360}) {
        LabPage page(json::object({{"width", width}, {"height", 800}, {"touch", true}, {"hash", tiny_address()}}));
        walk_the_lab(
            page, [&](const char* stage) { check_targets(page, "touch, " + std::to_string(width) + " px, " + stage); });
    }
}

TEST_CASE("targets: with text at twice its size nothing sticks out or overlaps") {
    for (const int width : {360, 1280}) {
        LabPage page(json::object({{"width", width}, {"height", 800}, {"hash", tiny_address()}}));
        page.click("nav.menu");
        for (int i = 0; i < 6; ++i) page.click("text_larger");
        check_targets(page, "twice, menu, " + std::to_string(width) + " px");
        page.click("menu.close");
        CHECK(page.app->ui_context().env.text_scale == doctest::Approx(2));
        check_targets(page, "twice, " + std::to_string(width) + " px");
        page.predict();
        CHECK(page.train());
        page.settle();
        check_targets(page, "twice, after training, " + std::to_string(width) + " px");
    }
}
