#include "labs/m2_pretraining/pretraining/lab.h"

#include <algorithm>
#include <cmath>

#include "core/io/fields.h"
#include "labs/text_config.h"

namespace terrarium::labs::pretraining {
namespace {

using core::Error;
using core::Result;

constexpr int64_t kValidateEvery = 25;  // optimiser steps
constexpr int64_t kWriteEvery = 100;
constexpr size_t kSamplesKept = 3;
constexpr core::RateFinderConfig kSearch{};

/// The value of the setting that varies, as an address would have it.
std::string value_of(const Config& config) {
    const json value = json(config).at(config.vary);
    return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

// ---- snapshot ------------------------------------------------------------------------------------------------------

std::vector<float>* Snapshot::series(const std::string& name) {
    if (name == "train_loss_nats") return &train_loss_nats;
    if (name == "valid_step") return &valid_step;
    if (name == "valid_loss_nats") return &valid_loss_nats;
    if (name == "compared_step") return &compared_step;
    if (name == "tried_rate") return &tried_rate;
    if (name == "tried_loss_nats") return &tried_loss_nats;
    for (size_t i = 0; i < kMaxVariants; ++i) {
        if (name == "variant_nats_" + std::to_string(i)) return &variant_nats[i];
    }
    return nullptr;
}

std::vector<Series> Snapshot::all_series() const {
    std::vector<Series> all{{"train_loss_nats", train_loss_nats}, {"valid_step", valid_step},
                            {"valid_loss_nats", valid_loss_nats}, {"compared_step", compared_step},
                            {"tried_rate", tried_rate},           {"tried_loss_nats", tried_loss_nats}};
    for (size_t i = 0; i < kMaxVariants; ++i) all.push_back({"variant_nats_" + std::to_string(i), variant_nats[i]});
    return all;
}

void Snapshot::take_series_from(Snapshot& other) {
    for (const Series& each : other.all_series()) *series(each.name) = std::move(*other.series(each.name));
}

// ---- config --------------------------------------------------------------------------------------------------------

void read_config(core::io::Fields& fields, const Content& content, Config& config) {
    const auto whole = [&](const char* name, int32_t& value) {
        const Limit& limit = content.limit(name);
        value = static_cast<int32_t>(
            fields.int_in_or(name, static_cast<int64_t>(limit.min), static_cast<int64_t>(limit.max), value));
    };
    config.plan = fields.choice_or("plan", {"train", "compare", "find_rate"}, config.plan);
    config.vary = fields.choice_or(
        "vary", {"n_heads", "n_layers", "width", "positions", "token_shift", "tokenizer", "learning_rate", "seed"},
        config.vary);
    read_text_name(fields, content, config.text);
    config.tokenizer = fields.choice_or("tokenizer", {"char", "subword", "word"}, config.tokenizer);
    config.objective = fields.choice_or("objective", {"causal", "masked"}, config.objective);
    config.positions = fields.choice_or("positions", {"learned", "rotary", "none"}, config.positions);
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

// ---- job -----------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Job>> Job::create(const Config& config, const Artefacts& artefacts) {
    const auto text = artefacts.find(config.text);
    if (text == artefacts.end()) {
        return Error{"text.missing", "", "The text of this run is not here.",
                     "Choose a built-in text or open your own."};
    }
    const bool is_comparison = config.plan == "compare";
    const std::vector<Config> wanted = is_comparison ? variants_of(config) : std::vector<Config>{config};
    if (is_comparison && wanted.size() < 2) {
        return Error{"variants", "vary", "With these settings there is only one value to try, so nothing to compare.",
                     "Choose another setting to compare, or another width."};
    }
    std::vector<Trainer> trainers;
    for (const Config& each : wanted) {
        if (const Message why = core::why_invalid(shape_of(each, kLargestVocabSize)); !why.empty())
            return Error{"shape", "", why, "Change the settings and train again."};
    }
    const auto text_bytes = static_cast<int64_t>(text->second.size());
    if (const int64_t memory = run_memory_bytes(config, text_bytes); memory > kMaxMemoryBytes) {
        return Error{
            "memory", "",
            Message("This run needs {0} MB; the limit is {1} MB.",
                    {std::to_string((memory + 999'999) / 1'000'000), std::to_string(kMaxMemoryBytes / 1'000'000)}),
            what_fits(config, text_bytes)};
    }
    for (const Config& each : wanted) {
        auto made = Trainer::create(each, text->second);
        if (!made) return made.error();
        trainers.push_back(std::move(made).value());
    }
    return std::unique_ptr<Job>(new Job(config, std::move(trainers)));
}

Job::Job(const Config& config, std::vector<Trainer> trainers)
    : config_(config),
      trainers_(std::move(trainers)),
      finder_(kSearch),
      sample_rng_(core::Rng(static_cast<uint64_t>(config.seed)).fork("samples")) {
    const Trainer& first = trainers_.front();
    snapshot_.status = Status::Running;
    snapshot_.config = config;
    snapshot_.max_steps = config.plan == "find_rate" ? kSearch.n_steps : config.max_steps;
    snapshot_.learning_rate = config.learning_rate;
    snapshot_.n_parameters = core::parameter_count(first.model().shape());
    snapshot_.flops_per_token = core::flops_per_token_forward_backward(first.model().shape());
    snapshot_.tokens_per_step = static_cast<int64_t>(config.batch_size) * config.context;
    snapshot_.n_train_tokens = std::ssize(first.train_ids());
    snapshot_.n_valid_tokens = std::ssize(first.valid_ids()) - 1;
    snapshot_.vocab_size = first.tokenizer().vocab_size();
    snapshot_.other_fraction = first.other_fraction();
    snapshot_.characters_per_token = first.characters_per_token();
    snapshot_.n_layers = config.n_layers;
    snapshot_.n_heads = config.n_heads;
    snapshot_.is_builtin_text = config.text.starts_with("corpus:");
    snapshot_.uniform_nats = first.baselines().uniform_nats;
    snapshot_.unigram_nats = first.baselines().unigram_nats;
    snapshot_.bigram_nats = first.baselines().bigram_nats;
    if (config.plan == "find_rate") phase_ = Phase::Train;
    if (config.plan != "compare") return;
    snapshot_.max_steps *= std::ssize(trainers_);
    for (const Trainer& each : trainers_) {
        snapshot_.variants.push_back({.value = value_of(each.config()),
                                      .n_parameters = core::parameter_count(each.model().shape()),
                                      .bigram_nats = each.baselines().bigram_nats / each.characters_per_token(),
                                      .sample = {}});
    }
}

bool Job::step() {
    switch (phase_) {
        case Phase::Train:
            if (trainer().train_part()) finish_step();
            break;
        case Phase::Validate:
            if (trainer().validate_part()) finish_validation();
            break;
        case Phase::Sample:
            write_sample();
            break;
        case Phase::Finished:
            break;
    }
    return phase_ != Phase::Finished;
}

/// Of the model that works now.
int64_t Job::model_step() const { return snapshot_.variants.empty() ? snapshot_.step : snapshot_.variants[at_].step; }

void Job::finish_step() {
    ++snapshot_.step;
    if (config_.plan == "find_rate") return finish_step_of_search();
    const double loss_nats = trainer().step_loss_nats();
    if (snapshot_.variants.empty()) {
        snapshot_.gradient_norm = trainer().gradient_norm();
        snapshot_.train_loss_nats.push_back(static_cast<float>(loss_nats));
        if (trainer().has_diverged()) return diverge(loss_nats);
        trainer().finish_step(snapshot_.learning_rate);
    } else {
        Variant& variant = snapshot_.variants[at_];
        ++variant.step;
        if (trainer().has_diverged()) {
            variant.has_diverged = true;
            variant.valid_nats = -1;
            return next_variant();
        }
        trainer().finish_step(trainer().config().learning_rate);
    }
    phase_ = phase_after_step();
}

Job::Phase Job::phase_after_step() const {
    const bool is_last = model_step() >= config_.max_steps;
    return is_last || model_step() % kValidateEvery == 0 ? Phase::Validate : Phase::Train;
}

void Job::finish_step_of_search() {
    const double rate = finder_.next_rate();
    finder_.record(trainer().step_loss_nats());
    snapshot_.tried_rate.push_back(static_cast<float>(rate));
    snapshot_.tried_loss_nats.push_back(static_cast<float>(finder_.smoothed_losses().back()));
    if (!finder_.is_done()) return trainer().finish_step(rate);
    if (const auto rate_found = finder_.steepest_rate()) snapshot_.steepest_rate = rounded(*rate_found, 2);
    if (const auto rate_found = finder_.tenth_of_minimum_rate()) snapshot_.tenth_rate = rounded(*rate_found, 2);
    snapshot_.max_steps = snapshot_.step;  // it may end early, when the loss has grown too far
    snapshot_.status = Status::Done;
    phase_ = Phase::Finished;
}

void Job::finish_validation() {
    if (!snapshot_.variants.empty()) return finish_validation_of_variant();
    const double loss_nats = trainer().valid_loss().per_token_nats;
    const auto mass = trainer().previous_token_mass();
    snapshot_.valid_step.push_back(static_cast<float>(snapshot_.step));
    snapshot_.valid_loss_nats.push_back(static_cast<float>(loss_nats));
    snapshot_.previous_token_mass.assign(mass.begin(), mass.end());
    if (!std::isfinite(loss_nats)) return diverge(loss_nats);
    trainer().keep_weights();
    const bool is_last = snapshot_.step >= config_.max_steps;
    phase_ = is_last || snapshot_.step % kWriteEvery == 0 ? Phase::Sample : Phase::Train;
}

void Job::finish_validation_of_variant() {
    Variant& variant = snapshot_.variants[at_];
    const double nats = trainer().valid_loss().per_character_nats;
    const auto mass = trainer().previous_token_mass();
    variant.best_head_mass = static_cast<double>(*std::max_element(mass.begin(), mass.end()));
    variant.has_diverged = !std::isfinite(nats);
    variant.valid_nats = variant.has_diverged ? -1 : nats;
    std::vector<float>& curve = snapshot_.variant_nats[at_];
    curve.push_back(static_cast<float>(nats));
    if (snapshot_.compared_step.size() < curve.size())
        snapshot_.compared_step.push_back(static_cast<float>(variant.step));
    if (!variant.has_diverged && variant.step >= config_.max_steps)
        phase_ = Phase::Sample;
    else
        next_variant();
}

/// The next one that still has something to do; they take turns, so that their curves grow side by side.
void Job::next_variant() {
    const auto has_work = [&](size_t i) {  // a sample is the last thing that a model makes
        return !snapshot_.variants[i].has_diverged && snapshot_.variants[i].sample.empty();
    };
    for (size_t i = 1; i <= trainers_.size(); ++i) {
        const size_t next = (at_ + i) % trainers_.size();
        if (!has_work(next)) continue;
        at_ = next;
        phase_ = snapshot_.variant_nats[at_].empty() ? Phase::Validate : Phase::Train;
        return;
    }
    snapshot_.status = Status::Done;
    phase_ = Phase::Finished;
    for (size_t i = 0; i < snapshot_.variants.size(); ++i) {
        const Variant& variant = snapshot_.variants[i];
        if (variant.has_diverged) continue;
        const bool is_better =
            snapshot_.best_variant < 0 ||
            variant.valid_nats < snapshot_.variants[static_cast<size_t>(snapshot_.best_variant)].valid_nats;
        if (is_better) snapshot_.best_variant = static_cast<int32_t>(i);
    }
}

void Job::write_sample() {
    const std::string text = trainer().write_sample(sample_rng_.fork("step " + std::to_string(model_step())));
    if (!snapshot_.variants.empty()) {
        snapshot_.variants[at_].sample = text;
        return next_variant();
    }
    snapshot_.samples.push_back({snapshot_.step, text});
    if (snapshot_.samples.size() > kSamplesKept) snapshot_.samples.erase(snapshot_.samples.begin());
    phase_ = Phase::Train;
    if (snapshot_.step < config_.max_steps) return;
    snapshot_.status = Status::Done;
    phase_ = Phase::Finished;
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
    trainer().restore_weights();
    snapshot_.status = Status::Diverged;
    phase_ = Phase::Finished;
}

Result<bool> Job::set(const std::string& name, const json& value) {
    if (name == "stop" && phase_ != Phase::Finished) {
        snapshot_.status = Status::Stopped;
        phase_ = Phase::Finished;
        return true;
    }
    if (name == "learning_rate" && value.is_number() && phase_ != Phase::Finished && config_.plan == "train") {
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
