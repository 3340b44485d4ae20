// BERTScore: compares two texts by the meaning vectors of their tokens instead of their letters.
//
// Every token of the candidate is matched with the most similar token of the reference (cosine), and the other way
// round; tokens may be used several times:
//
//     P = sum over candidate tokens of weight * max cosine,  R the same for the reference,  F = 2 P R / (P + R)
//
// Weights are divided by their sum. They are all equal, or idf(t) = ln((N + 1) / (df(t) + 1)) over the N references, so
// that "the" counts less than "lighthouse". The embeddings come from a model, and with another model the number is
// another: a BERTScore without the model's name says nothing.
//
// Conventions: the first and the last token are the model's special ones; they have weight 0 but others may match them.
// A text of only these two is empty, and P, R and F are 0. Cosines may be negative and so may the score. Weights that
// sum to 0 leave P (or R) undefined, a NaN; F is 0 then. Rescaling (x - b) / (1 - b) stretches the narrow range above a
// baseline b, which two random texts reach, to 0..1 and below.
//
// Source: Zhang, Kishore, Wu, Weinberger, Artzi, BERTScore: Evaluating Text Generation with BERT (2020). Same numbers
// as bert_score 0.3.13, in double precision.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// A text as a model sees it.
struct EmbeddedText {
    std::vector<std::vector<double>> rows;  ///< [tokens][dimensions]; any length but 0, they are normalised here
    std::vector<double> weights;            ///< [tokens]
};

struct BertTriple {
    double precision = 0, recall = 0, f1 = 0;
};

struct BertScore {
    BertTriple score;
    std::vector<std::vector<double>> cosines;  ///< [candidate tokens][reference tokens]
    std::vector<size_t> candidate_matches;     ///< [candidate tokens] the most similar reference token, first of equals
    std::vector<size_t> reference_matches;     ///< [reference tokens]
};

/// has_special_tokens  in  the rule for texts of two tokens applies
/// Errors: bertscore.shape for no tokens, rows of unequal length, or not one weight per token. A row of zeros has no
/// direction: its cosines are NaN.
[[nodiscard]] Result<BertScore> bert_score(const EmbeddedText& candidate, const EmbeddedText& reference,
                                           bool has_special_tokens = true);

/// Against several references: the largest P, the largest R and the largest F, each for itself; NaN wins.
[[nodiscard]] Result<BertTriple> bert_score_multi(const EmbeddedText& candidate,
                                                  std::span<const EmbeddedText> references,
                                                  bool has_special_tokens = true);

/// Inverse document frequencies. Tokens that no document has count as df 0.
/// documents  in  lists of token ids; how often a token stands in a document does not matter
/// tokens     in  the ids asked for
[[nodiscard]] std::vector<double> inverse_document_frequencies(std::span<const std::vector<int64_t>> documents,
                                                               std::span<const int64_t> tokens);

/// (x - baseline) / (1 - baseline), each of the three with its own.
[[nodiscard]] BertTriple rescaled(const BertTriple& score, const BertTriple& baseline);

}  // namespace terrarium::core
