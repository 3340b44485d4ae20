// The transformer of the course: reads tokens, predicts the next one at every position, and learns from its errors.
//
//   x = token row + position row (+ row of the previous token)
//   per layer:  x = x + attention(layer_norm(x)) proj        every position gathers from earlier ones
//               x = x + gelu(layer_norm(x) fc) fc2            every position thinks by itself
//   logits = layer_norm(x) times the token table, transposed: the same table reads and writes
//
// It is GPT-2 made small: same order of operations, same names, so that its weights mean the same. What is simpler: one
// data type, and tiny sizes. By its shape (transformer_shape.h) it may turn queries and keys instead of adding position
// rows (RoFormer), see the whole text instead of what came before (BERT), use RMS norms and SwiGLU (LLaMA), drop
// numbers while it trains, carry adapters of low rank (LoRA), or score whole texts (a reward model). Nothing allocates
// after construction.
//
// With adapters the base is frozen: its matrices and tables get no gradients, which saves a third of the work. Its
// gains and biases get theirs, which cost nearly nothing; whether they take steps is the caller's choice. Usually they
// do not: an optimiser then sees parameters().subspan(base_parameter_count(shape)) only.
//
// Shape letters: B batch, T time, C channels, H heads, L layers, V vocabulary (tensor/shape.h).
// Sources: Radford et al. (2019), GPT-2; Xiong et al., On Layer Normalization in the Transformer Architecture (2020)
// for layer norms in front; Press & Wolf, Using the Output Embedding to Improve Language Models (2017) for the shared
// table.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/models/transformer_activations.h"
#include "core/models/transformer_shape.h"
#include "core/ops/attention.h"
#include "core/support/rng.h"
#include "core/tensor/arena.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {

/// Which numbers dropout throws away in one training step: after the embedding, of the attention weights, and of what
/// attention and MLP add to the residual path.
struct DropoutKey {
    uint64_t key = 0;  ///< draw one per step from the run's Rng
    int64_t first_text =
        0;  ///< texts of the step that came before this micro-batch: its parts get the masks of the whole
};

struct ReadOptions {
    /// [B] tokens of each text that are no padding, from 1 to T; empty when all are full. Padding is not looked at; its
    /// targets should be kIgnoredTarget.
    std::span<const int32_t> lengths = {};
    std::optional<DropoutKey> dropout = {};  ///< none: nothing is dropped, as in every evaluation
};

template <class L>
class Transformer {
public:
    using S = typename L::Scalar;

    /// max_batch  the largest B that forward() will see; decides the memory.
    /// Parameters start as zeros: call initialise() or fill parameters().
    /// Checks: why_invalid(shape) is empty, max_batch >= 1.
    Transformer(const TransformerShape& shape, int max_batch);

    Transformer(Transformer&&) noexcept = default;
    Transformer& operator=(Transformer&&) noexcept = default;

    /// Weights and tables normal with this deviation, those that write to the residual path (projw, fc2w) divided by
    /// sqrt(2L), gains 1, biases 0. Numbers are drawn in storage order. 0.02 suits rows of many hundred numbers; a sum
    /// over a row of 8 or 32 needs larger ones, or learning begins late. Source: Radford et al. (2019), 2.3.
    void initialise(Rng& rng, double deviation = 0.02);

    /// The same for what a shape adds to a model from before, while that stays: the reward head's weights and A of each
    /// adapter normal with deviation 1 / sqrt(inputs), B and the bias 0. So adapters change nothing at first.
    void initialise_added(Rng& rng);

    [[nodiscard]] const TransformerShape& shape() const { return shape_; }
    [[nodiscard]] int max_batch() const { return max_batch_; }

    /// All numbers in the order of parameter_table(); gradients lie the same way.
    [[nodiscard]] Span<L> parameters() { return parameters_; }
    [[nodiscard]] ConstSpan<L> parameters() const { return parameters_; }
    [[nodiscard]] Span<L> gradients() { return gradients_; }
    [[nodiscard]] ConstSpan<L> gradients() const { return gradients_; }
    void zero_gradients();

    /// Reads B texts of T tokens and returns the mean loss in nats per counted target.
    /// inputs   in [B,T]  token ids in [0,V)
    /// targets  in [B,T]  the token that follows each, or kIgnoredTarget; at least one must count
    /// Checks: 1 <= B <= max_batch, 1 <= T <= context, sizes, ids, lengths. A diverged model returns NaN or infinity.
    double forward(std::span<const int32_t> inputs, std::span<const int32_t> targets, int batch, int time,
                   const ReadOptions& options = {});

    /// Reads without targets: logits() and attention() are filled, there is no loss.
    void infer(std::span<const int32_t> inputs, int batch, int time, const ReadOptions& options = {});

    /// Reads without scoring tokens: states() and attention() are filled. For reward and embedding heads.
    void read(std::span<const int32_t> inputs, int batch, int time, const ReadOptions& options = {});

    // Each of these adds to gradients() and needs a forward pass of its kind before it, once.

    /// Adds scale times the gradient of the last forward()'s mean loss. For a step made of n micro-batches of equal
    /// size use scale = 1/n: the sum is then the gradient of the mean over all (train/accumulate.h does it for any
    /// sizes).
    void backward(double scale = 1.0);

    /// Adds scale times the gradient of weighted_likelihood_loss() (ops/policy_gradient.h) after forward().
    /// weights  in [B,T]  of each target's loss
    void backward_weighted(std::span<const double> weights, double scale = 1.0);

    /// Carries a gradient from the scores back, after forward() or infer(). d_logits  in [B,T,V]
    void backward_logits(ConstSpan<L> d_logits);

    /// Carries a gradient from the states back, after read(). d_states  in [B,T,C]
    void backward_states(ConstSpan<L> d_states);

    /// Of the last forward pass, with its B and T:
    [[nodiscard]] ConstSpan<L> states() const;              ///< [B,T,C] after the final norm
    [[nodiscard]] ConstSpan<L> logits() const;              ///< [B,T,V] not after read()
    [[nodiscard]] ConstSpan<L> losses() const;              ///< [B,T] nats, 0 where ignored; after forward() only
    [[nodiscard]] ConstSpan<L> attention(int layer) const;  ///< [B,H,T,T] rows sum to 1; before dropout

    /// The reward head's parameters and gradients; empty without one. For ops/reward_head.h.
    [[nodiscard]] const TransformerParameters<const S>& weights() const { return weights_; }
    [[nodiscard]] const TransformerParameters<S>& d_weights() const { return d_weights_; }

    /// Bytes that were taken, all at once, when the model was made: transformer_bytes(shape, max_batch) for floats.
    [[nodiscard]] std::size_t arena_bytes() const { return arena_.used_bytes(); }

private:
    enum class Last { Nothing, States, Logits, Loss };  ///< what the last forward pass made and no backward pass used

    void score_tokens();
    void forward_layer(int index, Span<L> output);
    void backward_layer(int index);
    void backward_from_logits(ConstSpan<L> d_logits);
    void backward_from_states(ConstSpan<L> d_states);
    void add_branch(Span<L> output, std::span<uint8_t> kept, Span<L> inner, ConstSpan<L> input,
                    const LinearParameters<const S>& w, ConstSpan<L> residual, int place);
    [[nodiscard]] ConstSpan<L> branch_gradient(Span<L> scratch, std::span<const uint8_t> kept, ConstSpan<L> d_stream);
    [[nodiscard]] AttentionMask mask() const;
    [[nodiscard]] AttentionDropout<S> attention_dropout(int index) const;
    [[nodiscard]] uint64_t key_of(int place) const;
    [[nodiscard]] std::size_t positions() const { return count_of(batch_, time_); }

    TransformerShape shape_;
    int max_batch_ = 0;
    Arena arena_;
    Span<L> parameters_, gradients_;
    TransformerParameters<const S> weights_;
    TransformerParameters<S> d_weights_;
    TransformerActivations<S> kept_;
    Span<L> rotary_;  ///< [context, D/2, 2] turns by position (ops/rotary.h), empty unless they are rotary
    std::span<int32_t> inputs_, targets_;  ///< of the last forward, [max_batch, context]
    std::span<int32_t> lengths_;           ///< of the last forward, [max_batch]
    bool has_lengths_ = false;
    std::optional<DropoutKey> dropout_;  ///< of the last forward; none where nothing was dropped
    int batch_ = 0, time_ = 0;
    Last last_ = Last::Nothing;
};

}  // namespace terrarium::core
