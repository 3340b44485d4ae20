// What plots of several labs share.

#pragma once

#include <string>
#include <vector>

#include "labs/lab.h"
#include "ui/plot.h"

namespace terrarium::labs {

/// Lines of one plot that differ by more than their colour.
inline constexpr ui::Dash kDashes[] = {ui::Dash::Solid, ui::Dash::Dashed, ui::Dash::Dotted, ui::Dash::DashDot};
inline constexpr ui::Mark kMarks[] = {ui::Mark::Circle, ui::Mark::Square, ui::Mark::Triangle, ui::Mark::Diamond};

/// What was asked for below a plot: its numbers as terrarium-NAME.csv, its picture as terrarium-NAME.png.
void save_plot(const ui::PlotAnswer& answer, const std::string& name, const auto& plot, Intents& out) {
    if (answer.wants_csv) out.push_back(SaveFile{"terrarium-" + name + ".csv", "text/csv", ui::plot_csv(plot)});
    if (answer.wants_png) {
        out.push_back(SavePicture{"terrarium-" + name + ".png", answer.screen.x, answer.screen.y, answer.screen.width,
                                  answer.screen.height});
    }
}

/// 1, 2, 3 ... beside n values of a series that grows by one each step.
inline void count_up(std::vector<float>& steps, size_t n) {
    while (steps.size() < n) steps.push_back(static_cast<float>(steps.size() + 1));
}

}  // namespace terrarium::labs
