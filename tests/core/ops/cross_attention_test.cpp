#include "core/ops/cross_attention.h"

#include <doctest/doctest.h>

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
    CrossAttentionShape shape;
    std::vector<int32_t> lengths;
    std::vector<S> queries, sources, d_out, out, attention, d_queries, d_sources, scratch;
    Case(CrossAttentionShape s, uint64_t seed, double scale = 1.0, std::vector<int32_t> valid = {})
        : shape(s),
          lengths(std::move(valid)),
          out(count_of(s.batch, s.time, s.width)),
          attention(count_of(s.batch, s.n_heads, s.time, s.source_time)),
          d_queries(out.size()),
          d_sources(count_of(s.batch, s.source_time, 2, s.width)),
          scratch(count_of(s.time, s.source_time)) {
        Rng rng(seed);
        queries = random_numbers<S>(out.size(), rng, scale);
        sources = random_numbers<S>(d_sources.size(), rng, scale);
        d_out = random_numbers<S>(out.size(), rng);
    }
    void forward() { cross_attention_forward<L>(out, attention, queries, sources, lengths, shape); }
    void backward() {
        cross_attention_backward<L>(d_queries, d_sources, scratch, d_out, attention, queries, sources, lengths, shape);
    }
};

}  // namespace

TEST_CASE("cross_attention: equals the formula written out naively, with and without padding") {
    for (const std::vector<int32_t>& lengths : {std::vector<int32_t>{}, std::vector<int32_t>{2, 5}}) {
        const std::size_t T = 3, source = 5, C = 6, H = 2, D = 3;
        Case<Scalar4d> c({2, 3, 5, 6, 2}, 1, 1.0, lengths);
        c.forward();
        for (std::size_t b = 0; b < 2; ++b) {
            const std::size_t visible = lengths.empty() ? source : static_cast<std::size_t>(lengths[b]);
            for (std::size_t h = 0; h < H; ++h) {
                const double* const keys = c.sources.data() + b * source * 2 * C + h * D;
                for (std::size_t t = 0; t < T; ++t) {
                    const std::size_t at = (b * T + t) * C + h * D;
                    const NaiveRow row(c.queries.data() + at, keys, keys + C, 2 * C, visible, D);
                    for (std::size_t s = 0; s < source; ++s) {
                        const double weight = s < visible ? row.weights[s] : 0.0;
                        CHECK(c.attention[((b * H + h) * T + t) * source + s] ==
                              doctest::Approx(weight).epsilon(1e-12));
                    }
                    for (std::size_t d = 0; d < D; ++d)
                        CHECK(c.out[at + d] == doctest::Approx(row.output[d]).epsilon(1e-12));
                }
            }
        }
    }
}

TEST_CASE("cross_attention: a source of one position is copied") {
    Case<Simd4f> c({1, 4, 1, 6, 2}, 2);
    c.forward();
    for (std::size_t t = 0; t < 4; ++t) {
        for (std::size_t i = 0; i < 6; ++i) CHECK(c.out[t * 6 + i] == c.sources[6 + i]);
    }
}

TEST_CASE("cross_attention: huge scores stay finite and rows sum to 1") {
    Case<Simd4f> c({1, 5, 13, 8, 2}, 3, 1e6, {11});
    c.forward();
    for (std::size_t row = 0; row < 2 * 5; ++row) {
        float sum = 0.0f;
        for (std::size_t s = 0; s < 13; ++s) sum += c.attention[row * 13 + s];
        CHECK(sum == doctest::Approx(1.0f).epsilon(1e-5));
    }
}

TEST_CASE("cross_attention: backward is the slope") {
    uint64_t seed = 4;
    const std::vector<std::pair<CrossAttentionShape, std::vector<int32_t>>> cases{{{1, 1, 1, 2, 1}, {}},
                                                                                  {{2, 3, 5, 4, 2}, {}},
                                                                                  {{2, 5, 3, 6, 2}, {1, 3}},
                                                                                  {{1, 2, 9, 4, 1}, {6}},
                                                                                  {{2, 4, 8, 3, 3}, {8, 4}}};
    for (const auto& [shape, lengths] : cases) {
        Case<Scalar4d> c(shape, seed++, 1.0, lengths);
        c.forward();
        c.backward();
        const auto loss = [&] {
            c.forward();
            return weighted_sum(c.out, c.d_out);
        };
        CHECK(worst_slope_error(c.queries, c.d_queries, loss) <= kLargestSlopeError);
        CHECK(worst_slope_error(c.sources, c.d_sources, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("cross_attention: lanes agree bit for bit") {
    for (const CrossAttentionShape shape :
         {CrossAttentionShape{2, 1, 1, 4, 2}, {2, 7, 3, 6, 2}, {1, 5, 32, 32, 4}, {1, 67, 66, 10, 2}}) {
        const std::vector<int32_t> shorter(count_of(shape.batch), (shape.source_time + 1) / 2);
        for (const std::vector<int32_t>& lengths : {std::vector<int32_t>{}, shorter}) {
            Case<Simd4f> a(shape, 5, 1.0, lengths);
            Case<Scalar4f> b(shape, 5, 1.0, lengths);
            a.forward();
            a.backward();
            b.forward();
            b.backward();
            CHECK(bits_of(a.out, a.attention, a.d_queries, a.d_sources) ==
                  bits_of(b.out, b.attention, b.d_queries, b.d_sources));
        }
    }
}

TEST_CASE("cross_attention: wrong sizes and lengths are refused") {
    Case<Simd4f> c({1, 4, 3, 6, 2}, 6);
    c.shape.n_heads = 4;
    CHECK_THROWS_AS(c.forward(), CheckFailed);
    CHECK_THROWS_AS(Case<Simd4f>({1, 4, 3, 6, 2}, 6, 1.0, {4}).forward(), CheckFailed);
    CHECK_THROWS_AS(Case<Simd4f>({1, 4, 3, 6, 2}, 6, 1.0, {0}).forward(), CheckFailed);
}
