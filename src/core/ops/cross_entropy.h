// Cross-entropy: how surprised the model is by the token that really came next.
//
// One number, three faces. The loss is computed once, in nats, and only converted for display:
//   nats per token   what training minimises                      cross_entropy_forward()
//   perplexity       "as unsure as among this many equal choices" perplexity()
//   bits per byte    comparable between tokenizers                bits_per_byte()
//
// Shape letters: B batch, T time, V vocabulary. Buffers are dense and row-major. Arguments run outputs, inputs, sizes,
// as in llm.c and memcpy().

#pragma once

#include <cstdint>
#include <span>

#include "core/tensor/shape.h"

namespace terrarium::core {

/// Target id of a position that does not count: padding, or a prompt that is not trained on.
inline constexpr int32_t kIgnoredTarget = -1;

/// losses[b,t] = -log(softmax(logits[b,t,:])[targets[b,t]]), and 0 where the target is ignored.
///
/// losses   out [B,T]    nats, >= 0
/// logits   in  [B,T,V]  unnormalised scores; the row maximum is subtracted first, so exp() stays finite
/// targets  in  [B,T]    token ids in [0,V), or kIgnoredTarget
///
/// Checks: B*T >= 1, V >= 2, matching sizes, valid ids (TERRARIUM_CHECK). NaN in, NaN out: only the caller can
/// tell whether a diverged loss is a bug or the lesson.
/// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), 6.2.2.3.
template <class L>
void cross_entropy_forward(Span<L> losses, ConstSpan<L> logits, std::span<const int32_t> targets, int vocab_size);

/// The same, and keeps the probabilities that it computes on the way.
/// probabilities  out [B,T,V]  softmax(logits[b,t,:])
template <class L>
void cross_entropy_forward(Span<L> losses, Span<L> probabilities, ConstSpan<L> logits, std::span<const int32_t> targets,
                           int vocab_size);

/// d_logits[b,t,v] = (softmax(logits[b,t,:])[v] - [v == target]) / n_counted, 0 at ignored positions.
/// The gradient of mean_loss_nats(), not of one position. Overwrites d_logits; tested against the slope.
template <class L>
void cross_entropy_backward(Span<L> d_logits, ConstSpan<L> logits, std::span<const int32_t> targets, int vocab_size);

/// The same from kept probabilities, times `scale`, in place: probabilities become d_logits.
template <class L>
void cross_entropy_backward_in_place(Span<L> probabilities, std::span<const int32_t> targets, int vocab_size,
                                     double scale);

/// output[n,:] = softmax(logits[n,:]) for rows of V numbers: e^x of each, divided by their sum.
template <class L>
void softmax(Span<L> output, ConstSpan<L> logits, int vocab_size);

/// Mean over the counted positions, in nats per token. Requires at least one counted position.
[[nodiscard]] double mean_loss_nats(std::span<const float> losses, std::span<const int32_t> targets);
[[nodiscard]] double mean_loss_nats(std::span<const double> losses, std::span<const int32_t> targets);

/// exp(mean loss): 1 is certainty, V is a uniform guess over V tokens.
/// Source: Jurafsky & Martin, Speech and Language Processing, 3rd ed. draft, ch. 3.
[[nodiscard]] double perplexity(double mean_loss_nats);

/// mean_loss_nats * n_tokens / (n_bytes * ln 2). n_bytes counts UTF-8 bytes of the same text, > 0.
[[nodiscard]] double bits_per_byte(double mean_loss_nats, int64_t n_tokens, int64_t n_bytes);

}  // namespace terrarium::core
