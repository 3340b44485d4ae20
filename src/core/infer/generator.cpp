#include "core/infer/generator.h"

#include <algorithm>
#include <limits>

#include "core/models/transformer_activations.h"
#include "core/models/transformer_parts.h"
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

/// Numbers of the largest weight that can have an adapter.
std::size_t merging_count(const TransformerShape& shape) {
    return shape.lora.rank == 0 ? 0 : count_of(shape.width, std::max(3 * shape.width, mlp_columns(shape)));
}

}  // namespace

template <class L, class Matrix>
template <class Visit>
void Generator<L, Matrix>::for_each_buffer(const TransformerShape& shape, Visit visit) {
    using G = Generator;
    const std::size_t C = count_of(shape.width), F = count_of(mlp_width(shape)), V = count_of(shape.vocab_size);
    const std::size_t row = count_of(rounded_up(shape.context, kGroupOfKeys));
    visit(&G::keys_, count_of(shape.n_layers, C, row));
    visit(&G::values_, count_of(shape.n_layers, shape.context, C));
    for (Span<L> G::* const member : {&G::stream_, &G::norm_, &G::normalised_, &G::mixed_}) visit(member, C);
    visit(&G::qkv_, 3 * C);
    visit(&G::hidden_, count_of(mlp_columns(shape)));
    visit(&G::gate_, F);
    visit(&G::bent_, F);
    visit(&G::scores_, row);
    visit(&G::rotary_, rotary_size(shape));
    visit(&G::logits_, V);
}

template <class L, class Matrix>
uint64_t Generator<L, Matrix>::bytes_needed(const TransformerShape& shape) {
    const int C = shape.width, F = mlp_width(shape);
    uint64_t bytes = Matrix::bytes_for(C, shape.vocab_size) + sizeof(S) * merging_count(shape);
    bytes += sizeof(int32_t) * count_of(shape.context + shape.context / 2);
    bytes += count_of(shape.n_layers) * (Matrix::bytes_for(C, 3 * C) + Matrix::bytes_for(C, C) +
                                         Matrix::bytes_for(C, mlp_columns(shape)) + Matrix::bytes_for(F, C));
    for_each_buffer(shape, [&](Span<L> Generator::*, std::size_t count) { bytes += Arena::bytes_for<S>(count); });
    return bytes;
}

template <class L, class Matrix>
Generator<L, Matrix>::Generator(const TransformerShape& shape, ConstSpan<L> parameters)
    : shape_(checked(shape)),
      weights_(split_parameters(parameters, shape)),
      merging_(merging_count(shape)),
      tokens_({weights_.tokens.data(), shape.width, true}, shape.width, shape.vocab_size),
      row_(rounded_up(shape.context, kGroupOfKeys)),
      arena_(0) {
    const int C = shape.width, F = mlp_width(shape), columns = mlp_columns(shape);
    layers_.reserve(weights_.layers.size());
    for (const LayerParameters<const S>& w : weights_.layers) {
        layers_.push_back({Matrix(merged(w.qkv), C, 3 * C), Matrix(merged(w.proj), C, C),
                           Matrix(merged(w.fc), C, columns), Matrix(merged(w.fc2), F, C)});
    }
    window_.reserve(count_of(shape.context));
    half_.reserve(count_of(shape.context / 2));
    uint64_t bytes = 0;
    for_each_buffer(shape, [&](Span<L> Generator::*, std::size_t count) { bytes += Arena::bytes_for<S>(count); });
    arena_ = Arena(static_cast<std::size_t>(bytes));
    for_each_buffer(
        shape, [&](Span<L> Generator::* member, std::size_t count) { this->*member = arena_.template take<S>(count); });
    if (!rotary_.empty()) fill_rotary_table<L>(rotary_, shape.context, C / shape.n_heads);
}

/// A weight as writing uses it. The view is good until the next call.
template <class L, class Matrix>
MatrixView<typename L::Scalar> Generator<L, Matrix>::merged(const LinearParameters<const S>& w) {
    const int columns = static_cast<int>(w.bias.size());
    if (w.a.empty()) return {w.weight.data(), columns};
    std::copy(w.weight.begin(), w.weight.end(), merging_.begin());
    lora_merge<L>(Span<L>(merging_).first(w.weight.size()), w.a, w.b, shape_.lora.rank, shape_.lora.scale());
    return {merging_.data(), columns};
}

template <class L, class Matrix>
void Generator<L, Matrix>::reload() {
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const LayerParameters<const S>& w = weights_.layers[i];
        layers_[i].qkv.assign(merged(w.qkv));
        layers_[i].proj.assign(merged(w.proj));
        layers_[i].fc.assign(merged(w.fc));
        layers_[i].fc2.assign(merged(w.fc2));
    }
    tokens_.assign({weights_.tokens.data(), shape_.width, true});
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
            half_.assign(window_.end() - static_cast<std::ptrdiff_t>(T / 2), window_.end());
            reset();
            for (const int32_t id : half_) read_at_end(id, false);
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
        norm_forward<L>(norm_, normalised_, inverse_sd, stream_, w.ln1_gain, w.ln1_bias);
        const LayerMatrices& m = layers_[count_of(layer)];
        m.qkv.multiply(qkv_, norm_, w.qkv.bias);
        if (!rotary_.empty()) rotary_forward<L>(qkv_, rotary_, 1, 1, C, shape_.n_heads, static_cast<int>(position));
        S* const keys = keys_.data() + count_of(layer, C, row_) + position;
        for (std::size_t c = 0; c < count_of(C); ++c) keys[c * count_of(row_)] = qkv_[count_of(C) + c];
        S* const values = values_.data() + (count_of(layer, shape_.context) + position) * count_of(C);
        std::copy_n(qkv_.begin() + 2 * C, C, values);
        attend(layer);
        m.proj.multiply(stream_, mixed_, w.proj.bias, stream_);
        norm_forward<L>(norm_, normalised_, inverse_sd, stream_, w.ln2_gain, w.ln2_bias);
        m.fc.multiply(hidden_, norm_, w.fc.bias);
        bend_forward<L>(shape_.bend, bent_, gate_, hidden_, mlp_width(shape_));
        m.fc2.multiply(stream_, bent_, w.fc2.bias, stream_);
    }
    if (!wants_logits) return;
    norm_forward<L>(norm_, normalised_, inverse_sd, stream_, weights_.final_gain, weights_.final_bias);
    tokens_.multiply(logits_, norm_);
}

template class Generator<Simd4f>;
template class Generator<Scalar4f>;
template class Generator<Scalar4d>;
template class Generator<Simd4f, Int8Matrix<Simd4f>>;
template class Generator<Scalar4f, Int8Matrix<Scalar4f>>;

}  // namespace terrarium::core
