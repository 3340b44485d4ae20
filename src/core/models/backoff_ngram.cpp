#include "core/models/backoff_ngram.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/tensor/shape.h"

namespace terrarium::core {

BackoffNgram::BackoffNgram(std::span<const int32_t> train_ids, int32_t vocab_size, int32_t order)
    : vocab_size_(vocab_size) {
    TERRARIUM_CHECK(order >= 1 && order <= 6 && vocab_size >= 2 && vocab_size <= 1024,
                    "A counting model looks at 1 to 6 tokens of a vocabulary of 2 to 1024.");
    TERRARIUM_CHECK(!train_ids.empty(), "There is nothing to count.");
    for (const int32_t id : train_ids) {
        TERRARIUM_CHECK(id >= 0 && id < vocab_size, "A token id is outside the vocabulary.");
    }
    for (std::size_t n_before = 0; n_before < count_of(order); ++n_before) {
        // Context and token as one number: sorted, equal ones stand together, and they count themselves.
        std::vector<uint64_t> all;
        all.reserve(train_ids.size());
        for (std::size_t i = n_before; i < train_ids.size(); ++i) {
            all.push_back(key(train_ids.subspan(i - n_before, n_before + 1)));
        }
        std::sort(all.begin(), all.end());
        const uint64_t V = static_cast<uint64_t>(vocab_size);
        std::vector<Entry> counted;
        for (std::size_t i = 0; i < all.size();) {
            const std::size_t first = i;
            while (i < all.size() && all[i] == all[first]) ++i;
            counted.push_back({all[first] / V, static_cast<int32_t>(all[first] % V), static_cast<int32_t>(i - first)});
        }
        views_.push_back(std::move(counted));
    }
}

uint64_t BackoffNgram::key(std::span<const int32_t> tokens) const {
    uint64_t value = 0;
    for (const int32_t id : tokens) value = value * static_cast<uint64_t>(vocab_size_) + static_cast<uint64_t>(id);
    return value;
}

int64_t BackoffNgram::probabilities(std::span<double> out, std::span<const int32_t> context) const {
    TERRARIUM_CHECK(out.size() == count_of(vocab_size_), "A prediction needs one number per token.");
    std::fill(out.begin(), out.end(), 1.0 / static_cast<double>(vocab_size_));
    int64_t n_read = 0;
    for (std::size_t n_before = 0; n_before < views_.size() && n_before <= context.size(); ++n_before) {
        const uint64_t wanted = key(context.last(n_before));
        const std::vector<Entry>& view = views_[n_before];
        const auto first = std::lower_bound(view.begin(), view.end(), wanted,
                                            [](const Entry& entry, uint64_t k) { return entry.context < k; });
        double n = 0.0, different = 0.0;
        for (auto entry = first; entry != view.end() && entry->context == wanted; ++entry) {
            n += entry->count;
            different += 1.0;
        }
        if (n == 0.0) break;  // a longer view of this context was never seen either
        for (double& p : out) p *= different / (n + different);
        for (auto entry = first; entry != view.end() && entry->context == wanted; ++entry, ++n_read) {
            out[count_of(entry->id)] += entry->count / (n + different);
        }
    }
    return n_read;
}

int64_t BackoffNgram::n_entries() const {
    int64_t n = 0;
    for (const std::vector<Entry>& view : views_) n += static_cast<int64_t>(view.size());
    return n;
}

}  // namespace terrarium::core
