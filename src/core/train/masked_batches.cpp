#include "core/train/masked_batches.h"

#include <algorithm>

#include "core/ops/cross_entropy.h"
#include "core/support/check.h"
#include "core/tensor/shape.h"

namespace terrarium::core {
namespace {

/// What the model sees at a chosen position.
int32_t hidden(int32_t token, const MaskingConfig& config, Rng& rng) {
    const double fate = rng.uniform();
    if (fate < config.masked_fraction) return config.mask_id;
    if (fate >= config.masked_fraction + config.replaced_fraction) return token;
    const int32_t other = static_cast<int32_t>(rng.below(static_cast<uint32_t>(config.vocab_size - 1)));
    return other < config.mask_id ? other : other + 1;
}

}  // namespace

void mask_windows(std::span<int32_t> inputs, std::span<int32_t> targets, const MaskingConfig& config, Rng& rng) {
    TERRARIUM_CHECK(!inputs.empty() && targets.size() == inputs.size(), "Every input token needs room for a target.");
    TERRARIUM_CHECK(config.vocab_size >= 2 && config.mask_id >= 0 && config.mask_id < config.vocab_size,
                    "The mask token is one of the vocabulary's.");
    TERRARIUM_CHECK(config.chosen_fraction >= 0.0 && config.chosen_fraction <= 1.0 && config.masked_fraction >= 0.0 &&
                        config.replaced_fraction >= 0.0 && config.masked_fraction + config.replaced_fraction <= 1.0,
                    "The fractions of masking lie between 0 and 1.");
    bool has_target = false;
    const auto choose = [&](std::size_t i) {
        targets[i] = inputs[i];
        inputs[i] = hidden(inputs[i], config, rng);
        has_target = true;
    };
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        targets[i] = kIgnoredTarget;
        if (rng.uniform() < config.chosen_fraction) choose(i);
    }
    if (!has_target) choose(rng.below(static_cast<uint32_t>(inputs.size())));
}

void sample_masked_batch(std::span<int32_t> inputs, std::span<int32_t> targets, std::span<const int32_t> ids, int batch,
                         int time, const MaskingConfig& config, Rng& rng) {
    TERRARIUM_CHECK(batch >= 1 && time >= 1, "A batch has at least one window of one token.");
    TERRARIUM_CHECK(inputs.size() == count_of(batch, time), "A batch needs room for B*T tokens.");
    TERRARIUM_CHECK(ids.size() >= count_of(time), "The text is shorter than one window of T tokens.");
    const uint32_t starts = static_cast<uint32_t>(ids.size() - count_of(time) + 1);
    for (int b = 0; b < batch; ++b) {
        std::copy_n(ids.data() + rng.below(starts), time, inputs.data() + count_of(b, time));
    }
    mask_windows(inputs, targets, config, rng);
}

}  // namespace terrarium::core
