#include "core/train/gradient_norm.h"

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {

template <class L>
double gradient_norm(ConstSpan<L> gradients) {
    double sum = 0.0;
    for (const auto g : gradients) sum += static_cast<double>(g) * static_cast<double>(g);
    return sqrt(sum);
}

template <class L>
double clip_gradient_norm(Span<L> gradients, double max_norm) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(max_norm > 0.0, "The longest gradient allowed must be positive.");
    const double norm = gradient_norm<L>(gradients);
    const bool is_finite = norm - norm == 0.0;
    if (is_finite && norm > max_norm) {
        const S factor = static_cast<S>(max_norm / norm);
        for (S& g : gradients) g *= factor;
    }
    return norm;
}

template decltype(gradient_norm<Simd4f>) gradient_norm<Simd4f>;
template decltype(gradient_norm<Scalar4f>) gradient_norm<Scalar4f>;
template decltype(gradient_norm<Scalar4d>) gradient_norm<Scalar4d>;
template decltype(clip_gradient_norm<Simd4f>) clip_gradient_norm<Simd4f>;
template decltype(clip_gradient_norm<Scalar4f>) clip_gradient_norm<Scalar4f>;
template decltype(clip_gradient_norm<Scalar4d>) clip_gradient_norm<Scalar4d>;

}  // namespace terrarium::core
