// The page of the scaling lab: the grid while it is trained, the valleys, the line, the forecast and the calculator.

#pragma once

#include <string>
#include <vector>

#include "labs/m2_pretraining/scaling_laws/lab.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::labs::scaling_laws {

/// The width of a size, for people.
std::string width_of(int32_t size);
/// A number of operations as budgets are spoken of: "1.0 billion".
std::string operations(double flops);

class View {
public:
    using Config = scaling_laws::Config;
    using Snapshot = scaling_laws::Snapshot;
    using Goal = scaling_laws::Goal;

    explicit View(const Content& content) : content_(content) {}

    Intents draw(const RunInfo& run, const Snapshot& snapshot, Config& config);
    static Verdict check(const Snapshot& snapshot, const Goal& goal) { return scaling_laws::check(snapshot, goal); }
    void clear();
    void receive_answer(const std::string&, const json&) {}
    void receive_text(const std::string&, const std::string&, const std::string&, Config&) {}
    Artefacts own_artefacts() const { return {}; }
    Outcome outcome(const std::string& question_id, const Snapshot& snapshot) const;
    static std::map<std::string, double> quantities(const Snapshot& snapshot) {
        return scaling_laws::quantities(snapshot);
    }
    static std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
        return scaling_laws::passport_metrics(snapshot);
    }
    void predicted(const std::string& question_id, const json& answer) { predicted_[question_id] = answer; }

private:
    void draw_run_bar(const RunInfo& run, const Snapshot& snapshot, Intents& out);
    void draw_settings(Config& config);
    void draw_grid(const Snapshot& snapshot);
    void draw_valleys(const Snapshot& snapshot, Intents& out);
    void draw_line(const Snapshot& snapshot, Intents& out);
    void draw_forecast(const Snapshot& snapshot, Intents& out);
    void draw_calculator();
    /// Works out curves and fit again when another model is done.
    void update(const Snapshot& snapshot);

    const Content& content_;
    std::map<std::string, json> predicted_;

    // What is drawn, worked out when the number of finished models changes.
    struct Curve {
        std::vector<float> x, y;
    };
    int n_done_ = -1;
    bool was_open_ = false;  ///< the covered budget, when it was worked out
    Picture picture_;
    std::vector<Curve> valleys_, parabolas_;  ///< by budget
    Curve best_, line_, covered_, forecast_;  ///< nats above the floor against 10^9 operations
    ui::PlotState valley_plot_, line_plot_;

    std::string forecast_size_;
    double forecast_nats_ = 2;
    double log10_flops_ = 21, n_chips_ = 100;
};

}  // namespace terrarium::labs::scaling_laws
