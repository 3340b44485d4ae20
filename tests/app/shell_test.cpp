// The shell around the lab: map, lists, search, settings, help, notes, the menu, and presenting to a class.

#include <doctest/doctest.h>

#include "app/app.h"
#include "app/screen.h"
#include "support/lab_fixture.h"
#include "support/page_checks.h"

using namespace terrarium;
using namespace terrarium::tests;

namespace {

struct Page : LabPage {
    explicit Page(const std::string& more = "", int width = 1280)
        : LabPage(json::object({{"hash", tiny_address(more)}, {"width", width}, {"height", 800}})) {}
};

void press_key(LabPage& page, const std::string& name, const json& more = json::object()) {
    json event = {{"t", "key"}, {"down", true}, {"key", name}, {"code", ""}};
    event.update(more);
    page.event(event);
    page.settle();
}

std::string focus_of_last_message(const LabPage& page) {
    for (auto it = page.platform.twins.rbegin(); it != page.platform.twins.rend(); ++it) {
        if (it->contains("focus")) return (*it)["focus"];
    }
    return {};
}

}  // namespace

TEST_CASE("shell: every page of the menu opens, has a heading that gets the focus, and leads back to the lab") {
    Page page;
    for (const app::ScreenEntry& screen : app::all_screens()) {
        if (!screen.is_listed) continue;
        CAPTURE(screen.id);
        page.click("nav.menu");
        CHECK(page.node("menu").role == "dialog");
        page.click("menu." + std::string(screen.id));
        CHECK_FALSE(page.has("menu"));
        CHECK(page.node("page.title").role == "heading");
        CHECK(focus_of_last_message(page) == (screen.id == "search" ? "search.words" : "page.title"));
        CHECK(page.platform.addresses.back().find("page=" + std::string(screen.id)) != std::string::npos);
        page.click("nav.back");
        CHECK(page.has("train"));
    }
}

TEST_CASE("shell: with letters of twice the size every page keeps its words and targets inside and apart") {
    for (const int width : {320, 1280}) {
        Page page("", width);
        page.click("nav.menu");
        for (int i = 0; i < 6; ++i) page.click("text_larger");
        page.click("menu.close");
        for (const app::ScreenEntry& screen : app::all_screens()) {
            if (!screen.is_listed) continue;
            page.click("nav.menu");
            page.click("menu." + std::string(screen.id));
            check_targets(page, "twice, " + std::string(screen.id) + ", " + std::to_string(width) + " px");
        }
    }
}

TEST_CASE("shell: a lab alone has no shell: hide=nav leaves header and menu out") {
    Page page("&hide=nav");
    for (const char* key : {"header", "brand", "nav.menu", "menu"}) CHECK_FALSE(page.has(key));
    CHECK(page.has("train"));
}

TEST_CASE("map: all modules are on it, in the order of the course, and lead to their labs") {
    for (const int width : {1280, 360}) {
        CAPTURE(width);
        Page page("&page=map", width);
        auto course = labs::read_course(source_file("content/course.json"), "course.json");
        REQUIRE(course.has_value());
        REQUIRE(course.value().modules.size() == 8);
        for (const labs::Module& module : course.value().modules) {
            CAPTURE(module.id);
            CHECK(page.name_of("map." + module.id).starts_with(module.title));
        }
        CHECK(page.node("map.m2").properties["d"] == "You are here");
        CHECK_FALSE(page.node("map.m3").properties.contains("d"));
        page.click("map.m2");
        CHECK(page.name_of("page.title") == "Model selection & pretraining");
        page.click("lab.m2.pretraining");
        CHECK(page.has("train"));
    }
}

TEST_CASE("map: what is done is counted from the learner's own progress") {
    Page page("&page=map");
    const std::string here = page.name_of("map.m2");
    CHECK(here.find(" labs ready") != std::string::npos);
    CHECK(here.find("0 of ") == std::string::npos);
    CHECK(page.name_of("map.m1").find("3 labs planned") != std::string::npos);
}

TEST_CASE("lessons: a lab that does not exist yet is called planned and is no button") {
    Page page("&page=lessons&item=m1");
    CHECK(page.node("planned.m1.0").role == "paragraph");
    CHECK(page.name_of("planned.m1.0").ends_with("Planned"));
    for (const ui::Node& node : page.nodes()) CHECK_FALSE(node.key.starts_with("lab."));
    page.click("lessons.all");
    CHECK(page.has("lab.m2.pretraining"));
    CHECK(page.has("planned.capstones.3"));
}

TEST_CASE("search: results come while one types, the best first, and Enter opens the first") {
    Page page("&page=search");
    CHECK_FALSE(page.has("search.result.0"));
    page.set("search.words", "tok");
    CHECK(page.name_of("search.result.0").starts_with("token"));
    page.set("search.words", "transformer learns");
    CHECK(page.name_of("search.result.0").starts_with("A transformer learns to read"));
    CHECK(page.platform.addresses.back().find("item=transformer%20learns") != std::string::npos);
    page.act("search.words", "key", "Enter");
    CHECK(page.has("train"));

    page.event({{"t", "hash"}, {"hash", tiny_address("&page=search&item=perplexity")}});
    page.settle();
    CHECK(page.node("search.words").properties["v"] == "perplexity");
    page.click("search.result.0");
    CHECK(page.name_of("glossary.term") == "perplexity");
    CHECK(page.node("glossary").role == "dialog");
    press_key(page, "Escape");
    CHECK_FALSE(page.has("glossary"));
    CHECK(focus_of_last_message(page) == "search.words");

    page.set("search.words", "zzz");
    CHECK_FALSE(page.has("search.result.0"));
    CHECK(page.name_of("search.count").find("Nothing") != std::string::npos);
    page.set("search.words", "settings");
    page.click("search.result.0");
    CHECK(page.has("settings.theme"));
}

TEST_CASE("settings: each one is kept with the progress and takes effect at once") {
    Page page("&page=settings");
    const ui::Context& context = page.app->ui_context();
    const core::io::Settings& kept = page.app->progress_so_far().settings;
    page.click("settings.theme.dark");
    CHECK(context.env.is_dark);
    CHECK(kept.theme == "dark");
    page.click("settings.contrast.more");
    CHECK(context.env.more_contrast);
    CHECK(kept.contrast == "more");
    CHECK(&context.palette() == &ui::dark_contrast_palette());
    page.click("settings.motion.reduced");
    CHECK(context.env.reduced_motion);
    page.set("settings.size.number", "150");
    CHECK(kept.text_scale == doctest::Approx(1.5));
    CHECK(context.env.text_scale == doctest::Approx(1.5f));
    page.click("settings.theme.system");
    CHECK_FALSE(context.env.is_dark);
    page.event({{"t", "prefs"}, {"theme", "dark"}});
    page.settle();
    CHECK(context.env.is_dark);
    page.set("settings.text_view", true);
    CHECK(page.platform.mirrors.back() == "visible");
    CHECK(page.has("settings.size.browser"));
}

TEST_CASE("settings: what the device asks for counts without any setting") {
    Page page;
    const ui::Context& context = page.app->ui_context();
    page.event({{"t", "prefs"}, {"theme", "dark"}, {"contrast", true}, {"reduced_motion", true}});
    page.settle();
    CHECK(&context.palette() == &ui::dark_contrast_palette());
    CHECK(context.env.reduced_motion);
    page.event({{"t", "prefs"},
                {"theme", "light"},
                {"system_colors", {{"Canvas", 0x000000}, {"CanvasText", 0xffffff}, {"LinkText", 0xffff00}}}});
    page.settle();
    CHECK(context.env.is_dark);
    CHECK(context.palette().ink[static_cast<size_t>(ui::Ink::Accent)] == 0xffff00);
    CHECK_FALSE(page.has("theme"));  // a button that could do nothing
}

TEST_CASE("settings: the page around the canvas is told the colours of the palette") {
    Page page("&page=settings");
    page.click("settings.contrast.more");
    json colors;
    for (const json& message : page.platform.twins) {
        if (message.contains("colors")) colors = message["colors"];
    }
    CHECK(colors["ink"] == "#000000");
    CHECK(colors["panel"] == "#ffffff");
}

TEST_CASE("about: it names the build and the licence, and opens the licences of others") {
    Page page("&page=about");
    CHECK(page.name_of("about.build").size() > std::string("Build: ").size());
    page.click("about.notices");
    CHECK(page.platform.pages == std::vector<std::string>{"notices.txt"});
}

TEST_CASE("simplified: the page says what the content says") {
    Page page("&page=simplified");
    CHECK(page.name_of("simplified.list.0") == lab_content().simplified[0]);
    page.event({{"t", "hash"}, {"hash", "#page=simplified&item=m9.none"}});
    page.settle();
    CHECK(page.has("simplified.missing"));
}

TEST_CASE("notes: answers stand behind a switch, and the page can be printed") {
    Page page("&page=notes");
    const labs::InstructorNotes& notes = lab_content().instructor;
    REQUIRE_FALSE(notes.questions.empty());
    CHECK(page.has("notes.show.0"));
    CHECK(page.has("notes.mistakes.list.0"));
    CHECK_FALSE(page.has("notes.questions.0.answer"));
    page.set("notes.answers", true);
    CHECK(page.name_of("notes.questions.0.answer") == notes.questions[0].answer);
    page.click("notes.print");
    CHECK(page.platform.times_printed == 1);
    page.click("notes.present");
    CHECK(page.has("present.next"));
}

TEST_CASE("menu: Escape, its button and a press outside close it, and the focus goes back") {
    Page page("", 360);
    const auto open_menu = [&] {
        page.click("nav.menu");
        REQUIRE(page.has("menu"));
        CHECK(focus_of_last_message(page) == "menu.close");
    };
    open_menu();
    press_key(page, "Escape");
    CHECK_FALSE(page.has("menu"));
    CHECK(focus_of_last_message(page) == "nav.menu");
    open_menu();
    page.click("menu.close");
    CHECK_FALSE(page.has("menu"));
    open_menu();
    for (const char* kind : {"move", "down", "up"}) {
        page.event({{"t", "pointer"}, {"kind", kind}, {"x", 180}, {"y", 20}, {"button", 0}, {"type", "mouse"}});
    }
    page.settle();
    CHECK_FALSE(page.has("menu"));
}

TEST_CASE("menu: what lies behind it is out of the pointer's reach") {
    Page page;
    const ui::Rect train = page.node("predict.beats_bigram.much").rect;
    page.click("nav.menu");
    const float x = train.x + 5, y = train.y + train.height / 2;
    for (const char* kind : {"move", "down", "up"}) {
        page.event({{"t", "pointer"}, {"kind", kind}, {"x", x}, {"y", y}, {"button", 0}, {"type", "mouse"}});
    }
    page.settle();
    CHECK(page.node("predict.beats_bigram.much").properties["checked"] == false);
}

TEST_CASE("sheet: on a phone the settings of the lab stand in one, and change the run as elsewhere") {
    Page page("", 360);
    CHECK_FALSE(page.has("learning_rate"));
    page.click("settings.open");
    CHECK(page.node("settings.sheet").role == "dialog");
    CHECK(page.node("learning_rate").is_fixed);
    page.set("learning_rate.number", "0.02");
    CHECK(page.app->view()->config()["learning_rate"] == 0.02);
    press_key(page, "Escape");
    CHECK_FALSE(page.has("learning_rate"));
    CHECK(page.name_of("settings.open").find("0.02") != std::string::npos);
    CHECK(focus_of_last_message(page) == "settings.open");
    Page wide;
    CHECK(wide.has("learning_rate"));
    CHECK_FALSE(wide.has("settings.open"));
}

TEST_CASE("sheet: it scrolls as its element says, and what it draws stays under the same words") {
    Page page("", 360);
    page.click("settings.open");
    page.click("shape.show");
    const ui::Rect sheet = page.node("settings.sheet").rect;
    const ui::Rect seed = page.node("token_shift").rect;
    CHECK(seed.y > sheet.y + sheet.height);  // below what can be seen
    page.act("settings.sheet", "scroll", seed.y - sheet.y - 200);
    // The node keeps its place in the dialog; what is drawn moves up and can be pressed there.
    CHECK(page.node("token_shift").rect.y == seed.y);
    const float scrolled = page.node("settings.sheet").properties["scroll"];
    CHECK(scrolled > 0);
    const float y = seed.y + seed.height / 2 - scrolled;
    CHECK(y < sheet.y + sheet.height);
    for (const char* kind : {"move", "down", "up"}) {
        page.event({{"t", "pointer"}, {"kind", kind}, {"x", seed.x + 10}, {"y", y}, {"button", 0}, {"type", "mouse"}});
    }
    page.settle();
    CHECK(page.app->view()->config()["token_shift"] == true);
}

TEST_CASE("presenting: keys turn the steps both ways, hold at the ends, begin again and end it") {
    Page page;
    press_key(page, "PageDown");
    CHECK(page.node("step.predict").properties["selected"] == true);  // not presenting: the key is the page's
    press_key(page, "r");
    press_key(page, "p", {{"code", "KeyP"}});
    CHECK_FALSE(page.has("present"));  // no bare letter does anything outside of it

    press_key(page, "π", {{"code", "KeyP"}, {"alt", true}});
    REQUIRE(page.has("present"));
    for (const char* key : {"header", "share.link", "challenge.hint", "nav.menu"}) CHECK_FALSE(page.has(key));
    CHECK(page.app->ui_context().env.text_scale >= 1.25f);
    CHECK(page.platform.addresses.back().find("present=1") != std::string::npos);
    CHECK(page.name_of("present.step") == "Step 1 of " + std::to_string(3 + lab_content().explain.size()));
    CHECK_FALSE(page.is_enabled("present.back"));
    press_key(page, "PageUp");
    CHECK(page.name_of("present.step").starts_with("Step 1 "));
    press_key(page, "PageDown");
    CHECK(page.node("step.run").properties["selected"] == true);
    for (size_t i = 0; i < lab_content().explain.size() + 3; ++i) press_key(page, "ArrowRight");
    CHECK(page.node("step.quiz").properties["selected"] == true);
    CHECK_FALSE(page.is_enabled("present.next"));
    press_key(page, "ArrowLeft");
    CHECK(page.name_of("explain.title") == lab_content().explain.back().title);
    CHECK(page.is_enabled("present.next"));

    // No guess is needed to show a run; R takes everything back and stays at the step.
    CHECK(page.train());
    CHECK(page.status() == labs::Status::Done);
    const std::string step = page.name_of("present.step");
    press_key(page, "r");
    CHECK(page.status() == labs::Status::Idle);
    CHECK(page.name_of("present.step") == step);
    press_key(page, "Escape");
    CHECK_FALSE(page.has("present"));
    CHECK(page.has("header"));
    CHECK(page.app->ui_context().env.text_scale == doctest::Approx(1));
}

TEST_CASE("presenting: all of it works through the twin too, and a link opens it") {
    Page page("&present=1");
    page.click("present.next");
    CHECK(page.node("step.run").properties["selected"] == true);
    page.click("present.back");
    CHECK(page.node("step.predict").properties["selected"] == true);
    CHECK(page.train());
    page.click("present.reset");
    CHECK(page.status() == labs::Status::Idle);
    page.click("present.end");
    CHECK(page.has("nav.menu"));
    page.click("nav.menu");
    page.click("menu.present");
    CHECK(page.has("present"));
    CHECK(focus_of_last_message(page) == "present.next");
}
