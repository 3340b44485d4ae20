#include "core/ops/attention.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

template <class L>
struct Case {
    using S = typename L::Scalar;
    AttentionShape shape;
    std::vector<S> qkv, d_out, out, attention, d_qkv, scratch;
    Case(AttentionShape s, uint64_t seed, double scale = 1.0)
        : shape(s),
          out(count_of(s.batch, s.time, s.width)),
          attention(count_of(s.batch, s.n_heads, s.time, s.time)),
          d_qkv(3 * out.size()),
          scratch(count_of(s.time, s.time)) {
        Rng rng(seed);
        qkv = random_numbers<S>(3 * out.size(), rng, scale);
        d_out = random_numbers<S>(out.size(), rng);
    }
    void forward() { attention_forward<L>(out, attention, qkv, shape); }
    void backward() { attention_backward<L>(d_qkv, scratch, d_out, attention, qkv, shape); }
};

}  // namespace

TEST_CASE("attention: equals the formula written out naively") {
    Case<Scalar4d> c({2, 7, 6, 2}, 1);
    c.forward();
    const int T = 7, C = 6, H = 2, D = 3;
    for (int b = 0; b < 2; ++b) {
        for (int h = 0; h < H; ++h) {
            for (int t = 0; t < T; ++t) {
                const double* row = c.qkv.data() + (b * T + t) * 3 * C + h * D;
                std::vector<double> e;
                double sum = 0.0;
                for (int s = 0; s <= t; ++s) {
                    const double* key = c.qkv.data() + (b * T + s) * 3 * C + C + h * D;
                    e.push_back(terrarium::core::exp((row[0] * key[0] + row[1] * key[1] + row[2] * key[2]) /
                                                     terrarium::core::sqrt(3.0)));
                    sum += e.back();
                }
                double expected[3] = {0, 0, 0};
                for (int s = 0; s < T; ++s) {
                    const double weight = s <= t ? e[static_cast<std::size_t>(s)] / sum : 0.0;
                    CHECK(c.attention[count_of((b * H + h) * T + t, T) + count_of(s)] ==
                          doctest::Approx(weight).epsilon(1e-12));
                    const double* value = c.qkv.data() + (b * T + s) * 3 * C + 2 * C + h * D;
                    for (int d = 0; d < D; ++d) expected[d] += weight * value[d];
                }
                for (int d = 0; d < D; ++d) {
                    CHECK(c.out[count_of((b * T + t) * C + h * D + d)] == doctest::Approx(expected[d]).epsilon(1e-12));
                }
            }
        }
    }
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

TEST_CASE("attention: lanes agree bit for bit") {
    for (const AttentionShape shape : {AttentionShape{2, 1, 4, 2}, {2, 7, 6, 2}, {1, 32, 32, 4}, {1, 67, 10, 2}}) {
        Case<Simd4f> a(shape, 5);
        Case<Scalar4f> b(shape, 5);
        a.forward();
        a.backward();
        b.forward();
        b.backward();
        CHECK(bits_of(a.out, a.attention, a.d_qkv) == bits_of(b.out, b.attention, b.d_qkv));
    }
}

TEST_CASE("attention: a width that the heads do not divide is refused") {
    Case<Simd4f> c({1, 4, 6, 2}, 6);
    c.shape.n_heads = 4;
    CHECK_THROWS_AS(c.forward(), CheckFailed);
}
