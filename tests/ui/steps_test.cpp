#include "ui/steps.h"

#include <doctest/doctest.h>

#include "support/lab_fixture.h"
#include "ui/cards.h"
#include "ui/run_bar.h"

using namespace terrarium;
using namespace terrarium::ui;
using terrarium::tests::WidgetPage;

TEST_CASE("chips: choosing and removing are two presses, by pointer and twin") {
    ChipPress last;
    WidgetPage page([&] {
        const ChipPress now = chips("tags", "Tags", {{"a", "Apples", true, true}, {"b", "Pears"}});
        if (!now.chosen.empty() || !now.removed.empty()) last = now;
    });
    CHECK(page.node("tags.a").properties["pressed"] == true);
    CHECK(page.context.twin.find("tags.b.remove") == nullptr);
    page.click("tags.a.remove");
    CHECK((last.removed == "a" && last.chosen.empty()));
    page.click_with_pointer("tags.b");
    CHECK((last.chosen == "b" && last.removed.empty()));
    last = {};
    page.click_with_pointer("tags.a.remove");
    CHECK(last.removed == "a");
    last = {};
    page.context.locked.insert("tags");
    page.click("tags.b");
    page.click_with_pointer("tags.a.remove");
    CHECK((last.chosen.empty() && last.removed.empty()));
}

TEST_CASE("stepper: buttons go by steps and stop at the ends; a typed number is kept inside") {
    double value = 2;
    int n_changes = 0;
    WidgetPage page([&] { n_changes += stepper("n", "Layers", {.min = 1, .max = 3, .step = 1}, value) ? 1 : 0; });
    page.click_with_pointer("n.more");
    CHECK(value == 3);
    page.click("n.more");
    CHECK(value == 3);
    page.act("n.number", "set", 9);
    CHECK(value == 3);
    page.act("n.number", "set", 1);
    CHECK(value == 1);
    page.click("n.less");
    CHECK((value == 1 && n_changes == 2));
}

TEST_CASE("steps: only what was reached can be entered") {
    int at = 0, reached = 1;
    WidgetPage page([&] { steps("how", "How", {"Plan", "Train", "Judge"}, at, reached); });
    page.click("how.3");
    CHECK(at == 0);
    page.click_with_pointer("how.next");
    CHECK(at == 1);
    page.click("how.next");
    CHECK(at == 1);
    reached = 2;
    page.frame();
    page.click_with_pointer("how.3");
    CHECK(at == 2);
    page.click("how.back");
    CHECK(at == 1);
    CHECK(page.node("how.2").properties["n"] == "Step 2 of 3: Train");
}

TEST_CASE("run_bar: each state offers what makes sense and says what was asked") {
    RunBar state{.start = "Train", .again = "Train again", .progress_name = "Training progress", .words = "1 of 2"};
    RunAsked asked = RunAsked::None;
    WidgetPage page([&] {
        if (const RunAsked now = run_bar(state); now != RunAsked::None) asked = now;
    });
    page.click("train");
    CHECK(asked == RunAsked::Start);
    CHECK(page.context.twin.find("progress") == nullptr);
    page.click("stop");
    CHECK(asked == RunAsked::Start);
    state.is_active = state.has_run = true;
    page.frame();
    CHECK(page.node("progress").properties["vt"] == "1 of 2");
    for (const auto& [key, wanted] : {std::pair{"train", RunAsked::Pause},
                                      {"step_once", RunAsked::Step},
                                      {"stop", RunAsked::Stop},
                                      {"restart", RunAsked::Restart}}) {
        page.click_with_pointer(key);
        CHECK(asked == wanted);
    }
    state.is_paused = true;
    page.frame();
    page.click("train");
    CHECK(asked == RunAsked::Resume);
    state = {.start = "Train", .again = "Train again", .has_run = true, .may_reset = true, .seed = 7};
    page.frame();
    CHECK(page.node("train").properties["n"] == "Train again");
    page.click("reset");
    CHECK(asked == RunAsked::Reset);
}

TEST_CASE("card_deck: buttons and arrow keys judge and turn the page; the body is plain text") {
    Deck deck;
    const std::vector<DocumentCard> cards{{"One", {{"Source", "web"}}, {"new"}, "Body [[loss|x]] **y**"},
                                          {"Two", {}, {}, "Second"},
                                          {"Three", {}, {}, "Third"}};
    WidgetPage page([&] { card_deck("deck", "Documents", cards, deck); });
    CHECK(page.node("deck.body").properties["n"] == "Body [[loss|x]] **y**");
    page.click_with_pointer("deck.keep");
    CHECK((deck.at == 1 && deck.verdicts[0] == CardVerdict::Keep));
    page.act("deck.here", "key", "ArrowDown");
    CHECK((deck.at == 2 && deck.verdicts[1] == CardVerdict::Drop));
    page.click("deck.next");
    CHECK(deck.at == 2);
    page.act("deck.here", "key", "ArrowLeft");
    page.click("deck.keep");
    CHECK((deck.at == 2 && deck.verdicts[1] == CardVerdict::Keep));
    CHECK(page.node("deck.here").properties["n"] == "Document 3 of 3, not judged. Kept 2, dropped 0.");
    page.click("deck.previous");
    CHECK(deck.at == 1);
}

TEST_CASE("card_deck: without documents it says so") {
    Deck deck;
    WidgetPage page([&] { card_deck("deck", "Documents", {}, deck); });
    CHECK(page.context.twin.find("deck.empty") != nullptr);
}

TEST_CASE("compare: side by side or one above the other, and every mark is in the twin with its kind") {
    const MarkedText left{"Reference", "the cat sat down", {{4, 7, 0}}};
    const MarkedText right{"Model", "the dog sat", {{4, 7, 1}}};
    WidgetPage page([&] { compare("texts", "Two texts", left, right, {"missing", "added"}); });
    CHECK(page.node("texts.left").rect.y == page.node("texts.right").rect.y);
    CHECK(page.node("texts.marks").properties["rows"] ==
          nlohmann::json{{"missing", "cat", "Reference"}, {"added", "dog", "Model"}});
    page.context.env.width = 360;
    page.frame();
    page.frame();
    CHECK(page.node("texts.right").rect.y > page.node("texts.left").rect.y);
}
