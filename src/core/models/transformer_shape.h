// The size of a transformer, and what follows from it: which parameters it has, where they lie, what a step costs.
//
// Shape letters: B batch, T time, C channels (width), L layers, V vocabulary, F = 4C. See tensor/shape.h.
// Source of the architecture: Radford et al., Language Models are Unsupervised Multitask Learners (2019), "GPT-2".

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/support/message.h"

namespace terrarium::core {

/// How a model knows where a token stands.
enum class Positions {
    Learned,  ///< a learned row for each position is added to the token's
    Rotary,   ///< queries and keys are turned by their position (ops/rotary.h); nothing is learned for it
    None,     ///< not at all; behind the causal mask a model can still count what it sees
};

struct TransformerShape {
    int32_t n_layers = 2;      ///< L
    int32_t width = 32;        ///< C, a multiple of n_heads
    int32_t n_heads = 4;       ///< H
    int32_t context = 32;      ///< longest T
    int32_t vocab_size = 256;  ///< V, at least 2
    bool token_shift = false;  ///< also add the embedding of the previous token (ops/embedding.h)
    Positions positions = Positions::Learned;
    bool is_causal = true;  ///< false: every position sees the whole text, for guessing hidden tokens

    friend bool operator==(const TransformerShape&, const TransformerShape&) = default;
};

/// Empty when a model of this shape can be built; otherwise one sentence that says what to change. For input fields.
[[nodiscard]] Message why_invalid(const TransformerShape& shape);

/// Number of learned numbers. The output layer shares the token table, so it costs none.
[[nodiscard]] int64_t parameter_count(const TransformerShape& shape);

/// Arithmetic of training on one token of a full context, matrix products only, a multiplication and an addition each
/// counted: 3 (L (2C 3C + 2C C + 4C F + 4T C) + 2C V). Backward costs twice forward. The attention square is counted
/// full, as is usual, although causal attention needs half of it.
/// Source: Kaplan et al., Scaling Laws for Neural Language Models (2020), table 1.
[[nodiscard]] int64_t flops_per_token_forward_backward(const TransformerShape& shape);

/// Bytes that a float model keeps per step for a batch of B full contexts, without parameters and gradients.
[[nodiscard]] uint64_t activation_bytes(const TransformerShape& shape, int batch);

/// One parameter tensor inside the flat parameter array.
struct ParameterInfo {
    std::string name;     ///< "wte", "wpe" (learned positions only), "h0.ln1w", ... "lnfb", "wprev"
    int32_t rows = 0;     ///< [rows, columns]; a vector has one row
    int32_t columns = 0;  ///<
    int64_t offset = 0;   ///< of its first number
    [[nodiscard]] int64_t size() const { return static_cast<int64_t>(rows) * columns; }
};

/// All tensors in storage order: wte [V,C], wpe [T,C] for learned positions; per layer ln1w ln1b [C], qkvw [C,3C],
/// qkvb, projw [C,C], projb, ln2w ln2b, fcw [C,F], fcb, fc2w [F,C], fc2b; then lnfw lnfb [C], and wprev [V,C] with
/// token shift.
[[nodiscard]] std::vector<ParameterInfo> parameter_table(const TransformerShape& shape);

/// The same order as spans over one flat array of numbers (parameters, gradients, averages ...).
template <class S>
struct LayerParameters {
    std::span<S> ln1_gain, ln1_bias, qkv_weight, qkv_bias, proj_weight, proj_bias;
    std::span<S> ln2_gain, ln2_bias, fc_weight, fc_bias, fc2_weight, fc2_bias;
};
template <class S>
struct TransformerParameters {
    /// positions is empty unless they are learned, previous without token shift
    std::span<S> tokens, positions, final_gain, final_bias, previous;
    std::vector<LayerParameters<S>> layers;
};

/// Checks: the array has parameter_count(shape) numbers.
template <class S>
[[nodiscard]] TransformerParameters<S> split_parameters(std::span<S> flat, const TransformerShape& shape);

}  // namespace terrarium::core
