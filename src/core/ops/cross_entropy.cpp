#include "core/ops/cross_entropy.h"

#include "core/ops/softmax_row.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

void check_sizes(std::size_t logits, std::span<const int32_t> targets, int vocab_size) {
    TERRARIUM_CHECK(vocab_size >= 2 && !targets.empty(),
                    "Cross-entropy needs a position and two tokens to choose from.");
    TERRARIUM_CHECK(logits == count_of(targets.size(), vocab_size), "Cross-entropy needs B*T*V logits.");
    for (const int32_t target : targets) {
        TERRARIUM_CHECK(target == kIgnoredTarget || (target >= 0 && target < vocab_size),
                        "A target is outside the vocabulary.");
    }
}

int64_t count_counted(std::span<const int32_t> targets) {
    int64_t n = 0;
    for (const int32_t target : targets) n += target != kIgnoredTarget;
    TERRARIUM_CHECK(n >= 1, "A mean loss needs at least one position that counts.");
    return n;
}

template <class S>
double mean_of_counted(std::span<const S> losses, std::span<const int32_t> targets) {
    TERRARIUM_CHECK(losses.size() == targets.size(), "There must be one loss per target.");
    const int64_t n = count_counted(targets);
    double sum = 0.0;
    for (const S loss : losses) sum += static_cast<double>(loss);  // ignored positions hold 0
    return sum / static_cast<double>(n);
}

}  // namespace

template <class L>
void cross_entropy_forward(Span<L> losses, ConstSpan<L> logits, std::span<const int32_t> targets, int vocab_size) {
    cross_entropy_forward<L>(losses, Span<L>{}, logits, targets, vocab_size);
}

template <class L>
void cross_entropy_forward(Span<L> losses, Span<L> probabilities, ConstSpan<L> logits, std::span<const int32_t> targets,
                           int vocab_size) {
    using S = typename L::Scalar;
    check_sizes(logits.size(), targets, vocab_size);
    TERRARIUM_CHECK(losses.size() == targets.size(), "There must be one loss per target.");
    TERRARIUM_CHECK(probabilities.empty() || probabilities.size() == logits.size(), "There are B*T*V probabilities.");
    const S* row = logits.data();
    S* kept = probabilities.empty() ? nullptr : probabilities.data();
    S* loss = losses.data();
    for (const int32_t target : targets) {
        const RowSum<S> total = sum_exponentials<L>(kept, row, vocab_size);
        // log(sum) + largest - logit, with the small term last to be rounded.
        *loss = target == kIgnoredTarget ? S(0) : log(total.sum) + (total.largest - row[target]);
        if (kept != nullptr) {
            scale_row<L>(kept, S(1) / total.sum, vocab_size);
            kept += vocab_size;
        }
        row += vocab_size;
        ++loss;
    }
}

template <class L>
void cross_entropy_backward_in_place(Span<L> probabilities, std::span<const int32_t> targets, int vocab_size,
                                     double scale) {
    using S = typename L::Scalar;
    check_sizes(probabilities.size(), targets, vocab_size);
    const S factor = static_cast<S>(scale / static_cast<double>(count_counted(targets)));
    S* row = probabilities.data();
    for (const int32_t target : targets) {
        scale_row<L>(row, target == kIgnoredTarget ? S(0) : factor, vocab_size);
        if (target != kIgnoredTarget) row[target] -= factor;
        row += vocab_size;
    }
}

template <class L>
void cross_entropy_backward(Span<L> d_logits, ConstSpan<L> logits, std::span<const int32_t> targets, int vocab_size) {
    check_sizes(logits.size(), targets, vocab_size);
    softmax<L>(d_logits, logits, vocab_size);
    cross_entropy_backward_in_place<L>(d_logits, targets, vocab_size, 1.0);
}

template <class L>
void softmax(Span<L> output, ConstSpan<L> logits, int vocab_size) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(vocab_size >= 1 && output.size() == logits.size() && !logits.empty() &&
                        logits.size() % static_cast<std::size_t>(vocab_size) == 0,
                    "Softmax needs whole rows of V numbers.");
    S* out = output.data();
    const S* const end = logits.data() + logits.size();
    for (const S* row = logits.data(); row != end; row += vocab_size, out += vocab_size) {
        const RowSum<S> total = sum_exponentials<L>(out, row, vocab_size);
        scale_row<L>(out, S(1) / total.sum, vocab_size);
    }
}

double mean_loss_nats(std::span<const float> losses, std::span<const int32_t> targets) {
    return mean_of_counted(losses, targets);
}
double mean_loss_nats(std::span<const double> losses, std::span<const int32_t> targets) {
    return mean_of_counted(losses, targets);
}

double perplexity(double mean_loss_nats) { return exp(mean_loss_nats); }

double bits_per_byte(double mean_loss_nats, int64_t n_tokens, int64_t n_bytes) {
    TERRARIUM_CHECK(n_tokens >= 0 && n_bytes > 0, "Bits per byte needs a text with at least one byte.");
    return mean_loss_nats * static_cast<double>(n_tokens) / (static_cast<double>(n_bytes) * kLn2);
}

#define TERRARIUM_INSTANTIATE(L)                                                                           \
    template void cross_entropy_forward<L>(Span<L>, ConstSpan<L>, std::span<const int32_t>, int);          \
    template void cross_entropy_forward<L>(Span<L>, Span<L>, ConstSpan<L>, std::span<const int32_t>, int); \
    template void cross_entropy_backward<L>(Span<L>, ConstSpan<L>, std::span<const int32_t>, int);         \
    template void cross_entropy_backward_in_place<L>(Span<L>, std::span<const int32_t>, int, double);      \
    template void softmax<L>(Span<L>, ConstSpan<L>, int);
TERRARIUM_INSTANTIATE(Simd4f)
TERRARIUM_INSTANTIATE(Scalar4f)
TERRARIUM_INSTANTIATE(Scalar4d)
#undef TERRARIUM_INSTANTIATE

}  // namespace terrarium::core
