// The page of the model shelf: its own state is only what is on screen.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "labs/m2_pretraining/model_shelf/lab.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::labs::model_shelf {

class View {
public:
    using Config = model_shelf::Config;
    using Snapshot = model_shelf::Snapshot;
    using Goal = model_shelf::Goal;

    explicit View(const Content& content) : content_(content) {}

    Intents draw(const RunInfo& run, const Snapshot& snapshot, Config& config);
    static Verdict check(const Snapshot& snapshot, const Goal& goal) { return model_shelf::check(snapshot, goal); }
    void clear() { plot_ = {}, own_speed_ = 0; }
    void receive_answer(const std::string&, const json&) {}
    void receive_text(const std::string&, std::string, std::string, Config&) {}
    Artefacts own_artefacts() const { return {}; }
    Outcome outcome(const std::string& question_id, const Snapshot& snapshot) const;
    static std::map<std::string, double> quantities(const Snapshot& snapshot) {
        return model_shelf::quantities(snapshot);
    }
    static std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
        return model_shelf::passport_metrics(snapshot);
    }
    void predicted(const std::string& question_id, const json& answer) { predicted_[question_id] = answer; }

private:
    void draw_run_bar(const RunInfo& run, const Snapshot& snapshot, Intents& out);
    void draw_settings(Config& config);
    void draw_shelf(const Snapshot& snapshot, Intents& out);
    void draw_plot(const Snapshot& snapshot, Intents& out);
    void draw_needs(const Snapshot& snapshot, Intents& out);
    static void draw_need(const Need& need);
    static void draw_review(const Snapshot& snapshot);

    const Content& content_;
    std::map<std::string, json> predicted_;
    std::string task_ = "continue";  ///< shown in table and plot
    std::string need_ = "ticket_machine";
    double own_speed_ = 0;  ///< operations a second, seen while the largest model was trained; 0: not seen
    ui::PlotState plot_;
    std::vector<float> latencies_, accuracies_;  ///< of the plot's points
};

}  // namespace terrarium::labs::model_shelf
