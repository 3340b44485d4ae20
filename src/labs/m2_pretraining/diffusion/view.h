// The page of the diffusion lab: its own state is only what is on screen (which moment of the way, which plot).

#pragma once

#include <map>
#include <string>
#include <vector>

#include "labs/m2_pretraining/diffusion/lab.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::labs::diffusion {

/// Pictures as the worker sends them: frames [n,N,D] from noise to picture, or one frame.
struct Pictures {
    int64_t step = -1;  ///< of the training
    int32_t size = 0;   ///< D
    std::vector<int32_t> levels;
    std::vector<int32_t> kinds;  ///< [N]
    std::vector<float> values;

    [[nodiscard]] int n_frames() const { return static_cast<int>(levels.size()); }
    [[nodiscard]] std::span<const float> frame(int index) const;
};

class View {
public:
    using Config = diffusion::Config;
    using Snapshot = diffusion::Snapshot;
    using Goal = diffusion::Goal;

    explicit View(const Content& content) : content_(content) {}

    Intents draw(const RunInfo& run, const Snapshot& snapshot, Config& config);
    static Verdict check(const Snapshot& snapshot, const Goal& goal) { return diffusion::check(snapshot, goal); }
    void clear();
    void receive_answer(const std::string& kind, const json& answer);
    void receive_text(const std::string&, std::string, std::string, Config&) {}
    Artefacts own_artefacts() const { return {}; }
    Outcome outcome(const std::string& question_id, const Snapshot& snapshot) const;
    static std::map<std::string, double> quantities(const Snapshot& snapshot) {
        return diffusion::quantities(snapshot);
    }
    static std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
        return diffusion::passport_metrics(snapshot);
    }
    void predicted(const std::string& question_id, const json& answer) { predicted_[question_id] = answer; }

private:
    void draw_run_bar(const RunInfo& run, const Snapshot& snapshot, Intents& out);
    void draw_settings(const RunInfo& run, Config& config, Intents& out);
    void draw_training(const RunInfo& run, Config& config, Intents& out);
    void draw_sampling(const RunInfo& run, Config& config, Intents& out);
    void draw_more(Config& config);
    // view_pictures.cpp
    void draw_way_back(const RunInfo& run, const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_fresh(const RunInfo& run, const Config& config, Intents& out);
    void draw_way_there(const RunInfo& run, const Snapshot& snapshot, Intents& out);
    void draw_pictures(const std::string& key, const std::string& title, const std::string& summary,
                       const Pictures& pictures, std::span<const float> values, ui::PlotState& state, Intents& out);
    // view_numbers.cpp
    void draw_coverage(const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_parts(const Snapshot& snapshot, Intents& out);
    void draw_loss(const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_comparison(const Snapshot& snapshot);

    const Content& content_;
    bool show_settings_ = false, is_sheet_open_ = false;
    std::map<std::string, json> predicted_;

    // The way from noise to picture.
    Pictures path_, fresh_;
    std::vector<float> truth_;  ///< true examples, [N,D]
    bool shows_fresh_ = false, is_drawing_ = false;
    Coverage fresh_coverage_;
    double fresh_guidance_ = 0;
    int64_t asked_for_ = -1;  ///< measurement of the last question
    int64_t n_fresh_ = 0;
    double moment_ = 12;
    ui::PlotState path_plot_;

    // The way from picture to noise.
    Pictures noised_;
    double level_ = 0, signal_ = 1, noise_ = 0;
    std::string noised_for_;  ///< level and run of the last question
    int64_t n_runs_ = 0;
    ui::PlotState noised_plot_;

    // Numbers.
    std::vector<float> loss_steps_, part_values_, share_percent_, part_counts_;
    ui::PlotState coverage_plot_, parts_plot_, loss_plot_;
    /// Shares of an earlier run, kept to be compared with later ones.
    struct Curve {
        int number = 1;
        std::vector<float> steps, percent;
    };
    Curve this_run_;
    std::vector<Curve> earlier_runs_;  ///< the last three, oldest first

    std::vector<float> group_x_[3], group_y_[3], sheet_;  ///< what the pictures are drawn from
};

}  // namespace terrarium::labs::diffusion
