#include <algorithm>
#include <cmath>

#include "core/train/memory.h"
#include "labs/m2_pretraining/pretraining/config.h"

namespace terrarium::labs::pretraining {
namespace {

constexpr int64_t kUnitFlops = 150'000'000;  // one unit of work: about 10 ms on a laptop, so that pausing is at once

core::Positions positions_of(const std::string& name) {
    return name == "rotary" ? core::Positions::Rotary
           : name == "none" ? core::Positions::None
                            : core::Positions::Learned;
}

/// This config with each of the values, put in by `change`.
template <class Values, class Change>
std::vector<Config> each(const Config& config, const Values& values, Change change) {
    std::vector<Config> variants;
    for (const auto& value : values) {
        Config variant = config;
        change(variant, value);
        variants.push_back(std::move(variant));
    }
    return variants;
}

}  // namespace

std::vector<Config> variants_of(const Config& config) {
    using Whole = std::vector<int32_t>;
    using Words = std::vector<std::string>;
    if (config.vary == "n_layers") return each(config, Whole{1, 2, 3, 4}, [](Config& c, int32_t n) { c.n_layers = n; });
    if (config.vary == "width") {
        Whole widths{8, 16, 32, 64};
        std::erase_if(widths, [&](int32_t n) { return n % config.n_heads != 0; });
        return each(config, widths, [](Config& c, int32_t n) { c.width = n; });
    }
    if (config.vary == "positions") {
        return each(config, Words{"learned", "rotary", "none"}, [](Config& c, const auto& it) { c.positions = it; });
    }
    if (config.vary == "token_shift") {
        return each(config, Whole{0, 1}, [](Config& c, int32_t n) { c.token_shift = n != 0; });
    }
    if (config.vary == "tokenizer") {
        return each(config, Words{"char", "subword", "word"}, [](Config& c, const auto& it) { c.tokenizer = it; });
    }
    if (config.vary == "learning_rate") {
        return each(config, std::vector<double>{0.1, 1, 10, 100},
                    [](Config& c, double by) { c.learning_rate = rounded(c.learning_rate * by, 6); });
    }
    if (config.vary == "seed") return each(config, Whole{0, 1, 2, 3}, [](Config& c, int32_t n) { c.seed += n; });
    Whole heads{1, 2, 4, 8};
    std::erase_if(heads, [&](int32_t n) { return config.width % n != 0; });
    return each(config, heads, [](Config& c, int32_t n) { c.n_heads = n; });
}

core::TransformerShape shape_of(const Config& config, int32_t vocab_size) {
    const bool is_causal = config.objective != "masked";
    return {.n_layers = config.n_layers,
            .width = config.width,
            .n_heads = config.n_heads,
            .context = config.context,
            .vocab_size = vocab_size + (is_causal ? 0 : 1),
            .token_shift = config.token_shift,
            .positions = positions_of(config.positions),
            .is_causal = is_causal};
}

int32_t micro_batches_for(const Config& config, int32_t vocab_size) {
    const int64_t per_window = core::flops_per_token_forward_backward(shape_of(config, vocab_size)) * config.context;
    for (int32_t n = 1; n < config.batch_size; ++n) {
        if (config.batch_size % n == 0 && per_window * (config.batch_size / n) <= kUnitFlops) return n;
    }
    return config.batch_size;
}

namespace {

std::vector<Config> models_of(const Config& config) {
    return config.plan == "compare" ? variants_of(config) : std::vector<Config>{config};
}

/// Bytes of a model whose tokenizer learns at most so many tokens, when one micro-batch is as large as with at least
/// `least` tokens: fewer tokens cost less work each, so more windows go into a unit of it.
int64_t bytes_with(const Config& config, int32_t least, int32_t most) {
    const core::TransformerShape shape = shape_of(config, most);
    const int32_t batch = config.batch_size / micro_batches_for(config, least);
    const int64_t last_good = core::parameter_count(shape) * static_cast<int64_t>(sizeof(float));
    return static_cast<int64_t>(core::training_memory(shape, batch, core::OptimiserMemory::Two).total_bytes()) +
           last_good;
}

/// The largest smaller value of a setting with which the run fits, a multiple of `unit`; 0 when none does.
int32_t largest_that_fits(Config config, int64_t text_bytes, int32_t Config::* setting, int32_t unit) {
    for (int32_t value = (config.*setting - 1) / unit * unit; value >= unit; value -= unit) {
        config.*setting = value;
        bool is_valid = true;
        for (const Config& model : models_of(config))
            is_valid = is_valid && core::why_invalid(shape_of(model, kLargestVocabSize)).empty();
        if (is_valid && run_memory_bytes(config, text_bytes) <= kMaxMemoryBytes) return value;
    }
    return 0;
}

}  // namespace

double rounded(double positive, int digits) {
    double least = 1, scale = 1;
    for (int i = 1; i < digits; ++i) least *= 10;
    while (positive * scale < least && scale < 1e300) scale *= 10;
    return std::round(positive * scale) / scale;
}

int64_t memory_bytes(const Config& config, int32_t vocab_size) { return bytes_with(config, vocab_size, vocab_size); }

int64_t run_memory_bytes(const Config& config, int64_t text_bytes) {
    constexpr int32_t kStep = 32;
    constexpr int64_t kBytesPerCharacter = 8;  // its id, and what counting pairs needs for a moment
    int64_t sum = 0;
    for (const Config& model : models_of(config)) {
        int64_t most = 0;
        for (int32_t vocab = kStep; vocab <= kLargestVocabSize; vocab += kStep)
            most = std::max(most, bytes_with(model, std::max(2, vocab - kStep), vocab));
        sum += most + kBytesPerCharacter * text_bytes;
    }
    return sum;
}

core::Message what_fits(const Config& config, int64_t text_bytes) {
    const int32_t width = largest_that_fits(config, text_bytes, &Config::width, 8);
    const int32_t context = largest_that_fits(config, text_bytes, &Config::context, 8);
    const int32_t layers = largest_that_fits(config, text_bytes, &Config::n_layers, 1);
    const auto words = [](int32_t value) { return std::to_string(value); };
    if (width > 0 && context > 0)
        return core::Message("Lower the width to {0}, or the context to {1}.", {words(width), words(context)});
    if (width > 0) return core::Message("Lower the width to {0}.", {words(width)});
    if (context > 0) return core::Message("Lower the context to {0}.", {words(context)});
    if (layers > 0) return core::Message("Lower the number of layers to {0}.", {words(layers)});
    return core::Message("Lower the width and the context together.");
}

}  // namespace terrarium::labs::pretraining
