#include "core/metrics/paired_bleu.h"

#include <algorithm>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// Corpus BLEU of segments that are added one by one.
class Corpus {
public:
    explicit Corpus(const BleuOptions& options) : options_(options) {
        sum_.matches.resize(static_cast<size_t>(options.max_order));
        sum_.totals.resize(static_cast<size_t>(options.max_order));
    }
    void add(const BleuStatistics& segment) { sum_.add(segment); }
    double score() const { return bleu_score(sum_, options_).score; }

private:
    const BleuOptions& options_;
    BleuStatistics sum_;
};

double score_of(std::span<const BleuStatistics> segments, const BleuOptions& options) {
    Corpus corpus(options);
    for (const BleuStatistics& segment : segments) corpus.add(segment);
    return corpus.score();
}

std::optional<Error> check_trials(std::span<const BleuStatistics> baseline, std::span<const BleuStatistics> system,
                                  size_t draws) {
    if (auto error = check_columns(baseline.size(), system.size())) return error;
    if (draws == 0 || draws % baseline.size() != 0) {
        return refused("unequal_counts", "The draws do not have one entry per segment.",
                       "Draw as many segments as there are, each time.");
    }
    return std::nullopt;
}

void finish(PairedBleuTest& test, double taken_off) {
    const double seen = absolute(test.system_bleu - test.baseline_bleu);
    for (const double difference : test.differences) test.as_large += difference - taken_off > seen ? 1 : 0;
    test.p_value = (1.0 + static_cast<double>(test.as_large)) / (1.0 + static_cast<double>(test.differences.size()));
}

}  // namespace

Result<PairedBleuTest> paired_bootstrap_bleu(std::span<const BleuStatistics> baseline,
                                             std::span<const BleuStatistics> system,
                                             std::span<const uint32_t> resamples, const BleuOptions& options) {
    if (auto error = check_trials(baseline, system, resamples.size())) return *error;
    PairedBleuTest test{.baseline_bleu = score_of(baseline, options), .system_bleu = score_of(system, options)};
    std::vector<double> system_scores;
    for (size_t begin = 0; begin < resamples.size(); begin += baseline.size()) {
        Corpus a(options), b(options);
        for (const uint32_t place : resamples.subspan(begin, baseline.size())) {
            if (place >= baseline.size()) {
                return refused("bad_place", "A resample draws a segment that is not there.",
                               "Number the segments from 0.");
            }
            a.add(baseline[place]);
            b.add(system[place]);
        }
        system_scores.push_back(b.score());
        test.differences.push_back(absolute(system_scores.back() - a.score()));
    }
    test.system_mean = mean(system_scores);
    std::sort(system_scores.begin(), system_scores.end());
    const size_t cut = system_scores.size() / 40;  // 2.5 % from each end
    test.system_half_width = (system_scores[system_scores.size() - cut - 1] - system_scores[cut]) / 2.0;
    finish(test, mean(test.differences));
    return test;
}

Result<PairedBleuTest> approximate_randomization_bleu(std::span<const BleuStatistics> baseline,
                                                      std::span<const BleuStatistics> system,
                                                      std::span<const uint8_t> swaps, const BleuOptions& options) {
    if (auto error = check_trials(baseline, system, swaps.size())) return *error;
    PairedBleuTest test{.baseline_bleu = score_of(baseline, options), .system_bleu = score_of(system, options)};
    for (size_t begin = 0; begin < swaps.size(); begin += baseline.size()) {
        Corpus a(options), b(options);
        for (size_t i = 0; i < baseline.size(); ++i) {
            const bool takes_baseline = swaps[begin + i] != 0;
            a.add(takes_baseline ? baseline[i] : system[i]);
            b.add(takes_baseline ? system[i] : baseline[i]);
        }
        test.differences.push_back(absolute(a.score() - b.score()));
    }
    finish(test, 0.0);
    return test;
}

}  // namespace terrarium::core
