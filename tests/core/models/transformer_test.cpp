#include "core/models/transformer.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

std::vector<int32_t> random_ids(std::size_t count, int32_t vocab_size, Rng& rng) {
    std::vector<int32_t> ids(count);
    for (int32_t& id : ids) id = static_cast<int32_t>(rng.below(static_cast<uint32_t>(vocab_size)));
    return ids;
}

}  // namespace

TEST_CASE("transformer_shape: counts of a model known by hand") {
    const TransformerShape shape{2, 64, 4, 64, 256, false};
    CHECK(parameter_count(shape) == 120576);  // 256*64 + 64*64 + 2*(12*64*64 + 13*64) + 2*64
    CHECK(flops_per_token_forward_backward(shape) == 786432);
    TransformerShape shifted = shape;
    shifted.token_shift = true;
    CHECK(parameter_count(shifted) == 120576 + 256 * 64);
    const std::vector<ParameterInfo> table = parameter_table(shifted);
    CHECK(table.front().name == "wte");
    CHECK(table[4].name == "h0.qkvw");
    CHECK(table[4].rows == 64);
    CHECK(table[4].columns == 192);
    CHECK(table.back().name == "wprev");
    CHECK(table.back().offset + table.back().size() == parameter_count(shifted));
}

TEST_CASE("transformer_shape: what cannot be built is said in a sentence") {
    CHECK(why_invalid({2, 32, 4, 32, 64, false}).empty());
    CHECK(why_invalid({2, 30, 4, 32, 64, false}).english().find("multiple") != std::string::npos);
    CHECK_FALSE(why_invalid({0, 32, 4, 32, 64, false}).empty());
    CHECK_FALSE(why_invalid({2, 32, 0, 32, 64, false}).empty());
    CHECK_FALSE(why_invalid({2, 32, 4, 0, 64, false}).empty());
    CHECK_FALSE(why_invalid({2, 32, 4, 32, 1, false}).empty());
    CHECK_FALSE(why_invalid({2, 12, 4, 32, 64, false, Positions::Rotary}).empty());
    CHECK(why_invalid({2, 12, 4, 32, 64, false, Positions::None}).empty());
    CHECK_THROWS_AS(Transformer<Simd4f>({2, 30, 4, 32, 64, false}, 1), CheckFailed);
    CHECK_THROWS_AS(Transformer<Simd4f>({64, 4096, 4, 4096, 65536, false}, 1000), CheckFailed);
}

TEST_CASE("transformer: backward is the slope, for every parameter") {
    for (const TransformerShape& shape : {TransformerShape{2, 8, 2, 5, 7, true},
                                          {1, 6, 3, 4, 5, false},
                                          {1, 3, 1, 2, 3, true},
                                          {2, 8, 2, 5, 7, false, Positions::Rotary},
                                          {1, 6, 3, 4, 5, true, Positions::None},
                                          {2, 4, 2, 5, 6, false, Positions::Learned, false},
                                          {1, 4, 1, 5, 6, false, Positions::Rotary, false}}) {
        Rng rng(1);
        Transformer<Scalar4d> model(shape, 3);
        model.initialise(rng);
        for (double& p : model.parameters()) p += 0.2 * rng.normal();  // larger, so that nothing is nearly linear
        const int B = 3, T = shape.context;
        const std::vector<int32_t> inputs = random_ids(count_of(B, T), shape.vocab_size, rng);
        std::vector<int32_t> targets = random_ids(count_of(B, T), shape.vocab_size, rng);
        targets[2] = -1;
        model.forward(inputs, targets, B, T);
        model.backward();
        const std::vector<double> claimed(model.gradients().begin(), model.gradients().end());
        const auto loss = [&] { return model.forward(inputs, targets, B, T); };
        CHECK(worst_slope_error(model.parameters(), claimed, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("transformer: a fresh model is as unsure as a uniform guess") {
    Rng rng(2);
    Transformer<Simd4f> model({2, 32, 4, 32, 64, true}, 4);
    model.initialise(rng);
    const std::vector<int32_t> inputs = random_ids(128, 64, rng), targets = random_ids(128, 64, rng);
    CHECK(model.forward(inputs, targets, 4, 32) == doctest::Approx(terrarium::core::log(64.0)).epsilon(0.01));
    CHECK(model.logits().size() == 4 * 32 * 64);
    const ConstSpan<Simd4f> attention = model.attention(1);
    CHECK(attention.size() == 4 * 4 * 32 * 32);
    for (std::size_t row = 0; row < 4 * 4 * 32; ++row) {
        float sum = 0.0f;
        for (std::size_t s = 0; s < 32; ++s) sum += attention[row * 32 + s];
        CHECK(sum == doctest::Approx(1.0f).epsilon(1e-5));
        if (row % 32 < 31) CHECK(attention[row * 32 + 31] == 0.0f);
    }
}

TEST_CASE("transformer: learned positions are rows of their own, the others cost no parameters") {
    const TransformerShape learned{2, 64, 4, 64, 256, false};
    TransformerShape other = learned;
    for (const Positions positions : {Positions::Rotary, Positions::None}) {
        other.positions = positions;
        CHECK(parameter_count(other) == parameter_count(learned) - 64 * 64);
        CHECK(parameter_table(other)[1].name == "h0.ln1w");
    }
}

TEST_CASE("transformer: a later token changes earlier scores only where the whole text is seen") {
    for (const bool is_causal : {true, false}) {
        const TransformerShape shape{1, 8, 2, 4, 7, false, Positions::Learned, is_causal};
        Rng rng(3);
        Transformer<Simd4f> model(shape, 1);
        model.initialise(rng, 0.5);
        model.infer(std::vector<int32_t>{1, 2, 3, 4}, 1, 4);
        const std::vector<float> before(model.logits().begin(), model.logits().begin() + 7);
        model.infer(std::vector<int32_t>{1, 2, 3, 5}, 1, 4);
        const std::vector<float> after(model.logits().begin(), model.logits().begin() + 7);
        CHECK((before == after) == is_causal);
    }
}

TEST_CASE("transformer: without positions the order of what was seen does not matter, with rotary ones it does") {
    for (const Positions positions : {Positions::None, Positions::Rotary, Positions::Learned}) {
        const TransformerShape shape{1, 8, 2, 3, 7, false, positions};
        Rng rng(4);
        Transformer<Scalar4d> model(shape, 1);
        model.initialise(rng, 0.5);
        const auto last_score = [&](std::vector<int32_t> ids) {
            model.infer(ids, 1, 3);
            return model.logits()[2 * 7];
        };
        const double one = last_score({1, 2, 3}), turned = last_score({2, 1, 3});
        if (positions == Positions::None)
            CHECK(one == doctest::Approx(turned).epsilon(1e-12));
        else
            CHECK(absolute(one - turned) > 1e-6);
    }
}

TEST_CASE("transformer: micro-batches add up to the gradient of the whole batch") {
    const TransformerShape shape{1, 8, 2, 6, 9, true};
    Rng rng(3);
    Transformer<Scalar4d> model(shape, 4);
    model.initialise(rng);
    const std::vector<int32_t> inputs = random_ids(24, 9, rng), targets = random_ids(24, 9, rng);
    const std::span<const int32_t> x(inputs), y(targets);
    model.forward(x, y, 4, 6);
    model.backward();
    const std::vector<double> whole(model.gradients().begin(), model.gradients().end());
    model.zero_gradients();
    for (std::size_t half = 0; half < 2; ++half) {
        model.forward(x.subspan(half * 12, 12), y.subspan(half * 12, 12), 2, 6);
        model.backward(0.5);
    }
    for (std::size_t i = 0; i < whole.size(); ++i) {
        CHECK(model.gradients()[i] == doctest::Approx(whole[i]).epsilon(1e-10).scale(1e-6));
    }
}

TEST_CASE("transformer: lanes agree bit for bit, and infer() gives the same scores as forward()") {
    for (const TransformerShape& shape : {TransformerShape{2, 12, 3, 9, 13, true}, {1, 10, 2, 7, 21, false}}) {
        const auto run = [&]<class L>(L*) {
            Rng rng(4);
            Transformer<L> model(shape, 2);
            model.initialise(rng);
            const std::vector<int32_t> x = random_ids(count_of(2, shape.context - 1), shape.vocab_size, rng);
            const std::vector<int32_t> y = random_ids(x.size(), shape.vocab_size, rng);
            model.forward(x, y, 2, shape.context - 1);
            const std::vector<float> logits(model.logits().begin(), model.logits().end());
            model.backward();
            const uint64_t hash = bits_of(logits, model.gradients(), model.attention(0));
            model.infer(x, 2, shape.context - 1);
            CHECK(bits_of(logits) == bits_of(model.logits()));
            return hash;
        };
        CHECK(run(static_cast<Simd4f*>(nullptr)) == run(static_cast<Scalar4f*>(nullptr)));
    }
}

TEST_CASE("transformer: calls in the wrong order and wrong sizes are refused") {
    Transformer<Simd4f> model({1, 8, 2, 4, 5, false}, 1);
    const std::vector<int32_t> four{0, 1, 2, 3}, eight(8, 0);
    CHECK_THROWS_AS(model.backward(), CheckFailed);
    CHECK_THROWS_AS(model.forward(eight, eight, 2, 4), CheckFailed);
    CHECK_THROWS_AS(model.forward(eight, eight, 1, 8), CheckFailed);
    CHECK_THROWS_AS(model.forward(four, std::vector<int32_t>(4, 5), 1, 4), CheckFailed);
    model.forward(four, four, 1, 4);
    model.backward();
    CHECK_THROWS_AS(model.backward(), CheckFailed);
    CHECK_THROWS_AS((void)model.attention(1), CheckFailed);
}

TEST_CASE("transformer: activation_bytes is what the buffers take") {
    const TransformerShape shape{3, 16, 4, 10, 30, false};
    TransformerActivations<float> all;
    Arena arena(static_cast<std::size_t>(activation_bytes(shape, 5)));
    lay_out_activations(all, shape, 5, &arena);
    CHECK(arena.used_bytes() == arena.capacity_bytes());
}
