// The steps of a transformer's layer whose form its shape decides. Training (transformer.cpp), writing
// (infer/generator.cpp) and looking inside (transformer_inspect.cpp) share them, so that all three compute the same.

#pragma once

#include "core/models/transformer_shape.h"
#include "core/ops/gelu.h"
#include "core/ops/layer_norm.h"
#include "core/ops/linear.h"
#include "core/ops/lora.h"
#include "core/ops/rms_norm.h"
#include "core/ops/swiglu.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

/// Layer norm, or RMS norm where there is no bias. Arguments as there.
template <class L>
void norm_forward(Span<L> output, Span<L> normalised, Span<L> inverse, ConstSpan<L> input, ConstSpan<L> gain,
                  ConstSpan<L> bias) {
    if (bias.empty()) {
        rms_norm_forward<L>(output, normalised, inverse, input, gain);
    } else {
        layer_norm_forward<L>(output, normalised, inverse, input, gain, bias);
    }
}

template <class L>
void norm_backward(Span<L> d_input, Span<L> d_gain, Span<L> d_bias, ConstSpan<L> d_output, ConstSpan<L> normalised,
                   ConstSpan<L> inverse, ConstSpan<L> gain) {
    if (d_bias.empty()) {
        rms_norm_backward<L>(d_input, d_gain, d_output, normalised, inverse, gain);
    } else {
        layer_norm_backward<L>(d_input, d_gain, d_bias, d_output, normalised, inverse, gain);
    }
}

/// The bend of the MLP: output and gate [N,F], input [N,F] or [N,2F].
template <class L>
void bend_forward(Bend kind, Span<L> output, Span<L> gate, ConstSpan<L> input, int F) {
    if (kind == Bend::Gelu) {
        gelu_forward<L>(output, gate, input);
    } else {
        swiglu_forward<L>(output, gate, input, F);
    }
}

/// d_input may be d_output for GELU only: SwiGLU has twice as many inputs.
template <class L>
void bend_backward(Bend kind, Span<L> d_input, ConstSpan<L> d_output, ConstSpan<L> gate, ConstSpan<L> input, int F) {
    if (kind == Bend::Gelu) {
        gelu_backward<L>(d_input, d_output, gate, input);
    } else {
        swiglu_backward<L>(d_input, d_output, gate, input, F);
    }
}

/// A linear layer with its adapter, if it has one.
/// inner  out [N,r] or longer  what the adapter keeps for backward
template <class L>
void adapted_forward(Span<L> output, Span<L> inner, ConstSpan<L> input,
                     const LinearParameters<const typename L::Scalar>& w, const LoraShape& lora,
                     ConstSpan<L> residual = {}) {
    linear_forward<L>(output, input, w.weight, w.bias, residual);
    if (w.a.empty()) return;
    const std::size_t n = output.size() / w.bias.size() * count_of(lora.rank);
    lora_forward<L>(output, inner.first(n), input, w.a, w.b, lora.rank, lora.scale());
}

/// d_inner  out [N,r] or longer  scratch
template <class L>
void adapted_backward(Span<L> d_input, const LinearParameters<typename L::Scalar>& d, Span<L> d_inner,
                      ConstSpan<L> d_output, ConstSpan<L> input, ConstSpan<L> inner,
                      const LinearParameters<const typename L::Scalar>& w, const LoraShape& lora) {
    linear_backward<L>(d_input, d.weight, d.bias, d_output, input, w.weight);
    if (w.a.empty()) return;
    const std::size_t n = d_output.size() / w.bias.size() * count_of(lora.rank);
    lora_backward<L>(d_input, d.a, d.b, d_inner.first(n), d_output, input, inner.first(n), w.a, w.b, lora.rank,
                     lora.scale());
}

}  // namespace terrarium::core
