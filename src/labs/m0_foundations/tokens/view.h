// The page of the token lab: its own state is only what is on screen (which merge is looked at, what was typed).

#pragma once

#include <map>
#include <string>
#include <vector>

#include "labs/m0_foundations/tokens/lab.h"
#include "labs/parts/text_choice.h"
#include "ui/data.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::labs::tokens {

/// A text as the job cut it after some number of merges.
struct CutText {
    std::vector<std::string> pieces;  ///< as they can be shown
    std::vector<int32_t> ids;
    std::vector<float> sizes;  ///< bytes of each
};

/// What the job answers about the text after some number of merges.
struct Look {
    int64_t merges = -1;
    CutText opening, sentence;
    std::vector<std::string> pairs;
    std::vector<float> pair_counts;
    int64_t n_bytes = 0, n_characters = 0, n_words = 0, n_unknown_words = 0;  ///< of the learner's own sentence
};

class View {
public:
    using Config = tokens::Config;
    using Snapshot = tokens::Snapshot;
    using Goal = tokens::Goal;

    explicit View(const Content& content) : content_(content) {}

    Intents draw(const RunInfo& run, const Snapshot& snapshot, Config& config);
    static Verdict check(const Snapshot& snapshot, const Goal& goal) { return tokens::check(snapshot, goal); }
    void clear();
    void receive_answer(const std::string& kind, const json& answer);
    void receive_text(const std::string& key, std::string text, std::string note, Config& config);
    Artefacts own_artefacts() const { return own_text_.own(); }
    Outcome outcome(const std::string& question_id, const Snapshot& snapshot) const;
    static std::map<std::string, double> quantities(const Snapshot& snapshot) { return tokens::quantities(snapshot); }
    static std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
        return tokens::passport_metrics(snapshot);
    }
    void predicted(const std::string& question_id, const json& answer) { predicted_[question_id] = answer; }

private:
    void draw_run_bar(const RunInfo& run, const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_settings(Config& config, Intents& out);
    void draw_letter(const Snapshot& snapshot);
    void draw_stepper(const RunInfo& run, const Snapshot& snapshot, Intents& out);
    void draw_opening(Intents& out);
    void draw_pairs(Intents& out);
    void draw_sentence();
    // view_tables.cpp
    void draw_curve(const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_vocabulary(const Snapshot& snapshot);
    void draw_ways(const Snapshot& snapshot, Config& config);
    void draw_probes(const Snapshot& snapshot);

    const Content& content_;
    TextChoice own_text_;
    bool is_sheet_open_ = false;
    std::map<std::string, json> predicted_;

    int64_t at_ = -1;  ///< the merge after which everything is shown; -1: the newest
    std::string sentence_ = "The unbelievable fox 🦊 paid 1,250 crowns.";
    int piece_ = -1;
    Look look_;
    std::string asked_for_;
    ui::PlotState opening_plot_, pairs_plot_, curve_plot_;
    ui::TableState vocabulary_;
    int64_t n_known_ = -1;  ///< merges that the vocabulary's table knows
    std::vector<std::string> token_bytes_;
    std::vector<float> train_percent_, held_percent_, letter_percent_;  ///< of the curve
};

/// What a split is called on the page.
std::vector<ui::Option> split_options();

}  // namespace terrarium::labs::tokens
