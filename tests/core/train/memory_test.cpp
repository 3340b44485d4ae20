// Memory is what it was said to be, and nothing is asked for inside a step: for every kind of model of the course.

#include "core/train/memory.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>

#include "../models/transformer_variants.h"
#include "../ops/slope.h"
#include "core/infer/generator.h"
#include "core/infer/sampling.h"
#include "core/models/denoiser.h"
#include "core/models/kmeans.h"
#include "core/models/logistic_regression.h"
#include "core/models/mlp.h"
#include "core/models/transformer.h"
#include "core/ops/squared_error.h"
#include "core/train/accumulate.h"
#include "core/train/adamw.h"
#include "core/train/batches.h"
#include "core/train/ema.h"
#include "core/train/sgd.h"
#include "support/allocation_count.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;
using terrarium::tests::Allocations;
using terrarium::tests::allocations_of;

namespace {

using Lanes = Simd4f;

/// Bytes that `make` asks for lie between what was promised and a little bookkeeping more.
template <class Make>
void check_bytes(uint64_t promised, Make make) {
    std::optional<decltype(make())> made;
    const Allocations got = allocations_of([&] { made.emplace(make()); });
    CHECK(got.bytes >= static_cast<int64_t>(promised));
    CHECK(got.bytes <= static_cast<int64_t>(promised) + 16'000);  // lists of spans and of names, for a moment
}

}  // namespace

TEST_CASE("memory: the counter counts") {
    CHECK(allocations_of([] {}).count == 0);
    // Called by name: a compiler may leave out a new-expression whose memory nobody looks at.
    const Allocations one = allocations_of([] { ::operator delete(::operator new(16)); });
    CHECK(one.count == 1);
    const Allocations large = allocations_of([] { (void)Arena(5000); });
    CHECK(large.bytes >= 5000);
}

TEST_CASE("memory: a training takes what was said before, in every combination of options") {
    for (Variant v : all_variants()) {
        CAPTURE(v.name);
        v.shape.width = 24;
        v.shape.context = 16;
        const TrainingMemory need = training_memory(v.shape, 4, OptimiserMemory::Two);
        check_bytes(need.parameters_bytes + need.gradients_bytes + need.activations_bytes,
                    [&] { return Transformer<Lanes>(v.shape, 4); });
        const Transformer<Lanes> model(v.shape, 4);
        CHECK(model.arena_bytes() == need.parameters_bytes + need.gradients_bytes + need.activations_bytes);
        const int64_t frozen = v.shape.lora.rank > 0 ? base_parameter_count(v.shape) : 0;
        const auto n = static_cast<std::size_t>(parameter_count(v.shape) - frozen);
        CHECK(need.optimiser_bytes == n * 2 * sizeof(float));
        check_bytes(need.optimiser_bytes, [&] { return AdamW<Lanes>(n); });
        CHECK(need.total_bytes() == model.arena_bytes() + need.optimiser_bytes);
        CHECK(training_memory(v.shape, 4, OptimiserMemory::None).optimiser_bytes == 0);
    }
}

TEST_CASE("memory: adapters need an optimiser for themselves only") {
    TransformerShape shape{4, 128, 4, 64, 256, false};
    const uint64_t all = training_memory(shape, 1, OptimiserMemory::Two).optimiser_bytes;
    shape.lora.rank = 4;
    CHECK(training_memory(shape, 1, OptimiserMemory::Two).optimiser_bytes * 20 < all);
}

TEST_CASE("memory: writing takes what was said before") {
    for (Variant v : all_variants()) {
        if (!v.shape.is_causal) continue;
        CAPTURE(v.name);
        v.shape.width = 24;
        v.shape.context = 16;
        const Transformer<Lanes> model(v.shape, 1);
        std::optional<Generator<Lanes>> writer;
        const Allocations got = allocations_of([&] { writer.emplace(v.shape, model.parameters()); });
        const auto promised = static_cast<int64_t>(Generator<Lanes>::bytes_needed(v.shape));
        CHECK(got.bytes >= promised);
        CHECK(got.bytes <= promised + 16'000);
        std::optional<QuantizedGenerator<Lanes>> small;
        (void)allocations_of([&] { small.emplace(v.shape, model.parameters()); });
        CHECK(small->matrix_bytes() < QuantizedGenerator<Lanes>::bytes_needed(v.shape));
        CHECK(QuantizedGenerator<Lanes>::bytes_needed(v.shape) < Generator<Lanes>::bytes_needed(v.shape));
    }
}

TEST_CASE("memory: a training step of a transformer asks for none, in every combination of options") {
    for (const Variant& v : all_variants()) {
        CAPTURE(v.name);
        Rng rng(1);
        Transformer<Lanes> model(v.shape, 2);
        fill_randomly(model, rng, 0.1);
        AdamW<Lanes> adam(model.parameters().size());
        Sgd<Lanes> sgd(model.parameters().size(), {.momentum = 0.9});
        Ema<Lanes> average(model.parameters().size());
        const std::vector<int32_t> text = random_ids(100, 7, rng), lengths{5, 3, 4, 5};
        std::vector<int32_t> inputs(20), targets(20);
        std::vector<float> d_states(10 * 6);
        Frozen frozen;
        frozen.freeze({3, 9});
        const Allocations got = allocations_of([&] {
            for (uint64_t step = 0; step < 3; ++step) {
                sample_batch(inputs, targets, text, 4, 5, rng);
                const ReadOptions options{.lengths = lengths, .dropout = DropoutKey{step}};
                (void)accumulate_gradients(model, std::span<const int32_t>(inputs), targets, 4, 5, {2, 1.0}, options,
                                           frozen);
                adam.step(model.parameters(), model.gradients(), 1e-3, frozen);
                sgd.step(model.parameters(), model.gradients(), 1e-3);
                average.update(model.parameters());
                model.read(std::span(inputs).first(10), 2, 5);
                model.backward_states(d_states);
            }
        });
        CHECK(got.count == 0);
    }
}

TEST_CASE("memory: writing a token asks for none, also when the window slides") {
    for (const Variant& v : all_variants()) {
        if (!v.shape.is_causal) continue;
        CAPTURE(v.name);
        Rng rng(2);
        Transformer<Lanes> model(v.shape, 1);
        fill_randomly(model, rng);
        Generator<Lanes> writer(v.shape, model.parameters());
        QuantizedGenerator<Lanes> small(v.shape, model.parameters());
        Sampler sampler(v.shape.vocab_size);
        const Allocations got = allocations_of([&] {
            int32_t id = 1;
            for (int i = 0; i < 3 * v.shape.context; ++i) {
                id = sampler.sample(writer.push(id), {.top_k = 5, .top_p = 0.9, .repetition_penalty = 1.2}, rng,
                                    writer.window());
                (void)small.push(id);
            }
            writer.reload();
        });
        CHECK(got.count == 0);
    }
}

TEST_CASE("memory: steps of an MLP and of a denoiser ask for none") {
    Rng rng(3);
    Mlp<Lanes> mlp({{3, 8, 8, 2}, Activation::Gelu}, 6);
    mlp.initialise(rng);
    AdamW<Lanes> adam(mlp.parameters().size());
    const std::vector<float> x(18, 0.5f), y(12, 0.25f);
    std::vector<float> d(12);
    CHECK(allocations_of([&] {
              for (int step = 0; step < 3; ++step) {
                  mlp.zero_gradients();
                  const ConstSpan<Lanes> out = mlp.forward(x);
                  for (std::size_t i = 0; i < d.size(); ++i) d[i] = out[i] - y[i];
                  (void)mlp.backward(d);
                  adam.step(mlp.parameters(), mlp.gradients(), 1e-3);
              }
          }).count == 0);
    const DenoiserShape shape{.size = 2, .n_classes = 3, .time_features = 8, .hidden_width = 8};
    Denoiser<Lanes> denoiser(shape, NoiseSchedule(BetaSchedule::Cosine, 20), 5);
    denoiser.initialise(rng);
    AdamW<Lanes> optimiser(denoiser.parameters().size());
    const std::vector<float> points(10, 0.3f);
    const std::vector<int32_t> classes{0, 1, 2, 0, 1};
    CHECK(allocations_of([&] {
              for (int step = 0; step < 3; ++step) {
                  denoiser.zero_gradients();
                  (void)denoiser.forward(points, classes, 0.2, rng);
                  denoiser.backward();
                  optimiser.step(denoiser.parameters(), denoiser.gradients(), 1e-3);
              }
          }).count == 0);
}

TEST_CASE("memory: steps of k-means and of a logistic regression ask for none") {
    Rng rng(4);
    const std::vector<double> points = random_numbers<double>(60, rng);
    // Centres of which two are far away from everything: their groups are empty at first.
    KMeans groups(points, 2, std::vector<double>{0.0, 0.1, 90.0, 90.0, -80.0, 70.0});
    CHECK(allocations_of([&] { (void)groups.step(); }).count == 0);
    CHECK(groups.reseeded() == 2);
    CHECK(allocations_of([&] {
              while (groups.step()) {
              }
          }).count == 0);
    for (const int32_t n_classes : {2, 3}) {
        std::vector<int32_t> labels;
        for (int32_t i = 0; i < 30; ++i) labels.push_back(i % n_classes);
        LogisticRegression model(points, labels, n_classes);
        CHECK(allocations_of([&] { (void)model.fit(); }).count == 0);
        CHECK(model.has_converged());
    }
}
