#include "core/ops/kl_divergence.h"

#include <limits>

#include "core/ops/cross_entropy.h"
#include "core/ops/softmax_row.h"
#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// A row of logits, ready to give four probabilities or their logarithms at a time.
template <class L>
struct Row {
    using S = typename L::Scalar;
    const S* logits;
    S largest, inverse_sum, log_sum;

    Row(const S* row, int V) : logits(row) {
        const RowSum<S> total = sum_exponentials<L>(nullptr, row, V);
        largest = total.largest;
        inverse_sum = S(1) / total.sum;
        log_sum = log(total.sum);
    }
    /// Behind the end of the row a probability is 0, and its logarithm finite, so that the 0 hides it.
    template <class Group>
    TERRARIUM_INLINE L probability(const Group& group) const {
        constexpr S kNever = -std::numeric_limits<S>::infinity();
        return L::exp(group.load(logits, kNever) - L::splat(largest)) * L::splat(inverse_sum);
    }
    template <class Group>
    TERRARIUM_INLINE L log_probability(const Group& group) const {
        return group.load(logits, largest) - L::splat(largest) - L::splat(log_sum);
    }
};

template <class L>
typename L::Scalar divergence_of(const Row<L>& p, const Row<L>& q, int V) {
    L sum = L::splat(typename L::Scalar(0));
    for_each_group<L>(V, [&](auto group) {
        sum = sum + p.probability(group) * (p.log_probability(group) - q.log_probability(group));
    });
    return hsum(sum);
}

bool counts(std::span<const int32_t> targets, std::size_t n) { return targets.empty() || targets[n] != kIgnoredTarget; }

double count_counted(std::size_t n_rows, std::span<const int32_t> targets) {
    std::size_t n_counted = 0;
    for (std::size_t n = 0; n < n_rows; ++n) n_counted += counts(targets, n);
    TERRARIUM_CHECK(n_counted >= 1, "A mean divergence needs at least one row that counts.");
    return static_cast<double>(n_counted);
}

/// Checks the sizes and returns N.
std::size_t checked_rows(std::size_t p, std::size_t q, std::span<const int32_t> targets, int vocab_size) {
    TERRARIUM_CHECK(vocab_size >= 2 && p >= 1 && p % count_of(vocab_size) == 0,
                    "A divergence needs whole rows of at least two tokens.");
    TERRARIUM_CHECK(p == q, "A divergence compares as many logits with as many.");
    const std::size_t N = p / count_of(vocab_size);
    TERRARIUM_CHECK(targets.empty() || targets.size() == N, "There is one target per row, or none at all.");
    return N;
}

}  // namespace

template <class L>
void kl_divergence_forward(Span<L> divergences, ConstSpan<L> p_logits, ConstSpan<L> q_logits,
                           std::span<const int32_t> targets, int vocab_size) {
    using S = typename L::Scalar;
    const std::size_t N = checked_rows(p_logits.size(), q_logits.size(), targets, vocab_size), V = count_of(vocab_size);
    TERRARIUM_CHECK(divergences.size() == N, "There must be one divergence per row.");
    for (std::size_t n = 0; n < N; ++n) {
        divergences[n] = S(0);
        if (!counts(targets, n)) continue;
        const Row<L> p(p_logits.data() + n * V, vocab_size), q(q_logits.data() + n * V, vocab_size);
        divergences[n] = divergence_of(p, q, vocab_size);
    }
}

template <class L>
double mean_divergence_nats(ConstSpan<L> divergences, std::span<const int32_t> targets) {
    TERRARIUM_CHECK(targets.empty() || targets.size() == divergences.size(), "There must be one divergence per row.");
    double sum = 0.0;
    for (const auto divergence : divergences) sum += static_cast<double>(divergence);
    return sum / count_counted(divergences.size(), targets);
}

template <class L>
void kl_backward_to_second(Span<L> d_q_logits, ConstSpan<L> p_logits, ConstSpan<L> q_logits,
                           std::span<const int32_t> targets, int vocab_size, double scale) {
    using S = typename L::Scalar;
    const std::size_t N = checked_rows(p_logits.size(), q_logits.size(), targets, vocab_size), V = count_of(vocab_size);
    TERRARIUM_CHECK(d_q_logits.size() == q_logits.size(), "Gradients must be as large as what they belong to.");
    const L factor = L::splat(static_cast<S>(scale / count_counted(N, targets)));
    for (std::size_t n = 0; n < N; ++n) {
        if (!counts(targets, n)) continue;
        const Row<L> p(p_logits.data() + n * V, vocab_size), q(q_logits.data() + n * V, vocab_size);
        S* const d = d_q_logits.data() + n * V;
        for_each_group<L>(vocab_size, [&](auto group) {
            group.store(d, group.load(d) + factor * (q.probability(group) - p.probability(group)));
        });
    }
}

template <class L>
void kl_backward_to_first(Span<L> d_p_logits, ConstSpan<L> p_logits, ConstSpan<L> q_logits,
                          std::span<const int32_t> targets, int vocab_size, double scale) {
    using S = typename L::Scalar;
    const std::size_t N = checked_rows(p_logits.size(), q_logits.size(), targets, vocab_size), V = count_of(vocab_size);
    TERRARIUM_CHECK(d_p_logits.size() == p_logits.size(), "Gradients must be as large as what they belong to.");
    const L factor = L::splat(static_cast<S>(scale / count_counted(N, targets)));
    for (std::size_t n = 0; n < N; ++n) {
        if (!counts(targets, n)) continue;
        const Row<L> p(p_logits.data() + n * V, vocab_size), q(q_logits.data() + n * V, vocab_size);
        const L mean = L::splat(divergence_of(p, q, vocab_size));
        S* const d = d_p_logits.data() + n * V;
        for_each_group<L>(vocab_size, [&](auto group) {
            const L excess = p.log_probability(group) - q.log_probability(group) - mean;
            group.store(d, group.load(d) + factor * p.probability(group) * excess);
        });
    }
}

#define TERRARIUM_INSTANTIATE(L)                                                                                \
    template void kl_divergence_forward<L>(Span<L>, ConstSpan<L>, ConstSpan<L>, std::span<const int32_t>, int); \
    template double mean_divergence_nats<L>(ConstSpan<L>, std::span<const int32_t>);                            \
    template void kl_backward_to_second<L>(Span<L>, ConstSpan<L>, ConstSpan<L>, std::span<const int32_t>, int,  \
                                           double);                                                             \
    template void kl_backward_to_first<L>(Span<L>, ConstSpan<L>, ConstSpan<L>, std::span<const int32_t>, int, double);
TERRARIUM_INSTANTIATE(Simd4f)
TERRARIUM_INSTANTIATE(Scalar4f)
TERRARIUM_INSTANTIATE(Scalar4d)
#undef TERRARIUM_INSTANTIATE

}  // namespace terrarium::core
