#include "core/infer/generator.h"

#include <algorithm>
#include <limits>

#include "core/ops/gelu.h"
#include "core/ops/layer_norm.h"
#include "core/ops/linear.h"
#include "core/support/check.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {

template <class L>
Generator<L>::Generator(const TransformerShape& shape, ConstSpan<L> parameters)
    : shape_(shape), weights_(split_parameters(parameters, shape)) {
    TERRARIUM_CHECK(why_invalid(shape).empty(),
                    "A transformer of this shape cannot be built; ask why_invalid() first.");
    const std::size_t C = count_of(shape.width), T = count_of(shape.context);
    window_.reserve(T);
    for (std::vector<S>* cache : {&keys_, &values_}) cache->resize(count_of(shape.n_layers) * T * C);
    for (std::vector<S>* row : {&stream_, &norm_, &normalised_, &mixed_}) row->resize(C);
    for (std::vector<S>* row : {&hidden_, &gate_, &bent_}) row->resize(4 * C);
    qkv_.resize(3 * C);
    scores_.resize(T);
    logits_.resize(count_of(shape.vocab_size));
}

template <class L>
void Generator<L>::reset() {
    window_.clear();
}

template <class L>
ConstSpan<L> Generator<L>::push(int32_t id) {
    return push(std::span<const int32_t>(&id, 1));
}

template <class L>
ConstSpan<L> Generator<L>::push(std::span<const int32_t> prompt) {
    TERRARIUM_CHECK(!prompt.empty(), "There is nothing to read.");
    const std::size_t T = count_of(shape_.context);
    if (prompt.size() > T) {  // what lies further back than the context cannot be seen
        prompt = prompt.last(T);
        reset();
    }
    for (std::size_t i = 0; i < prompt.size(); ++i) {
        TERRARIUM_CHECK(prompt[i] >= 0 && prompt[i] < shape_.vocab_size, "A token id is outside the vocabulary.");
        if (window_.size() == T) {
            const std::vector<int32_t> kept(window_.end() - static_cast<std::ptrdiff_t>(T / 2), window_.end());
            reset();
            for (const int32_t id : kept) read_at_end(id, false);
        }
        read_at_end(prompt[i], i + 1 == prompt.size());
    }
    return logits_;
}

/// One query against all kept keys of a layer; the new key and value are in the cache already.
template <class L>
void Generator<L>::attend(int layer) {
    const int C = shape_.width, D = C / shape_.n_heads, n_seen = static_cast<int>(window_.size());
    const std::size_t cache = count_of(layer, shape_.context, C);
    const S scale = S(1) / sqrt(static_cast<S>(D));
    constexpr S kNever = -std::numeric_limits<S>::infinity();
    S* const scores = scores_.data();
    for (int h = 0; h < shape_.n_heads; ++h) {
        const S *keys = keys_.data() + cache + h * D, *values = values_.data() + cache + h * D;
        gemm<L>(scores, n_seen, {qkv_.data() + h * D, 3 * C}, {keys, C, true}, 1, n_seen, D);
        L largest = L::splat(kNever), sum = L::splat(S(0));
        for_each_group<L>(n_seen, [&](auto group) { largest = L::max(largest, group.load(scores, kNever)); });
        const L row_max = L::splat(hmax(largest)), factor = L::splat(scale);
        for_each_group<L>(n_seen, [&](auto group) {
            const L e = L::exp((group.load(scores, kNever) - row_max) * factor);
            group.store(scores, e);
            sum = sum + e;
        });
        const L inverse = L::splat(S(1) / hsum(sum));
        for_each_group<L>(n_seen, [&](auto group) { group.store(scores, group.load(scores) * inverse); });
        gemm<L>(mixed_.data() + h * D, C, {scores, n_seen}, {values, C}, 1, D, n_seen);
    }
}

template <class L>
void Generator<L>::read_at_end(int32_t id, bool wants_logits) {
    const int C = shape_.width;
    const std::size_t position = window_.size();
    const auto row = [C](ConstSpan<L> table, std::size_t index) {
        return table.subspan(index * count_of(C), count_of(C));
    };
    for (std::size_t c = 0; c < stream_.size(); ++c) {
        S x = row(weights_.tokens, count_of(id))[c] + row(weights_.positions, position)[c];
        if (shape_.token_shift && position > 0) x += row(weights_.previous, count_of(window_.back()))[c];
        stream_[c] = x;
    }
    window_.push_back(id);
    S inverse_sd[1];
    for (int layer = 0; layer < shape_.n_layers; ++layer) {
        const LayerParameters<const S>& w = weights_.layers[count_of(layer)];
        layer_norm_forward<L>(norm_, normalised_, inverse_sd, stream_, w.ln1_gain, w.ln1_bias);
        linear_forward<L>(qkv_, norm_, w.qkv_weight, w.qkv_bias);
        const std::ptrdiff_t at =
            (static_cast<std::ptrdiff_t>(layer) * shape_.context + static_cast<std::ptrdiff_t>(position)) * C;
        std::copy_n(qkv_.begin() + C, C, keys_.begin() + at);
        std::copy_n(qkv_.begin() + 2 * C, C, values_.begin() + at);
        attend(layer);
        linear_forward<L>(norm_, mixed_, w.proj_weight, w.proj_bias, stream_);
        std::swap(norm_, stream_);  // the result becomes the stream; its old buffer is free again
        layer_norm_forward<L>(norm_, normalised_, inverse_sd, stream_, w.ln2_gain, w.ln2_bias);
        linear_forward<L>(hidden_, norm_, w.fc_weight, w.fc_bias);
        gelu_forward<L>(bent_, gate_, hidden_);
        linear_forward<L>(norm_, bent_, w.fc2_weight, w.fc2_bias, stream_);
        std::swap(norm_, stream_);
    }
    if (!wants_logits) return;
    layer_norm_forward<L>(norm_, normalised_, inverse_sd, stream_, weights_.final_gain, weights_.final_bias);
    gemm<L>(logits_.data(), shape_.vocab_size, {norm_.data(), C}, {weights_.tokens.data(), C, true}, 1,
            shape_.vocab_size, C);
}

template class Generator<Simd4f>;
template class Generator<Scalar4f>;
template class Generator<Scalar4d>;

}  // namespace terrarium::core
