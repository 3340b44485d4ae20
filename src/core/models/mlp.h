// Multilayer perceptron: layers of weighted sums with a bend between them, the plainest neural network.
//
//   h_0 = input        h_{i+1} = bend(h_i W_i + b_i)        output = the last sum, without a bend
//
// Parameters lie in one flat array, W_0 b_0 W_1 b_1 ..., weights [I,O]; gradients lie the same way. Nothing allocates
// after construction.
//
// Letters: N rows, I inputs and O outputs of a layer.
// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), chapter 6.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/ops/activation.h"
#include "core/support/message.h"
#include "core/support/rng.h"
#include "core/tensor/arena.h"
#include "core/tensor/lanes.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

struct MlpShape {
    std::vector<int32_t> sizes;  ///< inputs, width of each hidden layer, outputs: at least two
    Activation activation = Activation::Gelu;

    friend bool operator==(const MlpShape&, const MlpShape&) = default;
};

/// Empty when a network of this shape can be built; otherwise one sentence that says what to change.
[[nodiscard]] Message why_invalid(const MlpShape& shape);

/// Sum of (I + 1) O over the layers.
[[nodiscard]] int64_t parameter_count(const MlpShape& shape);

/// Arithmetic of training on one row, matrix products only, a multiplication and an addition each counted: 3 times
/// 2 I O per layer, because backward costs twice forward. One forward pass costs a third of it.
[[nodiscard]] int64_t flops_per_row_forward_backward(const MlpShape& shape);

/// All tensors in storage order: w0 [I,O], b0 [1,O], w1 ...
[[nodiscard]] std::vector<ParameterInfo> parameter_table(const MlpShape& shape);

template <class L>
class Mlp {
public:
    using S = typename L::Scalar;

    /// max_rows  the largest N that forward() will see; decides the memory.
    /// Parameters start as zeros: call initialise() or fill parameters().
    /// Checks: why_invalid(shape) is empty, max_rows >= 1, at most 1 GB in all.
    Mlp(const MlpShape& shape, int max_rows);

    Mlp(Mlp&&) noexcept = default;
    Mlp& operator=(Mlp&&) noexcept = default;

    /// Weights normal with variance 2/I in front of a ReLU, GELU or SiLU (He et al., Delving Deep into Rectifiers,
    /// 2015, equation 10), and 2/(I+O) in front of a tanh and in the output layer (Glorot & Bengio, Understanding the
    /// Difficulty of Training Deep Feedforward Neural Networks, 2010, equation 16). Biases 0. Drawn in storage order.
    void initialise(Rng& rng);

    [[nodiscard]] const MlpShape& shape() const { return shape_; }
    [[nodiscard]] int max_rows() const { return max_rows_; }
    [[nodiscard]] int n_layers() const { return static_cast<int>(shape_.sizes.size()) - 1; }

    [[nodiscard]] Span<L> parameters() { return parameters_; }
    [[nodiscard]] ConstSpan<L> parameters() const { return parameters_; }
    [[nodiscard]] Span<L> gradients() { return gradients_; }
    [[nodiscard]] ConstSpan<L> gradients() const { return gradients_; }
    void zero_gradients();

    /// The weights [I,O] and biases [O] of a layer, inside parameters().
    [[nodiscard]] Span<L> weight(int layer) { return parameters_.subspan(offset(layer), weight_count(layer)); }
    [[nodiscard]] Span<L> bias(int layer);

    /// input  in [N,I]  copied, so the caller may reuse it
    /// Returns [N,O], valid until the next call. Checks: 1 <= N <= max_rows, size. NaN in, NaN out.
    ConstSpan<L> forward(ConstSpan<L> input);

    /// Adds the gradient of sum(output * d_output) to gradients() and returns the gradient [N,I] of the input, valid
    /// until the next call. Checks: forward() came before, once per backward().
    ConstSpan<L> backward(ConstSpan<L> d_output);

    /// What enters a layer in the last forward pass: layer 0 has the input, layer n_layers() the output. [N,size]
    [[nodiscard]] ConstSpan<L> values(int layer) const;

private:
    [[nodiscard]] std::size_t size(int layer) const { return count_of(shape_.sizes[count_of(layer)]); }
    [[nodiscard]] std::size_t weight_count(int layer) const { return size(layer) * size(layer + 1); }
    [[nodiscard]] std::size_t offset(int layer) const { return offsets_[count_of(layer)]; }

    MlpShape shape_;
    int max_rows_ = 0;
    Arena arena_;
    Span<L> parameters_, gradients_;
    std::vector<std::size_t> offsets_;   ///< where each layer's weights begin
    std::vector<Span<L>> values_;        ///< [N,size] what enters each layer, and the output
    std::vector<Span<L>> sums_, gates_;  ///< [N,size] of hidden layers: before the bend, and what its backward needs
    Span<L> d_values_, d_inputs_;        ///< [N,widest] scratch of backward
    int rows_ = 0;
    bool has_forward_ = false;
};

}  // namespace terrarium::core
