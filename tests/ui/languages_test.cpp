#include <doctest/doctest.h>

#include <algorithm>

#include "support/lab_fixture.h"
#include "ui/file_field.h"
#include "ui/internal.h"
#include "ui/scripts.h"
#include "ui/ui.h"

using namespace terrarium;
using tests::WidgetPage;

TEST_CASE("pseudo: long words keep values and marks, and are about 40 % longer") {
    const std::string words =
        ui::pseudo_words("{0} of {1} steps, with **bold** and [[loss|the loss]]", ui::Pseudo::Long);
    CHECK(words.starts_with("[{0} "));
    CHECK(words.ends_with("]"));
    CHECK(words.find("{1}") != std::string::npos);
    CHECK(words.find("[[loss|") != std::string::npos);
    CHECK(words.find("**") != words.rfind("**"));
    CHECK(ui::pseudo_words("abcdefghij", ui::Pseudo::Long).size() >= 14);
}

TEST_CASE("pseudo: ideographs stand without spaces and keep values") {
    const std::string words = ui::pseudo_words("Train {0} steps", ui::Pseudo::Cjk);
    CHECK(words.find("{0}") != std::string::npos);
    CHECK(words.find("Train") == std::string::npos);
}

TEST_CASE("numbers: written and read with the language's own signs") {
    WidgetPage page([] {});
    page.context.locale.numbers = {.decimal = ",", .group = ".", .percent = "{0} %", .min_grouped = 1000};
    CHECK(ui::number(1.5, 2) == "1,50");
    CHECK(ui::grouped(-1234567) == "-1.234.567");
    CHECK(ui::percent(0.125, 1) == "12,5 %");
    CHECK(ui::to_data_number("1.234,5") == "1234.5");
    CHECK(ui::to_data_number("0.003") == "0.003");  // a point is understood everywhere
}

TEST_CASE("numbers: a sentence without a translation gets the language's signs, and what is no number stays") {
    WidgetPage page([] {});
    CHECK(ui::localized_sentence("At 1,500 steps 0.3 nats.") == "At 1,500 steps 0.3 nats.");
    page.context.locale.numbers = {.decimal = ",", .group = ".", .percent = "{0} %", .min_grouped = 1000};
    CHECK(ui::localized_sentence("At 1,500 steps 0.3 nats.") == "At 1.500 steps 0,3 nats.");
    CHECK(ui::localized_sentence("About 1.39, or (4.2).") == "About 1,39, or (4,2).");
    CHECK(ui::localized_sentence("1,234,567.5") == "1.234.567,5");
    CHECK(ui::localized_sentence("12. One. 3") == "12. One. 3");
    CHECK(ui::localized_sentence("1,2,3 and 12,34") == "1,2,3 and 12,34");
    for (const char* kept : {"`lr=0.003`", "$0.5 x$", "[here](https://a.org/0.5)", "v1.5.2", "1.2.3", "T1-0", ""}) {
        CHECK(ui::localized_sentence(kept) == kept);
    }
    CHECK(ui::localized_value("2.31") == "2,31");
    CHECK(ui::localized_value("a 2.31") == "a 2.31");
    CHECK(ui::size_words(3400) == "3,4 kB");
}

TEST_CASE("numbers: a typed decimal comma sets the value, the address form keeps its point") {
    double value = 1;
    WidgetPage page([&] { ui::slider("rate", "Rate", {.min = 0, .max = 10, .step = 0, .words = {}}, value); });
    page.context.locale.numbers.decimal = ",";
    page.act("rate.number", "set", "2,5");
    CHECK(value == 2.5);
    CHECK(page.node("rate.number").properties["v"] == "2.5");
    CHECK(page.node("rate").properties["vt"] == "2,5");
}

TEST_CASE("scripts: what the browser must shape is known") {
    CHECK(ui::needs_shaping("السلام"));
    CHECK(ui::needs_shaping("नमस्ते"));
    CHECK(ui::needs_shaping("שלום"));
    CHECK(ui::needs_shaping("สวัสดี"));
    CHECK_FALSE(ui::needs_shaping("Größe, Привет, 日本語, 😀, “…”"));
}

TEST_CASE("scripts: ideographs wrap without spaces, and no line begins with a full stop") {
    std::string words;
    for (int i = 0; i < 60; ++i) words += "学";
    words += "。";
    WidgetPage page([&] { ui::paragraph("p", words); }, 320);
    page.frame();
    const auto& lines = page.node("p").lines;
    REQUIRE(lines.size() > 1);
    std::string all;
    for (const ui::TextLine& line : lines) {
        CHECK(line.rect.x + line.rect.width <= 321);
        CHECK_FALSE(line.words.starts_with("。"));
        all += line.words;
    }
    CHECK(all == words);
}

TEST_CASE("device glyphs: a letter that no shipped font has is asked for once per size") {
    std::vector<char32_t> asked;
    std::string words;  // none before the platform is known: a letter that was missing once stays missing
    WidgetPage page([&] { ui::paragraph("p", words); });
    words = "Ω 日本 日本 abc";
    page.context.device_glyphs = [&](const ui::DeviceGlyphAsk& ask) {
        asked.push_back(ask.character);
        return ui::DeviceGlyph{.width = 2,
                               .height = 2,
                               .left = 0,
                               .top = -2,
                               .advance = 16,
                               .is_colored = false,
                               .rgba = std::vector<uint8_t>(16, 255)};
    };
    for (int i = 0; i < 3; ++i) page.frame();
    CHECK(std::count(asked.begin(), asked.end(), U'日') >= 1);
    CHECK(std::count(asked.begin(), asked.end(), U'日') <= 2);  // measured, then drawn
    CHECK(std::count(asked.begin(), asked.end(), U'a') == 0);
}
