#include "labs/m2_pretraining/inside_attention/lab.h"

#include <algorithm>
#include <cmath>

#include "core/io/fields.h"
#include "core/models/ngram.h"
#include "core/train/batches.h"
#include "labs/text_config.h"

namespace terrarium::labs::inside_attention {
namespace {

using core::Error;
using core::Result;

constexpr double kHeldoutFraction = 0.1;
constexpr int32_t kHeldoutWindows = 64;
constexpr int32_t kBatch = 16;  // windows per optimiser step, and per unit of measuring
constexpr double kLearningRate = 0.003;
constexpr int64_t kValidateEvery = 50;  // optimiser steps

core::TransformerShape shape_of(int32_t vocab_size) { return {kLayers, kWidth, kHeads, kContext, vocab_size, false}; }

}  // namespace

// ---- parts ---------------------------------------------------------------------------------------------------------

Part part_at(int index) {
    if (index < kFirstMlp) return {PartKind::Head, index / kHeads, index % kHeads};
    if (index < kFirstNorm) return {PartKind::Mlp, index - kFirstMlp, 0};
    if (index < kPositions) return {PartKind::Norm, (index - kFirstNorm) / 2, (index - kFirstNorm) % 2};
    return {PartKind::Positions, 0, 0};
}

Message part_name(int index) {
    const Part part = part_at(index);
    const std::string layer = std::to_string(part.layer + 1);
    switch (part.kind) {
        case PartKind::Head:
            return Message("Head {0}", {layer + "." + std::to_string(part.index + 1)});
        case PartKind::Mlp:
            return Message("MLP {0}", {layer});
        case PartKind::Norm:
            if (part.layer == kLayers) return Message("Final norm");
            return part.index == 0 ? Message("Norm before attention {0}", {layer})
                                   : Message("Norm before MLP {0}", {layer});
        case PartKind::Positions:
            break;
    }
    return Message("Positions");
}

core::PartsOff parts_off(uint32_t set) {
    core::PartsOff off(shape_of(2));
    const auto has = [set](int index) { return (set >> index & 1u) != 0; };
    for (size_t i = 0; i < off.heads.size(); ++i) off.heads[i] = has(static_cast<int>(i));
    for (size_t i = 0; i < off.mlps.size(); ++i) off.mlps[i] = has(kFirstMlp + static_cast<int>(i));
    for (size_t i = 0; i < off.norms.size(); ++i) off.norms[i] = has(kFirstNorm + static_cast<int>(i));
    off.positions = has(kPositions);
    return off;
}

// ---- snapshot ------------------------------------------------------------------------------------------------------

std::vector<float>* Snapshot::series(const std::string& name) {
    if (name == "train_loss_nats") return &train_loss_nats;
    if (name == "valid_step") return &valid_step;
    if (name == "valid_loss_nats") return &valid_loss_nats;
    if (name == "part_cost_nats") return &part_cost_nats;
    if (name == "tried_set") return &tried_set;
    if (name == "tried_rise_nats") return &tried_rise_nats;
    return nullptr;
}

std::vector<Series> Snapshot::all_series() const {
    return {{"train_loss_nats", train_loss_nats}, {"valid_step", valid_step}, {"valid_loss_nats", valid_loss_nats},
            {"part_cost_nats", part_cost_nats},   {"tried_set", tried_set},   {"tried_rise_nats", tried_rise_nats}};
}

void Snapshot::take_series_from(Snapshot& other) {
    train_loss_nats = std::move(other.train_loss_nats);
    valid_step = std::move(other.valid_step);
    valid_loss_nats = std::move(other.valid_loss_nats);
    part_cost_nats = std::move(other.part_cost_nats);
    tried_set = std::move(other.tried_set);
    tried_rise_nats = std::move(other.tried_rise_nats);
}

// ---- config --------------------------------------------------------------------------------------------------------

void read_config(core::io::Fields& fields, const Content& content, Config& config) {
    read_text_name(fields, content, config.text);
    const Limit& steps = content.limit("max_steps");
    config.max_steps = static_cast<int32_t>(fields.int_in_or("max_steps", static_cast<int64_t>(steps.min),
                                                             static_cast<int64_t>(steps.max), config.max_steps));
    const Limit& seed = content.limit("seed");
    config.seed = fields.int_in_or("seed", static_cast<int64_t>(seed.min), static_cast<int64_t>(seed.max), config.seed);
}

std::vector<std::string> artefacts_of(const Config& config) { return {config.text}; }

// ---- job -----------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Job>> Job::create(const Config& config, const Artefacts& artefacts) {
    const auto text = artefacts.find(config.text);
    if (text == artefacts.end())
        return Error{"text.missing", "", "The text of this run is not here.",
                     "Choose a built-in text or open your own."};
    core::Tokenizer tokenizer = core::Tokenizer::learn(core::TokenizerKind::Characters, text->second);
    const std::vector<int32_t> ids = tokenizer.encode(text->second);
    const size_t heldout_from = core::validation_start(ids.size(), kHeldoutFraction);
    constexpr size_t kNeeded = kContext + 1;
    if (heldout_from < kNeeded || ids.size() - heldout_from < kNeeded) {
        return Error{"text.short", "",
                     Message("The text has {0} tokens; this lab needs at least {1}.",
                             {std::to_string(ids.size()), std::to_string(10 * kNeeded)}),
                     "Choose a longer text."};
    }
    return std::unique_ptr<Job>(new Job(config, std::move(tokenizer), ids));
}

Job::Job(const Config& config, core::Tokenizer tokenizer, const std::vector<int32_t>& ids)
    : config_(config),
      tokenizer_(std::move(tokenizer)),
      model_(shape_of(tokenizer_.vocab_size()), kBatch),
      inspector_(model_.shape(), model_.parameters(), kBatch),
      optimizer_(model_.parameters().size()),
      batch_rng_(core::Rng(static_cast<uint64_t>(config.seed)).fork("batches")) {
    const auto heldout_from = static_cast<std::ptrdiff_t>(core::validation_start(ids.size(), kHeldoutFraction));
    train_ids_.assign(ids.begin(), ids.begin() + heldout_from);
    // Whole windows of context tokens, one more token for the last target.
    const auto n_windows = std::min<std::ptrdiff_t>(kHeldoutWindows, (std::ssize(ids) - heldout_from - 1) / kContext);
    heldout_ids_.assign(ids.begin() + heldout_from, ids.begin() + heldout_from + n_windows * kContext + 1);
    core::Rng init_rng = core::Rng(static_cast<uint64_t>(config.seed)).fork("init");
    model_.initialise(init_rng);
    inputs_.resize(core::count_of(kBatch, kContext));
    targets_.resize(inputs_.size());
    const core::NgramBaselines baselines = core::fit_ngram_baselines(train_ids_, heldout_ids_, tokenizer_.vocab_size());

    snapshot_.status = Status::Running;
    snapshot_.text = config.text;
    snapshot_.max_steps = config.max_steps;
    snapshot_.n_parameters = core::parameter_count(model_.shape());
    snapshot_.tokens_per_step = std::ssize(inputs_);
    snapshot_.n_train_tokens = std::ssize(train_ids_);
    snapshot_.n_heldout_tokens = std::ssize(heldout_ids_) - 1;
    snapshot_.vocab_size = tokenizer_.vocab_size();
    snapshot_.uniform_nats = baselines.uniform_nats;
    snapshot_.bigram_nats = baselines.bigram_nats;
}

bool Job::step() {
    switch (phase_) {
        case Phase::Train:
            train_step();
            break;
        case Phase::Validate:
            validate_batch();
            break;
        case Phase::MeasureParts:
            measure_part_batch();
            break;
        case Phase::MeasureWhole:
            measure_whole_batch();
            break;
        case Phase::MeasureSet:
            measure_set_batch();
            break;
        case Phase::Open:
            break;
    }
    return phase_ != Phase::Open;
}

void Job::train_step() {
    core::sample_batch(inputs_, targets_, train_ids_, kBatch, kContext, batch_rng_);
    model_.zero_gradients();
    const double loss_nats = model_.forward(inputs_, targets_, kBatch, kContext);
    model_.backward();
    snapshot_.train_loss_nats.push_back(static_cast<float>(loss_nats));
    ++snapshot_.step;
    if (!std::isfinite(loss_nats)) return diverge();
    optimizer_.step(model_.parameters(), model_.gradients(), kLearningRate);
    if (snapshot_.step >= config_.max_steps || snapshot_.step % kValidateEvery == 0) phase_ = Phase::Validate;
}

void Job::diverge() {
    snapshot_.problem =
        Message("The run diverged at step {0}: the loss is not a number any more.", {std::to_string(snapshot_.step)});
    snapshot_.status = Status::Diverged;
    phase_ = Phase::Open;
}

bool Job::heldout_batch(uint32_t off, double& loss_nats) {
    const auto n_windows = static_cast<int32_t>((std::ssize(heldout_ids_) - 1) / kContext);
    const int32_t batch = std::min(kBatch, n_windows - heldout_at_);
    const std::span<const int32_t> all = heldout_ids_;
    const size_t first = core::count_of(heldout_at_, kContext), size = core::count_of(batch, kContext);
    heldout_sum_ +=
        inspector_.run(all.subspan(first, size), all.subspan(first + 1, size), batch, kContext, parts_off(off)) * batch;
    heldout_at_ += batch;
    if (heldout_at_ < n_windows) return false;
    loss_nats = heldout_sum_ / n_windows;
    heldout_at_ = 0;
    heldout_sum_ = 0;
    return true;
}

void Job::validate_batch() {
    if (!heldout_batch(0, snapshot_.whole_nats)) return;
    snapshot_.valid_step.push_back(static_cast<float>(snapshot_.step));
    snapshot_.valid_loss_nats.push_back(static_cast<float>(snapshot_.whole_nats));
    phase_ = snapshot_.step >= config_.max_steps ? Phase::MeasureParts : Phase::Train;
}

void Job::measure_part_batch() {
    double loss_nats = 0;
    const auto part = std::ssize(snapshot_.part_cost_nats);
    if (!heldout_batch(1u << part, loss_nats)) return;
    snapshot_.part_cost_nats.push_back(static_cast<float>(loss_nats - snapshot_.whole_nats));
    if (std::ssize(snapshot_.part_cost_nats) < kParts) return;
    snapshot_.status = Status::Done;
    snapshot_.is_open = true;
    phase_ = Phase::Open;
}

void Job::measure_whole_batch() {
    if (!heldout_batch(0, snapshot_.whole_nats)) return;
    is_whole_measured_ = true;
    phase_ = Phase::MeasureSet;
}

void Job::measure_set_batch() {
    double loss_nats = 0;
    if (!heldout_batch(wanted_off_, loss_nats)) return;
    snapshot_.off = wanted_off_;
    snapshot_.rise_nats = loss_nats - snapshot_.whole_nats;
    snapshot_.tried_set.push_back(static_cast<float>(snapshot_.off));
    snapshot_.tried_rise_nats.push_back(static_cast<float>(snapshot_.rise_nats));
    phase_ = Phase::Open;
}

Result<bool> Job::set(const std::string& name, const json& value) {
    if (name == "stop" && phase_ != Phase::Open) {
        snapshot_.status = Status::Stopped;
        snapshot_.is_open = true;
        phase_ = Phase::Open;
        heldout_at_ = 0;
        heldout_sum_ = 0;
        is_whole_measured_ = false;
        return true;
    }
    if (name == "off" && value.is_number_integer()) {
        const auto set = value.get<int64_t>();
        if (set < 0 || set >= int64_t{1} << kParts)
            return Error{"range", "off", "This model has no such part.", "Choose among those that are shown."};
        if (!snapshot_.is_open)
            return Error{"early", "off", "Parts can be turned off when training is over.", "Wait, or stop the run."};
        if (set == 0) {
            snapshot_.off = 0;
            snapshot_.rise_nats = 0;
            return true;
        }
        wanted_off_ = static_cast<uint32_t>(set);
        phase_ = is_whole_measured_ ? Phase::MeasureSet : Phase::MeasureWhole;
        return true;
    }
    return Error{"unknown", Message("{0}", {name}), "This cannot be changed in mid-run.",
                 "Stop, change it, and train again."};
}

}  // namespace terrarium::labs::inside_attention
