// "A transformer learns to read": pretrains a small transformer on a text, live, against n-gram baselines.
// The lesson: text is its own answer key; a model that beats the bigram line must use more than the last token, and one
// of its heads usually learns to look one token back. Beside the single run: up to four models that differ in one
// setting, trained side by side, and a search for a learning rate. No UI in this file: the worker runs Job, the page
// reads Snapshot, the tests and the command line call both.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/support/rng.h"
#include "core/train/rate_finder.h"
#include "labs/content.h"
#include "labs/lab.h"
#include "labs/m2_pretraining/pretraining/config.h"
#include "labs/m2_pretraining/pretraining/trainer.h"

namespace terrarium::core::io {
class Fields;
}

namespace terrarium::labs::pretraining {

/// What the model wrote by itself at some step.
struct Sample {
    int64_t step = 0;
    std::string text;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Sample, step, text)

/// One model of a comparison. Losses are per character, so that models with other tokens can stand beside it.
struct Variant {
    std::string value;  ///< of the setting that varies, as it is written in an address
    int64_t n_parameters = 0;
    int64_t step = 0;           ///< finished optimiser steps
    double bigram_nats = 0;     ///< per character
    double valid_nats = -1;     ///< per character, the latest; -1: not measured yet
    double best_head_mass = 0;  ///< the most that one of its heads puts on the token before
    bool has_diverged = false;
    std::string sample;  ///< what it wrote at the end
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Variant, value, n_parameters, step, bigram_nats, valid_nats, best_head_mass,
                                   has_diverged, sample)

/// What the page may know. The job writes it, the page only reads it.
struct Snapshot {
    Status status = Status::Idle;
    Config config;     ///< of this run; the page may show other settings already
    int64_t step = 0;  ///< finished optimiser steps, of all models together
    int64_t max_steps = 0;
    double learning_rate = 0;  ///< as it is now; it may change in mid-run
    int64_t n_parameters = 0;
    int64_t flops_per_token = 0;  ///< forward and backward, matrix products only
    int64_t tokens_per_step = 0;
    int64_t n_train_tokens = 0, n_valid_tokens = 0;
    int32_t vocab_size = 0;
    double other_fraction = 0;        ///< share of the text's tokens that are outside the vocabulary
    double characters_per_token = 1;  ///< of the validation text
    int32_t n_layers = 0, n_heads = 0;
    bool is_builtin_text = true;
    double uniform_nats = 0, unigram_nats = 0, bigram_nats = 0;  ///< baselines on the validation tokens
    std::vector<Sample> samples;                                 ///< the last three
    std::vector<float> previous_token_mass;      ///< [L,H] mean attention from a token to the one before it
    int32_t tagged_head = -1;                    ///< layer * H + head that the learner named, -1 none
    double gradient_norm = 0;                    ///< of the last step
    Message problem;                             ///< why a run diverged, one sentence
    std::vector<Variant> variants;               ///< of a comparison
    int32_t best_variant = -1;                   ///< with the lowest loss, when the comparison is over; -1: none
    double steepest_rate = -1, tenth_rate = -1;  ///< what a search suggests (core/train/rate_finder.h); -1: nothing

    // Series; they travel as binary parts (lab.h). Valid entries pair up: valid_step[i], valid_loss_nats[i].
    std::vector<float> train_loss_nats;  ///< mean per token, one entry per step
    std::vector<float> valid_step;
    std::vector<float> valid_loss_nats;             ///< mean per token over the validation tokens
    std::vector<float> variant_nats[kMaxVariants];  ///< of a comparison: per character, pairs up with compared_step
    std::vector<float> compared_step;
    std::vector<float> tried_rate, tried_loss_nats;  ///< of a search: a rate and the smoothed training loss at it

    std::vector<float>* series(const std::string& name);
    std::vector<Series> all_series() const;
    void take_series_from(Snapshot& other);
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Snapshot, status, config, step, max_steps, learning_rate, n_parameters,
                                   flops_per_token, tokens_per_step, n_train_tokens, n_valid_tokens, vocab_size,
                                   other_fraction, characters_per_token, n_layers, n_heads, is_builtin_text,
                                   uniform_nats, unigram_nats, bigram_nats, samples, previous_token_mass, tagged_head,
                                   gradient_norm, problem, variants, best_variant, steepest_rate, tenth_rate)

/// The challenge, as written in the content file.
struct Goal {
    double min_nats_below_bigram = 0;
    int64_t within_steps = 0;
    double min_previous_token_mass = 0;  ///< of the head that the learner named
    double max_mass_behind_best = 0;     ///< how far it may stay behind the best head: two can be equally good
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Goal, min_nats_below_bigram, within_steps, min_previous_token_mass,
                                   max_mass_behind_best)

class Job {
public:
    using Config = pretraining::Config;
    using Snapshot = pretraining::Snapshot;
    using Goal = pretraining::Goal;

    /// Refuses with a sentence: a missing or too short text, heads that do not divide the width, too much memory,
    /// nothing to compare.
    static core::Result<std::unique_ptr<Job>> create(const Config& config, const Artefacts& artefacts);

    /// One unit: a part of an optimiser step, one validation batch, or one sample.
    bool step();
    /// Between optimiser steps, after the validation and the sample that belong to the last one; also when it is all
    /// over.
    bool at_boundary() const {
        return phase_ == Phase::Finished || (phase_ == Phase::Train && trainer().is_between_steps());
    }
    const Snapshot& snapshot() const { return snapshot_; }
    std::vector<Series> series() const { return snapshot_.all_series(); }

    /// learning_rate (number; of a single run), tagged_head (layer * H + head), stop.
    core::Result<bool> set(const std::string& name, const json& value);
    /// {kind:"look", text, layer, head, position} or {kind:"write", prompt, temperature, top_k, count, seed}.
    json answer(const json& question);
    Verdict check(const Goal& goal) const;

private:
    enum class Phase { Validate, Sample, Train, Finished };

    Job(const Config& config, std::vector<Trainer> trainers);
    Trainer& trainer() { return trainers_[at_]; }
    const Trainer& trainer() const { return trainers_[at_]; }
    int64_t model_step() const;
    void finish_step();
    void finish_validation();
    void write_sample();
    void finish_step_of_search();
    void finish_validation_of_variant();
    void next_variant();
    void diverge(double loss_nats);
    Phase phase_after_step() const;
    json look(const json& question);
    json guess_next(std::span<const int32_t> ids);
    json guess_hidden(std::span<const int32_t> ids, int64_t position);
    json write(const json& question);

    Config config_;
    std::vector<Trainer> trainers_;  ///< one, or one a variant
    size_t at_ = 0;                  ///< the one that works now
    core::RateFinder finder_;
    core::Rng sample_rng_;
    Snapshot snapshot_;
    Phase phase_ = Phase::Validate;
};

void read_config(core::io::Fields& fields, const Content& content, Config& config);
std::vector<std::string> artefacts_of(const Config& config);
/// How the run answers a prediction of the content file (lab_outcomes.cpp).
Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot);
/// Numbers of a finished run that the questions may ask about.
std::map<std::string, double> quantities(const Snapshot& snapshot);
/// What the passport keeps of a run, in the order in which people ask for it.
std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot);

Verdict check(const Snapshot& snapshot, const Goal& goal);

extern const LabEntry entry;  ///< defined in view.cpp, listed in labs/registry.cpp

}  // namespace terrarium::labs::pretraining
