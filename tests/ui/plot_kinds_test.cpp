// Each kind of plot: its node, the cursor of the keyboard, table, CSV, switches, and what it does with nothing.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "support/lab_fixture.h"
#include "ui/plot.h"

using namespace terrarium;
using namespace terrarium::ui;
using terrarium::tests::WidgetPage;

namespace {

const float kNaN = std::nanf("");

std::string readout(WidgetPage& page) { return page.node("plot").properties.value("vt", std::string()); }

/// What every kind must do; `plot` has values, `empty` has none.
template <class Plot>
void check_kind(PlotAnswer (*draw)(std::string_view, const Plot&, PlotState&), const Plot& plot, const Plot& empty) {
    PlotState state;
    bool wants_csv = false;
    const Plot* shown = &plot;
    WidgetPage page([&] { wants_csv = draw("plot", *shown, state).wants_csv || wants_csv; });
    CHECK(page.node("plot").role == "plot");
    CHECK(page.node("plot").properties["n"] == plot.title);
    CHECK(page.node("plot").properties["d"] == plot.summary);
    CHECK(page.node("plot.summary").properties["n"] == plot.summary);
    page.act("plot", "key", "Home");
    CHECK(state.cursor == 0);
    const std::string first = readout(page);
    CHECK_FALSE(first.empty());
    page.act("plot", "key", "End");
    CHECK(readout(page) != first);
    page.click("plot.table");
    CHECK_FALSE(page.node("plot.rows").properties["rows"].empty());
    page.click("plot.csv");
    CHECK(wants_csv);
    const std::string csv = plot_csv(plot);
    CHECK(std::count(csv.begin(), csv.end(), '\n') >= 3);
    shown = &empty;
    page.frame();
    page.frame();
    CHECK(page.node("plot.csv").properties.value("disabled", false));
    page.act("plot", "key", "ArrowLeft");
    page.act("plot", "key", "ArrowUp");
    CHECK(readout(page).empty());
    const std::string nothing = plot_csv(empty);
    CHECK(std::count(nothing.begin(), nothing.end(), '\n') == 1);
}

}  // namespace

TEST_CASE("threshold curve: the cursor is the operating point, said as threshold and rates") {
    const std::vector<float> x{0, 0.5f, 1}, y{0, 0.75f, 1}, thresholds{1, 0.5f, 0};
    const ThresholdCurve roc{.title = "ROC", .summary = "Good.", .x = x, .y = y, .thresholds = thresholds};
    check_kind(threshold_curve, roc, {.title = "ROC", .summary = "None.", .x = {}, .y = {}, .thresholds = {}});
    PlotState state{.cursor = 1};
    WidgetPage page([&] { threshold_curve("plot", roc, state); });
    CHECK(readout(page) == "threshold 0.500: false positive rate 0.500, true positive rate 0.750");
    CHECK(plot_csv(roc).find("\n0.5,0.5,0.75") != std::string::npos);
}

TEST_CASE("scatter: points of groups that are on are walked; not a number is said") {
    const std::vector<float> x{1, 2, kNaN}, y{3, 4, 5};
    const ScatterPlot plot{.title = "S",
                           .x_name = "x",
                           .y_name = "y",
                           .summary = "Two.",
                           .groups = {{"a", x, y}, {"b", y, x}},
                           .x_max = 6,
                           .y_max = 6};
    check_kind(scatter_plot, plot, {.title = "S", .x_name = "x", .y_name = "y", .summary = "None.", .groups = {}});
    PlotState state{.cursor = 2};
    WidgetPage page([&] { scatter_plot("plot", plot, state); });
    CHECK(readout(page) == "a: x not a number, y 5.000");
    page.click("plot.series.0");
    CHECK(readout(page) == "b: x 5.000, y not a number");
}

TEST_CASE("scatter: of very many points only what the eye can tell apart is drawn") {
    std::vector<float> x, y;
    for (int i = 0; i < 200'000; ++i) {
        x.push_back(static_cast<float>(i % 1000) / 5000);
        y.push_back(static_cast<float>(i / 1000) / 1000);
    }
    PlotState state;
    WidgetPage page([&] {
        scatter_plot("plot", {.title = "S", .x_name = "x", .y_name = "y", .summary = "Many.", .groups = {{"a", x, y}}},
                     state);
    });
    CHECK(state.path.size() > 100);
    CHECK(state.path.size() < 20'000);
}

TEST_CASE("scatter: fifty thousand points are placed once, and again when a value, the zoom or a group changes") {
    std::vector<float> x(50'000), y(50'000);
    for (size_t i = 0; i < x.size(); ++i) {
        x[i] = static_cast<float>(i * 7919 % 50'021) / 50'021;
        y[i] = static_cast<float>(i * 104'729 % 50'021) / 50'021;
    }
    PlotState state;
    WidgetPage page([&] {
        scatter_plot("plot",
                     {.title = "S",
                      .x_name = "x",
                      .y_name = "y",
                      .summary = "Many.",
                      .groups = {{.name = "a", .x = x, .y = y}, {.name = "b", .x = y, .y = x, .mark = Mark::Diamond}}},
                     state);
    });
    const auto work_of = [&](int n_frames) {
        const int64_t before = state.n_worked_out;
        for (int i = 0; i < n_frames; ++i) page.frame();
        return state.n_worked_out - before;
    };
    work_of(2);
    CHECK(work_of(20) == 0);
    const Rect rect = page.node("plot").rect;
    ImGui::GetIO().AddMousePosEvent(rect.x + rect.width / 2, rect.y + rect.height / 2);
    CHECK(work_of(5) == 0);  // the pointer only looks for what is near it
    CHECK(state.cursor >= 0);
    page.context.env.scroll_y = 10;
    CHECK(work_of(5) == 0);  // scrolled, it is the same picture elsewhere
    x[123] += 0.25f;
    CHECK(work_of(5) == 100'000);
    page.act("plot", "key", "+");
    CHECK(work_of(5) == 0);
    CHECK(state.n_worked_out == 300'000);
    CHECK(ImGui::GetDrawData()->TotalVtxCount < 100'000);
    page.click("plot.table");
    CHECK(page.node("plot.rows").properties["rows"].size() == 25);
    CHECK(page.node("plot.rows").properties["rows"][24][0] == "b");
}

TEST_CASE("ternary: shares of three are read out, and impossible ones draw nothing wrong") {
    const std::vector<float> a{0.2f, -1, kNaN}, b{0.3f, 1, 1}, c{0.5f, 0, 0};
    const TernaryPlot plot{
        .title = "T", .summary = "Mixed.", .a_name = "A", .b_name = "B", .c_name = "C", .groups = {{"mix", a, b, c}}};
    check_kind(ternary_plot, plot,
               {.title = "T", .summary = "None.", .a_name = "A", .b_name = "B", .c_name = "C", .groups = {}});
    PlotState state{.cursor = 0};
    WidgetPage page([&] { ternary_plot("plot", plot, state); });
    CHECK(readout(page) == "mix: A 0.200, B 0.300, C 0.500");
    CHECK(state.path.size() == 1);
}

TEST_CASE("bars: category by category, each series read out while it is on") {
    const std::vector<float> before{0.5f, 0.25f}, after{1, kNaN};
    const BarPlot plot{.title = "B",
                       .x_name = "group",
                       .y_name = "score",
                       .summary = "Up.",
                       .categories = {"x", "y"},
                       .series = {{"before", before, 0}, {"after", after, 1}}};
    check_kind(
        bar_plot, plot,
        {.title = "B", .x_name = "group", .y_name = "score", .summary = "None.", .categories = {}, .series = {}});
    PlotState state;
    WidgetPage page([&] { bar_plot("plot", plot, state); });
    page.act("plot", "key", "End");
    CHECK(readout(page) == "y, before 0.250, after not a number");
    page.click("plot.series.1");
    CHECK(readout(page) == "y, before 0.250");
    CHECK(state.path.size() == 2);
    CHECK(plot_csv(plot).find("\ny,0.25,NaN") != std::string::npos);
}

TEST_CASE("histogram: bins are named by their edges") {
    const std::vector<float> edges{0, 10, 20}, counts{3, 4};
    const Histogram plot{
        .title = "H", .x_name = "words", .summary = "Even.", .edges = edges, .series = {{"n", counts, 0}}};
    check_kind(histogram, plot, {.title = "H", .x_name = "words", .summary = "None.", .edges = {}, .series = {}});
    PlotState state{.cursor = 1};
    WidgetPage page([&] { histogram("plot", plot, state); });
    CHECK(readout(page) == "words from 10 to 20, n 4.000");
}

TEST_CASE("density: arrows walk from cell to cell in both directions") {
    const std::vector<float> values{1, 2, 3, kNaN};
    const DensityPlot plot{
        .title = "D", .x_name = "x", .y_name = "y", .summary = "Four.", .values = values, .n_rows = 2, .n_columns = 2};
    check_kind(density_plot, plot, {.title = "D", .x_name = "x", .y_name = "y", .summary = "None.", .values = {}});
    PlotState state{.cursor = 0};
    WidgetPage page([&] { density_plot("plot", plot, state); });
    page.act("plot", "key", "ArrowUp");
    CHECK(state.cursor == 2);
    CHECK(readout(page) == "x 0 to 0.5, y 0.5 to 1: 3.000");
    page.act("plot", "key", "ArrowRight");
    CHECK(readout(page) == "x 0.5 to 1, y 0.5 to 1: not a number");
}

TEST_CASE("heat map: what is not a number is left out of the words, nothing at all is said so") {
    const std::vector<float> values{kNaN, 1, 0, 1};
    const HeatMap map{.title = "M", .summary = "Two.", .rows = {"a", "b"}, .columns = {"a", "b"}, .values = values};
    check_kind(heat_map, map, {.title = "M", .summary = "None.", .rows = {}, .columns = {}, .values = {}});
    PlotState state;
    WidgetPage page([&] { heat_map("plot", map, state); });
    CHECK(readout(page) == "position 1, a, looks at 2 b 100 %");
}

TEST_CASE("graph: arrows go to the node in their direction, edges are read out") {
    const Graph plot{.title = "G",
                     .summary = "A line.",
                     .nodes = {{"a", 0, 0.5f, 0}, {"b", 0.5f, 0.5f, 0}, {"c", 0.5f, 1, 0}},
                     .edges = {{0, 1, "yes", false}, {1, 2, "", true}}};
    check_kind(graph, plot, {.title = "G", .summary = "None.", .nodes = {}, .edges = {}});
    PlotState state{.cursor = 0};
    WidgetPage page([&] { graph("plot", plot, state); });
    page.act("plot", "key", "ArrowRight");
    CHECK(readout(page) == "b, leads to c; comes from a (yes)");
    page.act("plot", "key", "ArrowDown");
    CHECK(readout(page) == "c, comes from b");
    page.act("plot", "key", "ArrowDown");
    CHECK(state.cursor == 2);
}

TEST_CASE("token strip: token by token with its value") {
    const std::vector<float> values{0.5f, kNaN, 2};
    const TokenStrip strip{.title = "K",
                           .summary = "Three.",
                           .value_name = "surprise",
                           .tokens = {"the", "old", "boat"},
                           .values = values};
    check_kind(token_strip, strip,
               {.title = "K", .summary = "None.", .value_name = "surprise", .tokens = {}, .values = {}});
    PlotState state{.cursor = 0};
    WidgetPage page([&] { token_strip("plot", strip, state); });
    CHECK(readout(page) == "token 1, the: surprise 0.500");
    page.act("plot", "key", "ArrowRight");
    CHECK(readout(page) == "token 2, old: surprise not a number");
    page.click_with_pointer("plot");
    CHECK(state.cursor >= 0);
}
