// The engine as a library for the peers' comparison: their scripts bring weights and batches, and call one step or one
// token at a time. The same file is a program natively, where it reads the weights and batches that the scripts wrote.
//
// Exported names are those that the yardstick of the comparison has, plus open_model() for the shape.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/infer/generator.h"
#include "core/models/transformer.h"
#include "core/train/adamw.h"

#ifdef __EMSCRIPTEN__
#define TERRARIUM_EXPORT extern "C" __attribute__((visibility("default"), used))
#else
#define TERRARIUM_EXPORT static
#endif

namespace {

using namespace terrarium::core;

struct Peer {
    Peer(const TransformerShape& shape, int batch)
        : model(shape, batch),
          optimizer(model.parameters().size()),
          inputs(count_of(batch, shape.context)),
          targets(inputs.size()) {}

    Transformer<Simd4f> model;
    AdamW<Simd4f> optimizer;
    std::vector<int32_t> inputs, targets;
    std::unique_ptr<Generator<Simd4f>> writer;
    std::unique_ptr<QuantizedGenerator<Simd4f>> small_writer;
};

std::unique_ptr<Peer>& peer() {
    static std::unique_ptr<Peer> instance;
    return instance;
}

int32_t likeliest(std::span<const float> scores) {
    return static_cast<int32_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

template <class Writer>
int32_t write_one(std::unique_ptr<Writer>& writer, int32_t id, int position) {
    Peer& p = *peer();
    if (!writer) writer = std::make_unique<Writer>(p.model.shape(), p.model.parameters());
    if (position == 0) writer->reset();
    return likeliest(writer->push(id));
}

}  // namespace

TERRARIUM_EXPORT void open_model(int vocab, int context, int width, int heads, int layers, int batch) {
    peer() = std::make_unique<Peer>(TransformerShape{.n_layers = layers,
                                                     .width = width,
                                                     .n_heads = heads,
                                                     .context = context,
                                                     .vocab_size = vocab,
                                                     .token_shift = false},
                                    batch);
}

TERRARIUM_EXPORT float* params() { return peer()->model.parameters().data(); }
TERRARIUM_EXPORT int n_params() { return static_cast<int>(peer()->model.parameters().size()); }
TERRARIUM_EXPORT int32_t* x_ids() { return peer()->inputs.data(); }
TERRARIUM_EXPORT int32_t* y_ids() { return peer()->targets.data(); }

/// One step on the batch in x_ids() and y_ids(); returns the loss before it, in nats.
TERRARIUM_EXPORT double train_step() {
    Peer& p = *peer();
    const int context = p.model.shape().context;
    p.model.zero_gradients();
    const double loss = p.model.forward(p.inputs, p.targets, static_cast<int>(p.inputs.size()) / context, context);
    p.model.backward();
    p.optimizer.step(p.model.parameters(), p.model.gradients(), 1e-3);
    return loss;
}

/// Reads one token and returns the likeliest next one; position 0 begins a new text.
TERRARIUM_EXPORT int32_t infer_token(int32_t id, int position) { return write_one(peer()->writer, id, position); }
TERRARIUM_EXPORT int32_t infer_token_int8(int32_t id, int position) {
    return write_one(peer()->small_writer, id, position);
}

#ifndef __EMSCRIPTEN__

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace {

template <class T>
std::vector<T> read_all(const char* path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<T> numbers(file ? static_cast<std::size_t>(file.tellg()) / sizeof(T) : 0);
    file.seekg(0);
    file.read(reinterpret_cast<char*>(numbers.data()), static_cast<std::streamsize>(numbers.size() * sizeof(T)));
    return numbers;
}

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void say(const char* what, double value, const char* unit) {
    std::printf("{\"peer\":\"terrarium-native\",\"what\":\"%s\",\"value\":%.5g,\"unit\":\"%s\"}\n", what, value, unit);
}

/// Best rate of writing 48 tokens behind 8 given ones.
template <class Infer>
double written_per_second(const int32_t* prompt, Infer infer) {
    double best = 0;
    for (const double began_s = now_s(); now_s() - began_s < 0.5;) {
        const double round_s = now_s();
        int32_t id = prompt[0];
        for (int at = 0; at < 55; ++at) {
            const int32_t next = infer(id, at);
            id = at < 7 ? prompt[at + 1] : next;
        }
        best = std::max(best, 48 / (now_s() - round_s));
    }
    return best;
}

}  // namespace

/// peer tiny|mid WEIGHTS BATCHES
int main(int count, char** words) {
    if (count != 4) return 2;
    if (std::strcmp(words[1], "mid") == 0)
        open_model(512, 128, 192, 6, 4, 8);
    else
        open_model(256, 64, 64, 4, 2, 16);
    const std::vector<float> weights = read_all<float>(words[2]);
    const std::vector<int32_t> batches = read_all<int32_t>(words[3]);
    const std::size_t n = peer()->inputs.size();
    if (weights.size() != static_cast<std::size_t>(n_params()) || batches.size() < 22 * n) return 2;
    std::copy(weights.begin(), weights.end(), params());
    say("infer_tok_s_best_kvcache", written_per_second(batches.data(), infer_token), "token/s");
    say("infer_tok_s_best_kvcache_int8", written_per_second(batches.data(), infer_token_int8), "token/s");
    double best_s = 1e9;
    const double began_s = now_s();
    for (std::size_t step = 0; step < 12 || now_s() - began_s < 2; ++step) {
        const int32_t* const batch = batches.data() + step % (batches.size() / (2 * n)) * 2 * n;
        std::copy_n(batch, n, x_ids());
        std::copy_n(batch + n, n, y_ids());
        const double step_s = now_s();
        const double loss = train_step();
        if (step > 4) best_s = std::min(best_s, now_s() - step_s);
        if (step == 10) say("loss_step10", loss, "nat");
    }
    say("train_tok_s_best", static_cast<double>(n) / best_s, "token/s");
}

#endif
