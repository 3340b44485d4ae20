#include "labs/m2_pretraining/pretraining/lab.h"

#include <algorithm>
#include <cmath>

#include "core/infer/sampling.h"
#include "core/io/fields.h"
#include "core/train/batches.h"
#include "core/train/gradient_norm.h"
#include "labs/text_config.h"

namespace terrarium::labs::pretraining {
namespace {

using core::Error;
using core::Result;

constexpr double kValidationFraction = 0.1;
constexpr int64_t kMaxValidationTokens = 4096;
constexpr int64_t kMaxMemoryBytes = 160'000'000;
constexpr int32_t kWordVocabSize = 512;
constexpr int64_t kUnitFlops = 150'000'000;  // one unit of work: about 10 ms on a laptop, so that pausing is at once
constexpr int64_t kValidateEvery = 25;       // optimiser steps
constexpr int64_t kWriteEvery = 100;
constexpr int kSampleTokens = 140;
constexpr size_t kSamplesKept = 3;

core::TransformerShape shape_of(const Config& config, int32_t vocab_size) {
    return {config.n_layers, config.width, config.n_heads, config.context, vocab_size, config.token_shift};
}

/// How many equal parts an optimiser step is made of: fixed by the config, never by a clock.
int32_t micro_batches_for(const Config& config, int32_t vocab_size) {
    const int64_t per_window = core::flops_per_token_forward_backward(shape_of(config, vocab_size)) * config.context;
    for (int32_t n = 1; n < config.batch_size; ++n) {
        if (config.batch_size % n == 0 && per_window * (config.batch_size / n) <= kUnitFlops) return n;
    }
    return config.batch_size;
}

int32_t micro_batch_size(const Config& config, int32_t vocab_size) {
    return config.batch_size / micro_batches_for(config, vocab_size);
}

}  // namespace

// ---- snapshot ------------------------------------------------------------------------------------------------------

std::vector<float>* Snapshot::series(const std::string& name) {
    if (name == "train_loss_nats") return &train_loss_nats;
    if (name == "valid_step") return &valid_step;
    if (name == "valid_loss_nats") return &valid_loss_nats;
    return nullptr;
}

std::vector<Series> Snapshot::all_series() const {
    return {{"train_loss_nats", train_loss_nats}, {"valid_step", valid_step}, {"valid_loss_nats", valid_loss_nats}};
}

void Snapshot::take_series_from(Snapshot& other) {
    train_loss_nats = std::move(other.train_loss_nats);
    valid_step = std::move(other.valid_step);
    valid_loss_nats = std::move(other.valid_loss_nats);
}

// ---- config --------------------------------------------------------------------------------------------------------

void read_config(core::io::Fields& fields, const Content& content, Config& config) {
    const auto whole = [&](const char* name, int32_t& value) {
        const Limit& limit = content.limit(name);
        value = static_cast<int32_t>(
            fields.int_in_or(name, static_cast<int64_t>(limit.min), static_cast<int64_t>(limit.max), value));
    };
    read_text_name(fields, content, config.text);
    config.tokenizer = fields.choice_or("tokenizer", {"char", "word"}, config.tokenizer);
    whole("n_layers", config.n_layers);
    whole("width", config.width);
    whole("n_heads", config.n_heads);
    whole("context", config.context);
    whole("batch_size", config.batch_size);
    whole("max_steps", config.max_steps);
    const Limit& rate = content.limit("learning_rate");
    config.learning_rate = fields.number_in_or("learning_rate", rate.min, rate.max, config.learning_rate);
    config.token_shift = fields.boolean_or("token_shift", config.token_shift);
    const Limit& seed = content.limit("seed");
    config.seed = fields.int_in_or("seed", static_cast<int64_t>(seed.min), static_cast<int64_t>(seed.max), config.seed);
}

std::vector<std::string> artefacts_of(const Config& config) { return {config.text}; }

int64_t memory_bytes(const Config& config, int32_t vocab_size) {
    const core::TransformerShape shape = shape_of(config, vocab_size);
    const int32_t batch = micro_batch_size(config, vocab_size);
    const int64_t per_parameter = 5 * static_cast<int64_t>(sizeof(float));  // weight, gradient, two averages, last good
    return core::parameter_count(shape) * per_parameter + static_cast<int64_t>(core::activation_bytes(shape, batch));
}

// ---- job -----------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Job>> Job::create(const Config& config, const Artefacts& artefacts) {
    const auto text = artefacts.find(config.text);
    if (text == artefacts.end()) {
        return Error{"text.missing", "", "The text of this run is not here.",
                     "Choose a built-in text or open your own."};
    }
    const bool is_char = config.tokenizer == "char";
    core::Tokenizer tokenizer = is_char
                                    ? core::Tokenizer::learn(core::TokenizerKind::Characters, text->second)
                                    : core::Tokenizer::learn(core::TokenizerKind::Words, text->second, kWordVocabSize);
    if (const Message why = core::why_invalid(shape_of(config, tokenizer.vocab_size())); !why.empty()) {
        return Error{"shape", "", why, "Change the settings and train again."};
    }
    const std::vector<int32_t> ids = tokenizer.encode(text->second);
    const size_t valid_from = core::validation_start(ids.size(), kValidationFraction);
    const auto needed = static_cast<size_t>(config.context) + 1;
    if (valid_from < needed || ids.size() - valid_from < needed) {
        return Error{"text.too_short", "",
                     Message("This text has {0} tokens; with a context of {1} at least {2} are needed.",
                             {std::to_string(ids.size()), std::to_string(config.context), std::to_string(needed * 10)}),
                     "Take a longer text or a shorter context."};
    }
    const int64_t memory = memory_bytes(config, tokenizer.vocab_size());
    if (memory > kMaxMemoryBytes) {
        return Error{"memory", "",
                     Message("This run needs {0} MB; the limit is {1} MB.",
                             {std::to_string(memory / 1'000'000), std::to_string(kMaxMemoryBytes / 1'000'000)}),
                     "Lower the batch, the context or the width."};
    }
    return std::unique_ptr<Job>(new Job(config, std::move(tokenizer), ids));
}

Job::Job(const Config& config, core::Tokenizer tokenizer, const std::vector<int32_t>& ids)
    : config_(config),
      tokenizer_(std::move(tokenizer)),
      model_(shape_of(config, tokenizer_.vocab_size()), micro_batch_size(config, tokenizer_.vocab_size())),
      optimizer_(model_.parameters().size()),
      batch_rng_(core::Rng(static_cast<uint64_t>(config.seed)).fork("batches")),
      sample_rng_(core::Rng(static_cast<uint64_t>(config.seed)).fork("samples")) {
    const auto valid_from = static_cast<std::ptrdiff_t>(core::validation_start(ids.size(), kValidationFraction));
    train_ids_.assign(ids.begin(), ids.begin() + valid_from);
    // Whole windows of context tokens, one more token for the last target.
    const auto n_windows = static_cast<std::ptrdiff_t>(std::max<int64_t>(
        1, (std::min<int64_t>(std::ssize(ids) - valid_from, kMaxValidationTokens) - 1) / config.context));
    valid_ids_.assign(ids.begin() + valid_from, ids.begin() + valid_from + n_windows * config.context + 1);

    core::Rng init_rng = core::Rng(static_cast<uint64_t>(config.seed)).fork("init");
    model_.initialise(init_rng);
    n_micro_batches_ = micro_batches_for(config, tokenizer_.vocab_size());
    const core::NgramBaselines baselines = core::fit_ngram_baselines(train_ids_, valid_ids_, tokenizer_.vocab_size());

    snapshot_.status = Status::Running;
    snapshot_.max_steps = config.max_steps;
    snapshot_.learning_rate = config.learning_rate;
    snapshot_.n_parameters = core::parameter_count(model_.shape());
    snapshot_.flops_per_token = core::flops_per_token_forward_backward(model_.shape());
    snapshot_.tokens_per_step = static_cast<int64_t>(config.batch_size) * config.context;
    snapshot_.n_train_tokens = std::ssize(train_ids_);
    snapshot_.n_valid_tokens = std::ssize(valid_ids_) - 1;
    snapshot_.vocab_size = tokenizer_.vocab_size();
    snapshot_.other_fraction = tokenizer_.other_fraction(ids);
    snapshot_.n_layers = config.n_layers;
    snapshot_.n_heads = config.n_heads;
    snapshot_.is_builtin_text = config.text.starts_with("corpus:");
    snapshot_.uniform_nats = baselines.uniform_nats;
    snapshot_.unigram_nats = baselines.unigram_nats;
    snapshot_.bigram_nats = baselines.bigram_nats;
    head_mass_sum_.assign(static_cast<size_t>(config.n_layers * config.n_heads), 0.0);
    last_good_.assign(model_.parameters().begin(), model_.parameters().end());
}

bool Job::step() {
    switch (phase_) {
        case Phase::Train:
            train_micro_batch();
            break;
        case Phase::Validate:
            validate_batch();
            break;
        case Phase::Sample:
            write_sample();
            break;
        case Phase::Finished:
            break;
    }
    return phase_ != Phase::Finished;
}

void Job::train_micro_batch() {
    const int32_t batch = config_.batch_size / n_micro_batches_;
    const auto size = static_cast<size_t>(batch) * static_cast<size_t>(config_.context);
    inputs_.resize(size);
    targets_.resize(size);
    if (micro_batch_ == 0) {
        model_.zero_gradients();
        step_loss_nats_ = 0;
    }
    core::sample_batch(inputs_, targets_, train_ids_, batch, config_.context, batch_rng_);
    const double share = 1.0 / n_micro_batches_;
    step_loss_nats_ += share * model_.forward(inputs_, targets_, batch, config_.context);
    model_.backward(share);
    if (++micro_batch_ < n_micro_batches_) return;
    micro_batch_ = 0;
    finish_step(step_loss_nats_);
}

void Job::finish_step(double loss_nats) {
    snapshot_.gradient_norm = core::gradient_norm<core::Simd4f>(model_.gradients());
    snapshot_.train_loss_nats.push_back(static_cast<float>(loss_nats));
    ++snapshot_.step;
    // Twice as bad as a uniform guess, or not a number: the run is lost, and that is a result worth showing.
    if (!(loss_nats < 2.0 * snapshot_.uniform_nats + 1.0)) return diverge(loss_nats);
    optimizer_.step(model_.parameters(), model_.gradients(), snapshot_.learning_rate);
    phase_ = phase_after_step();
}

Job::Phase Job::phase_after_step() const {
    const bool is_last = snapshot_.step >= config_.max_steps;
    return is_last || snapshot_.step % kValidateEvery == 0 ? Phase::Validate : Phase::Train;
}

void Job::validate_batch() {
    const int32_t time = config_.context;
    const auto n_windows = static_cast<int32_t>((std::ssize(valid_ids_) - 1) / time);
    const int32_t batch = std::min(model_.max_batch(), n_windows - valid_at_);
    const auto first = valid_ids_.begin() + static_cast<std::ptrdiff_t>(valid_at_) * time;
    const auto size = static_cast<std::ptrdiff_t>(batch) * time;
    inputs_.assign(first, first + size);
    targets_.assign(first + 1, first + size + 1);
    valid_loss_sum_ += model_.forward(inputs_, targets_, batch, time) * static_cast<double>(size);
    measure_heads(batch);
    valid_at_ += batch;
    if (valid_at_ < n_windows) return;

    const double loss_nats = valid_loss_sum_ / static_cast<double>(std::ssize(valid_ids_) - 1);
    valid_at_ = 0;
    valid_loss_sum_ = 0;
    snapshot_.valid_step.push_back(static_cast<float>(snapshot_.step));
    snapshot_.valid_loss_nats.push_back(static_cast<float>(loss_nats));
    snapshot_.previous_token_mass.clear();
    for (double& sum : head_mass_sum_) {
        snapshot_.previous_token_mass.push_back(static_cast<float>(sum / static_cast<double>(head_mass_count_)));
        sum = 0;
    }
    head_mass_count_ = 0;
    if (!std::isfinite(loss_nats)) return diverge(loss_nats);
    last_good_.assign(model_.parameters().begin(), model_.parameters().end());
    const bool is_last = snapshot_.step >= config_.max_steps;
    phase_ = is_last || snapshot_.step % kWriteEvery == 0 ? Phase::Sample : Phase::Train;
}

/// Adds up, per head, the attention from each token to the one right before it.
void Job::measure_heads(int n_windows) {
    const int time = config_.context;
    for (int layer = 0; layer < config_.n_layers; ++layer) {
        const auto attention = model_.attention(layer);  // [B,H,T,T]
        for (int window = 0; window < n_windows; ++window) {
            for (int head = 0; head < config_.n_heads; ++head) {
                const auto block =
                    static_cast<size_t>(window * config_.n_heads + head) * static_cast<size_t>(time * time);
                double sum = 0;
                for (int t = 1; t < time; ++t)
                    sum += static_cast<double>(attention[block + static_cast<size_t>(t * time + t - 1)]);
                head_mass_sum_[static_cast<size_t>(layer * config_.n_heads + head)] += sum;
            }
        }
    }
    head_mass_count_ += static_cast<int64_t>(n_windows) * (time - 1);
}

void Job::write_sample() {
    core::Generator<core::Simd4f> writer(model_.shape(), model_.parameters());
    core::Rng rng = sample_rng_.fork("step " + std::to_string(snapshot_.step));
    std::vector<int32_t> written;
    // A line end is where a sentence may begin; texts without one begin with their own first token.
    const std::vector<int32_t> line_end = tokenizer_.encode("\n");
    const int32_t start = line_end.empty() || line_end[0] == tokenizer_.other_id() ? train_ids_.front() : line_end[0];
    auto logits = writer.push(start);
    for (int i = 0; i < kSampleTokens; ++i) {
        const int32_t id = core::sample_token(logits, {.temperature = 0.8, .top_k = 0}, rng);
        written.push_back(id);
        logits = writer.push(id);
    }
    snapshot_.samples.push_back({snapshot_.step, tokenizer_.decode(written)});
    if (snapshot_.samples.size() > kSamplesKept) snapshot_.samples.erase(snapshot_.samples.begin());
    if (snapshot_.step >= config_.max_steps) {
        snapshot_.status = Status::Done;
        phase_ = Phase::Finished;
    } else {
        phase_ = Phase::Train;
    }
}

void Job::diverge(double loss_nats) {
    const std::string step = std::to_string(snapshot_.step);
    const std::string loss = std::to_string(static_cast<int64_t>(std::min(loss_nats, 1e15)));
    const std::string lower = core::fixed(snapshot_.learning_rate > 0.01 ? 0.003 : snapshot_.learning_rate / 3, 6);
    const std::string rate = lower.substr(0, lower.find_last_not_of('0') + 1);
    snapshot_.problem =
        std::isfinite(loss_nats)
            ? Message(
                  "The run diverged at step {0}: the loss is {1} nats, far worse than guessing. Each step was "
                  "longer than the slope it followed is valid for. The last good weights are kept; try a learning "
                  "rate of {2}.",
                  {step, loss, rate})
            : Message(
                  "The run diverged at step {0}: the loss is not a number any more. Each step was longer than the "
                  "slope it followed is valid for. The last good weights are kept; try a learning rate of {1}.",
                  {step, rate});
    std::copy(last_good_.begin(), last_good_.end(), model_.parameters().begin());
    snapshot_.status = Status::Diverged;
    phase_ = Phase::Finished;
    micro_batch_ = 0;
}

Result<bool> Job::set(const std::string& name, const json& value) {
    if (name == "stop" && phase_ != Phase::Finished) {
        snapshot_.status = Status::Stopped;
        phase_ = Phase::Finished;
        return true;
    }
    if (name == "learning_rate" && value.is_number() && phase_ != Phase::Finished) {
        const double rate = value.get<double>();
        if (!(rate > 0) || !std::isfinite(rate))
            return Error{"range", "learning_rate", "The learning rate must be positive.", ""};
        snapshot_.learning_rate = rate;
        return true;
    }
    if (name == "tagged_head" && value.is_number_integer()) {
        const auto head = value.get<int64_t>();
        if (head < -1 || head >= static_cast<int64_t>(config_.n_layers) * config_.n_heads) {
            return Error{"range", "tagged_head", "This model has no such head.", "Choose one that is shown."};
        }
        snapshot_.tagged_head = static_cast<int32_t>(head);
        return true;
    }
    return Error{"unknown", Message("{0}", {name}), "This cannot be changed in mid-run.",
                 "Stop, change it, and train again."};
}

}  // namespace terrarium::labs::pretraining
