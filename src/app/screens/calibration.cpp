// How sure the learner was, against what came true: over all predictions of the course that stated a probability.

#include "core/metrics/calibration.h"

#include "app/screen.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

using ui::tr;

constexpr int64_t kBins = 5;
constexpr int64_t kFewForecasts = 20;  ///< below this, chance alone moves a bin by tens of percent

std::vector<core::Forecast> forecasts_of(const core::io::Progress& progress) {
    std::vector<core::Forecast> forecasts;
    for (const auto& [lab_id, lab] : progress.labs) {
        for (const auto& [question_id, one] : lab.predictions) {
            if (one.probability < 0 || one.score < 0) continue;
            forecasts.push_back({one.probability, one.score >= 0.5});
        }
    }
    return forecasts;
}

class Calibration final : public Screen {
public:
    void draw(Desk& desk) override {
        const ui::Card card("calibration", tr("Calibration"));
        ui::heading("page.title", 1, tr("How sure, and how often right?"), ui::Type::Title);
        ui::paragraph("calibration.about",
                      tr("Somebody is well calibrated when, of all the things they call 80 % likely, 80 % come true. "
                         "Here are all your predictions for which you said how sure you are."));
        const std::vector<core::Forecast> forecasts = forecasts_of(desk.progress());
        if (forecasts.empty()) {
            ui::note("calibration.empty",
                     tr("There is nothing to compare yet: lock in a prediction in a lab, say how sure you are, and run "
                        "it."),
                     ui::Ink::Muted);
            return;
        }
        const auto n = std::ssize(forecasts);
        ui::fact("calibration.count", tr("Predictions compared"), std::to_string(n));
        ui::fact("calibration.brier",
                 tr("Brier score (0 is perfect, {0} is always saying 50 %)", {ui::number(0.25, 2)}),
                 ui::number(core::brier_score(forecasts), 3));
        draw_bins(core::calibration_bins(forecasts, kBins));
        ui::note("calibration.honest",
                 n < kFewForecasts
                     ? tr("Only {0} predictions: so few say little, one more can change every number here.",
                          {std::to_string(n)})
                     : tr("With {0} predictions a pattern can show, but a group of few is still mostly chance.",
                          {std::to_string(n)}),
                 ui::Ink::Muted);
    }

private:
    void draw_bins(const std::vector<core::CalibrationBin>& bins) {
        std::vector<float> said, came;
        std::vector<std::vector<std::string>> rows;
        for (const core::CalibrationBin& bin : bins) {
            said.push_back(static_cast<float>(bin.mean_probability * 100));
            came.push_back(static_cast<float>(bin.share_true * 100));
            rows.push_back(
                {ui::percent(bin.mean_probability, 0), ui::percent(bin.share_true, 0), std::to_string(bin.count)});
        }
        const std::vector<float> diagonal{0, 100};
        ui::LinePlot plot{.title = tr("Stated confidence against what came true"),
                          .x_name = tr("you said, in %"),
                          .y_name = tr("came true, in %"),
                          .summary = tr("Your line beside the one where words and outcomes agree."),
                          .lines = {},
                          .markers = {}};
        plot.lines.push_back({.name = tr("perfect"),
                              .x = diagonal,
                              .y = diagonal,
                              .color = -1,
                              .dash = ui::Dash::Dashed,
                              .weight = 1.5f});
        plot.lines.push_back({.name = tr("you"), .x = said, .y = came, .weight = 3, .mark = ui::Mark::Circle});
        plot.x_max = 100;
        plot.y_max = 105;
        ui::line_plot("calibration.plot", plot, plot_);
        ui::paragraph("calibration.plot.words",
                      tr("On the line called “perfect”, words and outcomes agree. Below it "
                         "you were too sure, above it not sure enough."),
                      ui::Ink::Muted, ui::Type::Small);
        ui::table("calibration.table", tr("Groups of predictions"), {tr("You said"), tr("Came true"), tr("How many")},
                  rows);
    }

    ui::PlotState plot_;
};

}  // namespace

std::unique_ptr<Screen> make_calibration() { return std::make_unique<Calibration>(); }

}  // namespace terrarium::app
