// How sure a mean ROUGE is: percentiles of the means of resampled examples.

#include <algorithm>

#include "core/metrics/percentile.h"
#include "core/metrics/rouge.h"

namespace terrarium::core {
namespace {

std::optional<Error> find_fault(std::span<const RougeTriple> scores, std::span<const std::vector<int64_t>> resamples,
                                double confidence) {
    const auto refused = [](std::string message, std::string next_step) {
        return Error{"rouge.resamples", "", std::move(message), std::move(next_step)};
    };
    if (scores.empty() || resamples.empty())
        return refused("An interval needs at least one score and one resample.", "Score some examples first.");
    if (!(confidence >= 0 && confidence <= 1))
        return refused("The confidence must lie between 0 and 1.", "0.95 is usual.");
    for (const std::vector<int64_t>& resample : resamples) {
        const bool is_inside =
            std::all_of(resample.begin(), resample.end(), [&](int64_t i) { return i >= 0 && i < std::ssize(scores); });
        if (resample.empty() || !is_inside)
            return refused("A resample is empty or draws an example that does not exist.", "Draw from 0 to n - 1.");
    }
    return std::nullopt;
}

}  // namespace

Result<RougeInterval> rouge_interval(std::span<const RougeTriple> scores,
                                     std::span<const std::vector<int64_t>> resamples, double confidence) {
    if (auto fault = find_fault(scores, resamples, confidence)) return std::move(*fault);
    RougeInterval interval;
    for (double RougeTriple::* part : {&RougeTriple::precision, &RougeTriple::recall, &RougeTriple::fmeasure}) {
        std::vector<double> means;
        for (const std::vector<int64_t>& resample : resamples) {
            double sum = 0;
            for (const int64_t i : resample) sum += scores[static_cast<size_t>(i)].*part;
            means.push_back(sum / static_cast<double>(resample.size()));
        }
        std::sort(means.begin(), means.end());
        const double tail = (1 - confidence) / 2;
        interval.low.*part = percentile(means, tail);
        interval.mid.*part = percentile(means, 0.5);
        interval.high.*part = percentile(means, 1 - tail);
    }
    return interval;
}

Result<RougeInterval> rouge_bootstrap(std::span<const RougeTriple> scores, int64_t n_resamples, double confidence,
                                      Rng& rng) {
    std::vector<std::vector<int64_t>> resamples(static_cast<size_t>(std::max<int64_t>(n_resamples, 0)));
    for (std::vector<int64_t>& resample : resamples) {
        for (size_t i = 0; i < scores.size(); ++i) resample.push_back(rng.below(static_cast<uint32_t>(scores.size())));
    }
    return rouge_interval(scores, resamples, confidence);
}

}  // namespace terrarium::core
