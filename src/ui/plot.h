// Plots: drawn with ImPlot, read as a sentence, walked with the arrow keys, shown as a table, saved as CSV and PNG.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.h"

namespace terrarium::ui {

struct Line {
    std::string name;
    std::span<const float> x, y;  ///< same length
    int color = 0;                ///< index into the series palette
    bool is_dashed = false;
    float weight = 2.5f;
};

/// A horizontal or vertical line with its words.
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
    double x_max = 1, y_min = 0, y_max = 1;
    float height = 260;
    bool is_thumbnail = false;
};

/// What the learner asked of a plot in this frame.
struct PlotAnswer {
    bool wants_csv = false;
    bool wants_png = false;
    Rect screen;  ///< where it stands in the viewport, for the PNG
};

/// `cursor` is the index into the longest line, -1 for none; arrow keys and the pointer move it. `show_table` is
/// toggled by the plot's own button.
PlotAnswer line_plot(std::string_view key, const LinePlot& plot, int& cursor, bool& show_table);

struct HeatMap {
    std::string title, summary;
    std::vector<std::string> rows, columns;  ///< labels
    std::span<const float> values;           ///< rows x columns, 0..1
    bool is_causal = false;                  ///< cells above the diagonal are not drawn
    float max_height = 320;
};
/// The row under the pointer or chosen by keys is kept in `selected_row`.
PlotAnswer heat_map(std::string_view key, const HeatMap& map, int& selected_row, bool& show_table);

/// Rows of the table view of a line plot: at most `n_rows`, spread over the whole run, the last one included.
std::vector<std::vector<std::string>> plot_rows(const LinePlot& plot, int n_rows);
std::string plot_csv(const LinePlot& plot);
std::string heat_map_csv(const HeatMap& map);

}  // namespace terrarium::ui
