// The picture of a plot: axes drawn by ImPlot, series drawn by us, so that a series of any length costs only as many
// strokes as there are pixel columns. Not for views.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/internal.h"
#include "ui/plot.h"

namespace terrarium::ui::internal {

/// Part of the number line, linear or by powers of ten.
struct Axis {
    double min = 0, max = 1;
    bool is_log = false;

    double share(double value) const;  ///< 0 at min, 1 at max; NaN for what the axis cannot show
    double value(double share) const;
    /// From limits that may be empty, reversed or, on a logarithmic axis, not positive.
    static Axis of(double min, double max, bool is_log);
    Axis part(double from, double to) const { return {value(from), value(to), is_log}; }
};

struct AxisLook {
    Axis axis;
    std::string name;
    const std::vector<std::string>* categories = nullptr;  ///< names at 0, 1, 2 ... instead of numbers
};

/// The axes while they are being drawn. False when they are scrolled out of sight.
class Canvas {
public:
    Canvas(std::string_view key, const Rect& rect, const AxisLook& x, const AxisLook& y);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;
    explicit operator bool() const { return is_open_; }

    ImVec2 at(double x, double y) const;
    double x_at(float pixel) const { return x_.value(static_cast<double>((pixel - box.Min.x) / box.GetWidth())); }
    double y_at(float pixel) const { return y_.value(static_cast<double>((box.Max.y - pixel) / box.GetHeight())); }
    bool is_hovered() const;
    const Axis& x_axis() const { return x_; }
    /// Of everything that decides where a value stands inside the box.
    uint64_t fingerprint() const;

    ImRect box;  ///< inside the axes, screen

private:
    Axis x_, y_;
    bool is_open_ = false;
};

/// [from, to): the values whose places lie on the axis, and one more at each end, so that a line reaches the edges.
std::pair<size_t, size_t> shown_part(const Canvas& canvas, std::span<const float> x);

/// Points of a line in pixels, NaN where it has a gap: all of them where there is room, else first, lowest, highest and
/// last of each pixel column, so that no peak is lost. At most 5 a column.
void trace(const Canvas& canvas, std::span<const float> x, std::span<const float> y, std::vector<ImVec2>& path);

/// A number that changes when a bit of the values or of `seed` does. Reading them all takes a fraction of what placing
/// them takes: 50,000 in about 10 microseconds.
uint64_t fingerprint(std::span<const float> values, uint64_t seed);

/// The kept series with this number, made by `make(kept)` when `source` is another than before. Making it looks at
/// `n_values` values.
template <class Make>
const KeptSeries& keep(PlotState& state, size_t slot, uint64_t source, size_t n_values, const Make& make) {
    if (state.kept.size() <= slot) state.kept.resize(slot + 1);
    KeptSeries& kept = state.kept[slot];
    if (kept.source == source) return kept;
    kept.source = source;
    kept.path.clear();
    kept.index.clear();
    state.n_worked_out += static_cast<int64_t>(n_values);
    make(kept);
    return kept;
}

void stroke(std::span<const ImVec2> path, ImU32 color, Dash dash, float weight);
void draw_mark(ImVec2 at, Mark mark, float radius, ImU32 color);
/// Stripes over a bar, so that series stay apart without colour.
void hatch(const ImRect& box, Dash dash);
ImU32 plot_color(int index, float alpha = 1);

/// Words at the right end of lines and markers, moved apart so that none covers another.
struct EndLabel {
    std::string words;
    float y;
    ImU32 color;
};
void draw_end_labels(std::vector<EndLabel> labels, float right, float top, float bottom);
/// The words of the cursor along the upper edge.
void draw_readout(const ImRect& box, float x, std::string_view words);
void draw_nothing_yet(const ImRect& box);

}  // namespace terrarium::ui::internal
