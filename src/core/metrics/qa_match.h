// Exact match and token F1 of short answers, as the SQuAD reading-comprehension benchmarks score them.
//
// Answers are normalised first: lower case; ASCII punctuation deleted (so 5,000 is 5000 and Anne-Marie is annemarie);
// the words a, an, the replaced by a space; white space collapsed. Then, against each gold answer,
//
//     exact match = 1 if both are equal, else 0
//     F1          = 2 P R / (P + R), P and R = common tokens / tokens of the prediction, of the gold answer
//
// and the best over the gold answers counts, exact match and F1 each for itself.
//
// Source: Rajpurkar et al., SQuAD (2016), and Know What You Don't Know (2018); same numbers as their official scorers.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

[[nodiscard]] std::string normalized_answer(std::string_view answer);

enum class SquadRules {
    V1,  ///< answers without a token in common have F1 0, also when both normalise to nothing
    V2,  ///< gold answers that normalise to nothing do not count; no gold answer left means "unanswerable", and the
         ///< right answer is the empty one: exact match and F1 are 1 when the prediction has no tokens, else 0
};

struct AnswerMatch {
    double exact_match = 0;    ///< 0 or 1 for one question; percent for many
    double f1 = 0;             ///< 0..1 for one question; percent for many
    size_t best_answer = 0;    ///< gold answer with the highest F1, the first of equals; one question only
    int64_t n_common = 0;      ///< tokens in common with that answer
    int64_t n_prediction = 0;  ///< tokens of the prediction
    int64_t n_answer = 0;      ///< tokens of that answer
};

/// One question. Errors: qa.no_answer when there is no gold answer under the rules of V1.
[[nodiscard]] Result<AnswerMatch> match_answer(std::string_view prediction, std::span<const std::string> answers,
                                               SquadRules rules);

/// Means over questions, in percent. Errors: qa.no_answer, and what find_segment_fault() says.
[[nodiscard]] Result<AnswerMatch> match_answers(std::span<const std::string> predictions,
                                                std::span<const std::vector<std::string>> answers, SquadRules rules);

}  // namespace terrarium::core
