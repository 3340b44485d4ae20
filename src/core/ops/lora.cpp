#include "core/ops/lora.h"

#include "core/support/check.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {
namespace {

struct Sizes {
    int inputs, outputs, rows;
};

Sizes sizes_of(std::size_t a, std::size_t b, int rank, std::size_t input, std::size_t output) {
    const std::size_t r = count_of(rank);
    TERRARIUM_CHECK(rank >= 1 && a >= r && b >= r && a % r == 0 && b % r == 0, "An adapter is A [I,r] and B [r,O].");
    const std::size_t inputs = a / r, outputs = b / r, rows = input / inputs;
    TERRARIUM_CHECK(rows >= 1 && input == rows * inputs && output == rows * outputs,
                    "An adapter's rows must be as long as those of its layer.");
    return {static_cast<int>(inputs), static_cast<int>(outputs), static_cast<int>(rows)};
}

template <class L>
void multiply_by(Span<L> numbers, double factor) {
    const L f = L::splat(static_cast<typename L::Scalar>(factor));
    auto* const x = numbers.data();
    for_each_group<L>(static_cast<int>(numbers.size()), [&](auto group) { group.store(x, group.load(x) * f); });
}

}  // namespace

template <class L>
void lora_forward(Span<L> output, Span<L> inner, ConstSpan<L> input, ConstSpan<L> a, ConstSpan<L> b, int rank,
                  double scale) {
    const Sizes s = sizes_of(a.size(), b.size(), rank, input.size(), output.size());
    TERRARIUM_CHECK(inner.size() == count_of(s.rows, rank), "An adapter keeps N*r numbers.");
    gemm<L>(inner.data(), rank, {input.data(), s.inputs}, {a.data(), rank}, s.rows, rank, s.inputs);
    multiply_by<L>(inner, scale);
    gemm<L>(output.data(), s.outputs, {inner.data(), rank}, {b.data(), s.outputs}, s.rows, s.outputs, rank,
            {.addend = output.data(), .addend_stride = s.outputs});
}

template <class L>
void lora_backward(Span<L> d_input, Span<L> d_a, Span<L> d_b, Span<L> d_inner, ConstSpan<L> d_output,
                   ConstSpan<L> input, ConstSpan<L> inner, ConstSpan<L> a, ConstSpan<L> b, int rank, double scale) {
    const Sizes s = sizes_of(a.size(), b.size(), rank, input.size(), d_output.size());
    TERRARIUM_CHECK(inner.size() == count_of(s.rows, rank) && d_inner.size() == inner.size(),
                    "An adapter keeps N*r numbers.");
    TERRARIUM_CHECK(d_input.size() == input.size() && d_a.size() == a.size() && d_b.size() == b.size(),
                    "Gradients must be as large as what they belong to.");
    gemm<L>(d_inner.data(), rank, {d_output.data(), s.outputs}, {b.data(), s.outputs, true}, s.rows, rank, s.outputs);
    multiply_by<L>(d_inner, scale);
    gemm<L>(d_b.data(), s.outputs, {inner.data(), rank, true}, {d_output.data(), s.outputs}, rank, s.outputs, s.rows,
            {.addend = d_b.data(), .addend_stride = s.outputs});
    gemm<L>(d_a.data(), rank, {input.data(), s.inputs, true}, {d_inner.data(), rank}, s.inputs, rank, s.rows,
            {.addend = d_a.data(), .addend_stride = rank});
    gemm<L>(d_input.data(), s.inputs, {d_inner.data(), rank}, {a.data(), rank, true}, s.rows, s.inputs, rank,
            {.addend = d_input.data(), .addend_stride = s.inputs});
}

template <class L>
void lora_merge(Span<L> weight, ConstSpan<L> a, ConstSpan<L> b, int rank, double scale) {
    using S = typename L::Scalar;
    const Sizes s = sizes_of(a.size(), b.size(), rank, a.size() / count_of(rank), b.size() / count_of(rank));
    TERRARIUM_CHECK(weight.size() == count_of(s.inputs, s.outputs), "An adapter belongs to a weight of I*O numbers.");
    S* row = weight.data();
    for (const S *left = a.data(), *end = left + a.size(); left != end; row += s.outputs) {
        const S* right = b.data();
        for (int r = 0; r < rank; ++r, ++left, right += s.outputs) {
            const L factor = L::splat(static_cast<S>(scale) * *left);
            for_each_group<L>(s.outputs,
                              [&](auto group) { group.store(row, group.load(row) + factor * group.load(right)); });
        }
    }
}

template decltype(lora_forward<Simd4f>) lora_forward<Simd4f>;
template decltype(lora_forward<Scalar4f>) lora_forward<Scalar4f>;
template decltype(lora_forward<Scalar4d>) lora_forward<Scalar4d>;
template decltype(lora_backward<Simd4f>) lora_backward<Simd4f>;
template decltype(lora_backward<Scalar4f>) lora_backward<Scalar4f>;
template decltype(lora_backward<Scalar4d>) lora_backward<Scalar4d>;
template decltype(lora_merge<Simd4f>) lora_merge<Simd4f>;
template decltype(lora_merge<Scalar4f>) lora_merge<Scalar4f>;
template decltype(lora_merge<Scalar4d>) lora_merge<Scalar4d>;

}  // namespace terrarium::core
