// "Inside a transformer": trains a small character model in seconds, then opens it. Every value from token to logits of
// the learner's own sentence can be read, and every head, MLP, norm and the positions can be turned off.
// The lesson: parts are not equally important, and what one part is worth depends on which others still work. No UI in
// this file: the worker runs Job, the page reads Snapshot, the tests and the command line call both.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/models/transformer.h"
#include "core/models/transformer_inspect.h"
#include "core/support/rng.h"
#include "core/text/tokenizer.h"
#include "core/train/adamw.h"
#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::core::io {
class Fields;
}

namespace terrarium::labs::inside_attention {

/// What the learner can turn before a run. The model itself is always the same: 2 layers, width 32, 4 heads,
/// context 32.
struct Config {
    std::string text = "corpus:harbour";  ///< artefact name, or "own" while no own text has been opened
    int32_t max_steps = 800;
    int64_t seed = 7;  ///< same config, same model, on every machine
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Config, text, max_steps, seed)

// ---- the parts that can be turned off ------------------------------------------------------------------------------

inline constexpr int kLayers = 2, kHeads = 4, kWidth = 32, kContext = 32;

enum class PartKind { Head, Mlp, Norm, Positions };

/// One part of the model. A set of parts is a whole number: bit i stands for part i.
struct Part {
    PartKind kind = PartKind::Head;
    int layer = 0;  ///< counted from 0; the final norm has kLayers
    int index = 0;  ///< head: which one; norm: 0 before attention, 1 before the MLP
};

inline constexpr int kParts = kLayers * kHeads + kLayers + (2 * kLayers + 1) + 1;
inline constexpr int kFirstMlp = kLayers * kHeads, kFirstNorm = kFirstMlp + kLayers, kPositions = kParts - 1;
inline constexpr uint32_t kAllHeads = (1u << kFirstMlp) - 1;

/// Heads layer by layer, then MLPs, norms in the order of the forward pass, positions.
Part part_at(int index);
/// "Head 1.2", "MLP 1", "Norm before attention 1" ..., counted from 1 as on the page.
Message part_name(int index);
/// The switches that a set stands for.
core::PartsOff parts_off(uint32_t set);

// ---- what a run knows ----------------------------------------------------------------------------------------------

/// What the page may know. The job writes it, the page only reads it.
struct Snapshot {
    Status status = Status::Idle;
    std::string text;
    int64_t step = 0;  ///< finished optimiser steps
    int64_t max_steps = 0;
    int64_t n_parameters = 0;
    int64_t tokens_per_step = 0;
    int64_t n_train_tokens = 0, n_heldout_tokens = 0;
    int32_t vocab_size = 0;
    double uniform_nats = 0, bigram_nats = 0;  ///< baselines on the held-out tokens
    double whole_nats = 0;                     ///< loss of the whole model on the held-out tokens, when last measured
    bool is_open = false;                      ///< training is over and the switches work
    uint32_t off = 0;                          ///< the set that was measured last
    double rise_nats = 0;                      ///< how much more loss that set costs than nothing turned off
    Message problem;                           ///< why a run diverged, one sentence

    // Series; they travel as binary parts (lab.h).
    std::vector<float> train_loss_nats;  ///< mean per token, one entry per step
    std::vector<float> valid_step, valid_loss_nats;
    std::vector<float> part_cost_nats;              ///< rise with one part off, in the order of the parts
    std::vector<float> tried_set, tried_rise_nats;  ///< what the learner turned off, and what it cost

    std::vector<float>* series(const std::string& name);
    std::vector<Series> all_series() const;
    void take_series_from(Snapshot& other);
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Snapshot, status, text, step, max_steps, n_parameters, tokens_per_step,
                                   n_train_tokens, n_heldout_tokens, vocab_size, uniform_nats, bigram_nats, whole_nats,
                                   is_open, off, rise_nats, problem)

/// The challenge, as written in the content file.
struct Goal {
    double min_nats_below_bigram = 0;  ///< of the whole model
    int64_t min_heads_off = 0;         ///< at the same time, everything else working
    double max_rise_nats = 0;          ///< that this may cost
    double min_excess_nats = 0;        ///< by how much two parts must cost more together than one by one
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Goal, min_nats_below_bigram, min_heads_off, max_rise_nats, min_excess_nats)

/// Rise of a set minus the rises of its parts one by one: above 0, the parts stand in for each other. NaN while the
/// costs of the single parts are not all known.
double excess_nats(const Snapshot& snapshot, uint32_t set, double rise_nats);

class Job {
public:
    using Config = inside_attention::Config;
    using Snapshot = inside_attention::Snapshot;
    using Goal = inside_attention::Goal;
    using Model = core::Transformer<core::Simd4f>;

    /// Refuses with a sentence: a missing or too short text.
    static core::Result<std::unique_ptr<Job>> create(const Config& config, const Artefacts& artefacts);

    /// One unit: an optimiser step, or a batch of held-out windows.
    bool step();
    bool at_boundary() const { return phase_ == Phase::Open || phase_ == Phase::Train; }
    const Snapshot& snapshot() const { return snapshot_; }
    std::vector<Series> series() const { return snapshot_.all_series(); }

    /// stop; off (a set of parts), once training is over: what it costs is measured batch by batch in step().
    core::Result<bool> set(const std::string& name, const json& value);
    /// {kind:"inside", text, position, off}: every value at one position of a sentence (lab_answers.cpp).
    json answer(const json& question);
    Verdict check(const Goal& goal) const;

private:
    enum class Phase { Validate, Train, MeasureParts, MeasureWhole, MeasureSet, Open };

    Job(const Config& config, core::Tokenizer tokenizer, const std::vector<int32_t>& ids);
    void train_step();
    void validate_batch();
    void measure_part_batch();
    void diverge();
    /// Adds one batch of held-out windows with this set turned off; true when it was the last, and then `loss_nats` is
    /// the mean over all.
    bool heldout_batch(uint32_t off, double& loss_nats);
    void measure_whole_batch();
    void measure_set_batch();
    json inside(const json& question);

    Config config_;
    core::Tokenizer tokenizer_;
    std::vector<int32_t> train_ids_, heldout_ids_;
    Model model_;
    core::TransformerInspector inspector_;
    core::AdamW<core::Simd4f> optimizer_;
    core::Rng batch_rng_;
    Snapshot snapshot_;
    Phase phase_ = Phase::Validate;
    int32_t heldout_at_ = 0;  ///< window that is measured next
    double heldout_sum_ = 0;
    uint32_t wanted_off_ = 0;        ///< the set that is being measured
    bool is_whole_measured_ = true;  ///< with the present weights; a run that was stopped may have gone on since
    std::vector<int32_t> inputs_, targets_;
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

}  // namespace terrarium::labs::inside_attention
