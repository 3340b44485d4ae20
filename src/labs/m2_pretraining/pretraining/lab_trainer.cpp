#include <algorithm>
#include <cmath>

#include "core/infer/generator.h"
#include "core/infer/sampling.h"
#include "core/ops/cross_entropy.h"
#include "core/support/math.h"
#include "core/train/batches.h"
#include "core/train/gradient_norm.h"
#include "labs/m2_pretraining/pretraining/trainer.h"

namespace terrarium::labs::pretraining {
namespace {

using core::Error;
using core::Result;

constexpr double kValidationFraction = 0.1;
constexpr int64_t kMaxValidationCharacters = 4096;
constexpr int32_t kLongTokensVocabSize = 512;
constexpr int kSampleTokens = 140;
constexpr double kHiddenFraction = 0.15;  // of a sample's tokens, as in training

bool begins_character(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) != 0x80; }

int64_t character_count(std::string_view text) { return std::count_if(text.begin(), text.end(), begins_character); }

/// Where the n-th character begins, or the end.
size_t byte_of_character(std::string_view text, int64_t n) {
    for (size_t i = 0; i < text.size(); ++i) {
        if (begins_character(text[i]) && n-- == 0) return i;
    }
    return text.size();
}

core::Tokenizer learn_tokenizer(const std::string& kind, const std::string& text) {
    if (kind == "word") return core::Tokenizer::learn(core::TokenizerKind::Words, text, kLongTokensVocabSize);
    if (kind == "subword") return core::Tokenizer::learn_subwords(text, kLongTokensVocabSize);
    return core::Tokenizer::learn(core::TokenizerKind::Characters, text);
}

}  // namespace

Result<Trainer> Trainer::create(const Config& config, const std::string& text) {
    core::Tokenizer tokenizer = learn_tokenizer(config.tokenizer, text);
    // The text is cut by characters, so that every tokenizer trains and is measured on the same part of it.
    const auto n_characters = static_cast<size_t>(character_count(text));
    const size_t valid_from =
        byte_of_character(text, static_cast<int64_t>(core::validation_start(n_characters, kValidationFraction)));
    const size_t n_train = tokenizer.encode(std::string_view(text).substr(0, valid_from)).size();
    const size_t n_valid = tokenizer.encode(std::string_view(text).substr(valid_from)).size();
    const auto needed = static_cast<size_t>(config.context) + 1;
    if (n_train < needed || n_valid < needed) {
        return Error{
            "text.too_short", "",
            Message("This text has {0} tokens; with a context of {1} at least {2} are needed.",
                    {std::to_string(n_train + n_valid), std::to_string(config.context), std::to_string(needed * 10)}),
            "Take a longer text or a shorter context."};
    }
    return Trainer(config, std::move(tokenizer), text, valid_from);
}

Trainer::Trainer(const Config& config, core::Tokenizer tokenizer, std::string_view text, size_t valid_from)
    : config_(config),
      tokenizer_(std::move(tokenizer)),
      train_ids_(tokenizer_.encode(text.substr(0, valid_from))),
      valid_ids_(tokenizer_.encode(
          text.substr(valid_from, byte_of_character(text.substr(valid_from), kMaxValidationCharacters)))),
      model_(shape_of(config, tokenizer_.vocab_size()),
             config.batch_size / micro_batches_for(config, tokenizer_.vocab_size())),
      optimizer_(model_.parameters().size()),
      batch_rng_(core::Rng(static_cast<uint64_t>(config.seed)).fork("batches")),
      other_fraction_(tokenizer_.other_fraction(tokenizer_.encode(text))),
      n_micro_batches_(micro_batches_for(config, tokenizer_.vocab_size())) {
    const size_t time = static_cast<size_t>(config.context);
    const size_t n_windows = std::max<size_t>(1, (valid_ids_.size() - 1) / time);
    valid_ids_.resize(n_windows * time + 1);
    valid_inputs_.assign(valid_ids_.begin(), valid_ids_.end() - 1);
    valid_targets_.assign(valid_ids_.begin() + 1, valid_ids_.end());
    core::Rng seed(static_cast<uint64_t>(config.seed));
    if (is_masked()) {
        // The same tokens stay hidden all the time: the curve moves because the model does.
        core::Rng masks = seed.fork("validation masks");
        core::mask_windows(valid_inputs_, valid_targets_, masking(), masks);
    }
    int64_t n_characters = 0;
    for (const int32_t id : valid_targets_) {
        if (id == core::kIgnoredTarget) continue;
        n_characters += id == tokenizer_.other_id() ? 1 : character_count(tokenizer_.token_text(id));
        ++n_valid_counted_;
    }
    characters_per_token_ = std::max(1.0, static_cast<double>(n_characters)) / static_cast<double>(n_valid_counted_);
    baselines_ = measure_baselines();
    core::Rng init = seed.fork("init");
    model_.initialise(init);
    head_mass_sum_.assign(static_cast<size_t>(config.n_layers * config.n_heads), 0.0);
    keep_weights();
}

core::NgramBaselines Trainer::measure_baselines() const {
    if (!is_masked()) return core::fit_ngram_baselines(train_ids_, valid_ids_, tokenizer_.vocab_size());
    // On the hidden tokens only; the bigram is told the true token before.
    const core::NgramModel counted(train_ids_, tokenizer_.vocab_size());
    core::NgramBaselines sums;
    int64_t n = 0;
    for (size_t i = 1; i < valid_targets_.size(); ++i) {
        if (valid_targets_[i] == core::kIgnoredTarget) continue;
        sums.unigram_nats -= core::log(counted.unigram(valid_targets_[i]));
        sums.bigram_nats -= core::log(counted.bigram(valid_ids_[i - 1], valid_targets_[i]));
        ++n;
    }
    const auto count = static_cast<double>(std::max<int64_t>(1, n));
    return {core::log(static_cast<double>(tokenizer_.vocab_size())), sums.unigram_nats / count,
            sums.bigram_nats / count};
}

bool Trainer::train_part() {
    const int32_t batch = config_.batch_size / n_micro_batches_;
    const auto size = static_cast<size_t>(batch) * static_cast<size_t>(config_.context);
    inputs_.resize(size);
    targets_.resize(size);
    if (micro_batch_ == 0) {
        model_.zero_gradients();
        step_loss_nats_ = 0;
    }
    if (is_masked())
        core::sample_masked_batch(inputs_, targets_, train_ids_, batch, config_.context, masking(), batch_rng_);
    else
        core::sample_batch(inputs_, targets_, train_ids_, batch, config_.context, batch_rng_);
    const double share = 1.0 / n_micro_batches_;
    step_loss_nats_ += share * model_.forward(inputs_, targets_, batch, config_.context);
    model_.backward(share);
    micro_batch_ = (micro_batch_ + 1) % n_micro_batches_;
    return micro_batch_ == 0;
}

double Trainer::gradient_norm() const { return core::gradient_norm<core::Simd4f>(model_.gradients()); }

void Trainer::finish_step(double learning_rate) {
    optimizer_.step(model_.parameters(), model_.gradients(), learning_rate);
}

bool Trainer::validate_part() {
    const int32_t time = config_.context;
    const auto n_windows = static_cast<int32_t>(std::ssize(valid_inputs_) / time);
    const int32_t batch = std::min(model_.max_batch(), n_windows - valid_at_);
    const auto from = static_cast<size_t>(valid_at_) * static_cast<size_t>(time);
    const auto size = static_cast<size_t>(batch) * static_cast<size_t>(time);
    const auto inputs = std::span(valid_inputs_).subspan(from, size);
    const auto targets = std::span(valid_targets_).subspan(from, size);
    const auto n_ignored = std::count(targets.begin(), targets.end(), core::kIgnoredTarget);
    const auto n_counted = static_cast<double>(std::ssize(targets) - n_ignored);
    if (n_counted > 0)
        valid_loss_sum_ += model_.forward(inputs, targets, batch, time) * n_counted;
    else
        model_.infer(inputs, batch, time);
    measure_heads(batch);
    valid_at_ += batch;
    if (valid_at_ < n_windows) return false;

    valid_loss_.per_token_nats = valid_loss_sum_ / static_cast<double>(n_valid_counted_);
    valid_loss_.per_character_nats = valid_loss_.per_token_nats / characters_per_token_;
    valid_at_ = 0;
    valid_loss_sum_ = 0;
    previous_token_mass_.clear();
    for (double& sum : head_mass_sum_) {
        previous_token_mass_.push_back(static_cast<float>(sum / static_cast<double>(head_mass_count_)));
        sum = 0;
    }
    head_mass_count_ = 0;
    return true;
}

/// Adds up, per head, the attention from each token to the one right before it.
void Trainer::measure_heads(int n_windows) {
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

void Trainer::restore_weights() {
    std::copy(last_good_.begin(), last_good_.end(), model_.parameters().begin());
    micro_batch_ = 0;
}

std::string Trainer::write_sample(const core::Rng& rng) { return is_masked() ? fill_gaps(rng) : continue_text(rng); }

std::string Trainer::continue_text(core::Rng rng) {
    core::Generator<core::Simd4f> writer(model_.shape(), model_.parameters());
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
    return tokenizer_.decode(written);
}

/// Brackets stand around what was hidden: [right], or [guess≠truth].
std::string Trainer::fill_gaps(core::Rng rng) {
    const auto time = static_cast<size_t>(config_.context);
    const size_t from = rng.below(static_cast<uint32_t>(valid_ids_.size() - time));
    const auto truth = std::span(valid_ids_).subspan(from, time);
    std::vector<int32_t> seen(truth.begin(), truth.end());
    for (int32_t& id : seen) {
        if (rng.uniform() < kHiddenFraction) id = mask_id();
    }
    if (std::count(seen.begin(), seen.end(), mask_id()) == 0) seen[time / 2] = mask_id();
    model_.infer(seen, 1, config_.context);
    const auto vocab = static_cast<size_t>(model_.shape().vocab_size);
    std::string text;
    for (size_t t = 0; t < time; ++t) {
        const std::string here = tokenizer_.decode(truth.subspan(t, 1));
        if (seen[t] != mask_id()) {
            text += here;
            continue;
        }
        const auto scores = model_.logits().subspan(t * vocab, vocab - 1);  // the hidden sign itself is no answer
        const auto best = static_cast<int32_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
        text += best == truth[t] ? "[" + here + "]" : "[" + tokenizer_.decode(std::span(&best, 1)) + "≠" + here + "]";
    }
    return text;
}

}  // namespace terrarium::labs::pretraining
