#include "core/models/transformer.h"

#include <algorithm>
#include <cstdint>

#include "core/models/transformer_parts.h"
#include "core/ops/cross_entropy.h"
#include "core/ops/dropout.h"
#include "core/ops/embedding.h"
#include "core/ops/policy_gradient.h"
#include "core/ops/rotary.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {
namespace {

/// Far above what a lesson needs, and low enough that every index inside fits into an int.
constexpr uint64_t kLargestModelBytes = uint64_t{1} << 30;

template <class S>
std::size_t checked_bytes(const TransformerShape& shape, int max_batch) {
    TERRARIUM_CHECK(why_invalid(shape).empty(),
                    "A transformer of this shape cannot be built; ask why_invalid() first.");
    TERRARIUM_CHECK(max_batch >= 1, "A batch has at least one text.");
    const uint64_t bytes = transformer_arena_bytes<S>(shape, max_batch);
    TERRARIUM_CHECK(bytes <= kLargestModelBytes, "This model and batch need more than 1 GB; use a smaller batch.");
    return static_cast<std::size_t>(bytes);
}

/// Places where dropout happens, each with a mask of its own: the embedding, then three in every layer.
constexpr int kEmbeddingPlace = 0, kPlacesPerLayer = 3;
constexpr int attention_place(int layer) { return 1 + layer * kPlacesPerLayer; }
constexpr int attended_place(int layer) { return 2 + layer * kPlacesPerLayer; }
constexpr int thought_place(int layer) { return 3 + layer * kPlacesPerLayer; }

}  // namespace

template <class L>
Transformer<L>::Transformer(const TransformerShape& shape, int max_batch)
    : shape_(shape), max_batch_(max_batch), arena_(checked_bytes<S>(shape, max_batch)) {
    const std::size_t n_parameters = count_of(parameter_count(shape));
    parameters_ = arena_.template take<S>(n_parameters);
    gradients_ = arena_.template take<S>(n_parameters);
    inputs_ = arena_.template take<int32_t>(count_of(max_batch, shape.context));
    targets_ = arena_.template take<int32_t>(count_of(max_batch, shape.context));
    lengths_ = arena_.template take<int32_t>(count_of(max_batch));
    rotary_ = arena_.template take<S>(rotary_size(shape));
    if (!rotary_.empty()) fill_rotary_table<L>(rotary_, shape.context, shape.width / shape.n_heads);
    lay_out_activations(kept_, shape, max_batch, &arena_);
    weights_ = split_parameters(std::span<const S>(parameters_), shape);
    d_weights_ = split_parameters(gradients_, shape);
    if (shape.lora.rank == 0) return;
    d_weights_.tokens = d_weights_.positions = d_weights_.previous = {};
    for (LayerParameters<S>& layer : d_weights_.layers) {
        for (LinearParameters<S>* linear : {&layer.qkv, &layer.proj, &layer.fc, &layer.fc2}) linear->weight = {};
    }
}

template <class L>
void Transformer<L>::initialise(Rng& rng, double deviation) {
    const double residual_deviation = deviation / sqrt(2.0 * shape_.n_layers);
    for (const ParameterInfo& info : parameter_table(shape_)) {
        const Span<L> tensor = parameters_.subspan(count_of(info.offset), count_of(info.size()));
        switch (info.role) {
            case ParameterRole::Gain:
                std::fill(tensor.begin(), tensor.end(), S(1));
                break;
            case ParameterRole::Bias:
                std::fill(tensor.begin(), tensor.end(), S(0));
                break;
            case ParameterRole::Writer:
                for (S& x : tensor) x = static_cast<S>(residual_deviation * rng.normal());
                break;
            case ParameterRole::Tokens:
            case ParameterRole::Table:
            case ParameterRole::Matrix:
                for (S& x : tensor) x = static_cast<S>(deviation * rng.normal());
                break;
            case ParameterRole::Reward:
            case ParameterRole::Adapter:
            case ParameterRole::Update:
                break;
        }
    }
    initialise_added(rng);
}

template <class L>
void Transformer<L>::initialise_added(Rng& rng) {
    for (const ParameterInfo& info : parameter_table(shape_)) {
        if (info.offset < base_parameter_count(shape_)) continue;
        const Span<L> tensor = parameters_.subspan(count_of(info.offset), count_of(info.size()));
        const bool is_drawn = info.role == ParameterRole::Reward || info.role == ParameterRole::Adapter;
        const int inputs = info.role == ParameterRole::Reward ? info.columns : info.rows;
        const double deviation = 1.0 / sqrt(static_cast<double>(inputs));
        for (S& x : tensor) x = is_drawn ? static_cast<S>(deviation * rng.normal()) : S(0);
    }
}

template <class L>
void Transformer<L>::zero_gradients() {
    std::fill(gradients_.begin(), gradients_.end(), S(0));
}

template <class L>
AttentionMask Transformer<L>::mask() const {
    AttentionMask mask{.is_causal = shape_.is_causal};
    if (has_lengths_) mask.lengths = lengths_.first(count_of(batch_));
    return mask;
}

template <class L>
uint64_t Transformer<L>::key_of(int place) const {
    return random_bits_at(dropout_->key, static_cast<uint64_t>(place));
}

template <class L>
AttentionDropout<typename L::Scalar> Transformer<L>::attention_dropout(int index) const {
    if (!dropout_) return {};
    return {shape_.dropout, key_of(attention_place(index)), dropout_->first_text,
            kept_.layers[count_of(index)].kept_attention, kept_.dropped};
}

/// output = residual + what the linear layer makes of the input, some of it dropped.
template <class L>
void Transformer<L>::add_branch(Span<L> output, std::span<uint8_t> kept, Span<L> inner, ConstSpan<L> input,
                                const LinearParameters<const S>& w, ConstSpan<L> residual, int place) {
    if (!dropout_) return adapted_forward<L>(output, inner, input, w, shape_.lora, residual);
    adapted_forward<L>(output, inner, input, w, shape_.lora);
    const uint64_t first = static_cast<uint64_t>(dropout_->first_text) * count_of(time_, shape_.width);
    dropout_forward<L>(output, kept.first(output.size()), output, shape_.dropout, key_of(place), first);
    for (std::size_t i = 0; i < output.size(); ++i) output[i] += residual[i];
}

/// The gradient that enters the branch: that of the residual path, without what was dropped.
template <class L>
ConstSpan<L> Transformer<L>::branch_gradient(Span<L> scratch, std::span<const uint8_t> kept, ConstSpan<L> d_stream) {
    if (!dropout_) return d_stream;
    dropout_backward<L>(scratch, d_stream, kept.first(d_stream.size()), shape_.dropout);
    return scratch;
}

template <class L>
void Transformer<L>::forward_layer(int index, Span<L> output) {
    const LayerParameters<const S>& w = weights_.layers[count_of(index)];
    const LayerActivations<S>& a = kept_.layers[count_of(index)];
    const int C = shape_.width, F = mlp_width(shape_);
    const std::size_t N = positions(), NC = N * count_of(C), NF = N * count_of(F);
    const std::size_t n_hidden = N * count_of(mlp_columns(shape_)), n_weights = N * count_of(time_, shape_.n_heads);
    norm_forward<L>(a.norm1.first(NC), a.normalised1.first(NC), a.inverse_sd1.first(N), a.input.first(NC), w.ln1_gain,
                    w.ln1_bias);
    adapted_forward<L>(a.qkv.first(3 * NC), a.qkv_inner, a.norm1.first(NC), w.qkv, shape_.lora);
    if (!rotary_.empty()) rotary_forward<L>(a.qkv.first(3 * NC), rotary_, batch_, time_, C, shape_.n_heads, 0);
    attention_forward<L>(a.mixed.first(NC), a.attention.first(n_weights), a.qkv.first(3 * NC),
                         {batch_, time_, C, shape_.n_heads}, mask(), attention_dropout(index));
    add_branch(a.middle.first(NC), a.kept_attended, a.proj_inner, a.mixed.first(NC), w.proj, a.input.first(NC),
               attended_place(index));
    norm_forward<L>(a.norm2.first(NC), a.normalised2.first(NC), a.inverse_sd2.first(N), a.middle.first(NC), w.ln2_gain,
                    w.ln2_bias);
    adapted_forward<L>(a.hidden.first(n_hidden), a.fc_inner, a.norm2.first(NC), w.fc, shape_.lora);
    bend_forward<L>(shape_.bend, a.bent.first(NF), a.gate.first(NF), a.hidden.first(n_hidden), F);
    add_branch(output, a.kept_thought, a.fc2_inner, a.bent.first(NF), w.fc2, a.middle.first(NC), thought_place(index));
}

/// d_stream enters as the gradient of the layer's output and leaves as the gradient of its input.
template <class L>
void Transformer<L>::backward_layer(int index) {
    const LayerParameters<const S>& w = weights_.layers[count_of(index)];
    const LayerParameters<S>& d = d_weights_.layers[count_of(index)];
    const LayerActivations<S>& a = kept_.layers[count_of(index)];
    const int C = shape_.width, F = mlp_width(shape_);
    const std::size_t N = positions(), NC = N * count_of(C), NF = N * count_of(F);
    const std::size_t n_hidden = N * count_of(mlp_columns(shape_)), n_weights = N * count_of(time_, shape_.n_heads);
    const Span<L> stream = kept_.d_stream.first(NC), narrow = kept_.d_narrow.first(NC);
    const Span<L> wide = kept_.d_wide.first(n_hidden), d_qkv = kept_.d_qkv.first(3 * NC), inner = kept_.d_inner;
    const Span<L> d_bent = kept_.d_bent.empty() ? wide : kept_.d_bent.first(NF);

    adapted_backward<L>(d_bent, d.fc2, inner, branch_gradient(narrow, a.kept_thought, stream), a.bent.first(NF),
                        a.fc2_inner, w.fc2, shape_.lora);
    bend_backward<L>(shape_.bend, wide, d_bent, a.gate.first(NF), a.hidden.first(n_hidden), F);
    adapted_backward<L>(narrow, d.fc, inner, wide, a.norm2.first(NC), a.fc_inner, w.fc, shape_.lora);
    norm_backward<L>(stream, d.ln2_gain, d.ln2_bias, narrow, a.normalised2.first(NC), a.inverse_sd2.first(N),
                     w.ln2_gain);

    adapted_backward<L>(narrow, d.proj, inner, branch_gradient(wide.first(NC), a.kept_attended, stream),
                        a.mixed.first(NC), a.proj_inner, w.proj, shape_.lora);
    attention_backward<L>(d_qkv, kept_.d_scores, narrow, a.attention.first(n_weights), a.qkv.first(3 * NC),
                          {batch_, time_, C, shape_.n_heads}, mask(), attention_dropout(index));
    if (!rotary_.empty()) rotary_backward<L>(d_qkv, rotary_, batch_, time_, C, shape_.n_heads, 0);
    adapted_backward<L>(narrow, d.qkv, inner, d_qkv, a.norm1.first(NC), a.qkv_inner, w.qkv, shape_.lora);
    norm_backward<L>(stream, d.ln1_gain, d.ln1_bias, narrow, a.normalised1.first(NC), a.inverse_sd1.first(N),
                     w.ln1_gain);
}

template <class L>
void Transformer<L>::read(std::span<const int32_t> inputs, int batch, int time, const ReadOptions& options) {
    TERRARIUM_CHECK(batch >= 1 && batch <= max_batch_, "The batch is larger than the model was built for.");
    TERRARIUM_CHECK(time >= 1 && time <= shape_.context, "The text is longer than the model's context.");
    TERRARIUM_CHECK(inputs.size() == count_of(batch, time), "A forward pass needs B*T tokens.");
    TERRARIUM_CHECK(options.lengths.empty() || options.lengths.size() == count_of(batch), "Every text has one length.");
    batch_ = batch;
    time_ = time;
    last_ = Last::Nothing;
    has_lengths_ = !options.lengths.empty();
    dropout_ = shape_.dropout > 0.0 ? options.dropout : std::nullopt;
    std::copy(inputs.begin(), inputs.end(), inputs_.begin());
    std::copy(options.lengths.begin(), options.lengths.end(), lengths_.begin());

    const int C = shape_.width;
    const std::size_t N = positions(), NC = N * count_of(C);
    const Span<L> stream = kept_.layers[0].input.first(NC);
    embedding_forward<L>(stream, inputs, weights_.tokens, weights_.positions, weights_.previous,
                         {batch, time, C, shape_.vocab_size});
    if (dropout_) {
        const uint64_t first = static_cast<uint64_t>(dropout_->first_text) * count_of(time, C);
        dropout_forward<L>(stream, kept_.kept_embedding.first(NC), stream, shape_.dropout, key_of(kEmbeddingPlace),
                           first);
    }
    for (int layer = 0; layer < shape_.n_layers; ++layer) {
        const bool is_last = layer + 1 == shape_.n_layers;
        forward_layer(layer, (is_last ? kept_.last : kept_.layers[count_of(layer + 1)].input).first(NC));
    }
    norm_forward<L>(kept_.norm.first(NC), kept_.normalised.first(NC), kept_.inverse_sd.first(N), kept_.last.first(NC),
                    weights_.final_gain, weights_.final_bias);
    last_ = Last::States;
}

template <class L>
void Transformer<L>::score_tokens() {
    const int V = shape_.vocab_size, C = shape_.width;
    gemm<L>(kept_.logits.data(), V, {kept_.norm.data(), C}, {weights_.tokens.data(), C, true},
            static_cast<int>(positions()), V, C);
}

template <class L>
void Transformer<L>::infer(std::span<const int32_t> inputs, int batch, int time, const ReadOptions& options) {
    read(inputs, batch, time, options);
    score_tokens();
    last_ = Last::Logits;
}

template <class L>
double Transformer<L>::forward(std::span<const int32_t> inputs, std::span<const int32_t> targets, int batch, int time,
                               const ReadOptions& options) {
    TERRARIUM_CHECK(targets.size() == inputs.size(), "Every input token needs a target, or kIgnoredTarget.");
    infer(inputs, batch, time, options);
    std::copy(targets.begin(), targets.end(), targets_.begin());
    const std::size_t N = positions(), NV = N * count_of(shape_.vocab_size);
    cross_entropy_forward<L>(kept_.losses.first(N), kept_.probabilities.first(NV), logits(), targets,
                             shape_.vocab_size);
    last_ = Last::Loss;
    return mean_loss_nats(ConstSpan<L>(kept_.losses.first(N)), targets);
}

template <class L>
void Transformer<L>::backward(double scale) {
    TERRARIUM_CHECK(last_ == Last::Loss, "A backward pass needs a forward pass with targets before it, one each.");
    const Span<L> d_logits = kept_.probabilities.first(positions() * count_of(shape_.vocab_size));
    cross_entropy_backward_in_place<L>(d_logits, targets_.first(positions()), shape_.vocab_size, scale);
    backward_from_logits(d_logits);
}

template <class L>
void Transformer<L>::backward_weighted(std::span<const double> weights, double scale) {
    TERRARIUM_CHECK(last_ == Last::Loss, "A backward pass needs a forward pass with targets before it, one each.");
    const Span<L> d_logits = kept_.probabilities.first(positions() * count_of(shape_.vocab_size));
    weighted_likelihood_backward_in_place<L>(d_logits, targets_.first(positions()), weights, shape_.vocab_size, scale);
    backward_from_logits(d_logits);
}

template <class L>
void Transformer<L>::backward_logits(ConstSpan<L> d_logits) {
    TERRARIUM_CHECK(last_ == Last::Loss || last_ == Last::Logits,
                    "A gradient of scores needs a forward pass with scores before it, one each.");
    TERRARIUM_CHECK(d_logits.size() == positions() * count_of(shape_.vocab_size), "There are B*T*V scores.");
    backward_from_logits(d_logits);
}

template <class L>
void Transformer<L>::backward_states(ConstSpan<L> d_states) {
    TERRARIUM_CHECK(last_ == Last::States, "A gradient of states needs read() before it, one each.");
    TERRARIUM_CHECK(d_states.size() == positions() * count_of(shape_.width), "There are B*T*C states.");
    backward_from_states(d_states);
}

template <class L>
void Transformer<L>::backward_from_logits(ConstSpan<L> d_logits) {
    const int V = shape_.vocab_size, C = shape_.width, N = static_cast<int>(positions());
    if (S* const d_tokens = d_weights_.tokens.data(); d_tokens != nullptr) {
        gemm<L>(d_tokens, C, {d_logits.data(), V, true}, {kept_.norm.data(), C}, V, C, N,
                {.addend = d_tokens, .addend_stride = C});
    }
    gemm<L>(kept_.d_narrow.data(), C, {d_logits.data(), V}, {weights_.tokens.data(), C}, N, C, V);
    backward_from_states(kept_.d_narrow.first(positions() * count_of(C)));
}

template <class L>
void Transformer<L>::backward_from_states(ConstSpan<L> d_states) {
    last_ = Last::Nothing;
    const std::size_t N = positions(), NC = N * count_of(shape_.width);
    const Span<L> stream = kept_.d_stream.first(NC);
    std::fill(stream.begin(), stream.end(), S(0));
    norm_backward<L>(stream, d_weights_.final_gain, d_weights_.final_bias, d_states, kept_.normalised.first(NC),
                     kept_.inverse_sd.first(N), weights_.final_gain);
    for (int layer = shape_.n_layers - 1; layer >= 0; --layer) backward_layer(layer);
    if (d_weights_.tokens.empty()) return;
    embedding_backward<L>(d_weights_.tokens, d_weights_.positions, d_weights_.previous,
                          branch_gradient(kept_.d_narrow.first(NC), kept_.kept_embedding, stream), inputs_.first(N),
                          {batch_, time_, shape_.width, shape_.vocab_size});
}

template <class L>
ConstSpan<L> Transformer<L>::states() const {
    return kept_.norm.first(positions() * count_of(shape_.width));
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
