// Batches for a masked language model: some tokens are hidden, and the model learns to say what stood there, reading to
// the left and to the right.
//
// Every position is chosen with probability 15 %. Of the chosen, 80 % become the mask token, 10 % a random token, 10 %
// stay as they are; the target of a chosen position is what stood there, every other position is ignored. Random and
// unchanged tokens are there because no text that the model reads later contains mask tokens: it must not rely on them.
//
// The original chooses 15 % of each text and never special tokens; here every position decides for itself.
// Source: Devlin, Chang, Lee, Toutanova, BERT (2019), section 3.1, "Masked LM", and appendix A.1.

#pragma once

#include <cstdint>
#include <span>

#include "core/support/rng.h"

namespace terrarium::core {

struct MaskingConfig {
    int32_t mask_id = 0;             ///< the token that means "hidden"; usually the vocabulary's last
    int32_t vocab_size = 2;          ///< V, with the mask token
    double chosen_fraction = 0.15;   ///< of all positions
    double masked_fraction = 0.8;    ///< of the chosen
    double replaced_fraction = 0.1;  ///< of the chosen; the rest stays
};

/// Fills B windows that start at positions drawn evenly from all that fit, and hides tokens in them. If chance chooses
/// no position at all, one is chosen evenly, so that there is always something to learn.
///
/// inputs   out [B,T]  the windows with hidden tokens; random tokens are drawn evenly from all but the mask token
/// targets  out [B,T]  what stood at chosen positions, elsewhere kIgnoredTarget
/// ids      in         the text as token ids; at least T
/// Checks: sizes, fractions, mask_id in [0,V).
void sample_masked_batch(std::span<int32_t> inputs, std::span<int32_t> targets, std::span<const int32_t> ids, int batch,
                         int time, const MaskingConfig& config, Rng& rng);

/// The same hiding for windows that the caller has filled in, as for a validation text that stays the same.
void mask_windows(std::span<int32_t> inputs, std::span<int32_t> targets, const MaskingConfig& config, Rng& rng);

}  // namespace terrarium::core
