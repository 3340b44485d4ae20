// Dropout of attention weights: the last argument of ops/attention.h.

#include <doctest/doctest.h>

#include "core/ops/attention.h"
#include "core/ops/dropout.h"
#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

/// Attention with dropout, its buffers and a gradient to send back.
template <class L>
struct Case {
    using S = typename L::Scalar;
    AttentionShape shape;
    AttentionMask mask;
    std::size_t n, n_weights;
    std::vector<S> qkv, d_out, out, weights, d_qkv, scratch, dropped;
    std::vector<uint8_t> kept;
    AttentionDropout<S> dropout;

    Case(const AttentionShape& s, const AttentionMask& m, double p, uint64_t key, uint64_t seed = 1)
        : shape(s), mask(m), n(count_of(s.batch, s.time, s.width)) {
        n_weights = count_of(s.batch, s.n_heads, s.time, s.time);
        Rng rng(seed);
        qkv = random_numbers<S>(3 * n, rng);
        d_out = random_numbers<S>(n, rng);
        out.resize(n);
        d_qkv.resize(3 * n);
        weights.resize(n_weights);
        kept.resize(n_weights);
        scratch.resize(count_of(s.time, s.time));
        dropped.resize(scratch.size());
        dropout = {p, key, 0, kept, dropped};
    }
    void forward() { attention_forward<L>(out, weights, qkv, shape, mask, dropout); }
    void backward() { attention_backward<L>(d_qkv, scratch, d_out, weights, qkv, shape, mask, dropout); }
};

constexpr AttentionShape kShape{2, 5, 6, 2};
const std::vector<int32_t> kLengths{5, 3};

}  // namespace

TEST_CASE("attention_dropout: the naive twin drops weights after softmax and mixes what is left") {
    constexpr std::size_t B = 2, T = 5, C = 6, H = 2, D = 3;
    for (const AttentionMask& mask :
         {AttentionMask{}, {.is_causal = false}, {.is_causal = false, .lengths = kLengths}}) {
        Case<Scalar4d> c(kShape, mask, 0.4, 77), plain(kShape, mask, 0.0, 0);
        c.forward();
        plain.forward();
        CHECK(c.weights == plain.weights);  // what is shown is what softmax said
        int n_dropped = 0;
        for (std::size_t b = 0; b < B; ++b) {
            for (std::size_t h = 0; h < H; ++h) {
                for (std::size_t t = 0; t < T; ++t) {
                    for (std::size_t d = 0; d < D; ++d) {
                        double sum = 0.0;
                        for (std::size_t s = 0; s < T; ++s) {
                            const std::size_t at = ((b * H + h) * T + t) * T + s;
                            const double value = c.qkv[(b * T + s) * 3 * C + 2 * C + h * D + d];
                            if (is_kept_by_dropout(0.4, 77, at)) sum += c.weights[at] / 0.6 * value;
                            n_dropped += d == 0 && c.weights[at] > 0.0 && c.kept[at] == 0;
                        }
                        CHECK(c.out[(b * T + t) * C + h * D + d] == doctest::Approx(sum).epsilon(1e-12));
                    }
                }
            }
        }
        CHECK(n_dropped > 10);
    }
}

TEST_CASE("attention_dropout: backward is the slope with every mask") {
    for (const AttentionMask& mask : {AttentionMask{},
                                      {.is_causal = true, .lengths = kLengths},
                                      {.is_causal = false},
                                      {.is_causal = false, .lengths = kLengths}}) {
        for (const double p : {0.2, 0.7}) {
            Case<Scalar4d> c(kShape, mask, p, 5);
            c.forward();
            c.backward();
            const auto loss = [&] {
                c.forward();
                return weighted_sum(c.out, c.d_out);
            };
            CHECK(worst_slope_error(c.qkv, c.d_qkv, loss) <= kLargestSlopeError);
        }
    }
}

TEST_CASE("attention_dropout: the second text alone gets the mask that it has in the batch") {
    Case<Simd4f> both(kShape, {}, 0.5, 9), second({1, 5, 6, 2}, {}, 0.5, 9);
    const std::size_t n = second.n;
    std::copy_n(both.qkv.begin() + static_cast<std::ptrdiff_t>(3 * n), 3 * n, second.qkv.begin());
    second.dropout.first_text = 1;
    both.forward();
    second.forward();
    CHECK(std::vector<float>(both.out.begin() + static_cast<std::ptrdiff_t>(n), both.out.end()) == second.out);
}

TEST_CASE("attention_dropout: lanes agree bit for bit") {
    Case<Simd4f> a({2, 11, 10, 2}, {}, 0.3, 4);
    Case<Scalar4f> b({2, 11, 10, 2}, {}, 0.3, 4);
    a.forward();
    a.backward();
    b.forward();
    b.backward();
    CHECK(bits_of(a.out, a.weights, a.d_qkv) == bits_of(b.out, b.weights, b.d_qkv));
}

TEST_CASE("attention_dropout: without room for its marks it is refused") {
    Case<Simd4f> c(kShape, {}, 0.3, 4);
    c.dropout.kept = {};
    CHECK_THROWS_AS(c.forward(), CheckFailed);
}
