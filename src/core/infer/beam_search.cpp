#include "core/infer/beam_search.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/shape.h"

namespace terrarium::core {
namespace {

/// log softmax; empty when a score is not finite.
std::vector<double> log_probabilities(std::span<const float> scores) {
    TERRARIUM_CHECK(!scores.empty(), "Beam search needs a vocabulary.");
    double largest = static_cast<double>(scores[0]);
    for (const float score : scores) {
        if (!(score - score == 0.0f)) return {};
        largest = std::max(largest, static_cast<double>(score));
    }
    double sum = 0.0;
    for (const float score : scores) sum += exp(static_cast<double>(score) - largest);
    const double shift = largest + log(sum);
    std::vector<double> result(scores.begin(), scores.end());
    for (double& x : result) x -= shift;
    return result;
}

bool is_better(const Beam& a, const Beam& b) { return a.score != b.score ? a.score > b.score : a.ids < b.ids; }

void keep_best(std::vector<Beam>& beams, int32_t count) {
    std::sort(beams.begin(), beams.end(), is_better);
    if (beams.size() > count_of(count)) beams.resize(count_of(count));
}

}  // namespace

std::vector<Beam> beam_search(const NextScores& next_scores, const BeamConfig& config) {
    TERRARIUM_CHECK(config.n_beams >= 1 && config.max_tokens >= 1, "Beam search needs a beam and a token to look for.");
    TERRARIUM_CHECK(config.length_penalty >= 0.0 && config.end_id >= -1, "A length penalty is 0 or more.");
    std::vector<Beam> open{Beam{}}, finished;
    std::size_t vocab_size = 0;
    for (int32_t length = 1; length <= config.max_tokens && !open.empty(); ++length) {
        const double divisor = pow(static_cast<double>(length), config.length_penalty);
        std::vector<Beam> longer;
        for (const Beam& beam : open) {
            const std::vector<double> log_p = log_probabilities(next_scores(beam.ids));
            if (log_p.empty()) return {};
            TERRARIUM_CHECK(vocab_size == 0 || vocab_size == log_p.size(), "The vocabulary changed its size.");
            vocab_size = log_p.size();
            TERRARIUM_CHECK(config.end_id < static_cast<int64_t>(vocab_size), "The end token is no token.");
            std::vector<Beam> next;
            for (std::size_t id = 0; id < vocab_size; ++id) {
                Beam one{{static_cast<int32_t>(id)}, beam.log_probability + log_p[id], 0.0, false};
                one.score = one.log_probability / divisor;
                one.is_finished = one.ids[0] == config.end_id || length == config.max_tokens;
                next.push_back(std::move(one));
            }
            // More than n_beams of one beam, and the one that ends, can never be kept.
            std::sort(next.begin(), next.end(), is_better);
            for (std::size_t i = 0; i < next.size(); ++i) {
                if (i > count_of(config.n_beams) && next[i].ids[0] != config.end_id) continue;
                next[i].ids.insert(next[i].ids.begin(), beam.ids.begin(), beam.ids.end());
                (next[i].is_finished ? finished : longer).push_back(std::move(next[i]));
            }
        }
        keep_best(longer, config.n_beams);
        keep_best(finished, config.n_beams);
        open = std::move(longer);
    }
    return finished;
}

}  // namespace terrarium::core
