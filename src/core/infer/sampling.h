// Sampling: from scores to the next token, with two dials for how adventurous the choice is.
//
//   temperature  divides the scores: below 1 the favourites gain, above 1 the outsiders; 0 always takes the best
//   top_k        only the k best tokens may be drawn; 0 means all
//
// Shape letter: V vocabulary.
// Sources: Ackley, Hinton, Sejnowski (1985) for temperature; Fan, Lewis, Dauphin, Hierarchical Neural Story Generation
// (2018), section 5.4, for top-k.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/rng.h"

namespace terrarium::core {

struct SamplingConfig {
    double temperature = 1.0;  ///< >= 0
    int32_t top_k = 0;         ///< 0 for all
};

/// Token ids from the highest to the lowest score; equal scores by id, so that ties are the same everywhere. NaN scores
/// come last.
[[nodiscard]] std::vector<int32_t> rank_tokens(std::span<const float> logits);

/// The distribution that sample_token() draws from: softmax(logits / temperature) over the allowed tokens, 0 elsewhere.
/// Temperature 0 puts everything on the best token. With NaN or infinite scores, of a model that diverged, every token
/// is equally likely: there is nothing to learn from them. probabilities  out [V] Checks: V >= 1, temperature >= 0,
/// top_k >= 0.
void next_token_probabilities(std::span<double> probabilities, std::span<const float> logits,
                              const SamplingConfig& config);

/// Draws one token; uses one number from rng unless the temperature is 0.
[[nodiscard]] int32_t sample_token(std::span<const float> logits, const SamplingConfig& config, Rng& rng);

}  // namespace terrarium::core
