#include "core/ops/linear.h"

#include "core/support/check.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {
namespace {

struct Sizes {
    int rows, inputs, outputs;
};

Sizes sizes_of(std::size_t output, std::size_t input, std::size_t weight, std::size_t bias) {
    TERRARIUM_CHECK(bias >= 1 && output >= bias && weight >= bias, "A linear layer needs rows, inputs and outputs.");
    TERRARIUM_CHECK(output % bias == 0 && weight % bias == 0, "A linear layer's rows must be as long as its bias.");
    const std::size_t rows = output / bias, inputs = weight / bias;
    TERRARIUM_CHECK(input == rows * inputs, "A linear layer's input must have N*I numbers.");
    return {static_cast<int>(rows), static_cast<int>(inputs), static_cast<int>(bias)};
}

}  // namespace

template <class L>
void linear_forward(Span<L> output, ConstSpan<L> input, ConstSpan<L> weight, ConstSpan<L> bias, ConstSpan<L> residual) {
    const Sizes s = sizes_of(output.size(), input.size(), weight.size(), bias.size());
    TERRARIUM_CHECK(residual.empty() || residual.size() == output.size(), "The residual must have N*O numbers.");
    GemmTerms<typename L::Scalar> terms{.bias = bias.data()};
    if (!residual.empty()) terms.addend = residual.data(), terms.addend_stride = s.outputs;
    gemm<L>(output.data(), s.outputs, {input.data(), s.inputs}, {weight.data(), s.outputs}, s.rows, s.outputs, s.inputs,
            terms);
}

template <class L>
void linear_backward(Span<L> d_input, Span<L> d_weight, Span<L> d_bias, ConstSpan<L> d_output, ConstSpan<L> input,
                     ConstSpan<L> weight) {
    const Sizes s = sizes_of(d_output.size(), input.size(), weight.size(), d_bias.size());
    TERRARIUM_CHECK(d_input.size() == input.size() && (d_weight.empty() || d_weight.size() == weight.size()),
                    "Gradients must be as large as what they belong to.");
    add_column_sums<L>(d_bias.data(), d_output.data(), s.rows, s.outputs);
    if (!d_weight.empty()) {
        gemm<L>(d_weight.data(), s.outputs, {input.data(), s.inputs, true}, {d_output.data(), s.outputs}, s.inputs,
                s.outputs, s.rows, {.addend = d_weight.data(), .addend_stride = s.outputs});
    }
    gemm<L>(d_input.data(), s.inputs, {d_output.data(), s.outputs}, {weight.data(), s.outputs, true}, s.rows, s.inputs,
            s.outputs);
}

template decltype(linear_forward<Simd4f>) linear_forward<Simd4f>;
template decltype(linear_forward<Scalar4f>) linear_forward<Scalar4f>;
template decltype(linear_forward<Scalar4d>) linear_forward<Scalar4d>;
template decltype(linear_backward<Simd4f>) linear_backward<Simd4f>;
template decltype(linear_backward<Scalar4f>) linear_backward<Scalar4f>;
template decltype(linear_backward<Scalar4d>) linear_backward<Scalar4d>;

}  // namespace terrarium::core
