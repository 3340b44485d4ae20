// Generator: writes text with a trained transformer, one token at a time.
//
// A new token does not change what earlier positions computed, because nobody looks into the future. So their keys and
// values are kept (the "KV cache"), and each token costs one position of work instead of a whole text.
//
// When the context is full, the last half of it is read again from position 0 and writing goes on: the model forgets
// the older half at once. Learned position rows make this necessary; sliding by one would mean reading everything again
// for every token.
//
// The weight matrices are copied into the order in which writing reads them, either as they are (PackedMatrix: the bits
// are those of the model) or as whole numbers of 8 bits (Int8Matrix: a quarter of the memory, a little less exact).
// Adapters (ops/lora.h) are merged into the copies, so writing with them costs no more than without.
//
// Shape letters: T time, C channels, H heads, L layers, V vocabulary (tensor/shape.h).
// Source: Pope et al., Efficiently Scaling Transformer Inference (2022), section 2.1, for the cache.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/tensor/arena.h"
#include "core/tensor/gemm_int8.h"
#include "core/tensor/lanes.h"
#include "core/tensor/packed_matrix.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

template <class L, class Matrix = PackedMatrix<L>>
class Generator {
public:
    using S = typename L::Scalar;

    /// Bytes that a generator of this shape takes, all of them when it is made. Writing allocates nothing.
    [[nodiscard]] static uint64_t bytes_needed(const TransformerShape& shape);

    /// Copies the matrices and reads the rest (gains, biases, positions) in place: the parameters must outlive the
    /// generator. After they changed, call reload().
    /// Checks: a valid causal shape and parameter_count(shape) numbers.
    Generator(const TransformerShape& shape, ConstSpan<L> parameters);

    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;

    /// Forgets everything that was read.
    void reset() { window_.clear(); }

    /// Copies the matrices again, and forgets everything that was read.
    void reload();

    /// Reads one token and returns the scores [V] of the one after it. Equals the last row of Transformer::infer() over
    /// the tokens in the window. Checks: 0 <= id < V.
    ConstSpan<L> push(int32_t id);

    /// Reads a prompt; of a long one only what fits. Returns the scores after its last token. Checks: not empty.
    ConstSpan<L> push(std::span<const int32_t> prompt);

    /// The tokens that the next prediction rests on, at most the context.
    [[nodiscard]] std::span<const int32_t> window() const { return window_; }

    /// Bytes of the copied matrices.
    [[nodiscard]] std::size_t matrix_bytes() const;

private:
    struct LayerMatrices {
        Matrix qkv, proj, fc, fc2;
    };

    /// Calls visit(member, numbers) for everything in the arena.
    template <class Visit>
    static void for_each_buffer(const TransformerShape& shape, Visit visit);

    MatrixView<S> merged(const LinearParameters<const S>& w);
    void read_at_end(int32_t id, bool wants_logits);
    void attend(int layer);

    TransformerShape shape_;
    TransformerParameters<const S> weights_;
    std::vector<S> merging_;  ///< room for one weight with its adapter; empty without adapters
    std::vector<LayerMatrices> layers_;
    Matrix tokens_;                       ///< the token table turned, [C,V]
    int row_;                             ///< T rounded up to whole groups: one row of kept keys
    std::vector<int32_t> window_, half_;  ///< what was read, and room for its last half
    Arena arena_;
    Span<L> keys_;    ///< [L,C,row_] turned, so that a query meets all keys of a channel side by side
    Span<L> values_;  ///< [L,T,C]
    Span<L> rotary_;  ///< as in Transformer
    Span<L> stream_, norm_, normalised_, qkv_, mixed_, hidden_, gate_, bent_, scores_, logits_;
};

/// Writes with weights of 8 bits. Its scores are close to the model's, not equal (infer/quantize.h measures how close).
template <class L>
using QuantizedGenerator = Generator<L, Int8Matrix<L>>;

}  // namespace terrarium::core
