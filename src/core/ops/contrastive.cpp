#include "core/ops/contrastive.h"

#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/gemm.h"

namespace terrarium::core {
namespace {

struct Sizes {
    int queries, passages;
};

Sizes sizes_of(std::size_t probabilities, std::size_t queries, std::size_t passages, int width, double temperature) {
    TERRARIUM_CHECK(width >= 1 && queries % count_of(width) == 0 && passages % count_of(width) == 0,
                    "Queries and passages are rows of C numbers.");
    const std::size_t n = queries / count_of(width), m = passages / count_of(width);
    TERRARIUM_CHECK(n >= 1 && m >= n && m >= 2, "There are at least two passages, and one for each query.");
    TERRARIUM_CHECK(probabilities == n * m, "Every query has one probability for each passage.");
    TERRARIUM_CHECK(temperature > 0.0, "The temperature is above 0.");
    return {static_cast<int>(n), static_cast<int>(m)};
}

}  // namespace

template <class L>
double info_nce_forward(Span<L> probabilities, ConstSpan<L> queries, ConstSpan<L> passages, int width,
                        double temperature) {
    using S = typename L::Scalar;
    constexpr S kNever = -std::numeric_limits<S>::infinity();
    const Sizes s = sizes_of(probabilities.size(), queries.size(), passages.size(), width, temperature);
    gemm<L>(probabilities.data(), s.passages, {queries.data(), width}, {passages.data(), width, true}, s.queries,
            s.passages, width);
    const L factor = L::splat(static_cast<S>(1.0 / temperature));
    double loss = 0.0;
    S* row = probabilities.data();
    for (int i = 0; i < s.queries; ++i, row += s.passages) {
        L largest = L::splat(kNever), sum = L::splat(S(0));
        for_each_group<L>(s.passages, [&](auto group) {
            const L score = group.load(row, kNever) * factor;
            largest = L::max(largest, score);
            group.store(row, score);
        });
        const S row_max = hmax(largest);
        const double own = static_cast<double>(row[i]) - static_cast<double>(row_max);
        for_each_group<L>(s.passages, [&](auto group) {
            const L e = L::exp(group.load(row, kNever) - L::splat(row_max));
            group.store(row, e);
            sum = sum + e;
        });
        const S total = hsum(sum);
        const L inverse = L::splat(S(1) / total);
        for_each_group<L>(s.passages, [&](auto group) { group.store(row, group.load(row) * inverse); });
        loss += log(static_cast<double>(total)) - own;
    }
    return loss / s.queries;
}

template <class L>
void info_nce_backward(Span<L> d_queries, Span<L> d_passages, Span<L> probabilities, ConstSpan<L> queries,
                       ConstSpan<L> passages, int width, double temperature, double scale) {
    using S = typename L::Scalar;
    const Sizes s = sizes_of(probabilities.size(), queries.size(), passages.size(), width, temperature);
    TERRARIUM_CHECK(d_queries.size() == queries.size() && d_passages.size() == passages.size(),
                    "Gradients must be as large as what they belong to.");
    const L factor = L::splat(static_cast<S>(scale / (s.queries * temperature)));
    S* row = probabilities.data();
    for (int i = 0; i < s.queries; ++i, row += s.passages) {
        row[i] -= S(1);
        for_each_group<L>(s.passages, [&](auto group) { group.store(row, group.load(row) * factor); });
    }
    gemm<L>(d_queries.data(), width, {probabilities.data(), s.passages}, {passages.data(), width}, s.queries, width,
            s.passages);
    gemm<L>(d_passages.data(), width, {probabilities.data(), s.passages, true}, {queries.data(), width}, s.passages,
            width, s.queries);
}

template decltype(info_nce_forward<Simd4f>) info_nce_forward<Simd4f>;
template decltype(info_nce_forward<Scalar4f>) info_nce_forward<Scalar4f>;
template decltype(info_nce_forward<Scalar4d>) info_nce_forward<Scalar4d>;
template decltype(info_nce_backward<Simd4f>) info_nce_backward<Simd4f>;
template decltype(info_nce_backward<Scalar4f>) info_nce_backward<Scalar4f>;
template decltype(info_nce_backward<Scalar4d>) info_nce_backward<Scalar4d>;

}  // namespace terrarium::core
