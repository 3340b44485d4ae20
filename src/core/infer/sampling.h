// Sampling: from scores to the next token, with four dials for how adventurous the choice is. They act in this order:
//
//   1. repetition_penalty  a token that was written before counts less: its score is divided by the penalty when it is
//                          positive and multiplied by it when it is negative; 1 changes nothing
//   2. temperature         divides the scores: below 1 the favourites gain, above 1 the outsiders; 0 always takes the
//                          best ("greedy")
//   3. top_k               only the k best tokens may be drawn; 0 means all
//   4. top_p               of these, only the fewest best ones that together have at least the share p ("nucleus"); 1
//                          means all
//
// Each acts on what the one before left over: top_p sees the probabilities of the k best tokens as a whole of 1.
//
// Shape letter: V vocabulary.
// Sources: Keskar et al., CTRL (2019), section 4.1, for the penalty, with its usual form for negative scores; Ackley,
// Hinton, Sejnowski (1985) for temperature; Fan, Lewis, Dauphin, Hierarchical Neural Story Generation (2018), section
// 5.4, for top-k; Holtzman et al., The Curious Case of Neural Text Degeneration (2020), section 3.1, for top-p.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/rng.h"

namespace terrarium::core {

struct SamplingConfig {
    double temperature = 1.0;         ///< >= 0
    int32_t top_k = 0;                ///< 0 for all
    double top_p = 1.0;               ///< in [0,1]; the best token always stays
    double repetition_penalty = 1.0;  ///< > 0; below 1 it would invite repetition
};

/// Token ids from the highest to the lowest score; equal scores by id, so that ties are the same everywhere. NaN scores
/// come last.
[[nodiscard]] std::vector<int32_t> rank_tokens(std::span<const float> logits);

/// The distribution that sample_token() draws from: softmax over the allowed tokens, 0 elsewhere. Temperature 0 puts
/// everything on the best token. With NaN or infinite scores, of a model that diverged, every token is equally likely:
/// there is nothing to learn from them.
///
/// probabilities  out [V]
/// logits         in  [V]
/// written        in  the tokens that the penalty is for, each once or often; may be empty
/// Checks: V >= 1, temperature >= 0, top_k >= 0, 0 <= top_p <= 1, repetition_penalty > 0, valid ids.
void next_token_probabilities(std::span<double> probabilities, std::span<const float> logits,
                              const SamplingConfig& config, std::span<const int32_t> written = {});

/// The same two questions, asked again and again without asking for memory: what writing a text needs.
class Sampler {
public:
    explicit Sampler(int32_t vocab_size);
    Sampler(const Sampler&) = delete;
    Sampler& operator=(const Sampler&) = delete;

    /// next_token_probabilities(); valid until the next call.
    std::span<const double> probabilities(std::span<const float> logits, const SamplingConfig& config,
                                          std::span<const int32_t> written = {});
    /// sample_token().
    int32_t sample(std::span<const float> logits, const SamplingConfig& config, Rng& rng,
                   std::span<const int32_t> written = {});

private:
    std::vector<double> probabilities_, scores_;
    std::vector<int32_t> ranked_;
};

/// Draws one token; uses one number from rng unless the temperature is 0.
[[nodiscard]] int32_t sample_token(std::span<const float> logits, const SamplingConfig& config, Rng& rng,
                                   std::span<const int32_t> written = {});

}  // namespace terrarium::core
