#include "core/infer/generator.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/ops/gelu.h"
#include "core/ops/layer_norm.h"
#include "core/ops/rotary.h"
#include "core/support/check.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {

namespace {

constexpr int kGroupOfKeys = 8;  ///< what gemm() does at once; scores behind the last key are computed and not read

int rounded_up(int n, int unit) { return (n + unit - 1) / unit * unit; }

const TransformerShape& checked(const TransformerShape& shape) {
    TERRARIUM_CHECK(why_invalid(shape).empty(),
                    "A transformer of this shape cannot be built; ask why_invalid() first.");
    TERRARIUM_CHECK(shape.is_causal,
                    "Only a causal model writes: one that sees the future has no next token to guess.");
    return shape;
}

}  // namespace

template <class L, class Matrix>
Generator<L, Matrix>::Generator(const TransformerShape& shape, ConstSpan<L> parameters)
    : shape_(checked(shape)),
      weights_(split_parameters(parameters, shape)),
      tokens_({weights_.tokens.data(), shape.width, true}, shape.width, shape.vocab_size),
      row_(rounded_up(shape.context, kGroupOfKeys)),
      arena_(0) {
    const int C = shape.width;
    for (const LayerParameters<const S>& w : weights_.layers) {
        layers_.push_back({Matrix({w.qkv_weight.data(), 3 * C}, C, 3 * C), Matrix({w.proj_weight.data(), C}, C, C),
                           Matrix({w.fc_weight.data(), 4 * C}, C, 4 * C), Matrix({w.fc2_weight.data(), C}, 4 * C, C)});
    }
    window_.reserve(count_of(shape.context));
    const std::vector<std::pair<Span<L>*, std::size_t>> buffers = {
        {&keys_, count_of(shape.n_layers, C, row_)},
        {&values_, count_of(shape.n_layers, shape.context, C)},
        {&stream_, count_of(C)},
        {&norm_, count_of(C)},
        {&normalised_, count_of(C)},
        {&mixed_, count_of(C)},
        {&qkv_, count_of(3, C)},
        {&hidden_, count_of(4, C)},
        {&gate_, count_of(4, C)},
        {&bent_, count_of(4, C)},
        {&scores_, count_of(row_)},
        {&rotary_, shape.positions == Positions::Rotary ? count_of(shape.context, C / shape.n_heads) : 0},
        {&logits_, count_of(shape.vocab_size)}};
    uint64_t bytes = 0;
    for (const auto& buffer : buffers) bytes += Arena::bytes_for<S>(buffer.second);
    arena_ = Arena(static_cast<std::size_t>(bytes));
    for (const auto& buffer : buffers) *buffer.first = arena_.take<S>(buffer.second);
    if (!rotary_.empty()) fill_rotary_table<L>(rotary_, shape.context, C / shape.n_heads);
}

template <class L, class Matrix>
void Generator<L, Matrix>::reload() {
    const int C = shape_.width;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const LayerParameters<const S>& w = weights_.layers[i];
        layers_[i].qkv.assign({w.qkv_weight.data(), 3 * C});
        layers_[i].proj.assign({w.proj_weight.data(), C});
        layers_[i].fc.assign({w.fc_weight.data(), 4 * C});
        layers_[i].fc2.assign({w.fc2_weight.data(), C});
    }
    tokens_.assign({weights_.tokens.data(), C, true});
    reset();
}

template <class L, class Matrix>
std::size_t Generator<L, Matrix>::matrix_bytes() const {
    std::size_t bytes = tokens_.bytes();
    for (const LayerMatrices& m : layers_) bytes += m.qkv.bytes() + m.proj.bytes() + m.fc.bytes() + m.fc2.bytes();
    return bytes;
}

template <class L, class Matrix>
ConstSpan<L> Generator<L, Matrix>::push(int32_t id) {
    return push(std::span<const int32_t>(&id, 1));
}

template <class L, class Matrix>
ConstSpan<L> Generator<L, Matrix>::push(std::span<const int32_t> prompt) {
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
template <class L, class Matrix>
void Generator<L, Matrix>::attend(int layer) {
    const int C = shape_.width, D = C / shape_.n_heads, n_seen = static_cast<int>(window_.size());
    const int padded = rounded_up(n_seen, kGroupOfKeys);
    const S scale = S(1) / sqrt(static_cast<S>(D));
    constexpr S kNever = -std::numeric_limits<S>::infinity();
    S* const scores = scores_.data();
    for (int h = 0; h < shape_.n_heads; ++h) {
        const S* const keys = keys_.data() + count_of(layer, C, row_) + count_of(h, D, row_);
        const S* const values = values_.data() + count_of(layer, shape_.context, C) + count_of(h, D);
        gemm<L>(scores, padded, {qkv_.data() + h * D, 3 * C}, {keys, row_}, 1, padded, D);
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

template <class L, class Matrix>
void Generator<L, Matrix>::read_at_end(int32_t id, bool wants_logits) {
    const int C = shape_.width;
    const std::size_t position = window_.size();
    const auto row = [C](ConstSpan<L> table, std::size_t index) {
        return table.subspan(index * count_of(C), count_of(C));
    };
    tokens_.read_column(stream_, id);
    for (std::size_t c = 0; c < stream_.size(); ++c) {
        S x = stream_[c];
        if (!weights_.positions.empty()) x += row(weights_.positions, position)[c];
        if (shape_.token_shift && position > 0) x += row(weights_.previous, count_of(window_.back()))[c];
        stream_[c] = x;
    }
    window_.push_back(id);
    S inverse_sd[1];
    for (int layer = 0; layer < shape_.n_layers; ++layer) {
        const LayerParameters<const S>& w = weights_.layers[count_of(layer)];
        layer_norm_forward<L>(norm_, normalised_, inverse_sd, stream_, w.ln1_gain, w.ln1_bias);
        const LayerMatrices& m = layers_[count_of(layer)];
        m.qkv.multiply(qkv_, norm_, w.qkv_bias);
        if (!rotary_.empty()) rotary_forward<L>(qkv_, rotary_, 1, 1, C, shape_.n_heads, static_cast<int>(position));
        S* const keys = keys_.data() + count_of(layer, C, row_) + position;
        for (std::size_t c = 0; c < count_of(C); ++c) keys[c * count_of(row_)] = qkv_[count_of(C) + c];
        S* const values = values_.data() + (count_of(layer, shape_.context) + position) * count_of(C);
        std::copy_n(qkv_.begin() + 2 * C, C, values);
        attend(layer);
        m.proj.multiply(stream_, mixed_, w.proj_bias, stream_);
        layer_norm_forward<L>(norm_, normalised_, inverse_sd, stream_, w.ln2_gain, w.ln2_bias);
        m.fc.multiply(hidden_, norm_, w.fc_bias);
        gelu_forward<L>(bent_, gate_, hidden_);
        m.fc2.multiply(stream_, bent_, w.fc2_bias, stream_);
    }
    if (!wants_logits) return;
    layer_norm_forward<L>(norm_, normalised_, inverse_sd, stream_, weights_.final_gain, weights_.final_bias);
    tokens_.multiply(logits_, norm_);
}

template class Generator<Simd4f>;
template class Generator<Scalar4f>;
template class Generator<Scalar4d>;
template class Generator<Simd4f, Int8Matrix<Simd4f>>;
template class Generator<Scalar4f, Int8Matrix<Scalar4f>>;

}  // namespace terrarium::core
