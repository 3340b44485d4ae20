#include "labs/m2_pretraining/diffusion/lab.h"

#include <algorithm>
#include <cmath>

#include "core/io/fields.h"
#include "core/models/transformer_shape.h"
#include "core/tensor/shape.h"
#include "core/train/schedule.h"

namespace terrarium::labs::diffusion {
namespace {

using core::count_of;
using core::Error;
using core::Result;

constexpr int32_t kPointsPerBatch = 128, kGlyphsPerBatch = 32;
constexpr int32_t kPointSamples = 384, kGlyphSamples = 64;
constexpr int32_t kGlyphsShown = 32;    // four of each sign
constexpr int32_t kJudgedPerUnit = 32;  // comparing a glyph with all signs takes about a tenth of a millisecond
constexpr int64_t kMeasureEvery = 200;  // optimiser steps
constexpr int32_t kFrames = 13;         // kept of the way from noise to picture
constexpr double kDropFraction = 0.15;
constexpr int64_t kWarmupSteps = 20;
constexpr double kFinalFraction = 0.05;
constexpr double kLostLoss = 100.0;  // a hundred times as bad as saying nothing

core::DenoiserShape denoiser_shape(const Config& config, const Shape& shape) {
    core::DenoiserShape denoiser{.size = shape.size(),
                                 .n_classes = shape.n_classes(),
                                 .time_features = 16,
                                 .hidden_width = config.width,
                                 .n_hidden = 3,
                                 .activation = core::Activation::Relu};
    if (shape.is_glyphs()) denoiser.prediction = core::Prediction::Picture;
    return denoiser;
}

int32_t samples_of(const Shape& shape) { return shape.is_glyphs() ? kGlyphSamples : kPointSamples; }
int32_t batch_of(const Shape& shape) { return shape.is_glyphs() ? kGlyphsPerBatch : kPointsPerBatch; }
int32_t shown_of(const Shape& shape) { return shape.is_glyphs() ? kGlyphsShown : kPointSamples; }

double share_of_true_examples(const Shape& shape, core::Rng rng) {
    constexpr int kExamples = 500;
    std::vector<float> example(count_of(shape.size()));
    int n_on = 0;
    for (int i = 0; i < kExamples; ++i) {
        shape.draw(example, rng);
        n_on += shape.part_of(example) >= 0 ? 1 : 0;
    }
    return static_cast<double>(n_on) / kExamples;
}

/// The transformer of the pretraining lab, with 64 steps of grey as its vocabulary and one token per number.
core::TransformerShape writer_of(const Shape& shape) { return {2, 32, 4, shape.size(), 64, false}; }

}  // namespace

Coverage coverage_of(const std::vector<int32_t>& part_counts, int32_t n_samples) {
    Coverage coverage;
    coverage.part_counts = part_counts;
    int32_t n_on = 0;
    for (const int32_t count : part_counts) {
        n_on += count;
        coverage.parts_hit += count * kParts * 4 >= n_samples ? 1 : 0;
    }
    coverage.on_share = n_samples > 0 ? static_cast<double>(n_on) / n_samples : 0.0;
    return coverage;
}

// ---- snapshot ------------------------------------------------------------------------------------------------------

std::vector<float>* Snapshot::series(const std::string& name) {
    if (name == "train_loss") return &train_loss;
    if (name == "measured_step") return &measured_step;
    if (name == "parts_hit") return &parts_hit;
    if (name == "on_share") return &on_share;
    return nullptr;
}

std::vector<Series> Snapshot::all_series() const {
    return {
        {"train_loss", train_loss}, {"measured_step", measured_step}, {"parts_hit", parts_hit}, {"on_share", on_share}};
}

void Snapshot::take_series_from(Snapshot& other) {
    train_loss = std::move(other.train_loss);
    measured_step = std::move(other.measured_step);
    parts_hit = std::move(other.parts_hit);
    on_share = std::move(other.on_share);
}

// ---- config --------------------------------------------------------------------------------------------------------

void read_config(core::io::Fields& fields, const Content& content, Config& config) {
    const auto whole = [&](const char* name, int32_t& value) {
        const Limit& limit = content.limit(name);
        value = static_cast<int32_t>(
            fields.int_in_or(name, static_cast<int64_t>(limit.min), static_cast<int64_t>(limit.max), value));
    };
    const auto number = [&](const char* name, double& value) {
        const Limit& limit = content.limit(name);
        value = fields.number_in_or(name, limit.min, limit.max, value);
    };
    config.shape = fields.choice_or("shape", {"ring", "moons", "spiral", "board", "glyphs"}, config.shape);
    config.schedule = fields.choice_or("schedule", {"cosine", "linear"}, config.schedule);
    whole("n_levels", config.n_levels);
    whole("width", config.width);
    number("learning_rate", config.learning_rate);
    whole("max_steps", config.max_steps);
    config.method = fields.choice_or("method", {"ddpm", "ddim"}, config.method);
    whole("sampling_steps", config.sampling_steps);
    number("guidance", config.guidance);
    const Limit& seed = content.limit("seed");
    config.seed = fields.int_in_or("seed", static_cast<int64_t>(seed.min), static_cast<int64_t>(seed.max), config.seed);
}

std::vector<std::string> artefacts_of(const Config&) { return {}; }

// ---- job -----------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Job>> Job::create(const Config& config, const Artefacts&) {
    if (const Message why = core::why_invalid(denoiser_shape(config, Shape(config.shape))); !why.empty()) {
        return Error{"shape", "", why, "Change the settings and train again."};
    }
    return std::unique_ptr<Job>(new Job(config));
}

Job::Job(const Config& config)
    : config_(config),
      shape_(config.shape),
      schedule_(config.schedule == "linear" ? core::BetaSchedule::Linear : core::BetaSchedule::Cosine, config.n_levels),
      model_(denoiser_shape(config, shape_), schedule_, batch_of(shape_)),
      averaged_(model_.shape(), schedule_, samples_of(shape_)),
      optimizer_(model_.parameters().size()),
      ema_(model_.parameters().size()),
      root_(static_cast<uint64_t>(config.seed)),
      batch_rng_(root_.fork("batches")),
      x_(count_of(batch_of(shape_), shape_.size())),
      examples_(count_of(shown_of(shape_), shape_.size())),
      classes_(count_of(batch_of(shape_))) {
    core::Rng init = root_.fork("init"), examples = root_.fork("examples");
    model_.initialise(init);
    std::copy(model_.parameters().begin(), model_.parameters().end(), averaged_.parameters().begin());
    for (int32_t i = 0; i < samples_of(shape_); ++i) kinds_.push_back(i % shape_.n_classes());
    for (int32_t i = 0; i < shown_of(shape_); ++i) {
        const std::span<float> row = std::span(examples_).subspan(count_of(i, shape_.size()), count_of(shape_.size()));
        example_classes_.push_back(shape_.draw(row, examples));
    }

    snapshot_.status = Status::Running;
    snapshot_.max_steps = config.max_steps;
    snapshot_.shape = config.shape;
    snapshot_.is_glyphs = shape_.is_glyphs();
    snapshot_.learning_rate = config.learning_rate;
    snapshot_.guidance = config.guidance;
    snapshot_.method = config.method;
    snapshot_.sampling_steps = config.sampling_steps;
    snapshot_.n_levels = config.n_levels;
    snapshot_.rows_per_step = batch_of(shape_);
    const int64_t flops_per_row = core::flops_per_row_forward_backward(model_.network().shape());
    snapshot_.flops_per_step = flops_per_row * batch_of(shape_);
    snapshot_.n_samples = samples_of(shape_);
    snapshot_.true_share = share_of_true_examples(shape_, root_.fork("truth"));
    Comparison& cost = snapshot_.comparison;
    cost.denoiser_parameters = core::parameter_count(model_.network().shape());
    const core::TransformerShape writer = writer_of(shape_);
    cost.tokens = shape_.size();
    cost.transformer_parameters = core::parameter_count(writer);
    cost.transformer_flops = core::flops_per_token_forward_backward(writer) / 3 * shape_.size();
    begin_measurement();
}

bool Job::step() {
    switch (phase_) {
        case Phase::Train:
            train();
            break;
        case Phase::Sample:
            sample();
            break;
        case Phase::Judge:
            judge();
            break;
        case Phase::Finished:
            break;
    }
    return phase_ != Phase::Finished;
}

void Job::train() {
    const std::size_t D = count_of(shape_.size());
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        classes_[i] = shape_.draw(std::span(x_).subspan(i * D, D), batch_rng_);
    }
    model_.zero_gradients();
    const double loss = model_.forward(x_, classes_, kDropFraction, batch_rng_);
    snapshot_.train_loss.push_back(static_cast<float>(loss));
    ++snapshot_.step;
    if (!(loss < kLostLoss)) return diverge(loss);
    model_.backward();
    const double rate = core::rate_at({.kind = core::ScheduleKind::Cosine,
                                       .peak = snapshot_.learning_rate,
                                       .warmup_steps = kWarmupSteps,
                                       .total_steps = config_.max_steps,
                                       .final_fraction = kFinalFraction},
                                      snapshot_.step - 1);
    optimizer_.step(model_.parameters(), model_.gradients(), rate);
    ema_.update(model_.parameters());
    if (snapshot_.step >= config_.max_steps || snapshot_.step % kMeasureEvery == 0) {
        ema_.write(averaged_.parameters());
        begin_measurement();
    }
}

core::SamplingPlan Job::plan_of(const std::string& method, int32_t sampling_steps, double guidance) const {
    return {.method = method == "ddim" ? core::SamplingMethod::Ddim : core::SamplingMethod::Ddpm,
            .n_steps = std::clamp(sampling_steps, 1, schedule_.n_levels()),
            .eta = 0.0,
            .guidance = guidance,
            .limit = shape_.limit()};
}

void Job::begin_measurement() {
    const core::SamplingPlan plan = plan_of(snapshot_.method, snapshot_.sampling_steps, snapshot_.guidance);
    // The same first noise every time: what changes between measurements is the model.
    sampler_ = std::make_unique<Sampler>(averaged_, plan, kinds_, root_.fork("samples"));
    Comparison& cost = snapshot_.comparison;
    cost.predictions = core::predictions_per_picture(plan, true);
    cost.denoiser_flops = core::flops_per_row_forward_backward(model_.network().shape()) / 3 * cost.predictions;
    frames_.clear();
    frame_levels_.clear();
    keep_frame(*sampler_, frames_, frame_levels_);
    part_counts_.assign(kParts, 0);
    judged_ = 0;
    phase_ = Phase::Sample;
}

/// Keeps what the page shows of this moment, when it is one of the kFrames that are spread over the way.
void Job::keep_frame(const Sampler& sampler, std::vector<float>& frames, std::vector<int32_t>& levels) const {
    const int32_t n = sampler.steps_left() + sampler.steps_taken(), k = sampler.steps_taken();
    const auto frame_of = [&](int32_t taken) { return static_cast<int64_t>(taken) * (kFrames - 1) / n; };
    if (k > 0 && n >= kFrames && frame_of(k) == frame_of(k - 1)) return;
    const auto shown = sampler.pictures().first(count_of(shown_of(shape_), shape_.size()));
    frames.insert(frames.end(), shown.begin(), shown.end());
    levels.push_back(sampler.level());
}

void Job::sample() {
    const bool goes_on = sampler_->step(averaged_);
    keep_frame(*sampler_, frames_, frame_levels_);
    if (!goes_on) phase_ = Phase::Judge;
}

void Job::judge() {
    const std::size_t D = count_of(shape_.size());
    const int32_t end = std::min(judged_ + kJudgedPerUnit, snapshot_.n_samples);
    for (; judged_ < end; ++judged_) {
        const int32_t part = shape_.part_of(sampler_->pictures().subspan(count_of(judged_) * D, D));
        if (part >= 0) ++part_counts_[count_of(part)];
    }
    if (judged_ < snapshot_.n_samples) return;
    snapshot_.coverage = coverage_of(part_counts_, snapshot_.n_samples);
    snapshot_.measured_at = snapshot_.step;
    snapshot_.measured_step.push_back(static_cast<float>(snapshot_.step));
    snapshot_.parts_hit.push_back(static_cast<float>(snapshot_.coverage.parts_hit));
    snapshot_.on_share.push_back(static_cast<float>(snapshot_.coverage.on_share));
    kept_frames_ = frames_;
    kept_levels_ = frame_levels_;
    const bool is_last = snapshot_.step >= config_.max_steps;
    if (is_last) snapshot_.status = Status::Done;
    phase_ = is_last ? Phase::Finished : Phase::Train;
}

void Job::diverge(double loss) {
    const std::string step = std::to_string(snapshot_.step);
    snapshot_.problem =
        std::isfinite(loss)
            ? Message(
                  "The run diverged at step {0}: the denoiser misses by a hundred times more than saying nothing "
                  "would. Lower the learning rate and train again.",
                  {step})
            : Message(
                  "The run diverged at step {0}: the loss is not a number any more. Lower the learning rate and "
                  "train again.",
                  {step});
    snapshot_.status = Status::Diverged;
    phase_ = Phase::Finished;
}

Result<bool> Job::set(const std::string& name, const json& value) {
    const bool is_running = phase_ != Phase::Finished;
    if (name == "stop" && is_running) {
        snapshot_.status = Status::Stopped;
        phase_ = Phase::Finished;
        return true;
    }
    if (is_running && value.is_number()) {
        const double number = value.get<double>();
        if (name == "learning_rate") {
            if (!(number > 0) || !std::isfinite(number))
                return Error{"range", "learning_rate", "The learning rate must be positive.", ""};
            snapshot_.learning_rate = number;
            return true;
        }
        if (name == "guidance") {
            if (!(number >= 0) || !std::isfinite(number))
                return Error{"range", "guidance", "The guidance must not be negative.", ""};
            snapshot_.guidance = number;
            return true;
        }
        if (name == "sampling_steps" && value.is_number_integer()) {
            const auto steps = value.get<int64_t>();
            if (steps < 1 || steps > 10000)
                return Error{"range", "sampling_steps", "Sampling takes at least one step.", ""};
            snapshot_.sampling_steps = static_cast<int32_t>(steps);
            return true;
        }
    }
    if (is_running && name == "method" && (value == "ddpm" || value == "ddim")) {
        snapshot_.method = value.get<std::string>();
        return true;
    }
    return Error{"unknown", Message("{0}", {name}), "This cannot be changed in mid-run.",
                 "Stop, change it, and train again."};
}

}  // namespace terrarium::labs::diffusion
