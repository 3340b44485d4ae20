#include "ui/formula.h"

#include <doctest/doctest.h>

#include "support/lab_fixture.h"

using namespace terrarium::ui;

namespace {

/// Every letter is half as wide as it is tall.
float half(std::string_view words, float size) { return size * 0.5f * static_cast<float>(words.size()); }

FormulaLayout laid(std::string_view source, bool is_display = false) {
    return lay_out_formula(parse_formula(source).value(), 20, is_display, half);
}

}  // namespace

TEST_CASE("formula: a numerator is above the bar and its denominator below") {
    const FormulaLayout box = laid("\\frac{a}{b}", true);
    REQUIRE(box.letters.size() == 2);
    REQUIRE(box.strokes.size() == 1);
    const float bar = box.strokes[0].points[0].y;
    CHECK(box.letters[0].y < bar);
    CHECK(box.letters[1].y - 0.7f * box.letters[1].size > bar);
    CHECK(box.ascent > 20);
    CHECK(box.descent > 5);
}

TEST_CASE("formula: letters side by side share a baseline, and widths add up") {
    const FormulaLayout box = laid("12x");
    REQUIRE(box.letters.size() == 2);
    CHECK(box.letters[0].y == 0);
    CHECK(box.letters[1].y == 0);
    CHECK(box.letters[1].x >= 20);
    CHECK(box.width == doctest::Approx(box.letters[1].x + 10));
}

TEST_CASE("formula: what is raised stands higher, what is lowered deeper, both smaller") {
    const FormulaLayout box = laid("x_t^n");
    REQUIRE(box.letters.size() == 3);
    CHECK(box.letters[1].y > 0);
    CHECK(box.letters[2].y < 0);
    CHECK(box.letters[1].size < 20);
}

TEST_CASE("formula: what cannot be read is refused with its column") {
    for (const char* bad : {"\\frac{a}{b", "x^", "(a", "a)", "\\unknown", "", "#", "a__b", "\\text{a"}) {
        CAPTURE(bad);
        const auto formula = parse_formula(bad);
        REQUIRE_FALSE(formula);
        CHECK(formula.error().message.english().find("Column") == 0);
        CHECK_FALSE(formula.error().next_step.empty());
        CHECK_NOTHROW((void)parse_formula(bad));
    }
}

TEST_CASE("formula: a sign for less is spoken so, and at the start of an index as what comes before") {
    std::string less, before;
    const terrarium::tests::WidgetPage page([&] {
        less = spoken_formula("a < b");
        before = spoken_formula("x_{<t}");
    });
    CHECK(less == "a less than b");
    CHECK(before == "x sub before t");
}

TEST_CASE("formula: brackets after a name are spoken as what it is a function of") {
    std::string words;
    const auto say = [&](std::string_view source) {
        const terrarium::tests::WidgetPage page([&] { words = spoken_formula(source); });
        return words;
    };
    CHECK(say("L(\\theta)") == "L of theta");
    CHECK(say("L(θ)") == "L of theta");
    CHECK(say("\\sigma(x)") == "sigma of x");
    CHECK(say("∇ L(θ)") == "the gradient of L of theta");
    CHECK(say("\\ln(x)") == "the natural logarithm of x");
    CHECK(say("\\exp(-x)") == "the exponential of minus x");
    CHECK(say("\\log p(x_t | x_{<t})") == "log p of x sub t given x sub before t");
    CHECK(say("f_1(x, y)") == "f sub 1 of x, y");
    CHECK(say("2(a + b)") == "2 bracket a plus b end of bracket");
    CHECK(say("η(a - b)") == "eta bracket a minus b end of bracket");
    CHECK(say("α ≤ 2 · β") == "alpha is at most 2 times beta");
}
