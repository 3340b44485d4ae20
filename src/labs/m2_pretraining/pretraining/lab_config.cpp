#include <algorithm>
#include <cmath>

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

double rounded(double positive, int digits) {
    double least = 1, scale = 1;
    for (int i = 1; i < digits; ++i) least *= 10;
    while (positive * scale < least && scale < 1e300) scale *= 10;
    return std::round(positive * scale) / scale;
}

int64_t memory_bytes(const Config& config, int32_t vocab_size) {
    const core::TransformerShape shape = shape_of(config, vocab_size);
    const int32_t batch = config.batch_size / micro_batches_for(config, vocab_size);
    const int64_t per_parameter = 5 * static_cast<int64_t>(sizeof(float));  // weight, gradient, two averages, last good
    return core::parameter_count(shape) * per_parameter + static_cast<int64_t>(core::activation_bytes(shape, batch));
}

}  // namespace terrarium::labs::pretraining
