// Generator: writes text with a trained transformer, one token at a time.
//
// A new token does not change what earlier positions computed, because nobody looks into the future. So their keys and
// values are kept (the "KV cache"), and each token costs one position of work instead of a whole text.
//
// When the context is full, the last half of it is read again from position 0 and writing goes on: the model forgets
// the older half at once. Learned position rows make this necessary; sliding by one would mean reading everything again
// for every token.
//
// Shape letters: T time, C channels, H heads, L layers, V vocabulary (tensor/shape.h).
// Source: Pope et al., Efficiently Scaling Transformer Inference (2022), section 2.1, for the cache.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/tensor/lanes.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

template <class L>
class Generator {
public:
    using S = typename L::Scalar;

    /// Reads the parameters in place: they must outlive the generator. After they changed, call reset().
    /// Checks: a valid shape and parameter_count(shape) numbers.
    Generator(const TransformerShape& shape, ConstSpan<L> parameters);

    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;

    /// Forgets everything that was read.
    void reset();

    /// Reads one token and returns the scores [V] of the one after it. Equals the last row of Transformer::infer() over
    /// the tokens in the window. Checks: 0 <= id < V.
    ConstSpan<L> push(int32_t id);

    /// Reads a prompt; of a long one only what fits. Returns the scores after its last token. Checks: not empty.
    ConstSpan<L> push(std::span<const int32_t> prompt);

    /// The tokens that the next prediction rests on, at most the context.
    [[nodiscard]] std::span<const int32_t> window() const { return window_; }

private:
    void read_at_end(int32_t id, bool wants_logits);
    void attend(int layer);

    TransformerShape shape_;
    TransformerParameters<const S> weights_;
    std::vector<int32_t> window_;
    std::vector<S> keys_, values_;  ///< [L,T,C]
    std::vector<S> stream_, norm_, normalised_, qkv_, mixed_, hidden_, gate_, bent_, scores_, logits_;
};

}  // namespace terrarium::core
