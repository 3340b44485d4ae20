// What a transformer remembers from its forward pass for the backward pass, and where it lies in memory.
//
// Shape letters: N = B*T positions, C channels, F channels inside the MLP, H heads, T time, V vocabulary, r rank of an
// adapter. See tensor/shape.h.

#pragma once

#include <span>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/tensor/arena.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

/// What a shape does not need is empty.
template <class S>
struct LayerActivations {
    std::span<S> input;                            ///< [N,C] what enters the layer
    std::span<S> norm1, normalised1, inverse_sd1;  ///< [N,C] [N,C] [N] first norm
    std::span<S> qkv;                              ///< [N,3C] queries, keys, values
    std::span<S> attention;                        ///< [B,H,T,T] attention weights
    std::span<S> mixed;                            ///< [N,C] output of all heads
    std::span<S> middle;                           ///< [N,C] after attention and its residual
    std::span<S> norm2, normalised2, inverse_sd2;  ///< second norm
    std::span<S> hidden, gate, bent;               ///< [N,F or 2F] before the bend, [N,F] its gate, [N,F] after it
    std::span<S> qkv_inner, proj_inner, fc_inner, fc2_inner;         ///< [N,r] inside the adapters
    std::span<uint8_t> kept_attention, kept_attended, kept_thought;  ///< [B,H,T,T] [N,C] [N,C] masks of dropout
};

template <class S>
struct TransformerActivations {
    std::vector<LayerActivations<S>> layers;
    std::span<uint8_t> kept_embedding;               ///< [N,C] mask of dropout
    std::span<S> last;                               ///< [N,C] output of the last layer
    std::span<S> norm, normalised, inverse_sd;       ///< final norm
    std::span<S> logits;                             ///< [N,V]
    std::span<S> probabilities;                      ///< [N,V] becomes d_logits in backward
    std::span<S> losses;                             ///< [N] nats
    std::span<S> d_stream;                           ///< [N,C] gradient on the residual path
    std::span<S> d_narrow, d_qkv, d_wide, d_scores;  ///< [N,C] [N,3C] [N,F or 2F] [T,T] scratch of backward
    std::span<S> d_bent, d_inner, dropped;           ///< [N,F] for SwiGLU, [N,r] for adapters, [T,T] for dropout
};

/// Cuts all buffers for `batch` full contexts from the arena, or only adds up their bytes when the arena is null.
/// Returns the bytes. One function for both, so that the budget cannot differ from the use.
template <class S>
uint64_t lay_out_activations(TransformerActivations<S>& all, const TransformerShape& shape, int batch, Arena* arena) {
    const uint64_t T = count_of(shape.context), C = count_of(shape.width), V = count_of(shape.vocab_size);
    const uint64_t N = static_cast<uint64_t>(batch) * T, squares = N * T * count_of(shape.n_heads);
    const uint64_t F = count_of(mlp_width(shape)), columns = count_of(mlp_columns(shape));
    const LoraShape& lora = shape.lora;
    const bool drops = shape.dropout > 0.0;
    uint64_t bytes = 0;
    const auto buffer = [&]<class T_>(std::span<T_>& span, uint64_t count) {
        bytes += Arena::bytes_for<T_>(count);
        if (arena != nullptr) span = arena->take<T_>(static_cast<std::size_t>(count));
    };
    const auto inner = [&](std::span<S>& span, bool is_adapted) {
        if (is_adapted) buffer(span, N * count_of(lora.rank));
    };
    all.layers.resize(count_of(shape.n_layers));
    for (LayerActivations<S>& layer : all.layers) {
        for (std::span<S>* span : {&layer.input, &layer.norm1, &layer.normalised1}) buffer(*span, N * C);
        buffer(layer.inverse_sd1, N);
        buffer(layer.qkv, N * 3 * C);
        buffer(layer.attention, squares);
        for (std::span<S>* span : {&layer.mixed, &layer.middle, &layer.norm2, &layer.normalised2}) buffer(*span, N * C);
        buffer(layer.inverse_sd2, N);
        buffer(layer.hidden, N * columns);
        for (std::span<S>* span : {&layer.gate, &layer.bent}) buffer(*span, N * F);
        inner(layer.qkv_inner, lora.on_qkv);
        inner(layer.proj_inner, lora.on_proj);
        inner(layer.fc_inner, lora.on_fc);
        inner(layer.fc2_inner, lora.on_fc2);
        if (!drops) continue;
        buffer(layer.kept_attention, squares);
        for (std::span<uint8_t>* span : {&layer.kept_attended, &layer.kept_thought}) buffer(*span, N * C);
    }
    for (std::span<S>* span : {&all.last, &all.norm, &all.normalised}) buffer(*span, N * C);
    buffer(all.inverse_sd, N);
    buffer(all.logits, N * V);
    buffer(all.probabilities, N * V);
    buffer(all.losses, N);
    buffer(all.d_stream, N * C);
    buffer(all.d_narrow, N * C);
    buffer(all.d_qkv, N * 3 * C);
    buffer(all.d_wide, N * columns);
    buffer(all.d_scores, T * T);
    if (shape.bend == Bend::SwiGlu) buffer(all.d_bent, N * F);
    if (lora.rank > 0) buffer(all.d_inner, N * count_of(lora.rank));
    if (drops) {
        buffer(all.dropped, T * T);
        buffer(all.kept_embedding, N * C);
    }
    return bytes;
}

/// Numbers of the table of turns (ops/rotary.h).
inline std::size_t rotary_size(const TransformerShape& shape) {
    return shape.positions == Positions::Rotary ? count_of(shape.context, shape.width / shape.n_heads) : 0;
}

/// Bytes of a Transformer's arena: parameters, gradients, the ids and lengths of a batch, the table of turns, and
/// activations.
template <class S>
uint64_t transformer_arena_bytes(const TransformerShape& shape, int max_batch) {
    const uint64_t batch = static_cast<uint64_t>(max_batch);
    TransformerActivations<S> unused;
    return 2 * Arena::bytes_for<S>(static_cast<uint64_t>(parameter_count(shape))) +
           2 * Arena::bytes_for<int32_t>(batch * count_of(shape.context)) + Arena::bytes_for<int32_t>(batch) +
           Arena::bytes_for<S>(rotary_size(shape)) + lay_out_activations(unused, shape, max_batch, nullptr);
}

}  // namespace terrarium::core
