#include "core/metrics/ngrams.h"

#include <algorithm>
#include <string_view>

#include "core/support/check.h"

namespace terrarium::core {
namespace {

/// Replaces values by their ranks among the different ones; returns how many there are.
template <typename Value>
int32_t rank_all(std::vector<int32_t>& ranks, const std::vector<Value>& values) {
    std::vector<Value> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    ranks.resize(values.size());
    for (size_t i = 0; i < values.size(); ++i)
        ranks[i] = static_cast<int32_t>(std::lower_bound(sorted.begin(), sorted.end(), values[i]) - sorted.begin());
    return static_cast<int32_t>(sorted.size());
}

}  // namespace

NgramNumbers::NgramNumbers(std::span<const std::vector<std::string>> texts) {
    std::vector<std::string_view> tokens;
    for (const std::vector<std::string>& text : texts) {
        starts_.push_back(tokens.size());
        tokens.insert(tokens.end(), text.begin(), text.end());
    }
    starts_.push_back(tokens.size());
    n_distinct_ = rank_all(tokens_, tokens);
    numbers_ = tokens_;
}

NgramNumbers::NgramNumbers(std::span<const std::u32string> texts) {
    std::vector<char32_t> tokens;
    for (const std::u32string& text : texts) {
        starts_.push_back(tokens.size());
        tokens.insert(tokens.end(), text.begin(), text.end());
    }
    starts_.push_back(tokens.size());
    n_distinct_ = rank_all(tokens_, tokens);
    numbers_ = tokens_;
}

void NgramNumbers::extend() {
    std::vector<uint64_t> pairs;
    std::vector<size_t> places;
    for (size_t text = 0; text + 1 < starts_.size(); ++text) {
        const size_t n_ngrams = of(text).size();
        for (size_t i = 0; i + 1 < n_ngrams; ++i) {
            const size_t place = starts_[text] + i;
            const size_t last = place + static_cast<size_t>(order_);
            pairs.push_back(static_cast<uint64_t>(numbers_[place]) << 32 | static_cast<uint32_t>(tokens_[last]));
            places.push_back(place);
        }
    }
    std::vector<int32_t> ranks;
    n_distinct_ = rank_all(ranks, pairs);
    for (size_t i = 0; i < places.size(); ++i) numbers_[places[i]] = ranks[i];
    ++order_;
}

std::span<const int32_t> NgramNumbers::of(size_t text) const {
    TERRARIUM_CHECK(text + 1 < starts_.size(), "There is no such text.");
    const size_t length = starts_[text + 1] - starts_[text];
    const size_t n = static_cast<size_t>(order_);
    return std::span(numbers_).subspan(starts_[text], length < n ? 0 : length - n + 1);
}

std::vector<int64_t> NgramNumbers::counts(size_t text) const {
    std::vector<int64_t> counts(static_cast<size_t>(n_distinct_), 0);
    for (const int32_t number : of(text)) ++counts[static_cast<size_t>(number)];
    return counts;
}

int64_t n_common(std::span<const int64_t> counts, std::span<const int64_t> other_counts) {
    TERRARIUM_CHECK(counts.size() == other_counts.size(), "Both counts must be over the same n-grams.");
    int64_t sum = 0;
    for (size_t i = 0; i < counts.size(); ++i) sum += std::min(counts[i], other_counts[i]);
    return sum;
}

}  // namespace terrarium::core
