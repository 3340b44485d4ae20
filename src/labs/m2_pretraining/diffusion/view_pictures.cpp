// The pictures: the way from noise to picture, fresh samples, and the way from picture to noise.

#include <algorithm>
#include <cmath>
#include <cstring>

#include "labs/m2_pretraining/diffusion/view.h"
#include "labs/parts/plots.h"
#include "ui/messages.h"

namespace terrarium::labs::diffusion {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

constexpr double kEdge = 3.0;  // of the picture of points; noise reaches a little further now and then
constexpr int kGlyphColumns = 8;
constexpr float kAxisRoom = 40;  // CSS pixels below the cells

std::vector<float> floats_of(const json& answer, const char* name) {
    std::vector<float> values;
    if (!answer.contains(name)) return values;
    const auto& bytes = answer[name].get_binary();
    values.resize(bytes.size() / sizeof(float));
    if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

Pictures pictures_of(const json& answer) {
    Pictures pictures;
    pictures.step = answer.value("step", int64_t{0});
    pictures.size = answer.value("size", 0);
    pictures.levels = answer.value("levels", std::vector<int32_t>());
    pictures.kinds = answer.value("kinds", std::vector<int32_t>());
    pictures.values = floats_of(answer, "frames");
    return pictures;
}

/// Glyphs side by side as one grid of cells from 0 (paper) to 1 (ink), the lowest row first, with a cell between them.
void lay_out_sheet(std::vector<float>& sheet, std::span<const float> values, int n_rows) {
    constexpr int kPitch = kGlyphSide + 1, kWidth = kGlyphColumns * kPitch - 1;
    const int height = n_rows * kPitch - 1;
    sheet.assign(static_cast<size_t>(kWidth * height), 0.0f);
    for (size_t i = 0; i < values.size(); ++i) {
        const int glyph = static_cast<int>(i) / (kGlyphSide * kGlyphSide);
        const int pixel = static_cast<int>(i) % (kGlyphSide * kGlyphSide);
        const int row = glyph / kGlyphColumns * kPitch + pixel / kGlyphSide;
        const int column = glyph % kGlyphColumns * kPitch + pixel % kGlyphSide;
        if (row >= height) return;
        sheet[static_cast<size_t>((height - 1 - row) * kWidth + column)] =
            std::clamp(0.5f + 0.5f * values[i], 0.0f, 1.0f);
    }
}

}  // namespace

std::span<const float> Pictures::frame(int index) const {
    const size_t n = kinds.size() * static_cast<size_t>(size);
    if (index < 0 || (static_cast<size_t>(index) + 1) * n > values.size()) return {};
    return std::span(values).subspan(static_cast<size_t>(index) * n, n);
}

void View::receive_answer(const std::string& kind, const json& answer) {
    if (kind == "path" && answer.contains("frames")) {
        path_ = pictures_of(answer);
        truth_ = floats_of(answer, "truth");
    }
    if (kind == "sample") {
        is_drawing_ = false;
        if (!answer.contains("frames")) return;
        fresh_ = pictures_of(answer);
        fresh_coverage_ = answer.value("coverage", Coverage());
        shows_fresh_ = true;
    }
    if (kind == "noised" && answer.contains("values")) {
        noised_ = pictures_of(answer);
        noised_.levels = {answer.value("level", 0)};
        noised_.values = floats_of(answer, "values");
        signal_ = answer.value("signal", 1.0);
        noise_ = answer.value("noise", 0.0);
    }
}

void View::draw_pictures(const std::string& key, const std::string& title, const std::string& summary,
                         const Pictures& pictures, std::span<const float> values, ui::PlotState& state, Intents& out) {
    if (pictures.size > 2) {
        const int n_rows = std::max(1, static_cast<int>(pictures.kinds.size()) / kGlyphColumns);
        lay_out_sheet(sheet_, values, n_rows);
        const int n_columns = kGlyphColumns * (kGlyphSide + 1) - 1, n_cells = n_rows * (kGlyphSide + 1) - 1;
        const float width = ui::available_width(), scale = ui::context().env.text_scale;
        const ui::DensityPlot plot{
            .title = title,
            .x_name = tr("pixel from the left"),
            .y_name = tr("pixel from below"),
            .summary = summary,
            .values = sheet_,
            .n_rows = n_cells,
            .n_columns = n_columns,
            .x_min = 0,
            .x_max = static_cast<double>(n_columns),
            .y_min = 0,
            .y_max = static_cast<double>(n_cells),
            .height =
                std::clamp(width * static_cast<float>(n_cells) / static_cast<float>(n_columns) / scale + kAxisRoom,
                           160.0f, 380.0f)};
        save_plot(ui::density_plot(key, plot, state), key, plot, out);
        return;
    }
    for (int group = 0; group < 3; ++group) group_x_[group].clear(), group_y_[group].clear();
    const auto add = [&](int group, float x, float y) {
        group_x_[group].push_back(x);
        group_y_[group].push_back(y);
    };
    for (size_t i = 0; i + 1 < values.size(); i += 2) add(pictures.kinds[i / 2] == 0 ? 0 : 1, values[i], values[i + 1]);
    const bool has_truth = &pictures != &noised_;
    for (size_t i = 0; has_truth && i + 1 < truth_.size(); i += 2) add(2, truth_[i], truth_[i + 1]);
    ui::ScatterPlot plot{.title = title,
                         .x_name = tr("first number"),
                         .y_name = tr("second number"),
                         .summary = summary,
                         .groups = {},
                         .x_min = -kEdge,
                         .x_max = kEdge,
                         .y_min = -kEdge,
                         .y_max = kEdge,
                         .height = 320};
    if (has_truth) plot.groups.push_back({tr("true examples"), group_x_[2], group_y_[2], 3, ui::Mark::Diamond});
    plot.groups.push_back({tr("kind A"), group_x_[0], group_y_[0], 0, ui::Mark::Circle});
    plot.groups.push_back({tr("kind B"), group_x_[1], group_y_[1], 1, ui::Mark::Triangle});
    save_plot(ui::scatter_plot(key, plot, state), key, plot, out);
}

void View::draw_way_back(const RunInfo& run, const Snapshot& snapshot, const Config& config, Intents& out) {
    ui::heading("path.title", 2, tr("From noise to picture"));
    if (snapshot.measured_at < 0) {
        ui::paragraph("path.none", tr("The first samples appear as soon as training starts."), ui::Ink::Muted,
                      ui::Type::Small);
        return;
    }
    if (run.problem.empty() && asked_for_ != snapshot.measured_at) {
        asked_for_ = snapshot.measured_at;
        shows_fresh_ = false;
        out.push_back(Ask{"path", {{"kind", "path"}}});
    }
    const Pictures& shown = shows_fresh_ ? fresh_ : path_;
    const int last = shown.n_frames() - 1;
    if (last < 1) return;
    const double all = 12;  // the slider keeps its length: few steps of sampling are fewer moments
    const int frame = static_cast<int>(std::lround(moment_ / all * last));
    const std::string level = std::to_string(shown.levels[static_cast<size_t>(frame)]);
    const std::string title = shows_fresh_ ? tr("Fresh samples, guidance {0}", {number(fresh_guidance_, 1)})
                                           : tr("Samples after {0} training steps", {grouped(shown.step)});
    const std::string summary =
        frame == last ? tr("The finished samples: no noise is left.")
        : frame == 0  ? tr("Where every sample begins: pure noise.")
                      : tr("On the way: noise level {0} of {1}.", {level, std::to_string(snapshot.n_levels)});
    draw_pictures("path", title, summary, shown, shown.frame(frame), path_plot_, out);
    ui::slider("moment", tr("Moment on the way"),
               {.min = 0,
                .max = all,
                .step = 1,
                .is_log = false,
                .words =
                    [&](double moment) {
                        const auto at = static_cast<size_t>(std::lround(moment / all * last));
                        return tr("noise level {0}",
                                  {std::to_string(shown.levels[std::min(at, shown.levels.size() - 1)])});
                    }},
               moment_);
    draw_fresh(run, config, out);
}

void View::draw_fresh(const RunInfo& run, const Config& config, Intents& out) {
    {
        const ui::Row row(8);
        const bool may_ask = run.problem.empty() && !is_drawing_;
        if (ui::button("fresh", tr("Sample again as set now"), ui::Button::Plain, may_ask)) {
            is_drawing_ = true;
            fresh_guidance_ = config.guidance;
            out.push_back(Ask{"sample",
                              {{"kind", "sample"},
                               {"guidance", config.guidance},
                               {"sampling_steps", config.sampling_steps},
                               {"method", config.method},
                               {"seed", ++n_fresh_}}});
        }
        if (shows_fresh_ && ui::button("fresh.back", tr("Back to the run's own"), ui::Button::Quiet))
            shows_fresh_ = false;
    }
    if (!shows_fresh_) {
        ui::paragraph("fresh.about",
                      tr("The same model, other settings of sampling: nothing is trained. The challenge looks at the "
                         "run's own samples."),
                      ui::Ink::Muted, ui::Type::Small);
        return;
    }
    ui::paragraph("fresh.coverage",
                  tr("With guidance {0}: **{1} of 8** parts reached, **{2}** of the samples on the shape.",
                     {number(fresh_guidance_, 1), std::to_string(fresh_coverage_.parts_hit),
                      ui::percent(fresh_coverage_.on_share, 0)}),
                  ui::Ink::Text, ui::Type::Small);
}

void View::draw_way_there(const RunInfo& run, const Snapshot& snapshot, Intents& out) {
    ui::heading("noised.title", 2, tr("From picture to noise"));
    if (snapshot.n_levels == 0) {
        ui::paragraph("noised.none", tr("Start training, and put noise on true examples here."), ui::Ink::Muted,
                      ui::Type::Small);
        return;
    }
    level_ = std::min(level_, static_cast<double>(snapshot.n_levels));
    const auto level = static_cast<int32_t>(std::lround(level_));
    const std::string wanted = std::to_string(n_runs_) + ":" + std::to_string(level);
    if (run.problem.empty() && wanted != noised_for_) {
        noised_for_ = wanted;
        out.push_back(Ask{"noised", {{"kind", "noised"}, {"level", level}}});
    }
    if (noised_.levels.empty()) return;
    const std::string shown = std::to_string(noised_.levels.front());
    draw_pictures(
        "noised", tr("True examples at noise level {0}", {shown}),
        tr("Each number is {0} times the true one plus {1} times noise.", {number(signal_, 2), number(noise_, 2)}),
        noised_, noised_.frame(0), noised_plot_, out);
    ui::slider("level", tr("Noise level"),
               {.min = 0, .max = static_cast<double>(snapshot.n_levels), .step = 1, .is_log = false}, level_);
}

}  // namespace terrarium::labs::diffusion
