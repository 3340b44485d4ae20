// Batches: random pieces of a text, each with the same piece one token later as its answers.
//
// Shape letters: B batch, T time. A window of T+1 tokens gives T inputs and T targets.

#pragma once

#include <cstdint>
#include <span>

#include "core/support/rng.h"

namespace terrarium::core {

/// Fills B windows that start at positions drawn evenly, with repetition, from all that fit.
///
/// inputs   out [B,T]  ids[start .. start+T-1]
/// targets  out [B,T]  ids[start+1 .. start+T]
/// ids      in         the text as token ids; at least T+1
/// Checks: sizes.
void sample_batch(std::span<int32_t> inputs, std::span<int32_t> targets, std::span<const int32_t> ids, int batch,
                  int time, Rng& rng);

/// The same with windows spread evenly over the text, the first at its start and the last at its end: for a validation
/// loss whose curve moves because the model does, not because other text was drawn.
void spread_batch(std::span<int32_t> inputs, std::span<int32_t> targets, std::span<const int32_t> ids, int batch,
                  int time);

/// Where the validation part begins: the last `fraction` of a text of `size` tokens, rounded down to whole tokens.
/// Text is cut, not shuffled, so that no training window reads what validation asks for. Checks: 0 <= fraction <= 1.
[[nodiscard]] std::size_t validation_start(std::size_t size, double fraction);

}  // namespace terrarium::core
