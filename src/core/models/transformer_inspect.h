// A transformer with the lid off: every value from token to logits is kept, and any part can be turned off.
//
// It reads the parameters of a Transformer (transformer.h) and repeats its forward pass, operation by operation; with
// nothing turned off the logits are equal to the last bit. Turning a part off ("ablation") asks what the model can
// still do without it:
//   a head        its output is 0; the others and the bias behind them stay
//   an MLP        adds nothing to the residual stream
//   a norm        the numbers pass as they are, neither shifted nor scaled
//   positions     no position rows are added, and nothing is turned: the model no longer knows where a token stands
// The rest of the model was trained with the part in place, and nothing is trained again. So the answer is what this
// model loses, not what a model without such a part could learn.
//
// Shape letters: B batch, T time, C channels, H heads, L layers, V vocabulary, F channels inside the MLP
// (tensor/shape.h).
// Sources: transformer.h for the model; Michel, Levy, Neubig, Are Sixteen Heads Really Better than One? (2019), for
// turning heads off.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/tensor/lanes.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

/// Which parts are turned off; everything works at first.
struct PartsOff {
    std::vector<bool> heads;  ///< [L*H] head h of layer l at l*H + h
    std::vector<bool> mlps;   ///< [L]
    std::vector<bool> norms;  ///< [2L+1] before attention and before the MLP of each layer, then the final one
    bool positions = false;

    explicit PartsOff(const TransformerShape& shape);
};

/// What one layer computed for B texts of T tokens, N = B*T.
struct InspectedLayer {
    std::vector<float> input;      ///< [N,C] the residual stream as it enters
    std::vector<float> norm1;      ///< [N,C]
    std::vector<float> qkv;        ///< [N,3C] queries of all heads, keys (both turned for rotary positions), values
    std::vector<float> attention;  ///< [B,H,T,T] after softmax; rows sum to 1
    std::vector<float> mixed;      ///< [N,C] head h at channels h*D .. h*D+D-1; 0 for a head that is off
    std::vector<float> middle;     ///< [N,C] the stream after attention was added
    std::vector<float> norm2;      ///< [N,C]
    std::vector<float> hidden;     ///< [N,F] MLP before the bend; [N,2F] for SwiGLU
    std::vector<float> bent;       ///< [N,F] and after
    std::vector<float> output;     ///< [N,C] the stream after the MLP was added
};

class TransformerInspector {
public:
    /// Reads the parameters in place: they must outlive the inspector. Allocates for max_batch texts of full context.
    /// Checks: a valid shape, parameter_count(shape) numbers, max_batch >= 1.
    TransformerInspector(const TransformerShape& shape, std::span<const float> parameters, int max_batch);

    TransformerInspector(const TransformerInspector&) = delete;
    TransformerInspector& operator=(const TransformerInspector&) = delete;

    /// ids  in [B,T]. Checks: 1 <= B <= max_batch, 1 <= T <= context, sizes, ids.
    void run(std::span<const int32_t> ids, int batch, int time, const PartsOff& off);

    /// run(), and the mean loss in nats per target that counts.
    /// targets  in [B,T]  the token that follows each, or kIgnoredTarget (ops/cross_entropy.h)
    double run(std::span<const int32_t> ids, std::span<const int32_t> targets, int batch, int time,
               const PartsOff& off);

    // Of the last run, with its B and T; what lies behind B*T positions has no meaning.
    [[nodiscard]] const InspectedLayer& layer(int index) const;
    [[nodiscard]] std::span<const float> final_norm() const { return {norm_.data(), count_of(batch_, time_, C_)}; }
    [[nodiscard]] std::span<const float> logits() const { return {logits_.data(), count_of(batch_, time_, V_)}; }

    /// Scores of one head over the first text, before softmax: query[t] . key[s] / sqrt(D) where t sees s, else 0. Row
    /// t, column s; [T,T].
    [[nodiscard]] std::vector<float> scores(int layer, int head) const;

private:
    void run_layer(int index, const PartsOff& off);
    void normalise(std::span<float> output, std::span<const float> input, std::span<const float> gain,
                   std::span<const float> bias, bool is_off);

    TransformerShape shape_;
    TransformerParameters<const float> weights_;
    int max_batch_, C_, V_;
    int batch_ = 0, time_ = 0;
    std::vector<InspectedLayer> layers_;
    std::vector<float> norm_, logits_, losses_;
    std::vector<float> normalised_, inverse_sd_, gate_;  ///< by-products that only a backward pass would read
    std::vector<float> inner_;                           ///< [N,r] of adapters
    std::vector<float> no_positions_;                    ///< [T,C] zeros
    std::vector<float> rotary_;                          ///< as in Transformer
};

}  // namespace terrarium::core
