#include "bench/engine_hash.h"

#include <span>
#include <vector>

#include "core/infer/generator.h"
#include "core/infer/sampling.h"
#include "core/models/transformer.h"
#include "core/support/hash.h"
#include "core/train/adamw.h"
#include "core/train/batches.h"
#include "core/train/gradient_norm.h"

namespace terrarium::bench {

uint64_t engine_hash(int n_seeds, int n_steps) {
    using Lanes = core::Simd4f;
    constexpr core::TransformerShape kShape{
        .n_layers = 1, .width = 8, .n_heads = 2, .context = 12, .vocab_size = 32, .token_shift = true};
    constexpr int kBatch = 3;
    uint64_t hash = core::kFnvOffset;
    std::vector<float> losses;
    std::vector<int32_t> text(600), inputs(kBatch * 12), targets(kBatch * 12);
    for (int seed = 1; seed <= n_seeds; ++seed) {
        core::Rng rng(static_cast<uint64_t>(seed));
        int32_t id = 0;
        // A token follows the one before it at a small distance: something that can be learned, and not completely.
        for (int32_t& token : text) token = id = static_cast<int32_t>((static_cast<uint32_t>(id) + rng.below(5)) % 32);
        core::Transformer<Lanes> model(kShape, kBatch);
        model.initialise(rng);
        core::AdamW<Lanes> optimizer(model.parameters().size());
        losses.clear();
        for (int step = 0; step < n_steps; ++step) {
            core::sample_batch(inputs, targets, text, kBatch, kShape.context, rng);
            model.zero_gradients();
            losses.push_back(static_cast<float>(model.forward(inputs, targets, kBatch, kShape.context)));
            model.backward();
            core::clip_gradient_norm<Lanes>(model.gradients(), 1.0);
            optimizer.step(model.parameters(), model.gradients(), 0.01);
        }
        core::Generator<Lanes> writer(kShape, model.parameters());
        std::vector<float> written;
        auto logits = writer.push(0);
        for (int i = 0; i < 40; ++i) {
            const int32_t next = core::sample_token(logits, {.temperature = 0.8, .top_k = 8}, rng);
            written.push_back(static_cast<float>(next));
            logits = writer.push(next);
        }
        hash = core::fnv1a64(std::span<const float>(losses), hash);
        hash = core::fnv1a64(std::span<const float>(model.parameters()), hash);
        hash = core::fnv1a64(std::span<const float>(written), hash);
    }
    return hash;
}

}  // namespace terrarium::bench
