// Training and generation speed of tiny transformers: best and median of repeated rounds.

#include <algorithm>
#include <vector>

#include "bench/bench.h"
#include "core/infer/generator.h"
#include "core/models/transformer.h"
#include "core/train/adamw.h"
#include "core/train/batches.h"

namespace terrarium::bench {
namespace {

struct Size {
    const char* name;
    core::TransformerShape shape;
    int batch;
};

constexpr int kRounds = 7;
constexpr double kRound_s = 0.25;

double best_tokens_per_second(const Size& size, Clock now_s) {
    core::Transformer<core::Simd4f> model(size.shape, size.batch);
    core::Rng rng(1);
    model.initialise(rng);
    core::AdamW<core::Simd4f> optimizer(model.parameters().size());
    std::vector<int32_t> text(20'000);
    for (int32_t& id : text) id = static_cast<int32_t>(rng.below(static_cast<uint32_t>(size.shape.vocab_size)));
    const auto n = static_cast<size_t>(size.batch * size.shape.context);
    std::vector<int32_t> inputs(n), targets(n);
    double best = 0;
    for (int round = 0; round < kRounds; ++round) {
        const double began_s = now_s();
        int64_t tokens = 0;
        do {
            core::sample_batch(inputs, targets, text, size.batch, size.shape.context, rng);
            model.zero_gradients();
            model.forward(inputs, targets, size.batch, size.shape.context);
            model.backward();
            optimizer.step(model.parameters(), model.gradients(), 1e-3);
            tokens += static_cast<int64_t>(n);
        } while (now_s() - began_s < kRound_s);
        best = std::max(best, static_cast<double>(tokens) / (now_s() - began_s));
    }
    return best;
}

template <class Writer>
double best_generated_per_second(const Size& size, Clock now_s) {
    core::Transformer<core::Simd4f> model(size.shape, 1);
    core::Rng rng(1);
    model.initialise(rng);
    Writer writer(size.shape, model.parameters());
    double best = 0;
    for (int round = 0; round < kRounds; ++round) {
        const double began_s = now_s();
        int64_t tokens = 0;
        do {
            writer.reset();
            for (int i = 0; i < size.shape.context; ++i, ++tokens)
                writer.push(static_cast<int32_t>(i % size.shape.vocab_size));
        } while (now_s() - began_s < kRound_s);
        best = std::max(best, static_cast<double>(tokens) / (now_s() - began_s));
    }
    return best;
}

}  // namespace

std::vector<Measurement> run_all(std::string_view name, Clock now_s) {
    // live: what a learner trains. tiny, mid: the shapes of the peers' comparison (tests/bench/peers.md).
    const std::vector<Size> sizes = {{"live", {2, 32, 4, 32, 64, false}, 16},
                                     {"tiny", {2, 64, 4, 64, 256, false}, 16},
                                     {"mid", {4, 192, 6, 128, 512, false}, 8}};
    std::vector<Measurement> results;
    for (const Size& size : sizes) {
        const std::string training = std::string("training.") + size.name;
        const std::string inference = std::string("inference.") + size.name;
        if (training.starts_with(name)) results.push_back({training, best_tokens_per_second(size, now_s), "tokens/s"});
        const std::string eight_bits = "inference_int8." + std::string(size.name);
        if (inference.starts_with(name)) {
            results.push_back(
                {inference, best_generated_per_second<core::Generator<core::Simd4f>>(size, now_s), "tokens/s"});
        }
        if (eight_bits.starts_with(name)) {
            results.push_back({eight_bits,
                               best_generated_per_second<core::QuantizedGenerator<core::Simd4f>>(size, now_s),
                               "tokens/s"});
        }
    }
    return results;
}

}  // namespace terrarium::bench
