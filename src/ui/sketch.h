// A curve that the learner sketches: a few points, evenly spread, each with a height. By pointer (press where a point
// shall go, or draw with a sideways stroke), by the arrow keys of each point's own slider, and as typed numbers.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.h"

namespace terrarium::ui {

struct Sketch {
    std::string title;
    std::string x_name, y_name;  ///< with units
    double x_max = 1;            ///< the points stand evenly from 0 to here
    double y_min = 0, y_max = 1;
    bool is_editable = true;
    std::span<const float> real_x, real_y;  ///< the curve that came, drawn over the sketch; may be empty
    float height = 230;
};

/// True when a point moved. `show_numbers` is toggled by the sketch's own button.
bool sketch(std::string_view key, const Sketch& sketch, std::vector<double>& heights, bool& show_numbers);

/// A small picture of a curve with heights 0 to 1, for comparing shapes.
void small_curve(std::string_view key, std::string_view name, std::span<const double> heights, float height = 90);

}  // namespace terrarium::ui
