#include "core/train/accumulate.h"

#include <algorithm>

#include "core/ops/cross_entropy.h"
#include "core/support/check.h"
#include "core/train/gradient_norm.h"

namespace terrarium::core {
namespace {

int64_t n_counted(std::span<const int32_t> targets) {
    return std::count_if(targets.begin(), targets.end(), [](int32_t id) { return id != kIgnoredTarget; });
}

}  // namespace

template <class L>
AccumulatedGradient accumulate_gradients(Transformer<L>& model, std::span<const int32_t> inputs,
                                         std::span<const int32_t> targets, int batch, int time,
                                         const AccumulateConfig& config, const ReadOptions& options,
                                         const Frozen& frozen) {
    TERRARIUM_CHECK(config.texts_at_once >= 1, "A part of a batch has at least one text.");
    TERRARIUM_CHECK(batch >= 1 && inputs.size() == count_of(batch, time) && targets.size() == inputs.size(),
                    "A step needs B*T tokens and as many targets.");
    TERRARIUM_CHECK(options.lengths.empty() || options.lengths.size() == count_of(batch), "Every text has one length.");
    const int64_t n_all = n_counted(targets);
    TERRARIUM_CHECK(n_all >= 1, "A step needs at least one target that counts.");
    AccumulatedGradient result;
    model.zero_gradients();
    for (int first = 0; first < batch; first += config.texts_at_once) {
        const int n_texts = std::min(config.texts_at_once, batch - first);
        const std::size_t begin = count_of(first, time), count = count_of(n_texts, time);
        const std::span<const int32_t> part = targets.subspan(begin, count);
        const int64_t n = n_counted(part);
        if (n == 0) continue;
        ReadOptions of_part = options;
        if (!options.lengths.empty()) of_part.lengths = options.lengths.subspan(count_of(first), count_of(n_texts));
        if (of_part.dropout) of_part.dropout->first_text += first;
        const double share = static_cast<double>(n) / static_cast<double>(n_all);
        result.loss_nats += share * model.forward(inputs.subspan(begin, count), part, n_texts, time, of_part);
        model.backward(share);
    }
    frozen.clear(model.gradients());
    result.norm = clip_gradient_norm<L>(model.gradients(), config.max_norm);
    return result;
}

template decltype(accumulate_gradients<Simd4f>) accumulate_gradients<Simd4f>;
template decltype(accumulate_gradients<Scalar4f>) accumulate_gradients<Scalar4f>;
template decltype(accumulate_gradients<Scalar4d>) accumulate_gradients<Scalar4d>;

}  // namespace terrarium::core
