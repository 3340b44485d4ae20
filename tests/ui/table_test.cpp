#include <doctest/doctest.h>

#include "support/lab_fixture.h"
#include "ui/internal.h"
#include "ui/ui.h"

using namespace terrarium;
using tests::WidgetPage;

namespace {

/// How tall a table of two rows is drawn in this width, in lines of its letters.
float lines_of(float width, float text_scale, const std::vector<std::string>& columns) {
    WidgetPage page(
        [&] {
            ui::table("t", "A table", columns,
                      {{"A transformer learns to read", "Challenge passed", "4", "7 of 12"},
                       {"Another", "Opened", "0", "–"}});
        },
        width);
    page.context.env.text_scale = text_scale;
    page.frame();
    page.frame();
    CHECK(page.node("t").rect.width <= width);
    CHECK(page.node("t").properties["cols"].size() == 4);
    return page.node("t").rect.height / page.context.scaled(ui::type_size(ui::Type::Small));
}

const std::vector<std::string> kColumns{"Lab", "State", "Predictions", "Questions right"};

}  // namespace

TEST_CASE("table: with room for all, each row is one line") {
    CHECK(lines_of(900, 1, kColumns) < 3 * 2.2f);
    CHECK(lines_of(900, 1, kColumns) > 3 * 1.6f);
}

TEST_CASE("table: with less room words go on in the next line instead of being cut") {
    const float wide = lines_of(900, 1, kColumns), narrow = lines_of(360, 1, kColumns);
    CHECK(narrow >= wide + 2 * 1.35f);  // at least the head and the first row need more lines
    CHECK(lines_of(360, 1, {"Lab", "State", "Predictions and more of them", "Questions"}) > wide);
}

TEST_CASE("table: where not even the longest words fit side by side, cells stand below each other with their names") {
    // Two rows of a name and three cells, each with the name of its column in a line of its own.
    CHECK(lines_of(320, 2, kColumns) >= 2 * (1 + 3 * 2) * 1.35f);
}

TEST_CASE("table: a number is never broken at its point or comma") {
    WidgetPage page([] {});
    page.frame();
    const std::string words = "Brier score, 0.25 is 1,500";
    for (float width = 90; width < 300; width += 1) {
        std::string all;
        for (const std::string& line : ui::internal::wrapped(page.context.fonts.regular, 16, words, width)) {
            CHECK_FALSE(line.ends_with("0."));
            CHECK_FALSE(line.ends_with("1,"));
            all += (all.empty() ? "" : " ") + line;
        }
        CHECK(all == words);
    }
}
