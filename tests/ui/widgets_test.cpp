#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "support/lab_fixture.h"
#include "ui/locked.h"
#include "ui/ui.h"

using namespace terrarium;
using namespace terrarium::ui;
using terrarium::tests::WidgetPage;

namespace {

const std::vector<Option> kOptions{{"a", "Apples"}, {"b", "Pears"}, {"c", "A much longer name of a fruit"}};

/// A slider on a page of its own.
struct SliderPage {
    double value;
    Scale scale;
    int n_changes = 0;
    WidgetPage page;

    SliderPage(double start, Scale of)
        : value(start), scale(std::move(of)), page([this] {
              if (slider("size", "Size", scale, value)) ++n_changes;
          }) {}
    json property(const char* name) { return page.node("size").properties.value(name, json()); }
};

const Scale kWhole{.min = 0, .max = 100, .step = 5};
const Scale kRate{.min = 1e-5, .max = 1e9, .step = 0, .is_log = true, .words = {}, .slider_max = 1, .slider_min = 1e-4};

}  // namespace

TEST_CASE("button: twin and pointer press it alike, once each") {
    int n_presses = 0;
    WidgetPage page([&] { n_presses += button("go", "Go") ? 1 : 0; });
    CHECK(page.node("go").role == "button");
    CHECK(page.node("go").properties["n"] == "Go");
    page.click("go");
    CHECK(n_presses == 1);
    page.click_with_pointer("go");
    CHECK(n_presses == 2);
    page.click("other");
    CHECK(n_presses == 2);
}

TEST_CASE("button: disabled or locked it is shown, says so and cannot be pressed") {
    bool is_enabled = false;
    int n_presses = 0;
    WidgetPage page([&] { n_presses += button("go", "Go", Button::Primary, is_enabled) ? 1 : 0; });
    for (int round = 0; round < 2; ++round) {
        CHECK(page.node("go").properties.value("disabled", false));
        page.click("go");
        page.click_with_pointer("go");
        is_enabled = true;
        page.context.locked.insert("go");
        page.frame();
    }
    CHECK(n_presses == 0);
    page.context.locked.clear();
    page.frame();
    CHECK_FALSE(page.node("go").properties.contains("disabled"));
}

TEST_CASE("button: a press that slides off, or an action that waited while it was disabled, does nothing") {
    int n_presses = 0;
    bool is_enabled = true;
    WidgetPage page([&] { n_presses += button("go", "Go", Button::Plain, is_enabled) ? 1 : 0; });
    page.drag("go", 0.5f, 8.0f);
    CHECK(n_presses == 0);
    is_enabled = false;
    page.click("go");
    is_enabled = true;
    for (int i = 0; i < 3; ++i) page.frame();
    CHECK(n_presses == 0);
}

TEST_CASE("widgets: hidden keys leave no node, no space and take no action") {
    std::string text = "x", choice_value = "a";
    double number = 5;
    bool flag = false;
    int cursor = 0, presses = 0;
    const auto draw = [&] {
        heading("h", 2, "Words");
        paragraph("p", "Words");
        list("l", {"one"});
        ui::link("link", "Words");
        fact("f", "Words", "1");
        note("n", "Words", Ink::Text);
        sample("s", "Caption", "Words");
        presses += button("b", "Go") ? 1 : 0;
        file_button("file", "Open", 10);
        toggle("t", "On", flag);
        slider("size", "Size", kWhole, number);
        choice("c", "Fruit", kOptions, choice_value);
        text_field("text", "Text", text);
        progress("progress", "Progress", 0.5, "half");
        table("table", "Table", {"a"}, {{"1"}});
        tokens("tokens", "Tokens", {{"a", 0, "a"}}, cursor);
    };
    WidgetPage page(draw);
    const std::vector<std::string> keys{"h",    "p", "l",    "link", "f",    "n",        "s",     "b",
                                        "file", "t", "size", "c",    "text", "progress", "table", "tokens"};
    for (const std::string& key : keys) CHECK_MESSAGE(page.context.twin.find(key) != nullptr, key);
    const float full = page.context.content_height;
    page.context.hidden = {keys.begin(), keys.end()};
    page.frame();
    CHECK(page.context.twin.nodes().empty());
    CHECK(page.context.content_height < full / 10);
    page.click("b");
    CHECK(presses == 0);
}

TEST_CASE("toggle: pointer, twin's set and twin's click change it, set to the same value does not") {
    bool value = false;
    int n_changes = 0;
    WidgetPage page([&] { n_changes += toggle("shift", "Token shift", value) ? 1 : 0; });
    CHECK(page.node("shift").properties["checked"] == false);
    page.click_with_pointer("shift");
    CHECK(value);
    CHECK(page.node("shift").properties["checked"] == true);
    page.act("shift", "set", false);
    CHECK_FALSE(value);
    page.click("shift");
    CHECK(value);
    CHECK(n_changes == 3);
    page.act("shift", "set", true);
    page.act("shift", "set", "nonsense");
    CHECK(n_changes == 3);
    CHECK(value);
    page.context.locked.insert("shift");
    page.frame();
    page.act("shift", "set", false);
    page.click_with_pointer("shift");
    CHECK(value);
}

TEST_CASE("choice: a pill by twin and by pointer is the same change, and one is chosen at a time") {
    std::string value = "a";
    int n_changes = 0;
    WidgetPage page([&] { n_changes += choice("fruit", "Fruit", kOptions, value) ? 1 : 0; });
    CHECK(page.node("fruit").role == "radiogroup");
    CHECK(page.node("fruit.a").parent == "fruit");
    page.click("fruit.b");
    CHECK(value == "b");
    CHECK(page.node("fruit.b").properties["checked"] == true);
    CHECK(page.node("fruit.a").properties["checked"] == false);
    page.click_with_pointer("fruit.c");
    CHECK(value == "c");
    page.act("fruit.a", "set", true);
    CHECK(value == "a");
    CHECK(n_changes == 3);
    page.click("fruit.a");
    CHECK(n_changes == 3);
    page.context.locked.insert("fruit");
    page.frame();
    page.click("fruit.b");
    page.click_with_pointer("fruit.b");
    CHECK(value == "a");
    CHECK(page.node("fruit.b").properties["disabled"] == true);
}

TEST_CASE("tabs: they are a tablist, one is selected") {
    std::string value = "a";
    WidgetPage page([&] { tabs("step", "Steps", kOptions, value); });
    CHECK(page.node("step").role == "tablist");
    page.click("step.b");
    CHECK(value == "b");
    page.click_with_pointer("step.a");
    CHECK(value == "a");
    CHECK(page.node("step.a").properties["selected"] == true);
}

TEST_CASE("slider: typed, stepped, dragged and moved by keys it lands on the same grid") {
    SliderPage size(50, kWhole);
    SUBCASE("typed") {
        size.page.act("size.number", "set", "62");
        CHECK(size.value == 60);
        size.page.act("size.number", "set", 13);
        CHECK(size.value == 15);
        size.page.act("size.number", "set", " 20 ");
        CHECK(size.value == 20);
        CHECK(size.n_changes == 3);
    }
    SUBCASE("typed nonsense changes nothing, too much is the limit") {
        for (const char* wrong : {"", " ", "abc", "1e", "0x10", "nan", "50"})
            size.page.act("size.number", "set", wrong);
        size.page.act("size.number", "set", nullptr);
        CHECK(size.value == 50);
        CHECK(size.n_changes == 0);
        size.page.act("size.number", "set", "1e300");
        CHECK(size.value == 100);
        size.page.act("size.number", "set", "-7");
        CHECK(size.value == 0);
    }
    SUBCASE("stepped, by twin and by pointer") {
        size.page.click("size.more");
        CHECK(size.value == 55);
        size.page.click_with_pointer("size.more");
        CHECK(size.value == 60);
        size.page.click("size.less");
        size.page.click_with_pointer("size.less");
        CHECK(size.value == 50);
        CHECK(size.n_changes == 4);
    }
    SUBCASE("dragged") {
        size.page.drag("size", 0.5f, 0.99f);
        CHECK(size.value == 100);
        size.page.drag("size", 0.9f, -3.0f);
        CHECK(size.value == 0);
        size.page.drag("size", 0.5f, 0.5f);
        CHECK(size.value == 50);
    }
    SUBCASE("arrow keys of the page's own range are one thousandth, and still move a whole step") {
        size.page.act("size", "set", 501);
        CHECK(size.value == 55);
        size.page.act("size", "set", "549");
        CHECK(size.value == 50);
        size.page.act("size", "set", 1000);
        CHECK(size.value == 100);
        size.page.act("size", "set", 0);
        CHECK(size.value == 0);
        size.page.act("size", "set", 1e9);
        CHECK(size.value == 100);
    }
    CHECK(size.property("v") == std::round(size.value * 10));
    CHECK(size.page.node("size.number").properties["v"].get<std::string>() ==
          std::to_string(static_cast<int>(size.value)));
}

TEST_CASE("slider: at its ends the stepper that leads nowhere is disabled") {
    SliderPage size(0, kWhole);
    CHECK(size.page.node("size.less").properties.value("disabled", false));
    size.page.click("size.less");
    CHECK(size.value == 0);
    size.page.act("size", "set", 1000);
    CHECK(size.page.node("size.more").properties.value("disabled", false));
}

TEST_CASE("slider: a logarithmic scale steps evenly, and shows numbers that people can repeat") {
    SliderPage rate(0.003, kRate);
    double before = rate.value;
    for (int i = 0; i < 40 && rate.value < 1; ++i) {
        rate.page.click("size.more");
        CHECK(rate.value > before);
        CHECK(rate.value / before < 1.8);
        CHECK(rate.page.node("size.number").properties["v"].get<std::string>().size() <= 6);
        before = rate.value;
    }
    CHECK(rate.value >= 1);
    rate.page.act("size", "set", 1000);
    CHECK(rate.value == 1);
    rate.page.act("size", "set", 0);
    CHECK(rate.value == doctest::Approx(1e-4));
    rate.page.act("size", "set", 1);
    CHECK(rate.value > 1e-4);
}

TEST_CASE("slider: what is typed may lie beyond the track, within the limits, and is kept to the digit") {
    SliderPage rate(0.003, kRate);
    rate.page.act("size.number", "set", "1e9");
    CHECK(rate.value == 1e9);
    CHECK(rate.property("v") == 1000);
    rate.page.act("size.number", "set", "0.0031415");
    CHECK(rate.value == 0.0031415);
    rate.page.act("size.number", "set", "1e-7");
    CHECK(rate.value == 1e-5);
    CHECK(rate.property("v") == 0);
    rate.page.act("size.number", "set", "2e9");
    CHECK(rate.value == 1e9);
}

TEST_CASE("slider: steppers leave a number that was typed beyond the track without a jump to the other end") {
    SliderPage rate(5, kRate);
    rate.page.click("size.less");
    CHECK(rate.value < 5);
    CHECK(rate.value > 1);
    rate.page.act("size.number", "set", "5");
    rate.page.click("size.more");
    CHECK(rate.value > 5);
    CHECK(rate.value < 10);
}

TEST_CASE("slider: looking at a number beyond the track does not change it") {
    SliderPage rate(1e9, kRate);
    for (int i = 0; i < 5; ++i) rate.page.frame();
    CHECK(rate.value == 1e9);
    CHECK(rate.n_changes == 0);
}

TEST_CASE("slider: locked it can be read and not changed in any way") {
    SliderPage size(50, kWhole);
    size.page.context.locked.insert("size");
    size.page.frame();
    size.page.act("size.number", "set", "60");
    size.page.act("size", "set", 900);
    for (const char* part : {"size.more", "size.less"}) {
        size.page.click(part);
        size.page.click_with_pointer(part);
    }
    size.page.drag("size", 0.2f, 0.9f);
    CHECK(size.value == 50);
    CHECK(size.n_changes == 0);
    for (const char* part : {"size", "size.number", "size.more", "size.less"}) {
        CHECK(size.page.node(part).properties.value("disabled", false));
    }
}

TEST_CASE("text field: what is typed in the page's own input arrives, up to its length, without half letters") {
    std::string value = "start";
    int n_changes = 0;
    WidgetPage page([&] { n_changes += text_field("words", "Words", value, {.max_length = 8}) ? 1 : 0; });
    CHECK(page.node("words").properties["v"] == "start");
    page.act("words", "set", "typed");
    CHECK(value == "typed");
    page.act("words", "set", "typed");
    CHECK(n_changes == 1);
    page.act("words", "set", 3);
    CHECK(value == "typed");
    page.act("words", "set", "1234567é");  // nine bytes
    CHECK(value == "1234567");
    page.context.locked.insert("words");
    page.frame();
    page.act("words", "set", "no");
    CHECK(value == "1234567");
}

TEST_CASE("tokens: each is a radio with its words; the chosen one is answered") {
    int chosen = -1;
    WidgetPage page([&] {
        const int now =
            tokens("walk", "Tokens", {{"a", 0.1f, "a, the first"}, {"b", 2.0f, "b"}, {"", -1.0f, "nothing"}}, 0);
        if (now >= 0) chosen = now;
    });
    CHECK(page.node("walk.0").properties["checked"] == true);
    page.click("walk.1");
    CHECK(chosen == 1);
    page.click_with_pointer("walk.2");
    CHECK(chosen == 2);
    page.act("walk.0", "set", true);
    CHECK(chosen == 0);
}

TEST_CASE("paragraph: a term is a button that answers with its id, by twin and by pointer") {
    std::string asked;
    WidgetPage page([&] {
        const std::string term = paragraph("p", "The [[loss|loss]] of a [[bigram|bigram]].");
        if (!term.empty()) asked = term;
    });
    CHECK(page.node("p").properties["n"] == "The loss of a bigram.");
    CHECK(page.node("p.term.loss").properties["n"] == "What is: loss");
    page.click("p.term.bigram");
    CHECK(asked == "bigram");
    page.click_with_pointer("p.term.loss");
    CHECK(asked == "loss");
}

TEST_CASE("paragraph: the drawn lines hold all words in order, inside the column") {
    const std::string words =
        "One **two** `three` four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen.";
    WidgetPage page([&] { paragraph("p", words); }, 320);
    std::string together;
    const Rect rect = page.node("p").rect;
    for (const TextLine& line : page.node("p").lines) {
        together += (together.empty() ? "" : " ") + line.words;
        CHECK(line.rect.x + line.rect.width <= rect.x + rect.width + 1);
    }
    CHECK(together ==
          "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen.");
}

TEST_CASE("sample: every line of what a model wrote is drawn, empty ones and wide ones included") {
    const std::string words = "first\n\nthird " + std::string(300, 'x') + "\nlast";
    WidgetPage page([&] { sample("s", "step 5", words); }, 320);
    const Rect rect = page.node("s").rect;
    std::string together;
    for (const TextLine& line : page.node("s").lines) {
        together += line.words;
        CHECK(line.rect.y + line.rect.height <= rect.y + rect.height + 1);
        CHECK(line.rect.x + line.rect.width <= rect.x + rect.width + 1);
    }
    CHECK(together.find("first") != std::string::npos);
    CHECK(together.find("last") != std::string::npos);
    CHECK(std::count(together.begin(), together.end(), 'x') == 300);
}

TEST_CASE("progress: the share is bounded and told in words") {
    double fraction = 0.505;
    WidgetPage page([&] { progress("p", "Training progress", fraction, "505 of 1,000 steps"); });
    CHECK(page.node("p").properties["v"] == 50);
    CHECK(page.node("p").properties["vt"] == "505 of 1,000 steps");
    fraction = 7;
    page.frame();
    CHECK(page.node("p").properties["v"] == 100);
}

TEST_CASE("sticky bar: it stands in the viewport's own coordinates and can be pressed while the page is scrolled") {
    int n_long = 0, n_short = 0;
    WidgetPage page([&] {
        space(3000);
        const StickyPress pressed = sticky_bar({.key = "line",
                                                .words = "Challenge",
                                                .short_key = "where",
                                                .short_words = "Saved",
                                                .full_words = "Saved in this browser"});
        n_long += pressed == StickyPress::Long ? 1 : 0;
        n_short += pressed == StickyPress::Short ? 1 : 0;
    });
    page.context.env.scroll_y = 1500;
    page.frame();
    const Rect line = page.node("line").rect, where = page.node("where").rect;
    CHECK(page.node("line").is_fixed);
    CHECK(line.y < page.context.env.height);
    CHECK(line.x + line.width < where.x);
    CHECK(where.x + where.width <= page.context.env.width);
    page.click_with_pointer("line");
    page.click("line");
    CHECK(n_long == 2);
    CHECK(n_short == 0);
    page.click_with_pointer("where");
    CHECK(n_short == 1);
}

TEST_CASE("sticky bar: on a window wider than the page its buttons begin and end where the page does") {
    Rect page_area;
    WidgetPage page([&] {
        page_area = {context().area().x, 0, context().area().width, 0};
        sticky_bar(
            {.key = "line", .words = "Challenge", .short_key = "where", .short_words = "Saved", .full_words = "Saved"});
    });
    page.context.env.width = 2560;
    page.frame();
    const Rect line = page.node("line").rect, where = page.node("where").rect;
    CHECK(line.x == page_area.x);
    CHECK(where.x + where.width == page_area.x + page_area.width);
    CHECK(page.node("sticky_bar").rect.width == 2560);
}

TEST_CASE("sticky bar: a press on it is not one on what it covers, and it is a bar as wide as the viewport") {
    int n_covered = 0, n_long = 0;
    WidgetPage page([&] {
        space(660);
        for (int i = 0; i < 12; ++i) n_covered += button("b" + std::to_string(i), "Covered") ? 1 : 0;
        const StickyPress pressed = sticky_bar(
            {.key = "line", .words = "Challenge", .short_key = "where", .short_words = "Saved", .full_words = "Saved"});
        n_long += pressed == StickyPress::Long ? 1 : 0;
    });
    page.frame();
    page.frame();
    const Rect bar = page.node("sticky_bar").rect, line = page.node("line").rect;
    CHECK(bar.x == 0);
    CHECK(bar.width == page.context.env.width);
    CHECK(bar.y + bar.height == page.context.env.height);
    CHECK(page.node("line").parent == "sticky_bar");
    CHECK(page.node("where").parent == "sticky_bar");
    // A button lies below the left part of the long one: its place is pressed.
    page.drag("line", 0.05f, 0.05f);
    CHECK(n_long == 1);
    CHECK(n_covered == 0);
    CHECK(line.y > bar.y);
}

TEST_CASE("sticky bar: without words a button is not there, and the other one stays") {
    WidgetPage page([&] {
        sticky_bar(
            {.key = "line", .words = "", .short_key = "where", .short_words = "Saved", .full_words = "Saved here"});
    });
    page.frame();
    CHECK(page.context.twin.find("line") == nullptr);
    CHECK(page.node("where").properties["n"] == "Saved here");
}

TEST_CASE("file button: the pointer asks for a file, and the node tells the page how large it may be") {
    int n_asked = 0;
    WidgetPage page([&] { n_asked += file_button("own.file", "Open", 1000) ? 1 : 0; });
    CHECK(page.node("own.file").role == "file");
    CHECK(page.node("own.file").properties["max_bytes"] == 1000);
    page.click_with_pointer("own.file");
    CHECK(n_asked == 1);
}

TEST_CASE("widgets: scrolled pages are pressed where they are seen") {
    int n_presses = 0;
    WidgetPage page([&] {
        space(2000);
        n_presses += button("far", "Far below") ? 1 : 0;
    });
    page.context.env.scroll_y = 1700;
    page.frame();
    page.click_with_pointer("far");
    CHECK(n_presses == 1);
}

TEST_CASE("text field: of several texts that wait, the last one counts") {
    std::string value;
    WidgetPage page([&] { ui::text_field("name", "Name", value); });
    for (const char* typed : {"l", "lo", "los", "loss"}) page.context.twin.queue("name", {"set", typed});
    page.frame();
    CHECK(value == "loss");
    page.frame();
    CHECK(value == "loss");
    CHECK(page.node("name").properties["v"] == "loss");
}

TEST_CASE("widgets: what is locked has a padlock and no accent, and gives up no words for it") {
    bool is_on = true, is_locked = false;
    double number = 3;
    std::vector<std::string> ticked{"a"};
    std::string chosen = "a";
    WidgetPage page([&] {
        const ui::Locked locked({"t", "s", "c", "m"}, is_locked);
        ui::toggle("t", "A switch", is_on);
        ui::slider("s", "A number", {.min = 0, .max = 10, .step = 1, .words = {}}, number);
        ui::checks("m", "Several", {{"a", "First"}}, ticked);
        ui::choice("c", "One", {{"a", "First"}, {"b", "Second"}}, chosen);
    });
    const auto has_accent = [&] {
        const ImU32 accent = page.context.color(ui::Ink::Accent);
        const ImDrawList* list = ImGui::GetDrawData()->CmdLists[0];
        return std::any_of(list->VtxBuffer.begin(), list->VtxBuffer.end(),
                           [&](const ImDrawVert& v) { return v.col == accent; });
    };
    page.frame();
    const float free_width = page.node("t").rect.width;
    CHECK(has_accent());
    is_locked = true;
    page.frame();
    page.frame();
    CHECK_FALSE(has_accent());
    CHECK(page.node("t").rect.width > free_width);
    CHECK(ui::part_ink(true, ui::Ink::Accent) == ui::Ink::Accent);
    page.click("t");
    CHECK(is_on);
}

TEST_CASE("slider: a long name makes it taller instead of being cut") {
    double value = 3;
    std::string label = "Size";
    WidgetPage page([&] { slider("size", label, {.min = 0, .max = 10, .step = 1, .words = {}}, value); }, 300);
    page.frame();
    const float usual = page.node("size").rect.y;
    label = "Words that go on and on, as translations of short ones sometimes have to";
    page.frame();
    CHECK(page.node("size").rect.y > usual + 10);
}
