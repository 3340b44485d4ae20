// The page of the pretraining lab: its own state is only what is on screen (what is selected, what was typed).

#pragma once

#include <map>
#include <string>
#include <vector>

#include "labs/m2_pretraining/pretraining/lab.h"
#include "labs/parts/text_choice.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::labs::pretraining {

/// What the model answers about a sentence: its attention and, after each token, what it expects next.
struct Look {
    struct Guess {
        std::string token;
        float probability = 0;
    };
    int64_t step = 0;
    int32_t layer = 0, head = 0;
    std::vector<std::string> tokens;
    std::vector<float> attention;             ///< [T,T]
    std::vector<std::vector<Guess>> guesses;  ///< per position, the ten likeliest; of a masked model for `hidden` only
    std::vector<float> actual_probability;    ///< of the token that follows, per position but the last; or of `hidden`
    int32_t hidden = -1;                      ///< the position whose token a masked model did not see
    float previous_mass = 0;                  ///< mean attention on the token right before, in this sentence
    Message note;
};

class View {
public:
    using Config = pretraining::Config;
    using Snapshot = pretraining::Snapshot;
    using Goal = pretraining::Goal;

    explicit View(const Content& content) : content_(content) {}

    Intents draw(const RunInfo& run, const Snapshot& snapshot, Config& config);
    static Verdict check(const Snapshot& snapshot, const Goal& goal) { return pretraining::check(snapshot, goal); }
    void clear();
    void receive_answer(const std::string& kind, const json& answer);
    void receive_text(const std::string& key, std::string text, std::string note, Config& config);
    Artefacts own_artefacts() const { return own_text_.own(); }
    Outcome outcome(const std::string& question_id, const Snapshot& snapshot) const;
    static std::map<std::string, double> quantities(const Snapshot& snapshot) {
        return pretraining::quantities(snapshot);
    }
    static std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
        return pretraining::passport_metrics(snapshot);
    }
    void predicted(const std::string& question_id, const json& answer);

private:
    void draw_run_bar(const RunInfo& run, const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_settings(const RunInfo& run, const Snapshot& snapshot, Config& config, Intents& out);
    void draw_shape(Config& config);
    void draw_facts(const Snapshot& snapshot, const Config& config);
    void draw_plan(const RunInfo& run, Config& config);
    void draw_comparison(const Snapshot& snapshot, Intents& out);
    void draw_best(const Snapshot& snapshot);
    void draw_variants(const Snapshot& snapshot);
    void draw_search(const RunInfo& run, const Snapshot& snapshot, Config& config, Intents& out);
    void draw_loss(const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_runs_table();
    /// A setting and its value in a few words: "4 heads".
    std::string setting_words(const std::string& name, const std::string& value) const;
    void draw_writing(const RunInfo& run, const Snapshot& snapshot, Intents& out);
    void draw_attention(const RunInfo& run, const Snapshot& snapshot, Intents& out);
    void draw_guesses();
    void draw_gap();
    int draw_candidates(const std::vector<Look::Guess>& guesses);

    const Content& content_;
    TextChoice own_text_;
    bool show_settings_ = false, is_sheet_open_ = false;

    std::map<std::string, json> predicted_;  ///< answers by question id; the guessed step is drawn into the plot

    // The loss plot.
    std::vector<float> steps_;  ///< 1, 2, 3 ... beside the training losses
    ui::PlotState loss_plot_;

    /// The validation curve of a run, kept to be compared with later ones.
    struct Curve {
        int number = 0;  ///< first run: 1
        Config config;
        double characters_per_token = 1;
        std::vector<float> steps, losses;
    };
    static constexpr size_t kMaxGhosts = 3;
    void remember_curve(const Snapshot& snapshot);
    Curve this_run_{.number = 1, .config = {}, .steps = {}, .losses = {}};
    std::vector<Curve> earlier_runs_;  ///< the last three, oldest first

    // The comparison and the search.
    std::string favourite_, guessed_;  ///< the value that the learner thinks best: being chosen, and of this run
    ui::PlotState compare_plot_, search_plot_;

    // Looking inside.
    std::string sentence_ = "the boat and the harbour";
    int layer_ = 0, head_ = 0, position_ = -1;
    ui::PlotState attention_plot_;
    Look look_;
    std::string asked_for_;  ///< sentence, head and step of the last question

    // Writing.
    std::string prompt_;
    double temperature_ = 0.8, top_k_ = 0;
    std::string written_;
    int64_t written_step_ = -1;
    int64_t n_written_ = 0;
    bool is_writing_ = false;
};

}  // namespace terrarium::labs::pretraining
