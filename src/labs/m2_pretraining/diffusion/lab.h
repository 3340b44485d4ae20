// "From noise to picture": trains a small denoiser on points of a shape or on glyphs, live, and samples from it.
// The lesson: a diffusion model learns to see noise, and draws by taking it away step by step; its loss never reaches 0
// and hardly tells how good the pictures are, so one counts how many parts of the truth the samples reach; and guidance
// that is too strong loses most of them. No UI in this file: the worker runs Job, the page reads Snapshot.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/models/diffusion.h"
#include "core/support/rng.h"
#include "core/train/adam.h"
#include "core/train/ema.h"
#include "labs/content.h"
#include "labs/lab.h"
#include "labs/m2_pretraining/diffusion/shapes.h"

namespace terrarium::core::io {
class Fields;
}

namespace terrarium::labs::diffusion {

/// What the learner can turn. The first values and the limits come from the content file.
struct Config {
    std::string shape = "ring";       ///< one of kShapeIds
    std::string schedule = "cosine";  ///< cosine | linear: how the noise grows from level to level
    int32_t n_levels = 100;           ///< T, noise levels
    int32_t width = 96;               ///< of each of the three hidden layers
    double learning_rate = 0.004;     ///< at its peak; it warms up for 20 steps and falls along a cosine to a twentieth
    int32_t max_steps = 1000;
    std::string method = "ddpm";  ///< ddpm | ddim
    int32_t sampling_steps = 50;  ///< per picture; never more than n_levels
    double guidance = 6.0;        ///< w: 0 ignores the kind that is asked for, 1 asks as learned
    int64_t seed = 7;             ///< same config, same run, on every machine
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Config, shape, schedule, n_levels, width, learning_rate, max_steps, method,
                                   sampling_steps, guidance, seed)

/// How one set of samples covers the shape.
struct Coverage {
    int32_t parts_hit = 0;  ///< parts with at least a quarter of their fair share of the samples
    double on_share = 0;    ///< share of the samples that lie on the shape
    std::vector<int32_t> part_counts = std::vector<int32_t>(kParts, 0);
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Coverage, parts_hit, on_share, part_counts)

/// Coverage from the number of samples on each part.
[[nodiscard]] Coverage coverage_of(const std::vector<int32_t>& part_counts, int32_t n_samples);

/// What drawing one picture costs, and what it would cost a transformer that writes the same numbers as tokens.
struct Comparison {
    int32_t predictions = 0;  ///< of the denoiser for one picture
    int64_t denoiser_parameters = 0;
    int64_t denoiser_flops = 0;  ///< for one picture, matrix products only
    int32_t tokens = 0;          ///< of one picture: one per number
    int64_t transformer_parameters = 0;
    int64_t transformer_flops = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Comparison, predictions, denoiser_parameters, denoiser_flops, tokens,
                                   transformer_parameters, transformer_flops)

/// What the page may know. The job writes it, the page only reads it.
struct Snapshot {
    Status status = Status::Idle;
    int64_t step = 0;  ///< finished optimiser steps
    int64_t max_steps = 0;
    std::string shape;
    bool is_glyphs = false;
    double learning_rate = 0;  ///< its peak, as it is now; it may change in mid-run
    double guidance = 0;       ///< these three as well
    std::string method;
    int32_t sampling_steps = 0;
    int32_t n_levels = 0;
    int64_t rows_per_step = 0;   ///< examples in one batch
    int64_t flops_per_step = 0;  ///< of training
    int32_t n_samples = 0;       ///< of one measurement
    int64_t measured_at = -1;    ///< step of the last measurement, -1 none
    Coverage coverage;           ///< of the last measurement
    double true_share = 0;       ///< share of true examples that lie on the shape by the same rule
    Comparison comparison;
    Message problem;  ///< why a run diverged, one sentence

    // Series; they travel as binary parts (lab.h). Entries of the last three pair up.
    std::vector<float> train_loss;  ///< mean squared error per number, one entry per step
    std::vector<float> measured_step, parts_hit, on_share;

    std::vector<float>* series(const std::string& name);
    std::vector<Series> all_series() const;
    void take_series_from(Snapshot& other);
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Snapshot, status, step, max_steps, shape, is_glyphs, learning_rate, guidance, method,
                                   sampling_steps, n_levels, rows_per_step, flops_per_step, n_samples, measured_at,
                                   coverage, true_share, comparison, problem)

/// The challenge, as written in the content file. It counts on the ring of eight groups.
struct Goal {
    int64_t within_steps = 0;
    double min_parts = 0;
    double min_on_share = 0;  ///< in the same measurement
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Goal, within_steps, min_parts, min_on_share)

class Job {
public:
    using Config = diffusion::Config;
    using Snapshot = diffusion::Snapshot;
    using Goal = diffusion::Goal;
    using L = core::Simd4f;

    static core::Result<std::unique_ptr<Job>> create(const Config& config, const Artefacts& artefacts);

    /// One unit: an optimiser step, one step of sampling, or some samples judged.
    bool step();
    /// Between optimiser steps, after the measurement that belongs to the last one; also when it is all over.
    bool at_boundary() const { return phase_ == Phase::Train || phase_ == Phase::Finished; }
    const Snapshot& snapshot() const { return snapshot_; }
    std::vector<Series> series() const { return snapshot_.all_series(); }

    /// learning_rate, guidance, sampling_steps (numbers), method (text): from the next step or measurement on. stop.
    core::Result<bool> set(const std::string& name, const json& value);
    /// {kind:"path"}: the last measurement, from noise to picture. {kind:"noised", level}: true examples at a level of
    /// noise. {kind:"sample", guidance, sampling_steps, method, seed}: a fresh set, which changes nothing of the run.
    json answer(const json& question);
    Verdict check(const Goal& goal) const;

private:
    enum class Phase { Sample, Judge, Train, Finished };
    using Sampler = core::DiffusionSampler<L>;

    explicit Job(const Config& config);
    void train();
    void begin_measurement();
    void sample();
    void judge();
    void diverge(double loss);
    core::SamplingPlan plan_of(const std::string& method, int32_t sampling_steps, double guidance) const;
    void keep_frame(const Sampler& sampler, std::vector<float>& frames, std::vector<int32_t>& levels) const;
    json path() const;
    json noised(const json& question);
    json fresh_sample(const json& question);

    Config config_;
    Shape shape_;
    core::NoiseSchedule schedule_;
    core::Denoiser<L> model_, averaged_;  ///< what is trained, and what samples: the mean of its last weights
    core::Adam<L> optimizer_;
    core::Ema<L> ema_;
    core::Rng root_, batch_rng_;
    Snapshot snapshot_;
    Phase phase_ = Phase::Sample;
    std::unique_ptr<Sampler> sampler_;
    std::vector<int32_t> part_counts_;         ///< of the measurement that is going on
    int32_t judged_ = 0;                       ///< samples of it
    std::vector<int32_t> kinds_;               ///< asked for, one per sample
    std::vector<float> frames_, kept_frames_;  ///< [frames,shown,D] of the measurement going on, and the last one
    std::vector<int32_t> frame_levels_, kept_levels_;
    std::vector<float> x_, examples_;  ///< a batch; true examples for the page
    std::vector<int32_t> classes_, example_classes_;
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

}  // namespace terrarium::labs::diffusion
