// The transformer of the course: reads tokens, predicts the next one at every position, and learns from its errors.
//
//   x = token row + position row (+ row of the previous token)
//   per layer:  x = x + attention(layer_norm(x)) proj        every position gathers from earlier ones
//               x = x + gelu(layer_norm(x) fc) fc2            every position thinks by itself
//   logits = layer_norm(x) times the token table, transposed: the same table reads and writes
//
// It is GPT-2 made small: same order of operations, same names, so that its weights mean the same. What is simpler: no
// dropout, one data type, and tiny sizes. By its shape it may turn queries and keys instead of adding position rows
// (RoFormer), or see the whole text instead of what came before (BERT). Nothing allocates after construction.
//
// Shape letters: B batch, T time, C channels, H heads, L layers, V vocabulary (tensor/shape.h).
// Sources: Radford et al. (2019), GPT-2; Xiong et al., On Layer Normalization in the Transformer Architecture (2020)
// for layer norms in front; Press & Wolf, Using the Output Embedding to Improve Language Models (2017) for the shared
// table.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/models/transformer_activations.h"
#include "core/models/transformer_shape.h"
#include "core/support/rng.h"
#include "core/tensor/arena.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {

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
    /// Checks: 1 <= B <= max_batch, 1 <= T <= context, sizes, ids. A diverged model returns NaN or infinity.
    double forward(std::span<const int32_t> inputs, std::span<const int32_t> targets, int batch, int time);

    /// Reads without targets: logits() and attention() are filled, there is no loss.
    void infer(std::span<const int32_t> inputs, int batch, int time);

    /// Adds scale times the gradient of the last forward()'s mean loss to gradients(). For a step made of n
    /// micro-batches of equal size use scale = 1/n: the sum is then the gradient of the mean over all.
    /// Checks: forward() came before, once per backward().
    void backward(double scale = 1.0);

    /// Of the last forward() or infer(), with its B and T:
    [[nodiscard]] ConstSpan<L> logits() const;              ///< [B,T,V]
    [[nodiscard]] ConstSpan<L> losses() const;              ///< [B,T] nats, 0 where ignored; after forward() only
    [[nodiscard]] ConstSpan<L> attention(int layer) const;  ///< [B,H,T,T] rows sum to 1

private:
    void run_layers(std::span<const int32_t> inputs, int batch, int time);
    void forward_layer(int index, Span<L> output);
    void backward_layer(int index);
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
    int batch_ = 0, time_ = 0;
    bool has_loss_ = false;
};

}  // namespace terrarium::core
