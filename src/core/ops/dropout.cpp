#include "core/ops/dropout.h"

#include "core/support/check.h"
#include "core/support/rng.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

/// Checks the arguments and returns the factor of the numbers that are kept.
template <class S>
S checked_factor(std::size_t output, std::size_t kept, std::size_t input, double p) {
    TERRARIUM_CHECK(output == input && kept == input, "Dropout needs buffers of equal size.");
    TERRARIUM_CHECK(p >= 0.0 && p < 1.0, "The probability of dropping is at least 0 and below 1.");
    return static_cast<S>(1.0 / (1.0 - p));
}

uint64_t threshold_of(double p) { return static_cast<uint64_t>(p * 0x1p32); }

}  // namespace

bool is_kept_by_dropout(double drop_probability, uint64_t key, uint64_t place) {
    return (random_bits_at(key, place) >> 32) >= threshold_of(drop_probability);
}

template <class L>
void dropout_forward(Span<L> output, std::span<uint8_t> kept, ConstSpan<L> input, double drop_probability, uint64_t key,
                     uint64_t first) {
    using S = typename L::Scalar;
    const S factor = checked_factor<S>(output.size(), kept.size(), input.size(), drop_probability);
    const uint64_t threshold = threshold_of(drop_probability);
    for (std::size_t i = 0; i < input.size(); ++i) {
        const bool is_kept = (random_bits_at(key, first + i) >> 32) >= threshold;
        kept[i] = is_kept;
        output[i] = is_kept ? input[i] * factor : S(0);
    }
}

template <class L>
void dropout_backward(Span<L> d_input, ConstSpan<L> d_output, std::span<const uint8_t> kept, double drop_probability) {
    using S = typename L::Scalar;
    const S factor = checked_factor<S>(d_input.size(), kept.size(), d_output.size(), drop_probability);
    for (std::size_t i = 0; i < d_output.size(); ++i) d_input[i] = kept[i] != 0 ? d_output[i] * factor : S(0);
}

template decltype(dropout_forward<Simd4f>) dropout_forward<Simd4f>;
template decltype(dropout_forward<Scalar4f>) dropout_forward<Scalar4f>;
template decltype(dropout_forward<Scalar4d>) dropout_forward<Scalar4d>;
template decltype(dropout_backward<Simd4f>) dropout_backward<Simd4f>;
template decltype(dropout_backward<Scalar4f>) dropout_backward<Scalar4f>;
template decltype(dropout_backward<Scalar4d>) dropout_backward<Scalar4d>;

}  // namespace terrarium::core
