// Plots: axes by ImPlot, read as a sentence, walked with the arrow keys, zoomed with + - 0, shown as a table, saved as
// CSV and PNG. Every kind works the same way: a struct that says what to draw, and a PlotState that the view keeps.
//
//     const ui::PlotAnswer answer = ui::line_plot("loss", plot, state_);
//     if (answer.wants_csv) out.push_back(SaveFile{"loss.csv", "text/csv", ui::plot_csv(plot)});
//
// Spans are only looked at, so a series of many thousands of values is never copied; what is drawn of it is bounded by
// the pixels, and worked out again only when its bits, the axes or the size changed. A value that is not a number is a
// gap in the picture and "not a number" in words.

#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.h"

namespace terrarium::ui {

/// A long series as it was worked out for the screen, kept until data, axes or size change.
struct KeptSeries {
    uint64_t source = 0;       ///< fingerprint of what it was made from
    std::vector<ImVec2> path;  ///< pixels from the corner of the axes
    std::vector<int> index;    ///< of points: which one of its group each is
};

/// What the learner did with a plot: everything that outlives a frame.
struct PlotState {
    int cursor = -1;  ///< the point, bar, row, cell, node or token that is read out; -1: none
    bool show_table = false;
    std::set<std::string, std::less<>> hidden;          ///< names of series that were switched off
    double x_from = 0, x_to = 1, y_from = 0, y_to = 1;  ///< the part that is shown, as shares of the axes
    std::vector<ImVec2> path;                           ///< working space, so that no frame allocates a series
    std::vector<KeptSeries> kept;                       ///< by series; bands behind lines have their own
    int64_t n_worked_out = 0;  ///< values that were placed on the screen one by one so far; a still picture adds none

    bool is_zoomed() const { return x_from > 0 || x_to < 1 || y_from > 0 || y_to < 1; }
    bool shows(std::string_view name) const { return !hidden.contains(name); }
};

/// What the learner asked of a plot in this frame.
struct PlotAnswer {
    bool wants_csv = false;
    bool wants_png = false;
    Rect screen;  ///< where it stands in the viewport, for the PNG
};

enum class Dash { Solid, Dashed, Dotted, DashDot };
enum class Mark { None, Circle, Square, Triangle, Diamond };

struct Line {
    std::string name;
    std::span<const float> x, y;  ///< same length, x ascending
    int color = 0;                ///< index into the series palette; -1: muted
    Dash dash = Dash::Solid;
    float weight = 2.5f;
    Mark mark = Mark::None;            ///< on each value, where they are not too dense
    std::span<const float> low, high;  ///< band around it, same length; may be empty
    bool is_ghost = false;             ///< of an earlier run: drawn muted, one switch for all of them
    bool is_named = true;              ///< its name and last value stand at its end
};

/// A horizontal or vertical line with its words: a baseline, a target, a guess.
struct Marker {
    std::string name;
    double value = 0;
    int color = 1;  ///< -1: muted
    bool is_vertical = false;
    bool is_dotted = false;
};

struct LinePlot {
    std::string title;
    std::string x_name, y_name;  ///< with units
    std::string summary;         ///< one sentence: what the plot says
    std::vector<Line> lines;
    std::vector<Marker> markers;
    double x_min = 0, x_max = 1, y_min = 0, y_max = 1;
    bool is_log_x = false, is_log_y = false;
    float height = 260;
    bool has_operating_point = false;              ///< the cursor is a dot on the first line, not a vertical line
    std::function<std::string(int)> cursor_words;  ///< instead of "x, name value ..."
};
PlotAnswer line_plot(std::string_view key, const LinePlot& plot, PlotState& state);

/// How well scores separate two classes, one point a threshold. The cursor is the operating point.
struct ThresholdCurve {
    enum class Kind { Roc, PrecisionRecall };
    Kind kind = Kind::Roc;
    std::string title, summary;
    std::span<const float> x, y, thresholds;  ///< same length, x ascending
    double prevalence = 0.5;                  ///< share of positives: the baseline of precision and recall
};
PlotAnswer threshold_curve(std::string_view key, const ThresholdCurve& curve, PlotState& state);

struct PointGroup {
    std::string name;
    std::span<const float> x, y;  ///< same length
    int color = 0;
    Mark mark = Mark::Circle;
};
struct ScatterPlot {
    std::string title, x_name, y_name, summary;
    std::vector<PointGroup> groups;
    double x_min = 0, x_max = 1, y_min = 0, y_max = 1;
    bool is_log_x = false, is_log_y = false;
    float height = 260;
};
/// The cursor counts the points of all groups, one group after the other.
PlotAnswer scatter_plot(std::string_view key, const ScatterPlot& plot, PlotState& state);

/// Shares of three parts that sum to 1.
struct TernaryGroup {
    std::string name;
    std::span<const float> a, b, c;
    int color = 0;
    Mark mark = Mark::Circle;
};
struct TernaryPlot {
    std::string title, summary;
    std::string a_name, b_name, c_name;  ///< corners: top, left, right
    std::vector<TernaryGroup> groups;
    float height = 300;
};
PlotAnswer ternary_plot(std::string_view key, const TernaryPlot& plot, PlotState& state);

struct BarSeries {
    std::string name;
    std::span<const float> values;  ///< one a category
    int color = 0;
};
struct BarPlot {
    std::string title, x_name, y_name, summary;
    std::vector<std::string> categories;
    std::vector<BarSeries> series;
    double y_min = 0, y_max = 1;
    bool is_log_y = false;
    float height = 260;
};
PlotAnswer bar_plot(std::string_view key, const BarPlot& plot, PlotState& state);

struct Histogram {
    std::string title, x_name, summary;
    std::span<const float> edges;   ///< one more than bins, ascending
    std::vector<BarSeries> series;  ///< counts, one a bin
    float height = 240;
};
PlotAnswer histogram(std::string_view key, const Histogram& plot, PlotState& state);

struct HeatMap {
    std::string title, summary;
    std::vector<std::string> rows, columns;  ///< labels
    std::span<const float> values;           ///< rows x columns, 0..1
    bool is_causal = false;                  ///< cells above the diagonal are not drawn
    float max_height = 320;
};
/// The cursor is a row.
PlotAnswer heat_map(std::string_view key, const HeatMap& map, PlotState& state);

/// Counts on a grid over two axes.
struct DensityPlot {
    std::string title, x_name, y_name, summary;
    std::span<const float> values;  ///< rows x columns, the lowest row first
    int n_rows = 0, n_columns = 0;
    double x_min = 0, x_max = 1, y_min = 0, y_max = 1;
    float height = 260;
};
PlotAnswer density_plot(std::string_view key, const DensityPlot& plot, PlotState& state);

/// Nodes and edges; a picture to read, not to change.
struct GraphNode {
    std::string name;
    float x = 0, y = 0;  ///< place in the picture, 0..1
    int color = 0;
};
struct GraphEdge {
    int from = 0, to = 0;
    std::string name;
    bool is_dashed = false;
};
struct Graph {
    std::string title, summary;
    std::vector<GraphNode> nodes;
    std::vector<GraphEdge> edges;
    float height = 280;
};
PlotAnswer graph(std::string_view key, const Graph& graph, PlotState& state);

/// A text as its tokens, each with a value below it and tinted by it.
struct TokenStrip {
    std::string title, summary;
    std::string value_name;  ///< "surprise in nats"
    std::vector<std::string> tokens;
    std::span<const float> values;
    double max = 1;  ///< the value with the full tint
};
PlotAnswer token_strip(std::string_view key, const TokenStrip& strip, PlotState& state);

/// Rows of the table view of a line plot: at most `n_rows`, spread over the whole run, the last one included.
std::vector<std::vector<std::string>> plot_rows(const LinePlot& plot, int n_rows);

std::string plot_csv(const LinePlot& plot);
std::string plot_csv(const ThresholdCurve& curve);
std::string plot_csv(const ScatterPlot& plot);
std::string plot_csv(const TernaryPlot& plot);
std::string plot_csv(const BarPlot& plot);
std::string plot_csv(const Histogram& plot);
std::string plot_csv(const HeatMap& map);
std::string plot_csv(const DensityPlot& plot);
std::string plot_csv(const Graph& graph);
std::string plot_csv(const TokenStrip& strip);

}  // namespace terrarium::ui
