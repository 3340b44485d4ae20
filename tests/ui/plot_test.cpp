#include "ui/plot.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/lab_fixture.h"
#include "ui/plot_canvas.h"

using namespace terrarium;
using namespace terrarium::ui;
using terrarium::tests::WidgetPage;

namespace {

/// Training losses at each step, validation at every tenth: the shape that the labs draw.
struct Curves {
    std::vector<float> steps, losses, valid_steps, valid_losses;

    explicit Curves(int n) {
        for (int i = 1; i <= n; ++i) {
            steps.push_back(static_cast<float>(i));
            losses.push_back(4.0f - 0.01f * static_cast<float>(i));
            if (i % 10 != 0) continue;
            valid_steps.push_back(static_cast<float>(i));
            valid_losses.push_back(4.5f);
        }
    }
    LinePlot plot() const {
        return {.title = "Loss against steps",
                .x_name = "step",
                .y_name = "nats",
                .summary = "The loss falls.",
                .lines = {{.name = "training", .x = steps, .y = losses},
                          {.name = "validation", .x = valid_steps, .y = valid_losses}},
                .markers = {{.name = "bigram", .value = 1.5}},
                .x_max = 100,
                .y_min = 0,
                .y_max = 5};
    }
};

struct PlotPage {
    Curves curves;
    PlotState state;
    PlotAnswer answer;
    bool wanted_csv = false, wanted_png = false;
    WidgetPage page;

    explicit PlotPage(int n)
        : curves(n), page([this] {
              answer = line_plot("loss", curves.plot(), state);
              wanted_csv = wanted_csv || answer.wants_csv;
              wanted_png = wanted_png || answer.wants_png;
          }) {}
};

}  // namespace

TEST_CASE("plot rows: the table has the first and the last value, and no more rows than asked for") {
    const WidgetPage page([] {});  // numbers are written as in its language
    const Curves curves(100);
    const auto rows = plot_rows(curves.plot(), 25);
    REQUIRE(rows.size() == 25);
    CHECK(rows.front() == std::vector<std::string>{"1", "3.990", ""});
    CHECK(rows.back() == std::vector<std::string>{"100", "3.000", "4.500"});
    CHECK(plot_rows(curves.plot(), 1).size() == 1);
    CHECK(plot_rows(Curves(3).plot(), 25).size() == 3);
    CHECK(plot_rows(Curves(0).plot(), 25).empty());
}

TEST_CASE("plot rows: a run's last step is named in full, also beyond a thousand") {
    const WidgetPage page([] {});  // numbers are written as in its language
    CHECK(plot_rows(Curves(1234).plot(), 25).back()[0] == "1234");
    CHECK(plot_rows(Curves(999).plot(), 25).back()[0] == "999");
}

TEST_CASE("plot rows: what is not a number is said in words") {
    const WidgetPage page([] {});  // the words need a language
    Curves curves(2);
    curves.losses[1] = std::nanf("");
    CHECK(plot_rows(curves.plot(), 5)[1][1] == "not a number");
}

TEST_CASE("plot csv: one line a step, empty where a line has no value, markers beside them") {
    const std::string csv = plot_csv(Curves(10).plot());
    CHECK(csv.find("step,training,validation,bigram") != std::string::npos);
    CHECK(csv.find("\n1,3.99,,1.5") != std::string::npos);
    CHECK(csv.find("\n10,3.9,4.5,1.5") != std::string::npos);
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 11);
    const std::string empty = plot_csv(Curves(0).plot());
    CHECK(std::count(empty.begin(), empty.end(), '\n') == 1);
}

TEST_CASE("plot csv: a value before the first step of the longest line has its own row") {
    Curves curves(10);
    curves.valid_steps.insert(curves.valid_steps.begin(), 0.0f);
    curves.valid_losses.insert(curves.valid_losses.begin(), 4.25f);
    const std::string csv = plot_csv(curves.plot());
    CHECK(csv.find("\n0,,4.25,1.5") != std::string::npos);
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 12);
}

TEST_CASE("plot: its node says title and summary, and a table appears on request") {
    PlotPage plot(100);
    CHECK(plot.page.node("loss").role == "plot");
    CHECK(plot.page.node("loss").properties["n"] == "Loss against steps");
    CHECK(plot.page.node("loss").properties["d"] == "The loss falls.");
    CHECK(plot.page.context.twin.find("loss.rows") == nullptr);
    plot.page.click("loss.table");
    REQUIRE(plot.page.context.twin.find("loss.rows") != nullptr);
    CHECK(plot.page.node("loss.rows").properties["cols"] == json{"step", "training", "validation"});
    CHECK(plot.page.node("loss.rows").properties["rows"].size() == 25);
    plot.page.click_with_pointer("loss.table");
    CHECK(plot.page.context.twin.find("loss.rows") == nullptr);
}

TEST_CASE("plot: arrow keys walk along it and the values are read out") {
    PlotPage plot(100);
    plot.page.act("loss", "key", "ArrowLeft");
    CHECK(plot.state.cursor == 95);  // from the end, a twentieth back
    CHECK(plot.page.node("loss").properties["vt"] == "step 96, training 3.040, validation 4.500");
    plot.page.act("loss", "key", "Home");
    CHECK(plot.state.cursor == 0);
    CHECK(plot.page.node("loss").properties["vt"] == "step 1, training 3.990");
    CHECK(plot.page.node("loss").properties["v"] == 0);  // for the twin: a slider from 0 to 99
    CHECK(plot.page.node("loss").properties["max"] == 99);
    CHECK(plot.page.node("loss").properties["n"] == "Loss against steps");  // the name does not change on the way
    plot.page.act("loss", "key", "ArrowLeft");
    CHECK(plot.state.cursor == 0);
    plot.page.act("loss", "key", "End");
    plot.page.act("loss", "key", "ArrowRight");
    CHECK(plot.state.cursor == 99);
    plot.page.act("loss", "key", "Escape");
    CHECK(plot.state.cursor == -1);
    CHECK_FALSE(plot.page.node("loss").properties.contains("vt"));
    CHECK(plot.page.node("loss").properties["hint"] == "The arrow keys read out its values.");
    plot.page.act("loss", "key", 5);
    CHECK(plot.state.cursor == -1);
}

TEST_CASE("plot: the pointer reads out what is under it") {
    PlotPage plot(100);
    const Rect rect = plot.page.node("loss").rect;
    ImGui::GetIO().AddMousePosEvent(rect.x + rect.width / 2, rect.y + rect.height / 2);
    for (int i = 0; i < 3; ++i) plot.page.frame();
    CHECK(plot.state.cursor > 30);
    CHECK(plot.state.cursor < 70);
}

TEST_CASE("plot: CSV and PNG are asked for, and an empty plot has no CSV") {
    PlotPage plot(20);
    plot.page.click("loss.csv");
    CHECK(plot.wanted_csv);
    plot.page.click_with_pointer("loss.png");
    CHECK(plot.wanted_png);
    CHECK(plot.answer.screen.width > 100);
}

TEST_CASE("plot: an empty one has no CSV and nowhere to walk") {
    PlotPage empty(0);
    CHECK(empty.page.node("loss.csv").properties.value("disabled", false));
    empty.page.click("loss.csv");
    CHECK_FALSE(empty.wanted_csv);
    empty.page.act("loss", "key", "ArrowLeft");
    CHECK(empty.state.cursor == -1);
    CHECK_FALSE(empty.page.node("loss").properties.contains("max"));  // a picture, no slider
}

TEST_CASE("plot: a cursor beyond a series that began again is moved to its end") {
    PlotPage plot(100);
    plot.page.act("loss", "key", "End");
    CHECK(plot.state.cursor == 99);
    plot.curves = Curves(10);
    plot.page.frame();
    CHECK(plot.state.cursor == 9);
    plot.curves = Curves(0);
    plot.page.frame();
    CHECK(plot.state.cursor == -1);
}

TEST_CASE("plot: not a number and infinity in a line draw nothing wrong") {
    PlotPage plot(30);
    plot.curves.losses[20] = std::nanf("");
    plot.curves.losses[29] = HUGE_VALF;
    plot.curves.valid_losses.back() = std::nanf("");
    for (int i = 0; i < 3; ++i) plot.page.frame();
    plot.page.act("loss", "key", "End");
    CHECK(plot.page.node("loss").properties["vt"] == "step 30, training not a number, validation not a number");
}

TEST_CASE("heat map: keys choose a row, its strongest places are read out, rows become a table and CSV") {
    const std::vector<float> values{1, 0, 0, 0.25f, 0.75f, 0, 0.5f, 0.3f, 0.2f};
    const HeatMap map{.title = "Attention",
                      .summary = "Dark is much.",
                      .rows = {"a", "b", "c"},
                      .columns = {"a", "b", "c"},
                      .values = values,
                      .is_causal = true};
    PlotState state{.cursor = 1};
    int& row = state.cursor;
    WidgetPage page([&] { heat_map("map", map, state); });
    CHECK(page.node("map").properties["vt"] == "position 2, b, looks at 2 b 75 %, 1 a 25 %");
    page.act("map", "key", "ArrowDown");
    CHECK(row == 2);
    page.act("map", "key", "ArrowDown");
    CHECK(row == 2);
    CHECK(page.node("map").properties["vt"] == "position 3, c, looks at 1 a 50 %, 2 b 30 %, 3 c 20 %");
    page.act("map", "key", "Home");
    CHECK(row == 0);
    page.click_with_pointer("map");
    CHECK(row >= 0);
    CHECK(row <= 2);
    page.click("map.table");
    CHECK(page.node("map.rows").properties["rows"].size() == 3);
    const std::string csv = plot_csv(map);
    CHECK(csv.find("1 a,2 b,3 c") != std::string::npos);
    CHECK(csv.find("2 b,0.25,0.75,0") != std::string::npos);
}

TEST_CASE("heat map: the pointer chooses the row that it points at") {
    const std::vector<float> values(64, 0.125f);
    const std::vector<std::string> names{"a", "b", "c", "d", "e", "f", "g", "h"};
    PlotState state;
    int& row = state.cursor;
    WidgetPage page([&] {
        heat_map("map", {.title = "Map", .summary = "Even.", .rows = names, .columns = names, .values = values}, state);
    });
    const Rect rect = page.node("map").rect;
    ImGui::GetIO().AddMousePosEvent(rect.x + rect.width / 2, rect.y + rect.height - 2);
    page.frame();
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    page.frame();
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    page.frame();
    CHECK(row == 7);
}

TEST_CASE("plot: many values are drawn as few, and no peak is lost") {
    std::vector<float> x(100'000), y(100'000, 1.0f);
    std::iota(x.begin(), x.end(), 0.0f);
    y[54'321] = 4;
    y[77'777] = std::nanf("");
    PlotState state;
    WidgetPage page([&] {
        line_plot("loss",
                  {.title = "Many",
                   .x_name = "x",
                   .y_name = "y",
                   .summary = "One peak.",
                   .lines = {{"a", x, y}},
                   .markers = {},
                   .x_max = 100'000,
                   .y_max = 5},
                  state);
    });
    const Rect rect = page.node("loss").rect;
    CHECK(state.path.size() > 100);
    CHECK(state.path.size() <= static_cast<size_t>(rect.width) * 4 + 8);
    const auto [highest, lowest] =
        std::minmax_element(state.path.begin(), state.path.end(), [](ImVec2 a, ImVec2 b) { return a.y < b.y; });
    CHECK(lowest->y - highest->y > 80);  // the peak stands out although its column has a hundred values
    float highest_drawn = 1e9f;          // and is not cut off at its sharp turn
    const ImDrawList& drawn = *ImGui::GetDrawData()->CmdLists[0];
    for (const ImDrawVert& corner : drawn.VtxBuffer) {
        const bool is_there = std::abs(corner.pos.x - highest->x) < 2 && corner.col == internal::plot_color(0);
        if (is_there && corner.pos.y > rect.y) highest_drawn = std::min(highest_drawn, corner.pos.y);
    }
    CHECK(std::abs(highest_drawn - highest->y) < 4);
    const int64_t before = state.n_worked_out;
    for (int i = 0; i < 10; ++i) page.frame();
    CHECK(state.n_worked_out == before);  // a still picture costs no more than its pixels
    y[10] = 3;
    page.frame();
    CHECK(state.n_worked_out == before + 100'000);
}

TEST_CASE("plot: a band of many values is as fine when zoomed as before, and ends where the line ends") {
    std::vector<float> x(50'000), y(50'000, 1.0f), low(50'000, 0.5f), high(50'000, 2.0f);
    std::iota(x.begin(), x.end(), 0.0f);
    high[25'010] = 4;
    PlotState state;
    WidgetPage page([&] {
        line_plot("loss",
                  {.title = "Band",
                   .x_name = "x",
                   .y_name = "y",
                   .summary = "One peak.",
                   .lines = {{.name = "a", .x = x, .y = y, .low = low, .high = high}},
                   .markers = {},
                   .x_max = 50'000,
                   .y_max = 5},
                  state);
    });
    const auto edges = [&] { return state.kept.at(1).path; };
    CHECK(edges().size() <= 2 * 402);
    CHECK(edges()[edges().size() - 2].x - edges()[edges().size() - 4].x < 3);
    for (int i = 0; i < 6; ++i) page.act("loss", "key", "+");  // a 64th of 50,000 around the middle
    CHECK(edges().size() > 700);
    const int64_t before = state.n_worked_out;
    for (int i = 0; i < 10; ++i) page.frame();
    CHECK(state.n_worked_out == before);
}

TEST_CASE("plot: a fingerprint tells one changed bit, a swap and another length apart") {
    std::vector<float> values(1001, 1.0f);
    values[3] = 2;
    const uint64_t before = internal::fingerprint(values, 7);
    CHECK(internal::fingerprint(values, 7) == before);
    CHECK(internal::fingerprint(values, 8) != before);
    CHECK(internal::fingerprint(std::span(values).first(1000), 7) != before);
    std::swap(values[3], values[11]);
    CHECK(internal::fingerprint(values, 7) != before);
    std::swap(values[3], values[11]);
    values[1000] = std::nextafter(1.0f, 2.0f);
    CHECK(internal::fingerprint(values, 7) != before);
}

TEST_CASE("plot: keys zoom and pan, the shown part follows the cursor, buttons do the same") {
    PlotPage plot(100);
    plot.page.act("loss", "key", "+");
    CHECK(plot.state.x_to - plot.state.x_from == 0.5);
    const double y_from = plot.state.y_from;
    plot.page.act("loss", "key", "ArrowUp");
    CHECK(plot.state.y_from > y_from);
    plot.page.act("loss", "key", "Home");
    CHECK(plot.state.x_from == 0);
    plot.page.act("loss", "key", "0");
    CHECK_FALSE(plot.state.is_zoomed());
    CHECK(plot.page.node("loss.zoom_out").properties.value("disabled", false));
    plot.page.click("loss.zoom_in");
    CHECK(plot.state.is_zoomed());
    plot.page.click_with_pointer("loss.zoom_all");
    CHECK_FALSE(plot.state.is_zoomed());
    for (int i = 0; i < 30; ++i) plot.page.act("loss", "key", "+");
    CHECK(plot.state.x_to > plot.state.x_from);
}

TEST_CASE("plot: two fingers zoom around their middle and carry the picture along; nonsense does nothing") {
    PlotPage plot(100);
    plot.page.frame();
    const auto zoom = [&](double factor, double x, double dx) {
        plot.page.act("loss", "zoom", json::array({factor, x, 0.5, dx, 0}));
    };
    zoom(0.5, 1, 0);  // at the right edge, which stays where it is
    CHECK(plot.state.x_to == 1);
    CHECK(plot.state.x_from == 0.5);
    zoom(1, 0.5, 0.1);  // both fingers move to the right: what lies left comes into sight
    CHECK(plot.state.x_from < 0.48);
    CHECK(plot.state.x_to - plot.state.x_from == doctest::Approx(0.5));
    const double before = plot.state.x_from;
    for (const json& wrong : {json("big"), json::array({1, 2}), json::array({0.5, "x", 0, 0, 0}), json()})
        plot.page.act("loss", "zoom", wrong);
    CHECK(plot.state.x_from == before);
    plot.page.context.twin.queue("loss", {"zoom", {2, 0.5, 0.5, 0, 0}});  // two that came between two frames
    plot.page.act("loss", "zoom", {2, 0.5, 0.5, 0, 0});
    CHECK_FALSE(plot.state.is_zoomed());
}

TEST_CASE("plot: a mouse that is pressed pans a zoomed plot, a finger leaves it where it is") {
    PlotPage plot(100);
    plot.page.act("loss", "key", "+");
    const double before = plot.state.x_from;
    ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
    plot.page.drag("loss", 0.4f, 0.6f);
    CHECK(plot.state.x_from == before);
    ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_Mouse);
    plot.page.drag("loss", 0.4f, 0.6f);
    CHECK(plot.state.x_from < before);
}

TEST_CASE("plot: a series that is switched off is neither drawn nor read out") {
    PlotPage plot(100);
    CHECK(plot.page.node("loss.series.1").properties["pressed"] == true);
    plot.page.click("loss.series.1");
    plot.page.act("loss", "key", "End");
    CHECK(plot.page.node("loss.series.1").properties["pressed"] == false);
    CHECK(plot.page.node("loss").properties["vt"] == "step 100, training 3.000");
    plot.page.click("loss.series.0");
    CHECK(plot.state.cursor == -1);
    plot.page.click_with_pointer("loss.series.1");
    CHECK(plot.state.shows("validation"));
}

TEST_CASE("plot: earlier runs have one switch, and the cursor walks along the present run") {
    const Curves now(50);
    const Curves before(100);
    PlotState state;
    WidgetPage page([&] {
        LinePlot plot = now.plot();
        plot.lines.push_back({.name = "run 1", .x = before.steps, .y = before.losses, .is_ghost = true});
        line_plot("loss", plot, state);
    });
    page.act("loss", "key", "End");
    CHECK(page.node("loss").properties["vt"] == "step 50, training 3.500, validation 4.500, run 1 3.500");
    page.click("loss.series.ghosts");
    CHECK(page.node("loss").properties["vt"] == "step 50, training 3.500, validation 4.500");
}

TEST_CASE("plot: axes by powers of ten draw what is not positive as a gap") {
    const std::vector<float> x{0, 1, 10, 100};
    const std::vector<float> y{1, -1, 10, 100};
    PlotState state;
    WidgetPage page([&] {
        line_plot("log",
                  {.title = "Log",
                   .x_name = "x",
                   .y_name = "y",
                   .summary = "It grows.",
                   .lines = {{"a", x, y}},
                   .markers = {},
                   .x_min = 1,
                   .x_max = 100,
                   .y_min = 0,
                   .y_max = 100,
                   .is_log_x = true,
                   .is_log_y = true},
                  state);
    });
    REQUIRE(state.path.size() == 3);  // from the last value before the axis on
    CHECK(std::isnan(state.path[0].x));
    CHECK(std::isfinite(state.path[1].y));
    const Rect rect = page.node("log").rect;
    CHECK((state.path[2].x - state.path[1].x) > rect.width * 0.4f);  // a decade is half the axis
}
