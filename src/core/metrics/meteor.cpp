#include "core/metrics/meteor.h"

#include <algorithm>

#include "core/metrics/ngrams.h"
#include "core/support/math.h"
#include "core/text/porter_stemmer.h"
#include "core/text/unicode.h"

namespace terrarium::core {
namespace {

using Words = std::vector<std::string>;

/// One stage: pairs words that are equal and not yet paired. Each number has a stack of its places in the reference, so
/// the last one is on top.
void match_stage(std::vector<MeteorPair>& pairs, const Words& hypothesis, const Words& reference, bool is_stem_match) {
    std::vector<bool> hypothesis_done(hypothesis.size()), reference_done(reference.size());
    for (const MeteorPair& pair : pairs) {
        hypothesis_done[pair.hypothesis] = true;
        reference_done[pair.reference] = true;
    }
    const Words texts[] = {hypothesis, reference};
    const NgramNumbers numbers{std::span<const Words>(texts)};
    std::vector<std::vector<size_t>> places(static_cast<size_t>(numbers.n_distinct()));
    for (size_t i = 0; i < reference.size(); ++i) {
        if (!reference_done[i]) places[static_cast<size_t>(numbers.of(1)[i])].push_back(i);
    }
    for (size_t i = hypothesis.size(); i-- > 0;) {
        std::vector<size_t>& free = places[static_cast<size_t>(numbers.of(0)[i])];
        if (hypothesis_done[i] || free.empty()) continue;
        pairs.push_back({.hypothesis = i, .reference = free.back(), .is_stem_match = is_stem_match});
        free.pop_back();
    }
}

Words stems_of(const Words& words) {
    Words stems;
    for (const std::string& word : words) stems.push_back(porter_stem(word));
    return stems;
}

int64_t count_chunks(std::span<const MeteorPair> pairs) {
    int64_t n_chunks = pairs.empty() ? 0 : 1;
    for (size_t i = 1; i < pairs.size(); ++i) {
        const bool continues =
            pairs[i].hypothesis == pairs[i - 1].hypothesis + 1 && pairs[i].reference == pairs[i - 1].reference + 1;
        n_chunks += continues ? 0 : 1;
    }
    return n_chunks;
}

MeteorScore score_one(const Words& hypothesis, const Words& reference, const MeteorOptions& options) {
    MeteorScore result;
    match_stage(result.pairs, hypothesis, reference, false);
    if (options.use_stems) match_stage(result.pairs, stems_of(hypothesis), stems_of(reference), true);
    std::sort(result.pairs.begin(), result.pairs.end(),
              [](const MeteorPair& a, const MeteorPair& b) { return a.hypothesis < b.hypothesis; });
    if (result.pairs.empty()) return result;
    const auto n_pairs = static_cast<double>(result.pairs.size());
    result.n_chunks = count_chunks(result.pairs);
    result.precision = n_pairs / static_cast<double>(hypothesis.size());
    result.recall = n_pairs / static_cast<double>(reference.size());
    result.fmean =
        result.precision * result.recall / (options.alpha * result.precision + (1 - options.alpha) * result.recall);
    result.penalty = options.gamma * pow(static_cast<double>(result.n_chunks) / n_pairs, options.beta);
    result.score = (1 - result.penalty) * result.fmean;
    return result;
}

Words lower_case(const Words& words) {
    Words lower;
    for (const std::string& word : words) lower.push_back(to_lower(word));
    return lower;
}

}  // namespace

Result<MeteorScore> meteor(const Words& hypothesis, std::span<const Words> references, const MeteorOptions& options) {
    if (references.empty())
        return Error{"segments.no_reference", "", "There is no reference to compare with.", "Give at least one."};
    const Words lower = lower_case(hypothesis);
    MeteorScore best;
    for (size_t i = 0; i < references.size(); ++i) {
        MeteorScore score = score_one(lower, lower_case(references[i]), options);
        if (i > 0 && !(score.score > best.score)) continue;
        best = std::move(score);
        best.best_reference = i;
    }
    return best;
}

}  // namespace terrarium::core
