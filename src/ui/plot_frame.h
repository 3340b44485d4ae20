// What all kinds of plots share around their picture: keys, zoom, the node of the twin, the row of buttons, the
// switches of the series, the table, the sentence. Not for views.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/csv.h"
#include "ui/plot.h"

namespace terrarium::ui::internal {

std::string position_words(double value);  ///< 3 digits, whole beyond a thousand
std::string value_words(double value);     ///< 3 places, or "not a number"
/// The double that prints as the float does: 2.31, not 2.309999942779541.
double exact(float value);

/// The numbers behind a plot: the table view and the CSV are made from it.
struct PlotTable {
    std::vector<std::string> columns;
    std::vector<std::vector<core::io::CsvCell>> rows;
};
std::string to_csv(const PlotTable& table);

struct SeriesTag {
    std::string name;
    int color = 0;
    Dash dash = Dash::Solid;
    Mark mark = Mark::None;
    bool is_line = true;
};

struct PlotParts {
    std::string_view key;
    std::string title, summary;
    std::vector<SeriesTag> series;  ///< each with a switch, if there are two or more
    int n_positions = 0;            ///< of the cursor
    bool can_zoom = false;
    bool has_ghosts = false;
};

/// Applies the keys that a person pressed on the plot's element. Returns the key that the kind itself must answer (an
/// arrow up or down where it did not pan), or "".
std::string take_plot_keys(const PlotParts& parts, PlotState& state);

/// Makes the shown part `factor` times as wide, around a place given as shares of what is shown.
void zoom(PlotState& state, double factor, double x_share = 0.5, double y_share = 0.5);
void pan(PlotState& state, double dx, double dy);  ///< in shares of the whole
/// Moves the shown part so that this share of the whole x axis is in it.
void follow(PlotState& state, double x_share);

/// Lets a pressed mouse pan a zoomed plot (one finger scrolls the page), and two fingers or Ctrl and the wheel zoom it
/// around their place: the page reports both as "zoom" (web/touch.js).
void take_plot_pointer(const PlotParts& parts, PlotState& state, const Rect& rect);

/// The twin's node, and below the picture: sentence, buttons, switches, table. `readout` says what is at the cursor.
/// `rows(n)` is called only while the table is shown: at most n rows, spread over all data.
PlotAnswer finish_plot(const PlotParts& parts, PlotState& state, const Rect& rect, const std::string& readout,
                       const std::function<PlotTable(int)>& rows);

inline constexpr int kTableRows = 25;
inline constexpr int kAllRows = 1 << 30;
/// At most `n_rows` of 0 ... n - 1, evenly spread, the first and the last included.
std::vector<size_t> spread(size_t n, int n_rows);
inline constexpr std::string_view kGhosts = "\x01ghosts";  ///< name under which all ghosts are switched off

}  // namespace terrarium::ui::internal
