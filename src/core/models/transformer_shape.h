// The size of a transformer, and what follows from it: which parameters it has, where they lie, what a step costs.
//
// Shape letters: B batch, T time, C channels (width), L layers, V vocabulary, F channels inside the MLP, r rank of an
// adapter. See tensor/shape.h.
// Sources of the architecture: Radford et al., Language Models are Unsupervised Multitask Learners (2019), "GPT-2", for
// the defaults; Touvron et al., LLaMA (2023), section 2.2, for RMS norm and SwiGLU; Hu et al., LoRA: Low-Rank
// Adaptation of Large Language Models (2021) for the adapters.

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

/// How the numbers of a position are brought to a common size.
enum class Norm {
    Layer,  ///< ops/layer_norm.h, with gain and bias
    Rms,    ///< ops/rms_norm.h, with a gain only
};

/// The bend inside the MLP.
enum class Bend {
    Gelu,    ///< ops/gelu.h, F = 4C
    SwiGlu,  ///< ops/swiglu.h, F = 8C/3 rounded up to a multiple of 4: its third matrix then costs nothing extra
};

/// Low-rank adapters: beside the weight W [I,O] of a linear layer stand two thin matrices A [I,r] and B [r,O], and the
/// layer uses W + alpha/r A B. The model from before (the "base") stays as it is; only A and B learn (ops/lora.h).
struct LoraShape {
    int32_t rank = 0;     ///< r; 0 means no adapters
    double alpha = 8.0;   ///< weight of what they add
    bool on_qkv = true;   ///< queries, keys and values
    bool on_proj = true;  ///< output of attention
    bool on_fc = true;    ///< first linear layer of the MLP
    bool on_fc2 = true;   ///< second linear layer of the MLP

    /// alpha / r.
    [[nodiscard]] double scale() const { return rank > 0 ? alpha / rank : 0.0; }
    friend bool operator==(const LoraShape&, const LoraShape&) = default;
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
    Norm norm = Norm::Layer;
    Bend bend = Bend::Gelu;
    double dropout = 0.0;     ///< probability of ops/dropout.h, in [0,1); drops only where a step asks for it
    bool has_reward = false;  ///< also a linear layer from the last position to one number (ops/reward_head.h)
    LoraShape lora = {};

    friend bool operator==(const TransformerShape&, const TransformerShape&) = default;
};

/// Empty when a model of this shape can be built; otherwise one sentence that says what to change. For input fields.
[[nodiscard]] Message why_invalid(const TransformerShape& shape);

/// F, the number of channels inside the MLP.
[[nodiscard]] int32_t mlp_width(const TransformerShape& shape);

/// Columns of the MLP's first matrix: F, or 2F for SwiGLU, which makes its gate and its values side by side.
[[nodiscard]] int32_t mlp_columns(const TransformerShape& shape);

/// Number of learned numbers. The output layer shares the token table, so it costs none.
[[nodiscard]] int64_t parameter_count(const TransformerShape& shape);

/// The shape without adapters. Its parameters are the first parameter_count() numbers of the one with adapters, so that
/// one base can carry many.
[[nodiscard]] TransformerShape without_adapters(const TransformerShape& shape);

/// The numbers of the model from before: all but reward head and adapters, which lie behind them. An optimiser for
/// adapters works on parameters().subspan(base_parameter_count(shape)), and remembers nothing about the base.
[[nodiscard]] int64_t base_parameter_count(const TransformerShape& shape);

/// Arithmetic of training on one token of a full context, matrix products only, a multiplication and an addition each
/// counted: 3 (L (2C 3C + 2C C + 2C (columns of fc) + 2F C + 4T C) + 2C V), which for GELU is 4C F per MLP. Backward
/// costs twice forward. The attention square is counted full, as is usual, although causal attention needs half of it.
/// With adapters the weight gradients of the base are left out, and 3 (2 r (I + O)) per adapter comes on top.
/// Source: Kaplan et al., Scaling Laws for Neural Language Models (2020), table 1.
[[nodiscard]] int64_t flops_per_token_forward_backward(const TransformerShape& shape);

/// Bytes that a float model keeps per step for a batch of B full contexts, without parameters and gradients.
[[nodiscard]] uint64_t activation_bytes(const TransformerShape& shape, int batch);

/// Bytes that a float Transformer takes for batches of up to max_batch texts: everything but the optimiser.
[[nodiscard]] uint64_t transformer_bytes(const TransformerShape& shape, int max_batch);

/// What a parameter tensor is for: decides how it starts, and whether it is quantised.
enum class ParameterRole {
    Tokens,   ///< the table that reads and writes tokens
    Table,    ///< other tables of rows: positions, the previous token
    Matrix,   ///< weights of a linear layer, rows are inputs
    Writer,   ///< such a matrix that writes to the residual path (projw, fc2w)
    Gain,     ///< of a norm
    Bias,     ///<
    Reward,   ///< weights of the reward head
    Adapter,  ///< A of LoRA
    Update,   ///< B of LoRA
};

/// One parameter tensor inside the flat parameter array.
struct ParameterInfo {
    std::string name;     ///< "wte", "wpe" (learned positions only), "h0.ln1w", ... "lnfb", "wprev"
    int32_t rows = 0;     ///< [rows, columns]; a vector has one row
    int32_t columns = 0;  ///<
    int64_t offset = 0;   ///< of its first number
    ParameterRole role = ParameterRole::Matrix;
    [[nodiscard]] int64_t size() const { return static_cast<int64_t>(rows) * columns; }
};

/// All tensors in storage order: wte [V,C], wpe [T,C] for learned positions; per layer ln1w ln1b [C], qkvw [C,3C],
/// qkvb, projw [C,C], projb, ln2w ln2b, fcw [C,F] or [C,2F], fcb, fc2w [F,C], fc2b; then lnfw lnfb [C], and wprev [V,C]
/// with token shift. RMS norms have no ln1b, ln2b, lnfb. Behind the base: rewardw [C], rewardb [1]; then per layer and
/// adapted matrix "h0.qkvw.lora_a" [I,r] and "h0.qkvw.lora_b" [r,O].
[[nodiscard]] std::vector<ParameterInfo> parameter_table(const TransformerShape& shape);

/// The same order as spans over one flat array of numbers (parameters, gradients, averages ...). What a shape does not
/// have is empty.
template <class S>
struct LinearParameters {
    std::span<S> weight, bias;
    std::span<S> a, b;  ///< its adapter
};
template <class S>
struct LayerParameters {
    std::span<S> ln1_gain, ln1_bias, ln2_gain, ln2_bias;
    LinearParameters<S> qkv, proj, fc, fc2;
};
template <class S>
struct TransformerParameters {
    std::span<S> tokens, positions, final_gain, final_bias, previous, reward_weight, reward_bias;
    std::vector<LayerParameters<S>> layers;
};

/// Checks: the array has parameter_count(shape) numbers.
template <class S>
[[nodiscard]] TransformerParameters<S> split_parameters(std::span<S> flat, const TransformerShape& shape);

}  // namespace terrarium::core
