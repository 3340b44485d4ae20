// Learning merges one at a time, so that they can be watched: which pairs stand how often, and what the text looks like
// after each merge. train_bpe() in bpe.h makes many at once with the same steps.
//
// Counts are kept up to date instead of being taken again for every merge: joining two neighbours only changes the
// pairs to the left and to the right of them. Learning all merges of a text of n bytes takes n log n; one merge takes
// as long as its pair has places.

#pragma once

#include <cstdint>
#include <map>
#include <queue>
#include <span>
#include <string>
#include <vector>

#include "core/text/bpe.h"

namespace terrarium::core {

/// A pair and how often it stands in the text. A run aaa holds aa twice.
struct BpeCount {
    BpePair pair;
    int64_t count = 0;
    bool operator==(const BpeCount&) const = default;
};

class BpeTrainer {
public:
    /// Byte b is token b. Pairs are counted inside chunks only.
    explicit BpeTrainer(std::span<const std::string> chunks);

    /// Makes the most frequent pair a token, everywhere in the text; the next free id is its number. Of equally
    /// frequent pairs the one that comes first in the text. Count 0: no pair is left, nothing was done.
    BpeCount merge_best();

    /// The n most frequent pairs of the text as it now is, in the order in which merge_best() would choose among them;
    /// fewer when there are not as many. Checks: n >= 0.
    [[nodiscard]] std::vector<BpeCount> most_frequent(int64_t n);

    [[nodiscard]] int32_t n_merges() const { return n_merges_; }
    [[nodiscard]] int64_t n_tokens() const { return n_tokens_; }  ///< of the whole text, as it now is
    [[nodiscard]] std::vector<std::vector<int32_t>> chunks() const;

private:
    /// Where a pair stands. Places are never taken out; one is only true while the pair is still there.
    struct Occurrences {
        int64_t count = 0;
        std::priority_queue<size_t, std::vector<size_t>, std::greater<>> places;
    };
    /// A pair as it stood when it was put in; stale when count or first place have changed since.
    struct Candidate {
        int64_t count = 0;
        size_t first = 0;
        BpePair pair;
        bool operator<(const Candidate& other) const {
            return count != other.count ? count < other.count : first > other.first;
        }
    };

    bool is_pair_at(size_t place, const BpePair& pair) const;
    bool counts(size_t place) const;
    BpePair pair_at(size_t place) const { return {ids_[place], ids_[after_[place]]}; }
    void add(size_t place);
    void remove(size_t place);
    size_t first_place(const BpePair& pair, Occurrences& found) const;
    void join_all(const BpePair& pair, Occurrences& found, int32_t made);
    void offer_changed();

    std::vector<int32_t> ids_;
    std::vector<size_t> before_, after_;  ///< places of the neighbours; out of range at the ends
    std::map<BpePair, Occurrences> occurrences_;
    std::priority_queue<Candidate> candidates_;
    std::vector<BpePair> changed_;
    int32_t n_merges_ = 0;
    int64_t n_tokens_ = 0;
};

}  // namespace terrarium::core
