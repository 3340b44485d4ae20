#include "core/ops/attention.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "naive_attention.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

template <class L>
struct Case {
    using S = typename L::Scalar;
    AttentionShape shape;
    std::vector<int32_t> lengths;
    bool is_causal;
    std::vector<S> qkv, d_out, out, attention, d_qkv, scratch;
    Case(AttentionShape s, uint64_t seed, double scale = 1.0, bool causal = true, std::vector<int32_t> valid = {})
        : shape(s),
          lengths(std::move(valid)),
          is_causal(causal),
          out(count_of(s.batch, s.time, s.width)),
          attention(count_of(s.batch, s.n_heads, s.time, s.time)),
          d_qkv(3 * out.size()),
          scratch(count_of(s.time, s.time)) {
        Rng rng(seed);
        qkv = random_numbers<S>(3 * out.size(), rng, scale);
        d_out = random_numbers<S>(out.size(), rng);
    }
    AttentionMask mask() const { return {is_causal, lengths}; }
    void forward() { attention_forward<L>(out, attention, qkv, shape, mask()); }
    void backward() { attention_backward<L>(d_qkv, scratch, d_out, attention, qkv, shape, mask()); }
};

/// Every mask on the same two texts of 7 tokens, 2 heads of 3 numbers.
std::vector<Case<Scalar4d>> every_mask() {
    const AttentionShape shape{2, 7, 6, 2};
    return {{shape, 1, 1.0, true},
            {shape, 2, 1.0, false},
            {shape, 3, 1.0, true, {3, 7}},
            {shape, 4, 1.0, false, {1, 6}},
            {shape, 5, 1.0, false, {5, 4}}};
}

}  // namespace

TEST_CASE("attention: equals the formula written out naively, with every mask") {
    for (Case<Scalar4d>& c : every_mask()) {
        c.forward();
        const std::size_t T = 7, C = 6, H = 2, D = 3;
        for (std::size_t b = 0; b < 2; ++b) {
            const std::size_t length = c.lengths.empty() ? T : static_cast<std::size_t>(c.lengths[b]);
            for (std::size_t h = 0; h < H; ++h) {
                const double* const head = c.qkv.data() + b * T * 3 * C + h * D;
                for (std::size_t t = 0; t < T; ++t) {
                    const std::size_t visible = c.is_causal ? std::min(t + 1, length) : length;
                    const NaiveRow row(head + t * 3 * C, head + C, head + 2 * C, 3 * C, visible, D);
                    for (std::size_t s = 0; s < T; ++s) {
                        const double weight = s < visible ? row.weights[s] : 0.0;
                        CHECK(c.attention[((b * H + h) * T + t) * T + s] == doctest::Approx(weight).epsilon(1e-12));
                    }
                    for (std::size_t d = 0; d < D; ++d)
                        CHECK(c.out[(b * T + t) * C + h * D + d] == doctest::Approx(row.output[d]).epsilon(1e-12));
                }
            }
        }
    }
}

TEST_CASE("attention: what padding says changes nothing before it, forward and backward") {
    for (const bool causal : {true, false}) {
        Case<Simd4f> a({2, 9, 8, 2}, 7, 1.0, causal, {5, 9}), b({2, 9, 8, 2}, 7, 1.0, causal, {5, 9});
        for (std::size_t i = 5 * 24; i < 9 * 24; ++i) b.qkv[i] += 3.0f;
        for (std::size_t i = 5 * 8; i < 9 * 8; ++i) a.d_out[i] = b.d_out[i] = 0.0f;  // no loss at padding
        a.forward();
        a.backward();
        b.forward();
        b.backward();
        const auto first = [](const std::vector<float>& x, int n) {
            return std::vector<float>(x.begin(), x.begin() + n);
        };
        CHECK(first(a.out, 5 * 8) == first(b.out, 5 * 8));
        CHECK(first(a.d_qkv, 5 * 24) == first(b.d_qkv, 5 * 24));
        for (std::size_t i = 5 * 24; i < 9 * 24; ++i) CHECK(a.d_qkv[i] == 0.0f);  // and padding learns nothing
    }
}

TEST_CASE("attention: a mask that hides nothing gives the bits of no mask") {
    Case<Simd4f> a({2, 11, 8, 2}, 8), b({2, 11, 8, 2}, 8, 1.0, true, {11, 11});
    a.forward();
    attention_backward<Simd4f>(a.d_qkv, a.scratch, a.d_out, a.attention, a.qkv, a.shape);
    b.forward();
    b.backward();
    CHECK(bits_of(a.out, a.attention, a.d_qkv) == bits_of(b.out, b.attention, b.d_qkv));
}

TEST_CASE("attention: nobody looks into the future") {
    Case<Simd4f> c({1, 9, 8, 2}, 2);
    c.forward();
    const std::vector<float> before(c.out.begin(), c.out.begin() + 5 * 8);
    for (std::size_t i = 5 * 24; i < c.qkv.size(); ++i) c.qkv[i] += 3.0f;
    c.forward();
    CHECK(before == std::vector<float>(c.out.begin(), c.out.begin() + 5 * 8));
}

TEST_CASE("attention: huge scores stay finite and rows sum to 1") {
    Case<Simd4f> c({1, 13, 8, 2}, 3, 1e6);
    c.forward();
    for (std::size_t row = 0; row < 2 * 13; ++row) {
        float sum = 0.0f;
        for (std::size_t s = 0; s < 13; ++s) sum += c.attention[row * 13 + s];
        CHECK(sum == doctest::Approx(1.0f).epsilon(1e-5));
    }
}

TEST_CASE("attention: backward is the slope") {
    uint64_t seed = 4;
    for (const AttentionShape shape :
         {AttentionShape{1, 1, 2, 1}, {2, 3, 4, 2}, {1, 5, 6, 2}, {2, 8, 4, 1}, {1, 10, 3, 3}}) {
        Case<Scalar4d> c(shape, seed++);
        c.forward();
        c.backward();
        const auto loss = [&] {
            c.forward();
            return weighted_sum(c.out, c.d_out);
        };
        CHECK(worst_slope_error(c.qkv, c.d_qkv, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("attention: backward is the slope with every mask") {
    for (Case<Scalar4d>& c : every_mask()) {
        c.forward();
        c.backward();
        const auto loss = [&] {
            c.forward();
            return weighted_sum(c.out, c.d_out);
        };
        CHECK(worst_slope_error(c.qkv, c.d_qkv, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("attention: lanes agree bit for bit, with every mask") {
    for (const AttentionShape shape : {AttentionShape{2, 1, 4, 2}, {2, 7, 6, 2}, {1, 32, 32, 4}, {1, 67, 10, 2}}) {
        const std::vector<int32_t> shorter(count_of(shape.batch), (shape.time + 1) / 2);
        for (const bool causal : {true, false}) {
            for (const std::vector<int32_t>& lengths : {std::vector<int32_t>{}, shorter}) {
                Case<Simd4f> a(shape, 5, 1.0, causal, lengths);
                Case<Scalar4f> b(shape, 5, 1.0, causal, lengths);
                a.forward();
                a.backward();
                b.forward();
                b.backward();
                CHECK(bits_of(a.out, a.attention, a.d_qkv) == bits_of(b.out, b.attention, b.d_qkv));
            }
        }
    }
}

TEST_CASE("attention: a width that the heads do not divide is refused") {
    Case<Simd4f> c({1, 4, 6, 2}, 6);
    c.shape.n_heads = 4;
    CHECK_THROWS_AS(c.forward(), CheckFailed);
}

TEST_CASE("attention: lengths that are none are refused") {
    CHECK_THROWS_AS(Case<Simd4f>({1, 4, 6, 2}, 6, 1.0, false, {0}).forward(), CheckFailed);
    CHECK_THROWS_AS(Case<Simd4f>({1, 4, 6, 2}, 6, 1.0, false, {5}).forward(), CheckFailed);
    CHECK_THROWS_AS(Case<Simd4f>({1, 4, 6, 2}, 6, 1.0, false, {4, 4}).forward(), CheckFailed);
}
