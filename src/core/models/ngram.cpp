#include "core/models/ngram.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/shape.h"

namespace terrarium::core {
namespace {

/// How much to take from every count: d = n1 / (n1 + 2 n2), kept away from 0 and 1 where a text is too small to tell.
double discount_of(const std::vector<int64_t>& counts) {
    const auto seen_once = std::count(counts.begin(), counts.end(), 1);
    const auto seen_twice = std::count(counts.begin(), counts.end(), 2);
    const double once = static_cast<double>(seen_once), twice = static_cast<double>(seen_twice);
    if (once + twice == 0.0) return 0.5;
    return std::clamp(once / (once + 2.0 * twice), 0.1, 0.9);
}

double discounted(int64_t count, double discount) { return std::max(static_cast<double>(count) - discount, 0.0); }

}  // namespace

NgramModel::NgramModel(std::span<const int32_t> train_ids, int32_t vocab_size)
    : vocab_size_(vocab_size), n_tokens_(static_cast<int64_t>(train_ids.size())) {
    TERRARIUM_CHECK(vocab_size >= 2 && train_ids.size() >= 2, "Counting pairs needs two tokens.");
    const std::size_t V = count_of(vocab_size);
    token_counts_.assign(V, 0);
    context_counts_.assign(V, 0);
    left_variety_.assign(V, 0);
    for (const int32_t id : train_ids) {
        TERRARIUM_CHECK(id >= 0 && id < vocab_size, "A token id is outside the vocabulary.");
        ++token_counts_[count_of(id)];
    }
    std::vector<int64_t> pairs;  // first * V + second, sorted: equal pairs become neighbours
    for (std::size_t i = 1; i < train_ids.size(); ++i) {
        pairs.push_back(static_cast<int64_t>(train_ids[i - 1]) * vocab_size + train_ids[i]);
        ++context_counts_[count_of(train_ids[i - 1])];
    }
    std::sort(pairs.begin(), pairs.end());
    starts_.assign(V + 1, 0);
    std::vector<int64_t> pair_counts;
    for (std::size_t i = 0; i < pairs.size();) {
        std::size_t end = i;
        while (end < pairs.size() && pairs[end] == pairs[i]) ++end;
        const int32_t first = static_cast<int32_t>(pairs[i] / vocab_size);
        const int32_t second = static_cast<int32_t>(pairs[i] % vocab_size);
        pair_counts.push_back(static_cast<int64_t>(end - i));
        followers_.push_back({second, pair_counts.back()});
        ++left_variety_[count_of(second)];
        starts_[count_of(first) + 1] = followers_.size();
        i = end;
    }
    for (std::size_t v = 1; v <= V; ++v) starts_[v] = std::max(starts_[v], starts_[v - 1]);
    n_seen_tokens_ = std::count_if(token_counts_.begin(), token_counts_.end(), [](int64_t c) { return c > 0; });
    n_left_seen_ = std::count_if(left_variety_.begin(), left_variety_.end(), [](int64_t c) { return c > 0; });
    unigram_discount_ = discount_of(token_counts_);
    bigram_discount_ = discount_of(pair_counts);
    left_discount_ = discount_of(left_variety_);
}

std::span<const NgramModel::Follower> NgramModel::followers(int32_t previous) const {
    const std::size_t v = count_of(previous);
    return std::span(followers_).subspan(starts_[v], starts_[v + 1] - starts_[v]);
}

double NgramModel::unigram(int32_t id) const {
    TERRARIUM_CHECK(id >= 0 && id < vocab_size_, "A token id is outside the vocabulary.");
    const double spare = unigram_discount_ * static_cast<double>(n_seen_tokens_) / vocab_size_;
    return (discounted(token_counts_[count_of(id)], unigram_discount_) + spare) / static_cast<double>(n_tokens_);
}

/// q(w): the share of all different pairs that end in w, smoothed towards uniform in the same way.
double NgramModel::continuation(int32_t id) const {
    const double spare = left_discount_ * static_cast<double>(n_left_seen_) / vocab_size_;
    return (discounted(left_variety_[count_of(id)], left_discount_) + spare) / static_cast<double>(followers_.size());
}

double NgramModel::bigram(int32_t previous, int32_t id) const {
    TERRARIUM_CHECK(previous >= 0 && previous < vocab_size_ && id >= 0 && id < vocab_size_,
                    "A token id is outside the vocabulary.");
    const double seen = static_cast<double>(context_counts_[count_of(previous)]);
    if (seen == 0.0) return continuation(id);
    const std::span<const Follower> after = followers(previous);
    const auto found = std::lower_bound(after.begin(), after.end(), id,
                                        [](const Follower& follower, int32_t wanted) { return follower.id < wanted; });
    const int64_t count = found != after.end() && found->id == id ? found->count : 0;
    const double spare = bigram_discount_ * static_cast<double>(after.size()) * continuation(id);
    return (discounted(count, bigram_discount_) + spare) / seen;
}

void NgramModel::bigram_row(std::span<double> out, int32_t previous) const {
    TERRARIUM_CHECK(out.size() == count_of(vocab_size_), "A row of probabilities has V numbers.");
    for (int32_t id = 0; id < vocab_size_; ++id) out[count_of(id)] = bigram(previous, id);
}

std::vector<double> NgramModel::bigram_row(int32_t previous) const {
    std::vector<double> row(count_of(vocab_size_));
    bigram_row(row, previous);
    return row;
}

NgramBaselines NgramModel::evaluate(std::span<const int32_t> validation_ids) const {
    TERRARIUM_CHECK(validation_ids.size() >= 2, "Measuring pairs needs two tokens.");
    NgramBaselines sums;
    for (std::size_t i = 1; i < validation_ids.size(); ++i) {
        sums.unigram_nats -= log(unigram(validation_ids[i]));
        sums.bigram_nats -= log(bigram(validation_ids[i - 1], validation_ids[i]));
    }
    const double n = static_cast<double>(validation_ids.size() - 1);
    return {log(static_cast<double>(vocab_size_)), sums.unigram_nats / n, sums.bigram_nats / n};
}

NgramBaselines fit_ngram_baselines(std::span<const int32_t> train_ids, std::span<const int32_t> validation_ids,
                                   int32_t vocab_size) {
    return NgramModel(train_ids, vocab_size).evaluate(validation_ids);
}

}  // namespace terrarium::core
