#include "core/models/transformer.h"

#include <algorithm>
#include <cstdint>

#include "core/ops/attention.h"
#include "core/ops/cross_entropy.h"
#include "core/ops/embedding.h"
#include "core/ops/gelu.h"
#include "core/ops/layer_norm.h"
#include "core/ops/linear.h"
#include "core/ops/rotary.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {
namespace {

/// Far above what a lesson needs, and low enough that every index inside fits into an int.
constexpr uint64_t kLargestModelBytes = uint64_t{1} << 30;

/// Numbers of the table of turns.
std::size_t rotary_size(const TransformerShape& shape) {
    return shape.positions == Positions::Rotary ? count_of(shape.context, shape.width / shape.n_heads) : 0;
}

template <class S>
std::size_t total_bytes(const TransformerShape& shape, int max_batch) {
    TERRARIUM_CHECK(why_invalid(shape).empty(),
                    "A transformer of this shape cannot be built; ask why_invalid() first.");
    TERRARIUM_CHECK(max_batch >= 1, "A batch has at least one text.");
    const uint64_t n_positions = static_cast<uint64_t>(max_batch) * static_cast<uint64_t>(shape.context);
    TransformerActivations<S> unused;
    const uint64_t bytes = 2 * Arena::bytes_for<S>(static_cast<uint64_t>(parameter_count(shape))) +
                           2 * Arena::bytes_for<int32_t>(n_positions) + Arena::bytes_for<S>(rotary_size(shape)) +
                           lay_out_activations(unused, shape, max_batch, nullptr);
    TERRARIUM_CHECK(bytes <= kLargestModelBytes, "This model and batch need more than 1 GB; use a smaller batch.");
    return static_cast<std::size_t>(bytes);
}

}  // namespace

template <class L>
Transformer<L>::Transformer(const TransformerShape& shape, int max_batch)
    : shape_(shape), max_batch_(max_batch), arena_(total_bytes<S>(shape, max_batch)) {
    const std::size_t n_parameters = count_of(parameter_count(shape));
    parameters_ = arena_.template take<S>(n_parameters);
    gradients_ = arena_.template take<S>(n_parameters);
    inputs_ = arena_.template take<int32_t>(count_of(max_batch, shape.context));
    targets_ = arena_.template take<int32_t>(count_of(max_batch, shape.context));
    rotary_ = arena_.template take<S>(rotary_size(shape));
    if (!rotary_.empty()) fill_rotary_table<L>(rotary_, shape.context, shape.width / shape.n_heads);
    lay_out_activations(kept_, shape, max_batch, &arena_);
    weights_ = split_parameters(std::span<const S>(parameters_), shape);
    d_weights_ = split_parameters(gradients_, shape);
}

template <class L>
void Transformer<L>::initialise(Rng& rng, double deviation) {
    const double residual_deviation = deviation / sqrt(2.0 * shape_.n_layers);
    for (const ParameterInfo& info : parameter_table(shape_)) {
        const Span<L> tensor = parameters_.subspan(count_of(info.offset), count_of(info.size()));
        const std::string_view name = std::string_view(info.name).substr(info.name.find('.') + 1);
        if (name == "ln1w" || name == "ln2w" || name == "lnfw") {
            std::fill(tensor.begin(), tensor.end(), S(1));
        } else if (info.rows == 1 && name != "wpe") {  // biases; a position table may have one row too
            std::fill(tensor.begin(), tensor.end(), S(0));
        } else {
            const double its_own = name == "projw" || name == "fc2w" ? residual_deviation : deviation;
            for (S& x : tensor) x = static_cast<S>(its_own * rng.normal());
        }
    }
}

template <class L>
void Transformer<L>::zero_gradients() {
    std::fill(gradients_.begin(), gradients_.end(), S(0));
}

template <class L>
void Transformer<L>::forward_layer(int index, Span<L> output) {
    const LayerParameters<const S>& w = weights_.layers[count_of(index)];
    const LayerActivations<S>& a = kept_.layers[count_of(index)];
    const std::size_t N = positions(), NC = N * count_of(shape_.width);
    const std::size_t n_weights = N * count_of(time_, shape_.n_heads);
    layer_norm_forward<L>(a.norm1.first(NC), a.normalised1.first(NC), a.inverse_sd1.first(N), a.input.first(NC),
                          w.ln1_gain, w.ln1_bias);
    linear_forward<L>(a.qkv.first(3 * NC), a.norm1.first(NC), w.qkv_weight, w.qkv_bias);
    if (!rotary_.empty())
        rotary_forward<L>(a.qkv.first(3 * NC), rotary_, batch_, time_, shape_.width, shape_.n_heads, 0);
    attention_forward<L>(a.mixed.first(NC), a.attention.first(n_weights), a.qkv.first(3 * NC),
                         {batch_, time_, shape_.width, shape_.n_heads}, {.is_causal = shape_.is_causal});
    linear_forward<L>(a.middle.first(NC), a.mixed.first(NC), w.proj_weight, w.proj_bias, a.input.first(NC));
    layer_norm_forward<L>(a.norm2.first(NC), a.normalised2.first(NC), a.inverse_sd2.first(N), a.middle.first(NC),
                          w.ln2_gain, w.ln2_bias);
    linear_forward<L>(a.hidden.first(4 * NC), a.norm2.first(NC), w.fc_weight, w.fc_bias);
    gelu_forward<L>(a.bent.first(4 * NC), a.gate.first(4 * NC), a.hidden.first(4 * NC));
    linear_forward<L>(output, a.bent.first(4 * NC), w.fc2_weight, w.fc2_bias, a.middle.first(NC));
}

/// d_stream enters as the gradient of the layer's output and leaves as the gradient of its input.
template <class L>
void Transformer<L>::backward_layer(int index) {
    const LayerParameters<const S>& w = weights_.layers[count_of(index)];
    const LayerParameters<S>& d = d_weights_.layers[count_of(index)];
    const LayerActivations<S>& a = kept_.layers[count_of(index)];
    const std::size_t N = positions(), NC = N * count_of(shape_.width);
    const std::size_t n_weights = N * count_of(time_, shape_.n_heads);
    const Span<L> stream = kept_.d_stream.first(NC), narrow = kept_.d_narrow.first(NC);
    const Span<L> wide = kept_.d_wide.first(4 * NC), d_qkv = kept_.d_qkv.first(3 * NC);

    linear_backward<L>(wide, d.fc2_weight, d.fc2_bias, stream, a.bent.first(4 * NC), w.fc2_weight);
    gelu_backward<L>(wide, wide, a.gate.first(4 * NC), a.hidden.first(4 * NC));
    linear_backward<L>(narrow, d.fc_weight, d.fc_bias, wide, a.norm2.first(NC), w.fc_weight);
    layer_norm_backward<L>(stream, d.ln2_gain, d.ln2_bias, narrow, a.normalised2.first(NC), a.inverse_sd2.first(N),
                           w.ln2_gain);

    linear_backward<L>(narrow, d.proj_weight, d.proj_bias, stream, a.mixed.first(NC), w.proj_weight);
    attention_backward<L>(d_qkv, kept_.d_scores, narrow, a.attention.first(n_weights), a.qkv.first(3 * NC),
                          {batch_, time_, shape_.width, shape_.n_heads}, {.is_causal = shape_.is_causal});
    if (!rotary_.empty()) rotary_backward<L>(d_qkv, rotary_, batch_, time_, shape_.width, shape_.n_heads, 0);
    linear_backward<L>(narrow, d.qkv_weight, d.qkv_bias, d_qkv, a.norm1.first(NC), w.qkv_weight);
    layer_norm_backward<L>(stream, d.ln1_gain, d.ln1_bias, narrow, a.normalised1.first(NC), a.inverse_sd1.first(N),
                           w.ln1_gain);
}

template <class L>
void Transformer<L>::run_layers(std::span<const int32_t> inputs, int batch, int time) {
    TERRARIUM_CHECK(batch >= 1 && batch <= max_batch_, "The batch is larger than the model was built for.");
    TERRARIUM_CHECK(time >= 1 && time <= shape_.context, "The text is longer than the model's context.");
    TERRARIUM_CHECK(inputs.size() == count_of(batch, time), "A forward pass needs B*T tokens.");
    batch_ = batch;
    time_ = time;
    has_loss_ = false;
    std::copy(inputs.begin(), inputs.end(), inputs_.begin());

    const int V = shape_.vocab_size, C = shape_.width;
    const std::size_t N = positions(), NC = N * count_of(C);
    embedding_forward<L>(kept_.layers[0].input.first(NC), inputs, weights_.tokens, weights_.positions,
                         weights_.previous, {batch, time, C, V});
    for (int layer = 0; layer < shape_.n_layers; ++layer) {
        const bool is_last = layer + 1 == shape_.n_layers;
        forward_layer(layer, (is_last ? kept_.last : kept_.layers[count_of(layer + 1)].input).first(NC));
    }
    layer_norm_forward<L>(kept_.norm.first(NC), kept_.normalised.first(NC), kept_.inverse_sd.first(N),
                          kept_.last.first(NC), weights_.final_gain, weights_.final_bias);
    gemm<L>(kept_.logits.data(), V, {kept_.norm.data(), C}, {weights_.tokens.data(), C, true}, static_cast<int>(N), V,
            C);
}

template <class L>
void Transformer<L>::infer(std::span<const int32_t> inputs, int batch, int time) {
    run_layers(inputs, batch, time);
}

template <class L>
double Transformer<L>::forward(std::span<const int32_t> inputs, std::span<const int32_t> targets, int batch, int time) {
    TERRARIUM_CHECK(targets.size() == inputs.size(), "Every input token needs a target, or kIgnoredTarget.");
    run_layers(inputs, batch, time);
    std::copy(targets.begin(), targets.end(), targets_.begin());
    const std::size_t N = positions(), NV = N * count_of(shape_.vocab_size);
    cross_entropy_forward<L>(kept_.losses.first(N), kept_.probabilities.first(NV), logits(), targets,
                             shape_.vocab_size);
    has_loss_ = true;
    return mean_loss_nats(ConstSpan<L>(kept_.losses.first(N)), targets);
}

template <class L>
void Transformer<L>::backward(double scale) {
    TERRARIUM_CHECK(has_loss_, "A backward pass needs a forward pass with targets before it, one each.");
    has_loss_ = false;
    const int V = shape_.vocab_size, C = shape_.width;
    const std::size_t N = positions(), NC = N * count_of(C);
    const Span<L> d_logits = kept_.probabilities.first(N * count_of(V));
    cross_entropy_backward_in_place<L>(d_logits, targets_.first(N), V, scale);

    const S *norm = kept_.norm.data(), *tokens = weights_.tokens.data();
    S* const d_tokens = d_weights_.tokens.data();
    gemm<L>(d_tokens, C, {d_logits.data(), V, true}, {norm, C}, V, C, static_cast<int>(N),
            {.addend = d_tokens, .addend_stride = C});
    gemm<L>(kept_.d_narrow.data(), C, {d_logits.data(), V}, {tokens, C}, static_cast<int>(N), C, V);

    const Span<L> stream = kept_.d_stream.first(NC);
    std::fill(stream.begin(), stream.end(), S(0));
    layer_norm_backward<L>(stream, d_weights_.final_gain, d_weights_.final_bias, kept_.d_narrow.first(NC),
                           kept_.normalised.first(NC), kept_.inverse_sd.first(N), weights_.final_gain);
    for (int layer = shape_.n_layers - 1; layer >= 0; --layer) backward_layer(layer);
    embedding_backward<L>(d_weights_.tokens, d_weights_.positions, d_weights_.previous, stream, inputs_.first(N),
                          {batch_, time_, C, V});
}

template <class L>
ConstSpan<L> Transformer<L>::logits() const {
    return kept_.logits.first(positions() * count_of(shape_.vocab_size));
}

template <class L>
ConstSpan<L> Transformer<L>::losses() const {
    return kept_.losses.first(positions());
}

template <class L>
ConstSpan<L> Transformer<L>::attention(int layer) const {
    TERRARIUM_CHECK(layer >= 0 && layer < shape_.n_layers, "There is no such layer.");
    return kept_.layers[count_of(layer)].attention.first(positions() * count_of(time_, shape_.n_heads));
}

template class Transformer<Simd4f>;
template class Transformer<Scalar4f>;
template class Transformer<Scalar4d>;

}  // namespace terrarium::core
