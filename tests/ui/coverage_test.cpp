// The gate: whatever ImGui draws as an item has a twin node, and whatever stands in the twin has a name, a size that a
// finger can hit, and a place of its own.

#include <doctest/doctest.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "support/lab_fixture.h"
#include "ui/ui.h"

using namespace terrarium;
using namespace terrarium::tests;

namespace {

/// Items that are ImGui's own furniture and nothing that a person could use:
///   the windows that fill the viewport, for the page and for a sheet above it, with the id by which a title bar would
///   move them (they have none);
///   the fallback window that ImGui begins in every frame and never shows, with its title bar and its fold button;
///   natively, the inside of ImGui's own text area: its field is known, the child window around its lines has no use
///   alone.
std::set<ImGuiID> furniture(const ui::Context& context) {
    std::set<ImGuiID> ids;
    for (ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
        const std::string name = window->Name;
        if (name == "terrarium" || name == "sheet") ids.insert({window->ID, window->MoveId});
        if (name == "Debug##Default") ids.insert({window->ID, window->MoveId, window->GetID("#COLLAPSE")});
        if (context.known_items.contains(window->ChildId)) ids.insert(window->ID);
    }
    return ids;
}

std::vector<ImGuiID> items_without_twin(const ui::Context& context) {
    const std::set<ImGuiID> known = furniture(context);
    std::vector<ImGuiID> missing;
    for (const ImGuiID id : context.drawn_items) {
        if (!context.known_items.contains(id) && !known.contains(id)) missing.push_back(id);
    }
    return missing;
}

/// What to look for in a debugger: ids, and the windows among them.
std::string names_of(const std::vector<ImGuiID>& ids) {
    std::string words;
    for (const ImGuiID id : ids) {
        words += std::to_string(id) + " ";
        for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
            if (window->ID == id || window->MoveId == id) words += std::string("(window ") + window->Name + ") ";
        }
    }
    return words;
}

bool is_container(const ui::Node& node) { return node.role == "list" || node.role == "group"; }

bool is_interactive(const ui::Node& node) {
    static const std::set<std::string> kRoles{"button", "toggle", "slider", "radio", "textbox",
                                              "number", "file",   "link",   "tab"};
    return kRoles.contains(node.role);
}

/// A term inside a sentence: WCAG 2.2, 2.5.8 excepts targets whose size is bound by the line of text around them.
bool is_in_a_sentence(const ui::Node& node) { return node.properties.value("term", false); }

bool overlap(const ui::Rect& a, const ui::Rect& b) {
    constexpr float kTouching = 0.5f;
    return a.x + a.width > b.x + kTouching && b.x + b.width > a.x + kTouching && a.y + a.height > b.y + kTouching &&
           b.y + b.height > a.y + kTouching;
}

void check_page(LabPage& page, const std::string& where) {
    const ui::Context& context = page.app->ui_context();
    const auto missing = items_without_twin(context);
    CHECK_MESSAGE(missing.empty(),
                  where << ": " << missing.size() << " items that ImGui drew have no twin node: " << names_of(missing));
    CHECK(context.drawn_items.size() > 2);
    std::set<std::string> keys;
    for (const ui::Node& node : page.nodes()) {
        CHECK_MESSAGE((is_container(node) || !node.properties.value("n", std::string()).empty()),
                      where << ": " << node.key << " has no name");
        CHECK_MESSAGE(keys.insert(node.key).second, where << ": " << node.key << " stands twice");
        CHECK_MESSAGE((node.parent.empty() || keys.contains(node.parent)),
                      where << ": " << node.key << " comes before its parent");
        CHECK_MESSAGE(
            (std::isfinite(node.rect.x) && std::isfinite(node.rect.y) && node.rect.width >= 0 && node.rect.height >= 0),
            where << ": " << node.key << " has no place");
    }
}

void check_targets(LabPage& page, const std::string& where) {
    const ui::Environment& env = page.app->ui_context().env;
    std::vector<const ui::Node*> targets;
    for (const ui::Node& node : page.nodes()) {
        const ui::Rect& rect = node.rect;
        CHECK_MESSAGE((rect.x >= -0.5f && rect.x + rect.width <= env.width + 0.5f),
                      where << ": " << node.key << " sticks out: " << rect.x << " to " << rect.x + rect.width);
        if (!is_interactive(node)) continue;
        targets.push_back(&node);
        CHECK_MESSAGE((rect.width >= 24 && rect.height >= 24),
                      where << ": " << node.key << " is " << rect.width << " x " << rect.height);
        if (env.is_touch && !is_in_a_sentence(node))
            CHECK_MESSAGE(rect.height >= 44, where << ": " << node.key << " is " << rect.height << " high");
    }
    for (size_t a = 0; a < targets.size(); ++a) {
        for (size_t b = a + 1; b < targets.size(); ++b) {
            if (targets[a]->is_fixed != targets[b]->is_fixed) continue;
            CHECK_MESSAGE(!overlap(targets[a]->rect, targets[b]->rect),
                          where << ": " << targets[a]->key << " and " << targets[b]->key << " overlap");
        }
    }
    // Words that are drawn stay inside the page, too.
    for (const ui::Node& node : page.nodes()) {
        for (const ui::TextLine& line : node.lines) {
            const float right = line.rect.x + line.rect.width;
            CHECK_MESSAGE(right <= env.width + 1, where << ": words of " << node.key << " end at " << right);
        }
    }
}

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

struct Hooked {
    explicit Hooked(bool is_on) { ImGui::GetCurrentContext()->TestEngineHookItems = is_on; }
};

}  // namespace

TEST_CASE("coverage: every item that is drawn during the whole lab has a twin, wide and narrow") {
    for (const int width : {1280, 360}) {
        LabPage page(json::object({{"width", width}, {"height", 800}, {"hash", tiny_address()}}));
        const Hooked hooked(true);
        page.frame();
        walk_the_lab(page, [&](const char* stage) { check_page(page, std::to_string(width) + " px, " + stage); });
    }
}

TEST_CASE("coverage: the notes of a page have twins too") {
    LabPage page(json::object({{"hash", "#v=1&p.width=7&p.nothing=1&lab=m9.none"}}));
    const Hooked hooked(true);
    page.frame();
    CHECK(page.has("notes.close"));
    check_page(page, "notes");
}

TEST_CASE("coverage: a page that could not open has a twin for all it shows") {
    LabPage page(json::object(), [](FakePlatform& platform) { platform.assets["content/course.json"] = {"{", 200}; });
    const Hooked hooked(true);
    page.frame();
    CHECK(page.has("failure.words"));
    check_page(page, "failure");
}

TEST_CASE("coverage: without a DOM, where ImGui's own fields edit, every item is known as well") {
    LabPage page(json::object({{"has_dom", false}, {"hash", tiny_address()}}));
    const Hooked hooked(true);
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
        ImGui::GetCurrentContext()->TestEngineHookItems = true;
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
