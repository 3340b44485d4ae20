// The promise of the whole course in one test: same configuration, same curve, to the last bit, on every machine.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/models/transformer.h"
#include "core/support/hash.h"
#include "core/text/tokenizer.h"
#include "core/train/adamw.h"
#include "core/train/batches.h"

using namespace terrarium::core;

namespace {

/// A fixed text with a pattern: sentences made of eight words, chosen by a fixed generator.
std::string synthetic_text() {
    const char* const words[] = {"the", "cat", "sees", "a", "bird", "near", "old", "trees"};
    Rng rng(2024);
    std::string text;
    for (int i = 0; i < 400; ++i) {
        text += words[rng.below(8)];
        text += i % 7 == 6 ? ".\n" : " ";
    }
    return text;
}

struct Run {
    std::vector<double> losses_nats;
    uint64_t curve_bits = 0, weight_bits = 0;
};

template <class L>
Run train() {
    const std::string text = synthetic_text();
    const Tokenizer tokenizer = Tokenizer::learn(TokenizerKind::Characters, text);
    const std::vector<int32_t> ids = tokenizer.encode(text);
    const TransformerShape shape{1, 10, 2, 9, tokenizer.vocab_size(), true};  // odd sizes, so that edges take part
    REQUIRE(parameter_count(shape) <= 2000);

    const Rng rng(7);
    Rng init = rng.fork("init"), batches = rng.fork("batches");
    Transformer<L> model(shape, 5);
    model.initialise(init);
    AdamW<L> optimiser(model.parameters().size());
    std::vector<int32_t> inputs(45), targets(45);
    Run run;
    for (int step = 0; step < 50; ++step) {
        sample_batch(inputs, targets, ids, 5, 9, batches);
        model.zero_gradients();
        run.losses_nats.push_back(model.forward(inputs, targets, 5, 9));
        model.backward();
        optimiser.step(model.parameters(), model.gradients(), 0.01);
    }
    run.curve_bits = fnv1a64(std::span<const double>(run.losses_nats));
    run.weight_bits = fnv1a64(ConstSpan<L>(model.parameters()));
    return run;
}

}  // namespace

TEST_CASE("golden: fifty training steps give the same bits on every machine") {
    // The two constants were printed by the optimised native build (x86-64, SSE2). The test passes unchanged in the
    // native build with sanitizers, in WebAssembly with SIMD and in WebAssembly without. A change of any kernel's order
    // of operations changes them; then check that all four builds agree on the new ones.
    const Run run = train<Simd4f>();
    CHECK(run.losses_nats.back() < run.losses_nats.front() - 0.5);
    CHECK(run.curve_bits == 8600630058025687642ULL);
    CHECK(run.weight_bits == 14647735499559889525ULL);

    const Run twin = train<Scalar4f>();
    CHECK(twin.curve_bits == run.curve_bits);
    CHECK(twin.weight_bits == run.weight_bits);
}
