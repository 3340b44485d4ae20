#include "core/metrics/bleu.h"

#include <algorithm>

#include "core/metrics/ngrams.h"
#include "core/metrics/segments.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/support/message.h"

namespace terrarium::core {
namespace {

constexpr double kFloorDefault = 0.1, kAddKDefault = 1.0;
constexpr int kMaxOrder = 100;

double smoothing_value(const BleuOptions& options) {
    return options.smoothing_value.value_or(options.smoothing == BleuSmoothing::Floor ? kFloorDefault : kAddKDefault);
}

int64_t closest_length(int64_t hypothesis_length, std::span<const std::vector<std::string>> references) {
    int64_t closest = std::ssize(references[0]);
    const auto miss = [&](int64_t length) {
        return length < hypothesis_length ? hypothesis_length - length : length - hypothesis_length;
    };
    for (const std::vector<std::string>& reference : references) {
        const int64_t length = std::ssize(reference);
        if (miss(length) < miss(closest) || (miss(length) == miss(closest) && length < closest)) closest = length;
    }
    return closest;
}

double brevity_penalty(const BleuStatistics& statistics) {
    if (statistics.hypothesis_length >= statistics.reference_length) return 1.0;
    if (statistics.hypothesis_length == 0) return 0.0;
    return exp(1.0 -
               static_cast<double>(statistics.reference_length) / static_cast<double>(statistics.hypothesis_length));
}

std::optional<Error> find_order_fault(const BleuOptions& options) {
    if (options.max_order >= 1 && options.max_order <= kMaxOrder) return std::nullopt;
    return Error{"bleu.order", "max_order", "The longest n-gram must have 1 to 100 tokens.", "4 is usual."};
}

BleuStatistics segment_statistics(std::string_view hypothesis, std::span<const std::string> references,
                                  const BleuOptions& options) {
    std::vector<std::vector<std::string>> reference_tokens;
    for (const std::string& reference : references)
        reference_tokens.push_back(bleu_tokens(reference, options.tokenizer, options.lowercase));
    return bleu_statistics(bleu_tokens(hypothesis, options.tokenizer, options.lowercase), reference_tokens,
                           options.max_order);
}

}  // namespace

void BleuStatistics::add(const BleuStatistics& other) {
    TERRARIUM_CHECK(matches.size() == other.matches.size(), "Only statistics of the same order can be added.");
    hypothesis_length += other.hypothesis_length;
    reference_length += other.reference_length;
    for (size_t i = 0; i < matches.size(); ++i) {
        matches[i] += other.matches[i];
        totals[i] += other.totals[i];
    }
}

BleuStatistics bleu_statistics(const std::vector<std::string>& hypothesis,
                               std::span<const std::vector<std::string>> references, int max_order) {
    TERRARIUM_CHECK(!references.empty() && max_order >= 1, "BLEU needs a reference and an order.");
    std::vector<std::vector<std::string>> texts{hypothesis};
    texts.insert(texts.end(), references.begin(), references.end());
    BleuStatistics statistics{.hypothesis_length = std::ssize(hypothesis),
                              .reference_length = closest_length(std::ssize(hypothesis), references)};
    NgramNumbers numbers{std::span<const std::vector<std::string>>(texts)};
    while (true) {
        std::vector<int64_t> most(static_cast<size_t>(numbers.n_distinct()), 0);
        for (size_t text = 1; text < texts.size(); ++text) {
            const std::vector<int64_t> counts = numbers.counts(text);
            for (size_t i = 0; i < most.size(); ++i) most[i] = std::max(most[i], counts[i]);
        }
        statistics.matches.push_back(n_common(numbers.counts(0), most));
        statistics.totals.push_back(std::ssize(numbers.of(0)));
        if (numbers.order() == max_order) return statistics;
        numbers.extend();
    }
}

BleuScore bleu_score(const BleuStatistics& statistics, const BleuOptions& options) {
    const size_t n_orders = statistics.matches.size();
    BleuScore result{.matches{statistics.matches.begin(), statistics.matches.end()},
                     .totals{statistics.totals.begin(), statistics.totals.end()},
                     .precisions = std::vector<double>(n_orders, 0.0),
                     .brevity_penalty = brevity_penalty(statistics),
                     .hypothesis_length = statistics.hypothesis_length,
                     .reference_length = statistics.reference_length,
                     .n_orders = static_cast<int>(n_orders)};
    if (std::all_of(result.matches.begin(), result.matches.end(), [](double n) { return n == 0; })) return result;

    double divisor = 1;  // of exponential smoothing: doubles at every order without a match
    size_t n_seen = 0;
    for (; n_seen < n_orders; ++n_seen) {
        double& matches = result.matches[n_seen];
        double& total = result.totals[n_seen];
        if (options.smoothing == BleuSmoothing::AddK && n_seen > 0) {
            matches += smoothing_value(options);
            total += smoothing_value(options);
        }
        if (total == 0) break;
        double smoothed = matches;
        if (matches == 0 && options.smoothing == BleuSmoothing::Exponential) smoothed = 1 / (divisor *= 2);
        if (matches == 0 && options.smoothing == BleuSmoothing::Floor) smoothed = smoothing_value(options);
        result.precisions[n_seen] = 100 * smoothed / total;
    }
    if (options.effective_order) result.n_orders = std::max(static_cast<int>(n_seen), 1);
    double log_sum = 0;
    for (int n = 0; n < result.n_orders; ++n) {
        const double precision = result.precisions[static_cast<size_t>(n)];
        if (precision == 0) return result;
        log_sum += log(precision);
    }
    result.score = result.brevity_penalty * exp(log_sum / result.n_orders);
    return result;
}

Result<BleuScore> sentence_bleu(std::string_view hypothesis, std::span<const std::string> references,
                                const BleuOptions& options) {
    if (auto fault = find_order_fault(options)) return std::move(*fault);
    if (references.empty()) {
        return Error{"segments.no_reference", "", "There is no reference to compare with.", "Give at least one."};
    }
    return bleu_score(segment_statistics(hypothesis, references, options), options);
}

Result<BleuScore> corpus_bleu(std::span<const std::string> hypotheses,
                              std::span<const std::vector<std::string>> references, const BleuOptions& options) {
    if (auto fault = find_order_fault(options)) return std::move(*fault);
    if (auto fault = find_segment_fault(hypotheses, references)) return std::move(*fault);
    BleuStatistics sum = segment_statistics(hypotheses[0], references[0], options);
    for (size_t i = 1; i < hypotheses.size(); ++i) sum.add(segment_statistics(hypotheses[i], references[i], options));
    return bleu_score(sum, options);
}

std::string bleu_signature(const BleuOptions& options, std::span<const std::vector<std::string>> references) {
    const auto has_as_many = [&](const std::vector<std::string>& list) { return list.size() == references[0].size(); };
    const bool varies = references.empty() || !std::all_of(references.begin(), references.end(), has_as_many);
    constexpr const char* kTokenizers[] = {"13a", "intl", "char", "none"};
    constexpr const char* kSmoothings[] = {"none", "floor", "add-k", "exp"};
    std::string smoothing = kSmoothings[static_cast<size_t>(options.smoothing)];
    if (options.smoothing == BleuSmoothing::Floor || options.smoothing == BleuSmoothing::AddK)
        smoothing += "[" + fixed(smoothing_value(options), 2) + "]";
    return "nrefs:" + (varies ? "var" : std::to_string(references[0].size())) +
           "|case:" + (options.lowercase ? "lc" : "mixed") + "|eff:" + (options.effective_order ? "yes" : "no") +
           "|tok:" + kTokenizers[static_cast<size_t>(options.tokenizer)] + "|smooth:" + smoothing + "|version:2.6.0";
}

}  // namespace terrarium::core
