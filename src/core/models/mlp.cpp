#include "core/models/mlp.h"

#include <algorithm>
#include <string>

#include "core/ops/linear.h"
#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// Far above what a lesson needs, and low enough that every index inside fits into an int.
constexpr uint64_t kLargestModelBytes = uint64_t{1} << 30;

template <class S>
std::size_t total_bytes(const MlpShape& shape, int max_rows) {
    TERRARIUM_CHECK(why_invalid(shape).empty(), "A network of this shape cannot be built; ask why_invalid() first.");
    TERRARIUM_CHECK(max_rows >= 1, "A batch has at least one row.");
    const auto rows_of = [&](int32_t size) {
        return Arena::bytes_for<S>(static_cast<uint64_t>(max_rows) * static_cast<uint64_t>(size));
    };
    uint64_t bytes = 2 * Arena::bytes_for<S>(static_cast<uint64_t>(parameter_count(shape)));
    for (const int32_t size : shape.sizes) bytes += rows_of(size);
    for (std::size_t i = 1; i + 1 < shape.sizes.size(); ++i) bytes += 2 * rows_of(shape.sizes[i]);
    bytes += 2 * rows_of(*std::max_element(shape.sizes.begin(), shape.sizes.end()));
    TERRARIUM_CHECK(bytes <= kLargestModelBytes, "This network and batch need more than 1 GB; use fewer rows.");
    return static_cast<std::size_t>(bytes);
}

}  // namespace

Message why_invalid(const MlpShape& shape) {
    if (shape.sizes.size() < 2 || shape.sizes.size() > 65) return Message("A network has between 1 and 64 layers.");
    for (const int32_t size : shape.sizes) {
        if (size < 1 || size > 16384) return Message("Every layer must have between 1 and 16384 numbers.");
    }
    return {};
}

int64_t parameter_count(const MlpShape& shape) {
    int64_t count = 0;
    for (std::size_t i = 0; i + 1 < shape.sizes.size(); ++i) {
        count += (static_cast<int64_t>(shape.sizes[i]) + 1) * shape.sizes[i + 1];
    }
    return count;
}

int64_t flops_per_row_forward_backward(const MlpShape& shape) {
    int64_t products = 0;
    for (std::size_t i = 0; i + 1 < shape.sizes.size(); ++i) {
        products += static_cast<int64_t>(shape.sizes[i]) * shape.sizes[i + 1];
    }
    return 3 * 2 * products;
}

std::vector<ParameterInfo> parameter_table(const MlpShape& shape) {
    std::vector<ParameterInfo> table;
    int64_t offset = 0;
    for (std::size_t i = 0; i + 1 < shape.sizes.size(); ++i) {
        table.push_back({"w" + std::to_string(i), shape.sizes[i], shape.sizes[i + 1], offset});
        offset += table.back().size();
        table.push_back({"b" + std::to_string(i), 1, shape.sizes[i + 1], offset});
        offset += table.back().size();
    }
    return table;
}

template <class L>
Mlp<L>::Mlp(const MlpShape& shape, int max_rows)
    : shape_(shape), max_rows_(max_rows), arena_(total_bytes<S>(shape, max_rows)) {
    const std::size_t n_parameters = count_of(parameter_count(shape));
    parameters_ = arena_.template take<S>(n_parameters);
    gradients_ = arena_.template take<S>(n_parameters);
    const auto rows_of = [&](int32_t width) { return arena_.template take<S>(count_of(max_rows, width)); };
    std::size_t next = 0;
    for (int layer = 0; layer < n_layers(); ++layer) {
        offsets_.push_back(next);
        next += weight_count(layer) + size(layer + 1);
    }
    for (const int32_t width : shape.sizes) values_.push_back(rows_of(width));
    for (int layer = 1; layer < n_layers(); ++layer) {
        sums_.push_back(rows_of(shape.sizes[count_of(layer)]));
        gates_.push_back(rows_of(shape.sizes[count_of(layer)]));
    }
    const int32_t widest = *std::max_element(shape.sizes.begin(), shape.sizes.end());
    d_values_ = rows_of(widest);
    d_inputs_ = rows_of(widest);
}

template <class L>
void Mlp<L>::initialise(Rng& rng) {
    for (int layer = 0; layer < n_layers(); ++layer) {
        const double I = static_cast<double>(size(layer)), O = static_cast<double>(size(layer + 1));
        const bool is_last = layer + 1 == n_layers();
        const double deviation = sqrt(is_last || shape_.activation == Activation::Tanh ? 2.0 / (I + O) : 2.0 / I);
        for (S& x : weight(layer)) x = static_cast<S>(deviation * rng.normal());
        const Span<L> b = bias(layer);
        std::fill(b.begin(), b.end(), S(0));
    }
}

template <class L>
void Mlp<L>::zero_gradients() {
    std::fill(gradients_.begin(), gradients_.end(), S(0));
}

template <class L>
Span<L> Mlp<L>::bias(int layer) {
    return parameters_.subspan(offset(layer) + weight_count(layer), size(layer + 1));
}

template <class L>
ConstSpan<L> Mlp<L>::forward(ConstSpan<L> input) {
    TERRARIUM_CHECK(!input.empty() && input.size() % size(0) == 0, "A forward pass needs whole rows of inputs.");
    const std::size_t rows = input.size() / size(0);
    TERRARIUM_CHECK(rows <= count_of(max_rows_), "The batch has more rows than the network was built for.");
    rows_ = static_cast<int>(rows);
    has_forward_ = true;
    std::copy(input.begin(), input.end(), values_[0].begin());
    for (int layer = 0; layer < n_layers(); ++layer) {
        const std::size_t i = count_of(layer), n = rows * size(layer + 1);
        const bool is_last = layer + 1 == n_layers();
        const Span<L> sums = (is_last ? values_[i + 1] : sums_[i]).first(n);
        linear_forward<L>(sums, values_[i].first(rows * size(layer)), weight(layer), bias(layer));
        if (!is_last) activation_forward<L>(shape_.activation, values_[i + 1].first(n), gates_[i].first(n), sums);
    }
    return values_.back().first(rows * size(n_layers()));
}

template <class L>
ConstSpan<L> Mlp<L>::backward(ConstSpan<L> d_output) {
    TERRARIUM_CHECK(has_forward_, "A backward pass needs a forward pass before it, one each.");
    const std::size_t rows = count_of(rows_);
    TERRARIUM_CHECK(d_output.size() == rows * size(n_layers()),
                    "The output's gradient must be as large as the output.");
    has_forward_ = false;
    Span<L> d_sums = d_values_, d_input = d_inputs_;
    std::copy(d_output.begin(), d_output.end(), d_sums.begin());
    for (int layer = n_layers() - 1; layer >= 0; --layer) {
        const std::size_t i = count_of(layer), n = rows * size(layer + 1), n_in = rows * size(layer);
        if (layer + 1 < n_layers()) {
            activation_backward<L>(shape_.activation, d_sums.first(n), d_sums.first(n), gates_[i].first(n),
                                   sums_[i].first(n));
        }
        const Span<L> d_weight = gradients_.subspan(offset(layer), weight_count(layer));
        const Span<L> d_bias = gradients_.subspan(offset(layer) + weight_count(layer), size(layer + 1));
        linear_backward<L>(d_input.first(n_in), d_weight, d_bias, d_sums.first(n), values_[i].first(n_in),
                           weight(layer));
        std::swap(d_sums, d_input);
    }
    return d_sums.first(rows * size(0));
}

template <class L>
ConstSpan<L> Mlp<L>::values(int layer) const {
    TERRARIUM_CHECK(layer >= 0 && layer <= n_layers(), "There is no such layer.");
    return values_[count_of(layer)].first(count_of(rows_) * size(layer));
}

template class Mlp<Simd4f>;
template class Mlp<Scalar4f>;
template class Mlp<Scalar4d>;

}  // namespace terrarium::core
