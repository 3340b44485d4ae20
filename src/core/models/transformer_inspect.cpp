#include "core/models/transformer_inspect.h"

#include <algorithm>

#include "core/models/transformer_activations.h"
#include "core/models/transformer_parts.h"
#include "core/ops/attention.h"
#include "core/ops/cross_entropy.h"
#include "core/ops/embedding.h"
#include "core/ops/rotary.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {
namespace {

using Lanes = Simd4f;

}  // namespace

PartsOff::PartsOff(const TransformerShape& shape)
    : heads(count_of(shape.n_layers, shape.n_heads)),
      mlps(count_of(shape.n_layers)),
      norms(count_of(2 * shape.n_layers + 1)) {}

TransformerInspector::TransformerInspector(const TransformerShape& shape, std::span<const float> parameters,
                                           int max_batch)
    : shape_(shape),
      weights_(split_parameters(parameters, shape)),
      max_batch_(max_batch),
      C_(shape.width),
      V_(shape.vocab_size) {
    TERRARIUM_CHECK(why_invalid(shape).empty(),
                    "A transformer of this shape cannot be built; ask why_invalid() first.");
    TERRARIUM_CHECK(max_batch >= 1, "A batch has at least one text.");
    const std::size_t N = count_of(max_batch, shape.context), NC = N * count_of(C_);
    layers_.resize(count_of(shape.n_layers));
    for (InspectedLayer& layer : layers_) {
        for (std::vector<float>* rows :
             {&layer.input, &layer.norm1, &layer.mixed, &layer.middle, &layer.norm2, &layer.output})
            rows->resize(NC);
        layer.qkv.resize(3 * NC);
        layer.attention.resize(N * count_of(shape.context, shape.n_heads));
        layer.hidden.resize(N * count_of(mlp_columns(shape)));
        layer.bent.resize(N * count_of(mlp_width(shape)));
    }
    norm_.resize(NC);
    normalised_.resize(NC);
    inverse_sd_.resize(N);
    gate_.resize(N * count_of(mlp_width(shape)));
    inner_.resize(N * count_of(shape.lora.rank));
    logits_.resize(N * count_of(V_));
    losses_.resize(N);
    no_positions_.resize(count_of(shape.context, C_));
    rotary_.resize(rotary_size(shape));
    if (!rotary_.empty()) fill_rotary_table<Lanes>(rotary_, shape.context, C_ / shape.n_heads);
}

void TransformerInspector::normalise(std::span<float> output, std::span<const float> input, std::span<const float> gain,
                                     std::span<const float> bias, bool is_off) {
    if (is_off) {
        std::copy(input.begin(), input.end(), output.begin());
        return;
    }
    norm_forward<Lanes>(output, std::span(normalised_).first(input.size()),
                        std::span(inverse_sd_).first(count_of(batch_, time_)), input, gain, bias);
}

void TransformerInspector::run_layer(int index, const PartsOff& off) {
    const LayerParameters<const float>& w = weights_.layers[count_of(index)];
    InspectedLayer& a = layers_[count_of(index)];
    const std::size_t N = count_of(batch_, time_), NC = N * count_of(C_);
    const auto rows = [](std::vector<float>& buffer, std::size_t n) { return std::span(buffer).first(n); };
    const std::size_t norm = 2 * count_of(index);

    normalise(rows(a.norm1, NC), rows(a.input, NC), w.ln1_gain, w.ln1_bias, off.norms[norm]);
    adapted_forward<Lanes>(rows(a.qkv, 3 * NC), inner_, rows(a.norm1, NC), w.qkv, shape_.lora);
    if (!rotary_.empty() && !off.positions)
        rotary_forward<Lanes>(rows(a.qkv, 3 * NC), rotary_, batch_, time_, C_, shape_.n_heads, 0);
    attention_forward<Lanes>(rows(a.mixed, NC), rows(a.attention, N * count_of(time_, shape_.n_heads)),
                             rows(a.qkv, 3 * NC), {batch_, time_, C_, shape_.n_heads}, {.is_causal = shape_.is_causal});
    const int D = C_ / shape_.n_heads;
    for (int h = 0; h < shape_.n_heads; ++h) {
        if (!off.heads[count_of(index * shape_.n_heads + h)]) continue;
        for (std::size_t n = 0; n < N; ++n) std::fill_n(a.mixed.data() + n * count_of(C_) + count_of(h * D), D, 0.0f);
    }
    adapted_forward<Lanes>(rows(a.middle, NC), inner_, rows(a.mixed, NC), w.proj, shape_.lora, rows(a.input, NC));

    normalise(rows(a.norm2, NC), rows(a.middle, NC), w.ln2_gain, w.ln2_bias, off.norms[norm + 1]);
    const std::size_t NF = N * count_of(mlp_width(shape_)), n_hidden = N * count_of(mlp_columns(shape_));
    adapted_forward<Lanes>(rows(a.hidden, n_hidden), inner_, rows(a.norm2, NC), w.fc, shape_.lora);
    bend_forward<Lanes>(shape_.bend, rows(a.bent, NF), rows(gate_, NF), rows(a.hidden, n_hidden), mlp_width(shape_));
    if (off.mlps[count_of(index)]) {
        std::copy_n(a.middle.begin(), NC, a.output.begin());
    } else {
        adapted_forward<Lanes>(rows(a.output, NC), inner_, rows(a.bent, NF), w.fc2, shape_.lora, rows(a.middle, NC));
    }
}

void TransformerInspector::run(std::span<const int32_t> ids, int batch, int time, const PartsOff& off) {
    TERRARIUM_CHECK(batch >= 1 && batch <= max_batch_, "The batch is larger than the inspector was built for.");
    TERRARIUM_CHECK(time >= 1 && time <= shape_.context, "The text is longer than the model's context.");
    TERRARIUM_CHECK(ids.size() == count_of(batch, time), "A forward pass needs B*T tokens.");
    TERRARIUM_CHECK(off.heads.size() == count_of(shape_.n_layers, shape_.n_heads) &&
                        off.mlps.size() == layers_.size() && off.norms.size() == 2 * layers_.size() + 1,
                    "The parts that are off belong to a model of another shape.");
    batch_ = batch;
    time_ = time;
    const std::size_t NC = count_of(batch, time, C_);
    const bool has_rows = !weights_.positions.empty();
    const std::span<const float> positions = has_rows && off.positions ? no_positions_ : weights_.positions;
    embedding_forward<Lanes>(std::span(layers_[0].input).first(NC), ids, weights_.tokens, positions, weights_.previous,
                             {batch, time, C_, V_});
    for (int index = 0; index < shape_.n_layers; ++index) {
        run_layer(index, off);
        if (index + 1 < shape_.n_layers)
            std::copy_n(layers_[count_of(index)].output.begin(), NC, layers_[count_of(index + 1)].input.begin());
    }
    normalise(std::span(norm_).first(NC), std::span(layers_.back().output).first(NC), weights_.final_gain,
              weights_.final_bias, off.norms.back());
    gemm<Lanes>(logits_.data(), V_, {norm_.data(), C_}, {weights_.tokens.data(), C_, true},
                static_cast<int>(count_of(batch, time)), V_, C_);
}

double TransformerInspector::run(std::span<const int32_t> ids, std::span<const int32_t> targets, int batch, int time,
                                 const PartsOff& off) {
    run(ids, batch, time, off);
    const std::span<float> losses = std::span(losses_).first(count_of(batch, time));
    cross_entropy_forward<Lanes>(losses, logits(), targets, V_);
    return mean_loss_nats(std::span<const float>(losses), targets);
}

const InspectedLayer& TransformerInspector::layer(int index) const {
    TERRARIUM_CHECK(index >= 0 && index < shape_.n_layers, "There is no such layer.");
    return layers_[count_of(index)];
}

std::vector<float> TransformerInspector::scores(int layer_index, int head) const {
    TERRARIUM_CHECK(head >= 0 && head < shape_.n_heads, "There is no such head.");
    const int D = C_ / shape_.n_heads;
    const float* const queries = layer(layer_index).qkv.data() + head * D;
    const float* const keys = queries + C_;
    const float scale = 1.0f / sqrt(static_cast<float>(D));
    std::vector<float> scores(count_of(time_, time_));
    for (int t = 0; t < time_; ++t) {
        for (int s = 0; s < (shape_.is_causal ? t + 1 : time_); ++s) {
            float sum = 0.0f;
            for (int d = 0; d < D; ++d) sum += queries[t * 3 * C_ + d] * keys[s * 3 * C_ + d];
            scores[count_of(t * time_ + s)] = sum * scale;
        }
    }
    return scores;
}

}  // namespace terrarium::core
