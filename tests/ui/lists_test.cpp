#include "ui/lists.h"

#include <doctest/doctest.h>

#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::ui;
using terrarium::tests::WidgetPage;

namespace {

const std::vector<Option> kItems{{"a", "Apples"}, {"b", "Pears"}, {"c", "Plums, and a long sentence about plums"}};
using Ids = std::vector<std::string>;

struct OrderPage {
    Ids order{"a", "b", "c"};
    int n_changes = 0;
    WidgetPage page;
    explicit OrderPage(float width = 900)
        : page([this] { n_changes += order_list("sort", "Sort these", kItems, order) ? 1 : 0; }, width) {}
};

void carry(WidgetPage& page, std::string_view from, std::string_view to) {
    const auto middle = [&](std::string_view key) {
        const Rect& r = page.node(key).rect;
        return ImVec2{r.x + r.width / 2, r.y + r.height / 2};
    };
    const ImVec2 start = middle(from), end = middle(to);
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(start.x, start.y);
    page.frame();
    io.AddMouseButtonEvent(0, true);
    page.frame();
    for (const float part : {0.25f, 0.5f, 0.75f, 1.0f}) {
        io.AddMousePosEvent(start.x + part * (end.x - start.x), start.y + part * (end.y - start.y));
        page.frame();
    }
    page.frame();
    io.AddMouseButtonEvent(0, false);
    page.frame();
    page.frame();
}

}  // namespace

TEST_CASE("order_list: buttons, arrow keys and drag change the order, and the ends do nothing") {
    OrderPage it;
    it.page.click("sort.a.down");
    CHECK(it.order == Ids{"b", "a", "c"});
    it.page.act("sort.c", "key", "ArrowUp");
    CHECK(it.order == Ids{"b", "c", "a"});
    CHECK_FALSE(it.page.node("sort.a.down").properties["disabled"].is_null());
    it.page.click("sort.a.down");
    it.page.act("sort.b", "key", "ArrowUp");
    CHECK(it.order == Ids{"b", "c", "a"});
    CHECK(it.n_changes == 2);
    it.page.click_with_pointer("sort.a.up");
    CHECK(it.order == Ids{"b", "a", "c"});
    carry(it.page, "sort.b", "sort.c");
    CHECK(it.order == Ids{"a", "c", "b"});
    CHECK(it.page.node("sort.b").properties["n"] == "Pears, number 3 of 3");
}

TEST_CASE("order_list: rows of different height are carried to where they are dropped") {
    OrderPage it(320);
    CHECK(it.page.node("sort.c").rect.height > it.page.node("sort.a").rect.height);
    carry(it.page, "sort.c", "sort.a");
    CHECK(it.order == Ids{"c", "a", "b"});
}

TEST_CASE("order_list: unknown ids go, missing ones come, a locked list stays as it is") {
    OrderPage it;
    it.order = {"c", "x", "c"};
    it.page.frame();
    CHECK(it.order == Ids{"c", "a", "b"});
    it.page.context.locked.insert("sort");
    it.page.click("sort.c.down");
    it.page.act("sort.c", "key", "ArrowDown");
    carry(it.page, "sort.c", "sort.b");
    CHECK(it.order == Ids{"c", "a", "b"});
    it.page.context.hidden.insert("sort");
    it.page.frame();
    CHECK(it.page.context.twin.nodes().empty());
}

TEST_CASE("match_list: menu, press and drag give answers; the first entry of the menu takes one away") {
    const std::vector<Option> answers{{"1", "One"}, {"2", "Two"}};
    std::map<std::string, std::string> chosen;
    WidgetPage page([&] { match_list("pair", "Pair", kItems, answers, chosen); });
    page.act("pair.b", "set", 2);
    CHECK(chosen == std::map<std::string, std::string>{{"b", "2"}});
    CHECK(page.node("pair.b").properties["v"] == 2);
    page.click("pair.answer.1");  // the first free place
    CHECK(chosen.at("a") == "1");
    carry(page, "pair.answer.2", "pair.c");
    CHECK(chosen.at("c") == "2");
    page.act("pair.b", "set", 0);
    CHECK_FALSE(chosen.contains("b"));
    page.click_with_pointer("pair.answer.1");
    CHECK(chosen.at("b") == "1");
    page.act("pair.b", "set", 7);
    CHECK(chosen.at("b") == "1");
    page.context.locked.insert("pair");
    page.act("pair.b", "set", 2);
    page.click("pair.answer.2");
    CHECK(chosen.at("b") == "1");
}

TEST_CASE("select: set in the twin chooses, and without a DOM a press takes the next") {
    std::string selected = "b";
    int n_changes = 0;
    WidgetPage page([&] { n_changes += select("fruit", "Fruit", kItems, selected) ? 1 : 0; });
    CHECK(page.node("fruit").properties["v"] == 1);
    page.act("fruit", "set", 0);
    CHECK(selected == "a");
    page.act("fruit", "set", 0);
    CHECK(n_changes == 1);
    page.context.env.has_dom = false;
    page.click_with_pointer("fruit");
    CHECK(selected == "b");
}
