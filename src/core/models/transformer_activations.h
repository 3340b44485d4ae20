// What a transformer remembers from its forward pass for the backward pass, and where it lies in memory.
//
// Shape letters: N = B*T positions, C channels, F = 4C, H heads, T time, V vocabulary. See tensor/shape.h.

#pragma once

#include <span>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/tensor/arena.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

template <class S>
struct LayerActivations {
    std::span<S> input;                            ///< [N,C] what enters the layer
    std::span<S> norm1, normalised1, inverse_sd1;  ///< [N,C] [N,C] [N] first layer norm
    std::span<S> qkv;                              ///< [N,3C] queries, keys, values
    std::span<S> attention;                        ///< [B,H,T,T] attention weights
    std::span<S> mixed;                            ///< [N,C] output of all heads
    std::span<S> middle;                           ///< [N,C] after attention and its residual
    std::span<S> norm2, normalised2, inverse_sd2;  ///< second layer norm
    std::span<S> hidden, gate, bent;               ///< [N,F] MLP before GELU, GELU's gate, after GELU
};

template <class S>
struct TransformerActivations {
    std::vector<LayerActivations<S>> layers;
    std::span<S> last;                               ///< [N,C] output of the last layer
    std::span<S> norm, normalised, inverse_sd;       ///< final layer norm
    std::span<S> logits;                             ///< [N,V]
    std::span<S> probabilities;                      ///< [N,V] becomes d_logits in backward
    std::span<S> losses;                             ///< [N] nats
    std::span<S> d_stream;                           ///< [N,C] gradient on the residual path
    std::span<S> d_narrow, d_qkv, d_wide, d_scores;  ///< [N,C] [N,3C] [N,F] [T,T] scratch of backward
};

/// Cuts all buffers for `batch` full contexts from the arena, or only adds up their bytes when the arena is null.
/// Returns the bytes. One function for both, so that the budget cannot differ from the use.
template <class S>
uint64_t lay_out_activations(TransformerActivations<S>& all, const TransformerShape& shape, int batch, Arena* arena) {
    const uint64_t T = count_of(shape.context), C = count_of(shape.width), V = count_of(shape.vocab_size);
    const uint64_t N = static_cast<uint64_t>(batch) * T, F = 4 * C;
    uint64_t bytes = 0;
    const auto buffer = [&](std::span<S>& span, uint64_t count) {
        bytes += Arena::bytes_for<S>(count);
        if (arena != nullptr) span = arena->take<S>(static_cast<std::size_t>(count));
    };
    all.layers.resize(count_of(shape.n_layers));
    for (LayerActivations<S>& layer : all.layers) {
        for (std::span<S>* span : {&layer.input, &layer.norm1, &layer.normalised1}) buffer(*span, N * C);
        buffer(layer.inverse_sd1, N);
        buffer(layer.qkv, N * 3 * C);
        buffer(layer.attention, N * T * count_of(shape.n_heads));
        for (std::span<S>* span : {&layer.mixed, &layer.middle, &layer.norm2, &layer.normalised2}) buffer(*span, N * C);
        buffer(layer.inverse_sd2, N);
        for (std::span<S>* span : {&layer.hidden, &layer.gate, &layer.bent}) buffer(*span, N * F);
    }
    for (std::span<S>* span : {&all.last, &all.norm, &all.normalised}) buffer(*span, N * C);
    buffer(all.inverse_sd, N);
    buffer(all.logits, N * V);
    buffer(all.probabilities, N * V);
    buffer(all.losses, N);
    buffer(all.d_stream, N * C);
    buffer(all.d_narrow, N * C);
    buffer(all.d_qkv, N * 3 * C);
    buffer(all.d_wide, N * F);
    buffer(all.d_scores, T * T);
    return bytes;
}

}  // namespace terrarium::core
