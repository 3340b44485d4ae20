#include "core/infer/sampling.h"

#include <algorithm>
#include <numeric>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

namespace {

/// From the highest to the lowest score.
template <class S>
void rank(std::span<int32_t> ids, std::span<const S> scores) {
    std::iota(ids.begin(), ids.end(), 0);
    std::sort(ids.begin(), ids.end(), [&](int32_t a, int32_t b) {
        const S x = scores[count_of(a)], y = scores[count_of(b)];
        const bool x_is_nan = x != x, y_is_nan = y != y;
        if (x_is_nan != y_is_nan) return y_is_nan;
        if (!x_is_nan && x != y) return x > y;
        return a < b;
    });
}

/// In double, because a large score times a penalty may be no float any more.
void penalise(std::span<double> scores, std::span<const float> logits, double penalty,
              std::span<const int32_t> written) {
    std::copy(logits.begin(), logits.end(), scores.begin());
    for (const int32_t id : written) {
        TERRARIUM_CHECK(id >= 0 && count_of(id) < logits.size(), "A written token is outside the vocabulary.");
        const double score = static_cast<double>(logits[count_of(id)]);  // not scores[]: a second time changes nothing
        scores[count_of(id)] = score > 0.0 ? score / penalty : score * penalty;
    }
}

}  // namespace

std::vector<int32_t> rank_tokens(std::span<const float> logits) {
    std::vector<int32_t> ids(logits.size());
    rank(std::span(ids), logits);
    return ids;
}

Sampler::Sampler(int32_t vocab_size) {
    TERRARIUM_CHECK(vocab_size >= 1, "There is at least one token to choose from.");
    probabilities_.resize(count_of(vocab_size));
    scores_.resize(count_of(vocab_size));
    ranked_.resize(count_of(vocab_size));
}

std::span<const double> Sampler::probabilities(std::span<const float> logits, const SamplingConfig& config,
                                               std::span<const int32_t> written) {
    const std::span<double> probabilities(probabilities_);
    const std::size_t V = logits.size();
    TERRARIUM_CHECK(V >= 1 && probabilities.size() == V, "Sampling needs one probability per score.");
    TERRARIUM_CHECK(config.temperature >= 0.0 && config.top_k >= 0, "Temperature and top-k cannot be negative.");
    TERRARIUM_CHECK(config.top_p >= 0.0 && config.top_p <= 1.0, "Top-p is a share between 0 and 1.");
    TERRARIUM_CHECK(config.repetition_penalty > 0.0, "The repetition penalty must be positive.");
    const bool all_finite = std::all_of(logits.begin(), logits.end(), [](float x) { return x - x == 0.0f; });
    if (!all_finite) {
        std::fill(probabilities.begin(), probabilities.end(), 1.0 / static_cast<double>(V));
        return probabilities;
    }
    std::fill(probabilities.begin(), probabilities.end(), 0.0);
    const std::span<double> scores(scores_);
    const std::span<int32_t> ranked(ranked_);
    penalise(scores, logits, config.repetition_penalty, written);
    rank(ranked, std::span<const double>(scores));
    if (config.temperature == 0.0) {
        probabilities[count_of(ranked[0])] = 1.0;
        return probabilities;
    }
    const std::size_t allowed = config.top_k == 0 ? V : std::min(V, count_of(config.top_k));
    const double best = scores[count_of(ranked[0])];
    double sum = 0.0;
    for (std::size_t i = 0; i < allowed; ++i) {
        const std::size_t id = count_of(ranked[i]);
        probabilities[id] = exp((scores[id] - best) / config.temperature);
        sum += probabilities[id];
    }
    if (config.top_p < 1.0) {
        double kept = 0.0;
        std::size_t i = 0;
        do kept += probabilities[count_of(ranked[i++])];
        while (i < allowed && kept < config.top_p * sum);
        for (std::size_t rest = i; rest < allowed; ++rest) probabilities[count_of(ranked[rest])] = 0.0;
        sum = kept;
    }
    for (double& p : probabilities) p /= sum;
    return probabilities;
}

int32_t Sampler::sample(std::span<const float> logits, const SamplingConfig& config, Rng& rng,
                        std::span<const int32_t> written) {
    const std::span<const double> shares = probabilities(logits, config, written);
    // Walk along the probabilities until the drawn share is used up. Rounding may leave a rest at the end: then the
    // last token with a probability is meant.
    double rest = config.temperature == 0.0 ? 0.0 : rng.uniform();
    int32_t chosen = 0;
    for (std::size_t id = 0; id < shares.size(); ++id) {
        if (shares[id] <= 0.0) continue;
        chosen = static_cast<int32_t>(id);
        if (rest < shares[id]) break;
        rest -= shares[id];
    }
    return chosen;
}

void next_token_probabilities(std::span<double> probabilities, std::span<const float> logits,
                              const SamplingConfig& config, std::span<const int32_t> written) {
    TERRARIUM_CHECK(probabilities.size() == logits.size(), "Sampling needs one probability per score.");
    Sampler sampler(static_cast<int32_t>(logits.size()));
    const std::span<const double> shares = sampler.probabilities(logits, config, written);
    std::copy(shares.begin(), shares.end(), probabilities.begin());
}

int32_t sample_token(std::span<const float> logits, const SamplingConfig& config, Rng& rng,
                     std::span<const int32_t> written) {
    return Sampler(static_cast<int32_t>(logits.size())).sample(logits, config, rng, written);
}

}  // namespace terrarium::core
