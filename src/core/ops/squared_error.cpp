#include "core/ops/squared_error.h"

#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

double checked_count(std::size_t output, std::size_t target, std::span<const uint8_t> counted) {
    TERRARIUM_CHECK(output == target, "Squared error needs one target per number.");
    TERRARIUM_CHECK(counted.empty() || counted.size() == output, "Squared error's mask has one mark per number.");
    std::size_t n = output;
    if (!counted.empty()) {
        n = 0;
        for (const uint8_t mark : counted) n += mark != 0;
    }
    TERRARIUM_CHECK(n >= 1, "A mean error needs at least one number that counts.");
    return static_cast<double>(n);
}

bool counts(std::span<const uint8_t> counted, std::size_t i) { return counted.empty() || counted[i] != 0; }

}  // namespace

template <class L>
double squared_error_forward(ConstSpan<L> output, ConstSpan<L> target, std::span<const uint8_t> counted) {
    const double n = checked_count(output.size(), target.size(), counted);
    double sum = 0.0;
    for (std::size_t i = 0; i < output.size(); ++i) {
        if (!counts(counted, i)) continue;
        const double error = static_cast<double>(output[i]) - static_cast<double>(target[i]);
        sum += error * error;
    }
    return sum / n;
}

template <class L>
void squared_error_backward(Span<L> d_output, ConstSpan<L> output, ConstSpan<L> target,
                            std::span<const uint8_t> counted, double scale) {
    using S = typename L::Scalar;
    const double n = checked_count(output.size(), target.size(), counted);
    TERRARIUM_CHECK(d_output.size() == output.size(), "Gradients must be as large as what they belong to.");
    const S factor = static_cast<S>(scale * 2.0 / n);
    for (std::size_t i = 0; i < output.size(); ++i) {
        d_output[i] = counts(counted, i) ? factor * (output[i] - target[i]) : S(0);
    }
}

template decltype(squared_error_forward<Simd4f>) squared_error_forward<Simd4f>;
template decltype(squared_error_forward<Scalar4f>) squared_error_forward<Scalar4f>;
template decltype(squared_error_forward<Scalar4d>) squared_error_forward<Scalar4d>;
template decltype(squared_error_backward<Simd4f>) squared_error_backward<Simd4f>;
template decltype(squared_error_backward<Scalar4f>) squared_error_backward<Scalar4f>;
template decltype(squared_error_backward<Scalar4d>) squared_error_backward<Scalar4d>;

}  // namespace terrarium::core
