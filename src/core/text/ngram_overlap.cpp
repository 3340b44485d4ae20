#include "core/text/ngram_overlap.h"

#include <algorithm>
#include <limits>

#include "core/support/check.h"
#include "core/text/unicode.h"

namespace terrarium::core {
namespace {

/// The run of n words that begins with word `at`.
std::string run_words(std::span<const std::string> words, size_t at, size_t n) {
    std::string run = words[at];
    for (size_t i = at + 1; i < at + n; ++i) run += " " + words[i];
    return run;
}

std::vector<std::string> lower_words(std::span<const PlacedWord> words) {
    std::vector<std::string> lower;
    for (const PlacedWord& word : words) lower.push_back(to_lower(word.text));
    return lower;
}

}  // namespace

double Overlap::share() const {
    if (n_runs == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(n_shared) / static_cast<double>(n_runs);
}

NgramIndex::NgramIndex(std::span<const std::string> references, int64_t n_words) : n_words_(n_words) {
    TERRARIUM_CHECK(n_words >= 1, "A run has at least one word.");
    const auto n = static_cast<size_t>(n_words);
    for (size_t reference = 0; reference < references.size(); ++reference) {
        const std::vector<std::string> words = lower_words(placed_words(references[reference]));
        for (size_t at = 0; at + n <= words.size(); ++at)
            runs_.push_back({run_words(words, at, n), static_cast<int32_t>(reference)});
    }
    std::sort(runs_.begin(), runs_.end(), [](const Run& a, const Run& b) {
        return a.words != b.words ? a.words < b.words : a.reference < b.reference;
    });
    runs_.erase(std::unique(runs_.begin(), runs_.end(), [](const Run& a, const Run& b) { return a.words == b.words; }),
                runs_.end());
}

Overlap NgramIndex::check(const std::string& text) const {
    const std::vector<PlacedWord> places = placed_words(text);
    const std::vector<std::string> words = lower_words(places);
    const auto n = static_cast<size_t>(n_words_);
    Overlap overlap;
    for (size_t at = 0; at + n <= words.size(); ++at) {
        ++overlap.n_runs;
        const std::string run = run_words(words, at, n);
        const auto known =
            std::lower_bound(runs_.begin(), runs_.end(), run,
                             [](const Run& one, const std::string& wanted) { return one.words < wanted; });
        if (known == runs_.end() || known->words != run) continue;
        ++overlap.n_shared;
        const int64_t begin = places[at].begin, end = places[at + n - 1].end;
        if (!overlap.spans.empty() && begin <= overlap.spans.back().end)
            overlap.spans.back().end = end;
        else
            overlap.spans.push_back({begin, end, known->reference});
    }
    return overlap;
}

}  // namespace terrarium::core
