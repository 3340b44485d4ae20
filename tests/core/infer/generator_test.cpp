#include "core/infer/generator.h"

#include <doctest/doctest.h>

#include "../models/transformer_variants.h"
#include "../ops/slope.h"
#include "core/models/transformer.h"
#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

template <class L>
Transformer<L> random_model(const TransformerShape& shape) {
    Rng rng(1);
    Transformer<L> model(shape, 1);
    model.initialise(rng);
    for (auto& p : model.parameters()) p += static_cast<typename L::Scalar>(0.1 * rng.normal());
    return model;
}

/// Largest difference between the generator's scores and the last row of a full forward pass over the same tokens.
float difference(Transformer<Simd4f>& model, std::span<const int32_t> window, ConstSpan<Simd4f> logits) {
    model.infer(window, 1, static_cast<int>(window.size()));
    const ConstSpan<Simd4f> row = model.logits().last(logits.size());
    float worst = 0.0f;
    for (std::size_t v = 0; v < row.size(); ++v) worst = std::max({worst, row[v] - logits[v], logits[v] - row[v]});
    return worst;
}

}  // namespace

TEST_CASE("generator: one token at a time equals the full forward pass, also after the window slid") {
    for (const TransformerShape& shape : {TransformerShape{2, 12, 3, 7, 11, true},
                                          {1, 32, 4, 16, 50, false},
                                          {2, 12, 3, 7, 11, true, Positions::Rotary},
                                          {1, 12, 3, 7, 11, false, Positions::None}}) {
        Transformer<Simd4f> model = random_model<Simd4f>(shape);
        Generator<Simd4f> generator(shape, model.parameters());
        Rng rng(2);
        for (int i = 0; i < 3 * shape.context; ++i) {
            const int32_t id = static_cast<int32_t>(rng.below(static_cast<uint32_t>(shape.vocab_size)));
            const ConstSpan<Simd4f> logits = generator.push(id);
            CHECK(generator.window().back() == id);
            CHECK(difference(model, generator.window(), logits) < 1e-5f);
        }
    }
}

TEST_CASE("generator: equals the full forward pass in every combination of options, adapters included") {
    for (const Variant& v : all_variants()) {
        CAPTURE(v.name);
        Transformer<Scalar4d> model(v.shape, 1);
        Rng rng(3);
        fill_randomly(model, rng);
        if (!v.shape.is_causal) {
            CHECK_THROWS_AS(Generator<Scalar4d>(v.shape, model.parameters()), CheckFailed);
            continue;
        }
        Generator<Scalar4d> generator(v.shape, model.parameters());
        for (int i = 0; i < 2 * v.shape.context; ++i) {
            if (i == v.shape.context) {  // learning went on
                for (double& p : model.parameters()) p *= 1.05;
                generator.reload();
            }
            const ConstSpan<Scalar4d> logits = generator.push(random_ids(1, v.shape.vocab_size, rng)[0]);
            model.infer(generator.window(), 1, static_cast<int>(generator.window().size()));
            const ConstSpan<Scalar4d> row = model.logits().last(logits.size());
            for (std::size_t n = 0; n < row.size(); ++n)
                CHECK(logits[n] == doctest::Approx(row[n]).epsilon(1e-10).scale(1.0));
        }
    }
}

TEST_CASE("generator: lanes agree bit for bit in every combination, also with eight bits") {
    for (const Variant& v : all_variants()) {
        if (!v.shape.is_causal) continue;
        CAPTURE(v.name);
        const auto run = [&]<class G, class L>(G*, L*) {
            Transformer<L> model(v.shape, 1);
            Rng rng(4);
            fill_randomly(model, rng);
            G generator(v.shape, model.parameters());
            uint64_t hash = kFnvOffset;
            for (int32_t i = 0; i < 9; ++i) hash = fnv1a64(generator.push(i % 7), hash);
            return hash;
        };
        constexpr Simd4f* kSimd = nullptr;
        constexpr Scalar4f* kScalar = nullptr;
        CHECK(run(static_cast<Generator<Simd4f>*>(nullptr), kSimd) ==
              run(static_cast<Generator<Scalar4f>*>(nullptr), kScalar));
        CHECK(run(static_cast<QuantizedGenerator<Simd4f>*>(nullptr), kSimd) ==
              run(static_cast<QuantizedGenerator<Scalar4f>*>(nullptr), kScalar));
    }
}

TEST_CASE("generator: a full window keeps its last half and the new token") {
    const TransformerShape shape{1, 8, 2, 6, 9, false};
    Transformer<Simd4f> model = random_model<Simd4f>(shape);
    Generator<Simd4f> generator(shape, model.parameters());
    generator.push(std::vector<int32_t>{0, 1, 2, 3, 4, 5});
    CHECK(generator.window().size() == 6);
    generator.push(6);
    CHECK(std::vector<int32_t>(generator.window().begin(), generator.window().end()) ==
          std::vector<int32_t>{3, 4, 5, 6});
}

TEST_CASE("generator: a prompt longer than the context keeps its end") {
    const TransformerShape shape{1, 8, 2, 4, 9, true};
    Transformer<Simd4f> model = random_model<Simd4f>(shape);
    Generator<Simd4f> generator(shape, model.parameters());
    const std::vector<int32_t> prompt{0, 1, 2, 3, 4, 5, 6};
    const ConstSpan<Simd4f> logits = generator.push(prompt);
    CHECK(std::vector<int32_t>(generator.window().begin(), generator.window().end()) ==
          std::vector<int32_t>{3, 4, 5, 6});
    CHECK(difference(model, generator.window(), logits) < 1e-5f);
}

TEST_CASE("generator: a context of one token works, wrong ids are refused") {
    const TransformerShape shape{1, 4, 1, 1, 3, true};
    Transformer<Simd4f> model = random_model<Simd4f>(shape);
    Generator<Simd4f> generator(shape, model.parameters());
    generator.push(1);
    const ConstSpan<Simd4f> logits = generator.push(2);
    CHECK(difference(model, generator.window(), logits) < 1e-5f);
    CHECK_THROWS_AS(generator.push(3), CheckFailed);
    CHECK_THROWS_AS(generator.push(std::vector<int32_t>{}), CheckFailed);
}

TEST_CASE("generator: reload() reads parameters that have changed") {
    const TransformerShape shape{1, 8, 2, 6, 9, false};
    Transformer<Simd4f> model = random_model<Simd4f>(shape);
    Generator<Simd4f> generator(shape, model.parameters());
    for (float& p : model.parameters()) p *= 1.5f;
    generator.reload();
    CHECK(difference(model, std::vector<int32_t>{4}, generator.push(4)) < 1e-5f);
}

TEST_CASE("generator: eight bits come close to the model's scores, in a quarter of the memory") {
    const TransformerShape shape{2, 64, 4, 16, 64, false};
    Transformer<Simd4f> model = random_model<Simd4f>(shape);
    Generator<Simd4f> exact(shape, model.parameters());
    QuantizedGenerator<Simd4f> small(shape, model.parameters());
    double squares = 0.0, errors = 0.0;
    for (int32_t i = 0; i < 40; ++i) {
        const ConstSpan<Simd4f> a = exact.push(i * 5 % 64), b = small.push(i * 5 % 64);
        for (std::size_t v = 0; v < a.size(); ++v) {
            squares += static_cast<double>(a[v]) * static_cast<double>(a[v]);
            errors += static_cast<double>(a[v] - b[v]) * static_cast<double>(a[v] - b[v]);
        }
    }
    // A step is 1/127 of the largest weight, about 3 deviations: an error of 1/127 * 3 / sqrt(12) = 0.7 % of a
    // deviation in weights and in inputs, per matrix; nine matrices in a row add up to about 3 %.
    CHECK(terrarium::core::sqrt(errors / squares) < 0.06);
    CHECK(errors > 0.0);
    CHECK(small.matrix_bytes() * 10 < exact.matrix_bytes() * 3);
}

TEST_CASE("generator: lanes agree bit for bit") {
    const TransformerShape shape{2, 12, 3, 7, 11, true};
    const auto run = [&]<class G, class L>(G*, L*) {
        const Transformer<L> model = random_model<L>(shape);
        G generator(shape, model.parameters());
        uint64_t hash = kFnvOffset;
        for (int32_t i = 0; i < 20; ++i) hash = fnv1a64(generator.push(i % 11), hash);
        return hash;
    };
    constexpr Simd4f* kSimd = nullptr;
    constexpr Scalar4f* kScalar = nullptr;
    CHECK(run(static_cast<Generator<Simd4f>*>(nullptr), kSimd) ==
          run(static_cast<Generator<Scalar4f>*>(nullptr), kScalar));
    CHECK(run(static_cast<QuantizedGenerator<Simd4f>*>(nullptr), kSimd) ==
          run(static_cast<QuantizedGenerator<Scalar4f>*>(nullptr), kScalar));
}
