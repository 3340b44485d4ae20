#include "core/ops/embedding.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

template <class L>
struct Case {
    using S = typename L::Scalar;
    EmbeddingShape shape;
    std::vector<int32_t> ids;
    std::vector<S> tokens, positions, previous, weights, out, d_tokens, d_positions, d_previous;
    Case(EmbeddingShape s, uint64_t seed) : shape(s) {
        Rng rng(seed);
        const std::size_t C = count_of(s.width), V = count_of(s.vocab_size), N = count_of(s.batch, s.time);
        for (std::size_t i = 0; i < N; ++i) ids.push_back(static_cast<int32_t>(rng.below(static_cast<uint32_t>(V))));
        tokens = random_numbers<S>(V * C, rng);
        positions = random_numbers<S>(count_of(s.time) * C, rng);
        previous = random_numbers<S>(V * C, rng);
        weights = random_numbers<S>(N * C, rng);
        out.resize(N * C);
        d_tokens.resize(V * C);
        d_previous.resize(V * C);
        d_positions.resize(positions.size());
    }
    void forward() { embedding_forward<L>(out, ids, tokens, positions, previous, shape); }
    void backward() { embedding_backward<L>(d_tokens, d_positions, d_previous, weights, ids, shape); }
};

}  // namespace

TEST_CASE("embedding: token, position and previous token are added") {
    const std::vector<float> tokens{1, 2, 3}, positions{10, 20}, previous{100, 200, 300};
    const std::vector<int32_t> ids{2, 0, 1, 1};
    std::vector<float> out(4);
    embedding_forward<Simd4f>(out, ids, tokens, positions, previous, {2, 2, 1, 3});
    CHECK(out == std::vector<float>{13, 321, 12, 222});  // the second text does not see the end of the first
    embedding_forward<Simd4f>(out, ids, tokens, positions, {}, {2, 2, 1, 3});
    CHECK(out == std::vector<float>{13, 21, 12, 22});
}

TEST_CASE("embedding: backward is the slope") {
    Case<Scalar4d> c({2, 4, 5, 3}, 1);
    c.backward();
    const auto loss = [&] {
        c.forward();
        return weighted_sum(c.out, c.weights);
    };
    CHECK(worst_slope_error(c.tokens, c.d_tokens, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(c.positions, c.d_positions, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(c.previous, c.d_previous, loss) <= kLargestSlopeError);
}

TEST_CASE("embedding: lanes agree bit for bit") {
    for (const int32_t C : {1, 3, 4, 9}) {
        Case<Simd4f> a({3, 5, C, 4}, 7);
        Case<Scalar4f> b({3, 5, C, 4}, 7);
        a.forward();
        a.backward();
        b.forward();
        b.backward();
        CHECK(bits_of(a.out, a.d_tokens, a.d_positions, a.d_previous) ==
              bits_of(b.out, b.d_tokens, b.d_positions, b.d_previous));
    }
}

TEST_CASE("embedding: an id outside the vocabulary is refused") {
    Case<Simd4f> c({1, 2, 4, 3}, 2);
    c.ids[1] = 3;
    CHECK_THROWS_AS(c.forward(), CheckFailed);
    c.ids[1] = -1;
    CHECK_THROWS_AS(c.backward(), CheckFailed);
}
