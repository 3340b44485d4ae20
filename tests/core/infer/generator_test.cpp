#include "core/infer/generator.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/models/transformer.h"
#include "core/support/check.h"

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
    for (const TransformerShape shape : {TransformerShape{2, 12, 3, 7, 11, true}, {1, 32, 4, 16, 50, false}}) {
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

TEST_CASE("generator: lanes agree bit for bit") {
    const TransformerShape shape{2, 12, 3, 7, 11, true};
    const auto run = [&]<class L>(L*) {
        const Transformer<L> model = random_model<L>(shape);
        Generator<L> generator(shape, model.parameters());
        uint64_t hash = kFnvOffset;
        for (int32_t i = 0; i < 20; ++i) hash = fnv1a64(generator.push(i % 11), hash);
        return hash;
    };
    CHECK(run(static_cast<Simd4f*>(nullptr)) == run(static_cast<Scalar4f*>(nullptr)));
}
