// The page of the lab: its own state is only what is on screen (what is selected, what was typed).

#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "labs/m2_pretraining/inside_attention/lab.h"
#include "labs/parts/text_choice.h"
#include "ui/plot.h"
#include "ui/steps.h"
#include "ui/ui.h"

namespace terrarium::labs::inside_attention {

/// What the model answered about one position of the sentence.
struct Inside {
    struct Guess {
        std::string token;
        float score = 0, probability = 0;
    };
    struct Layer {
        std::vector<float> input, norm1, query, key, value, mixed, middle, norm2, hidden, bent, output;
        std::vector<std::vector<float>> scores, weights;  ///< per head, one number per token up to the position
        std::vector<float> map;                           ///< [H,T,T] attention of every head
    };
    uint32_t off = 0;
    int32_t id = 0, position = 0;
    std::vector<std::string> tokens;
    std::vector<float> token_row, position_row, final_norm, logits;
    std::vector<Layer> layers;
    std::vector<Guess> guesses, whole_guesses;
    double surprise = 0, whole_surprise = 0;
    Message note;
};

class View {
public:
    using Config = inside_attention::Config;
    using Snapshot = inside_attention::Snapshot;
    using Goal = inside_attention::Goal;

    explicit View(const Content& content) : content_(content) {}

    Intents draw(const RunInfo& run, const Snapshot& snapshot, Config& config);
    static Verdict check(const Snapshot& snapshot, const Goal& goal) { return inside_attention::check(snapshot, goal); }
    void clear();
    void receive_answer(const std::string& kind, const json& answer);
    void receive_text(const std::string& key, std::string text, std::string note, Config& config) {
        own_text_.receive(key, std::move(text), std::move(note), config.text);
    }
    Artefacts own_artefacts() const { return own_text_.own(); }
    Outcome outcome(const std::string& question_id, const Snapshot& snapshot) const;
    static std::map<std::string, double> quantities(const Snapshot& snapshot) {
        return inside_attention::quantities(snapshot);
    }
    static std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
        return inside_attention::passport_metrics(snapshot);
    }
    void predicted(const std::string& question_id, const json& answer);

private:
    void draw_run_bar(const RunInfo& run, const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_settings(Config& config, Intents& out);
    void draw_loss(const Snapshot& snapshot, const Config& config, Intents& out);
    void draw_parts(const Snapshot& snapshot, Intents& out);
    void draw_switches(const Snapshot& snapshot, Intents& out);
    /// Boxes of one layer, or of what belongs to no layer.
    void draw_group(int group);
    void draw_tries(const Snapshot& snapshot);

    // The walk from token to logits (view_walk.cpp).
    struct Bars {
        std::string title;
        std::vector<std::string> names;                 ///< of the series
        std::vector<const std::vector<float>*> series;  ///< as many
        std::vector<std::string> categories;            ///< empty: 1, 2, 3 ...
    };
    void draw_walk(const RunInfo& run, const Snapshot& snapshot, Intents& out);
    void draw_sentence(Intents& out);
    void draw_entrance(Intents& out);
    void draw_layer(int layer, Intents& out);
    void draw_head_step(const Inside::Layer& layer, int index, int step, Intents& out);
    void draw_exit(Intents& out);
    void draw_guesses();
    void draw_bars(const Bars& bars, Intents& out);
    bool draw_steps(const std::vector<std::string>& titles);
    /// The token at the position and those before it, as labels.
    [[nodiscard]] std::vector<std::string> seen_tokens() const;

    const Content& content_;
    TextChoice own_text_;
    std::map<std::string, json> predicted_;
    std::vector<float> steps_;  ///< 1, 2, 3 ... beside the training losses
    ui::PlotState loss_plot_, parts_plot_, values_plot_, map_plot_;

    uint32_t off_ = 0;  ///< as the switches stand
    std::string sentence_ = "the boat and the harbour";
    int position_ = -1, head_ = 0;
    std::string place_ = "in";  ///< in | 1 | 2 | out
    std::map<std::string, int> step_;
    Inside inside_;
    std::string asked_for_;  ///< sentence, position, switches and step of the last question
};

}  // namespace terrarium::labs::inside_attention
