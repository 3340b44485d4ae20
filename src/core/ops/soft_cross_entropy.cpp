#include "core/ops/soft_cross_entropy.h"

#include <algorithm>

#include "core/ops/cross_entropy.h"
#include "core/ops/softmax_row.h"
#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// Checks the sizes and returns N.
std::size_t checked_rows(std::size_t first, std::size_t second, int vocab_size, double temperature) {
    TERRARIUM_CHECK(vocab_size >= 2 && first >= 1 && first % count_of(vocab_size) == 0,
                    "Soft targets need whole rows of at least two tokens.");
    TERRARIUM_CHECK(first == second, "There are as many soft targets as logits.");
    TERRARIUM_CHECK(temperature > 0.0, "A temperature is above 0.");
    return first / count_of(vocab_size);
}

template <class L>
TERRARIUM_INLINE typename L::Scalar row_total(const typename L::Scalar* row, int V) {
    L sum = L::splat(typename L::Scalar(0));
    for_each_group<L>(V, [&](auto group) { sum = sum + group.load(row); });
    return hsum(sum);
}

template <class L>
int64_t count_counted(ConstSpan<L> targets, int V) {
    int64_t n = 0;
    const auto* const end = targets.data() + targets.size();
    for (const auto* row = targets.data(); row != end; row += V) n += row_total<L>(row, V) > 0;
    TERRARIUM_CHECK(n >= 1, "A mean loss needs at least one row that counts.");
    return n;
}

/// out = x / temperature. A temperature of 1 changes no bit.
template <class L>
TERRARIUM_INLINE void divide_row(typename L::Scalar* out, const typename L::Scalar* x, int V,
                                 typename L::Scalar temperature) {
    const L t = L::splat(temperature);
    for_each_group<L>(V, [&](auto group) { group.store(out, group.load(x) / t); });
}

}  // namespace

template <class L>
void soft_cross_entropy_forward(Span<L> losses, Span<L> probabilities, ConstSpan<L> logits, ConstSpan<L> targets,
                                int vocab_size, double temperature) {
    using S = typename L::Scalar;
    const std::size_t N = checked_rows(logits.size(), targets.size(), vocab_size, temperature);
    TERRARIUM_CHECK(losses.size() == N && probabilities.size() == logits.size(),
                    "There are N losses and N*V probabilities.");
    const S factor = static_cast<S>(temperature * temperature);
    const S *x = logits.data(), *target = targets.data();
    S* row = probabilities.data();
    for (S& loss : losses) {
        divide_row<L>(row, x, vocab_size, static_cast<S>(temperature));  // row holds z ...
        const RowSum<S> total = sum_exponentials<L>(nullptr, row, vocab_size);
        L below = L::splat(S(0));
        const L largest = L::splat(total.largest);
        for_each_group<L>(vocab_size, [&](auto group) {
            const L z = group.load(row, total.largest);
            below = below + group.load(target) * (largest - z);
            group.store(row, L::exp(z - largest));
        });
        scale_row<L>(row, S(1) / total.sum, vocab_size);  // ... and now the probabilities
        loss = factor * (hsum(below) + row_total<L>(target, vocab_size) * log(total.sum));
        x += vocab_size, target += vocab_size, row += vocab_size;
    }
}

template <class L>
void soft_cross_entropy_backward(Span<L> d_logits, ConstSpan<L> probabilities, ConstSpan<L> targets, int vocab_size,
                                 double temperature, double scale) {
    using S = typename L::Scalar;
    checked_rows(probabilities.size(), targets.size(), vocab_size, temperature);
    TERRARIUM_CHECK(d_logits.size() == probabilities.size(), "Gradients must be as large as what they belong to.");
    const double n = static_cast<double>(count_counted<L>(targets, vocab_size));
    const L factor = L::splat(static_cast<S>(scale * temperature / n));
    const S *p = probabilities.data(), *target = targets.data();
    S* const end = d_logits.data() + d_logits.size();
    for (S* d = d_logits.data(); d != end; d += vocab_size, p += vocab_size, target += vocab_size) {
        const L total = L::splat(row_total<L>(target, vocab_size));
        for_each_group<L>(vocab_size,
                          [&](auto group) { group.store(d, factor * (group.load(p) * total - group.load(target))); });
    }
}

template <class L>
double mean_soft_loss_nats(ConstSpan<L> losses, ConstSpan<L> targets, int vocab_size) {
    const std::size_t N = checked_rows(targets.size(), targets.size(), vocab_size, 1.0);
    TERRARIUM_CHECK(losses.size() == N, "There must be one loss per row.");
    double sum = 0.0;
    for (const auto loss : losses) sum += static_cast<double>(loss);  // ignored rows hold 0
    return sum / static_cast<double>(count_counted<L>(targets, vocab_size));
}

template <class L>
void soften(Span<L> output, ConstSpan<L> logits, int vocab_size, double temperature) {
    using S = typename L::Scalar;
    checked_rows(output.size(), logits.size(), vocab_size, temperature);
    S* out = output.data();
    const S* const end = logits.data() + logits.size();
    for (const S* row = logits.data(); row != end; row += vocab_size, out += vocab_size) {
        divide_row<L>(out, row, vocab_size, static_cast<S>(temperature));
        scale_row<L>(out, S(1) / sum_exponentials<L>(out, out, vocab_size).sum, vocab_size);
    }
}

template <class L>
void smooth_labels(Span<L> targets, std::span<const int32_t> ids, int vocab_size, double epsilon) {
    using S = typename L::Scalar;
    const std::size_t N = checked_rows(targets.size(), targets.size(), vocab_size, 1.0);
    TERRARIUM_CHECK(ids.size() == N, "There is one id per row.");
    TERRARIUM_CHECK(epsilon >= 0.0 && epsilon <= 1.0, "Label smoothing spreads a share between 0 and 1.");
    S* row = targets.data();
    for (const int32_t id : ids) {
        const bool counts = id != kIgnoredTarget;
        TERRARIUM_CHECK(!counts || (id >= 0 && id < vocab_size), "A target is outside the vocabulary.");
        std::fill(row, row + vocab_size, counts ? static_cast<S>(epsilon / vocab_size) : S(0));
        if (counts) row[id] = static_cast<S>((1.0 - epsilon) + epsilon / vocab_size);
        row += vocab_size;
    }
}

#define TERRARIUM_INSTANTIATE(L)                                                                            \
    template void soft_cross_entropy_forward<L>(Span<L>, Span<L>, ConstSpan<L>, ConstSpan<L>, int, double); \
    template void soft_cross_entropy_backward<L>(Span<L>, ConstSpan<L>, ConstSpan<L>, int, double, double); \
    template double mean_soft_loss_nats<L>(ConstSpan<L>, ConstSpan<L>, int);                                \
    template void soften<L>(Span<L>, ConstSpan<L>, int, double);                                            \
    template void smooth_labels<L>(Span<L>, std::span<const int32_t>, int, double);
TERRARIUM_INSTANTIATE(Simd4f)
TERRARIUM_INSTANTIATE(Scalar4f)
TERRARIUM_INSTANTIATE(Scalar4d)
#undef TERRARIUM_INSTANTIATE

}  // namespace terrarium::core
