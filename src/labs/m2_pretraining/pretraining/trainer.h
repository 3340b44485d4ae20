// One model in training on one text: what a single run has once and a comparison has several times.
//
// It turns the text into tokens, keeps the last tenth apart, and works in units of fixed size: a part of an optimiser
// step, or one validation batch. When to do which is the job's decision.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/models/ngram.h"
#include "core/models/transformer.h"
#include "core/support/result.h"
#include "core/support/rng.h"
#include "core/text/tokenizer.h"
#include "core/train/adamw.h"
#include "core/train/masked_batches.h"
#include "labs/m2_pretraining/pretraining/config.h"

namespace terrarium::labs::pretraining {

/// Mean surprise per token and per character. Tokens of different tokenizers are of different length, so only the loss
/// per character compares them; where a token is a character both are the same.
struct Loss {
    double per_token_nats = 0, per_character_nats = 0;
};

class Trainer {
public:
    using Model = core::Transformer<core::Simd4f>;

    /// Refuses a too short text with a sentence. Checks: the shape is valid.
    static core::Result<Trainer> create(const Config& config, const std::string& text);

    [[nodiscard]] const Config& config() const { return config_; }
    [[nodiscard]] const core::Tokenizer& tokenizer() const { return tokenizer_; }
    [[nodiscard]] Model& model() { return model_; }
    [[nodiscard]] const Model& model() const { return model_; }
    [[nodiscard]] std::span<const int32_t> train_ids() const { return train_ids_; }
    /// Whole windows of context tokens, and one token more for the last target.
    [[nodiscard]] std::span<const int32_t> valid_ids() const { return valid_ids_; }
    /// On the positions that validation asks for.
    [[nodiscard]] const core::NgramBaselines& baselines() const { return baselines_; }
    [[nodiscard]] double other_fraction() const { return other_fraction_; }
    [[nodiscard]] bool is_masked() const { return config_.objective == "masked"; }
    /// The token that means "hidden"; of a masked objective only.
    [[nodiscard]] int32_t mask_id() const { return tokenizer_.vocab_size(); }
    [[nodiscard]] double characters_per_token() const { return characters_per_token_; }  ///< of the validation text

    /// Does a part of an optimiser step. True when the step's loss and gradient are complete: then call finish_step().
    bool train_part();
    [[nodiscard]] bool is_between_steps() const { return micro_batch_ == 0; }
    [[nodiscard]] double step_loss_nats() const { return step_loss_nats_; }
    [[nodiscard]] double gradient_norm() const;
    /// Changes the weights. A caller that finds the loss lost leaves it out.
    void finish_step(double learning_rate);
    /// Twice as bad as a uniform guess, or not a number: such a run is lost.
    [[nodiscard]] bool has_diverged() const { return !(step_loss_nats_ < 2.0 * baselines_.uniform_nats + 1.0); }

    /// Reads a part of the validation text. True when all of it has been read: loss and heads are then known.
    bool validate_part();
    [[nodiscard]] Loss valid_loss() const { return valid_loss_; }
    /// [L,H] mean attention from a token to the one before it, over the validation text.
    [[nodiscard]] std::span<const float> previous_token_mass() const { return previous_token_mass_; }

    /// Keeps the weights as they are, and brings them back.
    void keep_weights() { last_good_.assign(model_.parameters().begin(), model_.parameters().end()); }
    void restore_weights();

    /// Goes on from a line end; of a masked model: guesses hidden tokens of the validation text instead.
    [[nodiscard]] std::string write_sample(const core::Rng& rng);

private:
    Trainer(const Config& config, core::Tokenizer tokenizer, std::string_view text, size_t valid_from);
    void measure_heads(int n_windows);
    [[nodiscard]] std::string continue_text(core::Rng rng);
    [[nodiscard]] std::string fill_gaps(core::Rng rng);
    [[nodiscard]] core::MaskingConfig masking() const {
        return {.mask_id = mask_id(), .vocab_size = tokenizer_.vocab_size() + 1};
    }
    [[nodiscard]] core::NgramBaselines measure_baselines() const;

    Config config_;
    core::Tokenizer tokenizer_;
    std::vector<int32_t> train_ids_, valid_ids_;
    std::vector<int32_t> valid_inputs_, valid_targets_;  ///< [windows, context]
    Model model_;
    core::AdamW<core::Simd4f> optimizer_;
    core::Rng batch_rng_;
    core::NgramBaselines baselines_;
    double other_fraction_ = 0, characters_per_token_ = 1;
    int32_t n_micro_batches_ = 1, micro_batch_ = 0;
    double step_loss_nats_ = 0;
    int32_t valid_at_ = 0;  ///< window that is validated next
    double valid_loss_sum_ = 0;
    int64_t n_valid_counted_ = 0;
    Loss valid_loss_;
    std::vector<double> head_mass_sum_;
    int64_t head_mass_count_ = 0;
    std::vector<float> previous_token_mass_;
    std::vector<int32_t> inputs_, targets_;
    std::vector<float> last_good_;
};

}  // namespace terrarium::labs::pretraining
