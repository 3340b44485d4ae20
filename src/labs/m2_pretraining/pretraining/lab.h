// "A transformer learns to read": pretrains a small causal transformer on a text, live, against n-gram baselines.
// The lesson: text is its own answer key; a model that beats the bigram line must use more than the last token, and one
// of its heads usually learns to look one token back. No UI in this file: the worker runs Job, the page reads Snapshot,
// the tests and the command line call both.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/infer/generator.h"
#include "core/models/ngram.h"
#include "core/models/transformer.h"
#include "core/support/rng.h"
#include "core/text/tokenizer.h"
#include "core/train/adamw.h"
#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::core::io {
class Fields;
}

namespace terrarium::labs::pretraining {

/// Fewer characters than this teach nothing and leave no validation part.

/// What the learner can turn. The first values and the limits come from the content file.
struct Config {
    std::string text = "corpus:harbour";  ///< a built-in corpus, or artefact:<sha256> of the learner's own text
    std::string tokenizer = "char";       ///< char | word
    int32_t n_layers = 2;
    int32_t width = 32;    ///< C, channels per token
    int32_t n_heads = 4;   ///< H; must divide width
    int32_t context = 32;  ///< T, tokens that the model sees at once
    double learning_rate = 0.003;
    int32_t batch_size = 16;  ///< B, windows per optimiser step
    int32_t max_steps = 1500;
    bool token_shift = false;  ///< also feed the previous token's embedding into the input
    int64_t seed = 7;          ///< same config, same curve, on every machine
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Config, text, tokenizer, n_layers, width, n_heads, context, learning_rate,
                                   batch_size, max_steps, token_shift, seed)

/// What the model wrote by itself at some step.
struct Sample {
    int64_t step = 0;
    std::string text;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Sample, step, text)

/// What the page may know. The job writes it, the page only reads it.
struct Snapshot {
    Status status = Status::Idle;
    int64_t step = 0;  ///< finished optimiser steps
    int64_t max_steps = 0;
    double learning_rate = 0;  ///< as it is now; it may change in mid-run
    int64_t n_parameters = 0;
    int64_t flops_per_token = 0;  ///< forward and backward, matrix products only
    int64_t tokens_per_step = 0;
    int64_t n_train_tokens = 0, n_valid_tokens = 0;
    int32_t vocab_size = 0;
    double other_fraction = 0;  ///< share of the text's tokens that are outside the vocabulary
    int32_t n_layers = 0, n_heads = 0;
    bool is_builtin_text = true;
    double uniform_nats = 0, unigram_nats = 0, bigram_nats = 0;  ///< baselines on the validation tokens
    std::vector<Sample> samples;                                 ///< the last three
    std::vector<float> previous_token_mass;  ///< [L,H] mean attention from a token to the one before it
    int32_t tagged_head = -1;                ///< layer * H + head that the learner named, -1 none
    double gradient_norm = 0;                ///< of the last step
    Message problem;                         ///< why a run diverged, one sentence

    // Series; they travel as binary parts (lab.h). Valid entries pair up: valid_step[i], valid_loss_nats[i].
    std::vector<float> train_loss_nats;  ///< mean per token, one entry per step
    std::vector<float> valid_step;
    std::vector<float> valid_loss_nats;  ///< mean per token over the validation tokens

    std::vector<float>* series(const std::string& name);
    std::vector<Series> all_series() const;
    void take_series_from(Snapshot& other);
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Snapshot, status, step, max_steps, learning_rate, n_parameters, flops_per_token,
                                   tokens_per_step, n_train_tokens, n_valid_tokens, vocab_size, other_fraction,
                                   n_layers, n_heads, is_builtin_text, uniform_nats, unigram_nats, bigram_nats, samples,
                                   previous_token_mass, tagged_head, gradient_norm, problem)

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
    using Model = core::Transformer<core::Simd4f>;

    /// Refuses with a sentence: a missing or too short text, heads that do not divide the width, too much memory.
    static core::Result<std::unique_ptr<Job>> create(const Config& config, const Artefacts& artefacts);

    /// One unit: a part of an optimiser step, one validation batch, or one sample.
    bool step();
    /// Between optimiser steps, after the validation and the sample that belong to the last one; also when it is all
    /// over.
    bool at_boundary() const { return phase_ == Phase::Finished || (phase_ == Phase::Train && micro_batch_ == 0); }
    const Snapshot& snapshot() const { return snapshot_; }
    std::vector<Series> series() const { return snapshot_.all_series(); }

    /// learning_rate (number), tagged_head (layer * H + head), stop.
    core::Result<bool> set(const std::string& name, const json& value);
    /// {kind:"look", text, layer, head} or {kind:"write", prompt, temperature, top_k, count, seed}.
    json answer(const json& question);
    Verdict check(const Goal& goal) const;

private:
    enum class Phase { Validate, Sample, Train, Finished };

    Job(const Config& config, core::Tokenizer tokenizer, const std::vector<int32_t>& ids);
    void train_micro_batch();
    void finish_step(double loss_nats);
    void validate_batch();
    void write_sample();
    void measure_heads(int n_windows);
    void diverge(double loss_nats);
    Phase phase_after_step() const;
    json look(const json& question);
    json write(const json& question);

    Config config_;
    core::Tokenizer tokenizer_;
    std::vector<int32_t> train_ids_, valid_ids_;
    Model model_;
    core::AdamW<core::Simd4f> optimizer_;
    core::Rng batch_rng_, sample_rng_;
    Snapshot snapshot_;
    Phase phase_ = Phase::Validate;
    int32_t n_micro_batches_ = 1, micro_batch_ = 0;
    double step_loss_nats_ = 0;
    int32_t valid_at_ = 0;  ///< window that is validated next
    double valid_loss_sum_ = 0;
    std::vector<double> head_mass_sum_;
    int64_t head_mass_count_ = 0;
    std::vector<int32_t> inputs_, targets_;
    std::vector<float> last_good_;  ///< parameters at the last validation, kept for a run that diverges
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

/// Bytes that a run of this config needs, known before it starts.
int64_t memory_bytes(const Config& config, int32_t vocab_size);

extern const LabEntry entry;  ///< defined in view.cpp, listed in labs/registry.cpp

}  // namespace terrarium::labs::pretraining
