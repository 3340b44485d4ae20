#include "core/metrics/chrf.h"

#include "core/metrics/ngrams.h"
#include "core/metrics/segments.h"
#include "core/support/check.h"
#include "core/text/split.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

constexpr double kEps = 1e-16;
constexpr int kMaxOrder = 100;

std::u32string counted_characters(std::u32string_view text, bool whitespace) {
    if (whitespace) return std::u32string(text);
    std::u32string result;
    for (const char32_t c : text) {
        if (!is_python_space(c)) result += c;
    }
    return result;
}

/// Goes up the orders and appends the counts of each reference (texts 1, 2 ...) against the hypothesis (text 0).
void count_orders(std::vector<std::vector<ChrfOrder>>& counts, NgramNumbers numbers, int max_order) {
    while (true) {
        const std::vector<int64_t> hypothesis = numbers.counts(0);
        for (size_t reference = 0; reference < counts.size(); ++reference) {
            const int64_t n_reference = std::ssize(numbers.of(reference + 1));
            counts[reference].push_back({.n_hypothesis = n_reference > 0 ? std::ssize(numbers.of(0)) : 0,
                                         .n_reference = n_reference,
                                         .n_common = n_common(hypothesis, numbers.counts(reference + 1))});
        }
        if (numbers.order() == max_order) return;
        numbers.extend();
    }
}

double f_score(double precision, double recall, double beta) {
    const double weight = beta * beta;
    return (1 + weight) * precision * recall / (weight * precision + recall);
}

std::optional<Error> find_order_fault(const ChrfOptions& options) {
    const bool is_fine = options.char_order >= 1 && options.char_order <= kMaxOrder && options.word_order >= 0 &&
                         options.word_order <= kMaxOrder && options.beta >= 0;
    if (is_fine) return std::nullopt;
    return Error{"chrf.order", "",
                 "chrF needs runs of 1 to 100 characters, 0 to 100 words, and a weight that is not negative.",
                 "6 characters, 0 or 2 words and beta 2 are usual."};
}

ChrfScore best_segment_score(std::string_view hypothesis, std::span<const std::string> references,
                             const ChrfOptions& options) {
    std::vector<std::u32string> characters;
    std::vector<std::vector<std::string>> words;
    const auto add = [&](std::string_view text) {
        std::u32string decoded = decode_utf8(text).code_points;
        if (options.lowercase) decoded = to_lower(decoded);
        characters.push_back(counted_characters(decoded, options.whitespace));
        if (options.word_order > 0) words.push_back(chrf_words(encode_utf8(decoded)));
    };
    add(hypothesis);
    for (const std::string& reference : references) add(reference);

    std::vector<std::vector<ChrfOrder>> counts(references.size());
    count_orders(counts, NgramNumbers(std::span<const std::u32string>(characters)), options.char_order);
    if (options.word_order > 0)
        count_orders(counts, NgramNumbers(std::span<const std::vector<std::string>>(words)), options.word_order);

    ChrfScore best = chrf_score(std::move(counts[0]), options);
    for (size_t i = 1; i < counts.size(); ++i) {
        ChrfScore score = chrf_score(std::move(counts[i]), options);
        if (!(score.score > best.score)) continue;
        best = std::move(score);
        best.best_reference = i;
    }
    return best;
}

}  // namespace

ChrfScore chrf_score(std::vector<ChrfOrder> orders, const ChrfOptions& options) {
    TERRARIUM_CHECK(!orders.empty(), "chrF needs one order or more.");
    ChrfScore result;
    double sum_of_f = 0;
    for (const ChrfOrder& order : orders) {
        const auto share = [&](int64_t n) {
            return n > 0 ? static_cast<double>(order.n_common) / static_cast<double>(n) : kEps;
        };
        const double precision = share(order.n_hypothesis), recall = share(order.n_reference);
        const bool has_f = options.beta * options.beta * precision + recall > 0;
        sum_of_f += has_f ? f_score(precision, recall, options.beta) : kEps;
        if (order.n_hypothesis == 0 || order.n_reference == 0) continue;
        result.precision += precision;
        result.recall += recall;
        ++result.n_orders;
    }
    if (result.n_orders > 0) {
        result.precision /= result.n_orders;
        result.recall /= result.n_orders;
    }
    if (options.eps_smoothing) {
        result.score = 100 * sum_of_f / static_cast<double>(orders.size());
    } else if (result.precision + result.recall > 0) {
        result.score = 100 * f_score(result.precision, result.recall, options.beta);
    }
    result.orders = std::move(orders);
    return result;
}

std::vector<std::string> chrf_words(std::string_view text) {
    std::vector<std::string> words;
    for (const std::u32string& word : split_white_space(decode_utf8(text).code_points)) {
        const std::u32string_view view = word;
        size_t cut = 0;  // where the word is cut in two
        if (view.size() > 1 && is_ascii_punctuation(view.front())) cut = 1;
        if (view.size() > 1 && is_ascii_punctuation(view.back())) cut = view.size() - 1;
        if (cut > 0) words.push_back(encode_utf8(view.substr(0, cut)));
        words.push_back(encode_utf8(view.substr(cut)));
    }
    return words;
}

Result<ChrfScore> sentence_chrf(std::string_view hypothesis, std::span<const std::string> references,
                                const ChrfOptions& options) {
    if (auto fault = find_order_fault(options)) return std::move(*fault);
    if (references.empty())
        return Error{"segments.no_reference", "", "There is no reference to compare with.", "Give at least one."};
    return best_segment_score(hypothesis, references, options);
}

Result<ChrfScore> corpus_chrf(std::span<const std::string> hypotheses,
                              std::span<const std::vector<std::string>> references, const ChrfOptions& options) {
    if (auto fault = find_order_fault(options)) return std::move(*fault);
    if (auto fault = find_segment_fault(hypotheses, references)) return std::move(*fault);
    std::vector<ChrfOrder> sum(static_cast<size_t>(options.char_order + options.word_order));
    for (size_t i = 0; i < hypotheses.size(); ++i) {
        const ChrfScore segment = best_segment_score(hypotheses[i], references[i], options);
        for (size_t order = 0; order < sum.size(); ++order) {
            sum[order].n_hypothesis += segment.orders[order].n_hypothesis;
            sum[order].n_reference += segment.orders[order].n_reference;
            sum[order].n_common += segment.orders[order].n_common;
        }
    }
    return chrf_score(std::move(sum), options);
}

}  // namespace terrarium::core
