#include "core/train/accumulate.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "../models/transformer_variants.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/train/gradient_norm.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

constexpr int B = 5, T = 4;

/// Texts of different lengths, so that parts count differently; text 2 has no target that counts.
struct Texts {
    std::vector<int32_t> inputs, targets, lengths{4, 2, 3, 1, 4};
    explicit Texts(int32_t vocab_size) {
        Rng rng(1);
        inputs = random_ids(B * T, vocab_size, rng);
        targets = random_ids(B * T, vocab_size, rng);
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const bool is_padding = static_cast<int32_t>(i % T) >= lengths[i / T];
            if (is_padding || i / T == 2) targets[i] = -1;
        }
    }
};

template <class L>
Transformer<L> model_of(const TransformerShape& shape) {
    Transformer<L> model(shape, B);
    Rng rng(2);
    fill_randomly(model, rng);
    return model;
}

template <class L>
std::vector<typename L::Scalar> gradients_of(const Transformer<L>& model) {
    return {model.gradients().begin(), model.gradients().end()};
}

}  // namespace

TEST_CASE("accumulate: parts of any size give the gradient and loss of the whole batch, with dropout and lengths") {
    for (const Variant& v : all_variants()) {
        CAPTURE(v.name);
        const Texts texts(v.shape.vocab_size);
        Transformer<Scalar4d> model = model_of<Scalar4d>(v.shape);
        const ReadOptions options{.lengths = texts.lengths, .dropout = DropoutKey{7, 3}};
        const double loss = model.forward(texts.inputs, texts.targets, B, T, options);
        model.backward();
        const std::vector<double> whole = gradients_of(model);
        for (const int at_once : {1, 2, 5}) {
            const AccumulatedGradient got = accumulate_gradients(model, std::span<const int32_t>(texts.inputs),
                                                                 texts.targets, B, T, {at_once}, options);
            CHECK(got.loss_nats == doctest::Approx(loss).epsilon(1e-12));
            CHECK(got.norm == doctest::Approx(gradient_norm<Scalar4d>(whole)).epsilon(1e-10));
            for (std::size_t i = 0; i < whole.size(); ++i)
                CHECK(model.gradients()[i] == doctest::Approx(whole[i]).epsilon(1e-9).scale(1e-3));
        }
    }
}

TEST_CASE("accumulate: one part gives the bits of a plain step") {
    const TransformerShape shape{1, 8, 2, T, 9, true};
    const Texts texts(9);
    Transformer<Simd4f> model = model_of<Simd4f>(shape);
    const double loss = model.forward(texts.inputs, texts.targets, B, T);
    model.backward();
    const std::vector<float> plain = gradients_of(model);
    const AccumulatedGradient got =
        accumulate_gradients(model, std::span<const int32_t>(texts.inputs), texts.targets, B, T, {B});
    CHECK(got.loss_nats == loss);
    CHECK(gradients_of(model) == plain);
}

TEST_CASE("accumulate: the sum is clipped, not the parts") {
    const TransformerShape shape{1, 8, 2, T, 9, true};
    const Texts texts(9);
    Transformer<Scalar4d> model = model_of<Scalar4d>(shape);
    const auto run = [&](double max_norm) {
        return accumulate_gradients(model, std::span<const int32_t>(texts.inputs), texts.targets, B, T, {1, max_norm});
    };
    const double norm = run(1e9).norm;
    const std::vector<double> whole = gradients_of(model);
    const double limit = norm / 3.0;
    CHECK(run(limit).norm == norm);  // said as it was before
    CHECK(gradient_norm<Scalar4d>(model.gradients()) == doctest::Approx(limit).epsilon(1e-12));
    for (std::size_t i = 0; i < whole.size(); ++i)
        CHECK(model.gradients()[i] == doctest::Approx(whole[i] / 3.0).epsilon(1e-12).scale(1e-6));
}

TEST_CASE("accumulate: what is frozen neither counts for the norm nor keeps a gradient") {
    const TransformerShape shape{1, 8, 2, T, 9, true};
    const Texts texts(9);
    Transformer<Scalar4d> model = model_of<Scalar4d>(shape);
    Frozen frozen;
    frozen.freeze({0, 100});
    const AccumulatedGradient got =
        accumulate_gradients(model, std::span<const int32_t>(texts.inputs), texts.targets, B, T, {2}, {}, frozen);
    const ConstSpan<Scalar4d> g = model.gradients();
    CHECK(std::all_of(g.begin(), g.begin() + 100, [](double x) { return x == 0.0; }));
    CHECK(got.norm == doctest::Approx(gradient_norm<Scalar4d>(g)).epsilon(1e-12));
    CHECK(got.norm > 0.0);
}

TEST_CASE("accumulate: a batch in which nothing counts and sizes that do not fit are refused") {
    Transformer<Scalar4d> model = model_of<Scalar4d>({1, 8, 2, T, 9, true});
    const std::vector<int32_t> ids(8, 1), nothing(8, -1), three(3, 1);
    const auto run = [&](const std::vector<int32_t>& x, const std::vector<int32_t>& y, int at_once) {
        (void)accumulate_gradients(model, std::span<const int32_t>(x), y, 2, T, {at_once});
    };
    CHECK_THROWS_AS(run(ids, nothing, 1), CheckFailed);
    CHECK_THROWS_AS(run(ids, three, 1), CheckFailed);
    CHECK_THROWS_AS(run(ids, ids, 0), CheckFailed);
    CHECK_NOTHROW(run(ids, ids, 1));
}
