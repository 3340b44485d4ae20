// Beam search: looks for a continuation that is likely as a whole, instead of taking the best token each time.
//
//   the score of a continuation of n tokens   (sum of log p(token | everything before)) / n^length_penalty
//
// Of all continuations of the kept ones ("beams") the best n_beams are kept, step by step. One that ends with the end
// token is finished and put aside. With length_penalty 0 the plain likelihood counts, which favours short texts; with 1
// the mean per token. Width 1 is greedy choice. It is a search, not a proof: what it drops early it never sees again.
//
// Equal scores are ordered by the token ids, so that the answer is the same everywhere.
// Sources: Graves, Sequence Transduction with Recurrent Neural Networks (2012); Wu et al., Google's Neural Machine
// Translation System (2016), section 7, for length normalisation, here in the simpler form that divides by a power.

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace terrarium::core {

struct BeamConfig {
    int32_t n_beams = 4;          ///< >= 1
    int32_t max_tokens = 16;      ///< >= 1; of the continuation
    double length_penalty = 1.0;  ///< >= 0
    int32_t end_id = -1;          ///< the token that ends a text; -1 when there is none
};

struct Beam {
    std::vector<int32_t> ids;  ///< the continuation, with its end token
    double log_probability = 0.0;
    double score = 0.0;  ///< log_probability / n^length_penalty
    bool is_finished = false;
};

/// Scores [V] of the token that follows a prompt and a continuation. A Generator does it so:
///     [&](std::span<const int32_t> ids) { writer.reset(); writer.push(prompt); return writer.push(ids); }
using NextScores = std::function<std::span<const float>(std::span<const int32_t> continuation)>;

/// The best n_beams continuations found, best first: finished ones, and those that reached max_tokens. The search ends
/// early when nothing is left to continue. Empty when the scores are not finite (a model that diverged).
/// Checks: the config; V >= 1 and equal at every call; end_id < V.
[[nodiscard]] std::vector<Beam> beam_search(const NextScores& next_scores, const BeamConfig& config);

}  // namespace terrarium::core
