// Learning merges. Counts are kept up to date instead of being taken again for every merge: joining two neighbours only
// changes the pairs to the left and to the right of them.

#include <algorithm>
#include <queue>

#include "core/text/bpe.h"

namespace terrarium::core {
namespace {

constexpr int32_t kBetweenChunks = -2;  ///< an id that no pair counts
constexpr int32_t kDead = -1;

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

class Trainer {
public:
    explicit Trainer(std::span<const std::string> chunks) {
        for (const std::string& chunk : chunks) {
            for (const char c : chunk) ids_.push_back(static_cast<uint8_t>(c));
            ids_.push_back(kBetweenChunks);
        }
        for (size_t i = 0; i < ids_.size(); ++i) {
            before_.push_back(i - 1);
            after_.push_back(i + 1);
        }
        for (size_t i = 0; i + 1 < ids_.size(); ++i) add(i);
        offer_changed();
    }

    /// Joins the best pair into `made`; its count before, or 0 when none stands min_count times.
    int64_t merge_best(BpePair& best, int32_t made, int64_t min_count = 1) {
        while (!candidates_.empty()) {
            const Candidate candidate = candidates_.top();
            candidates_.pop();
            Occurrences& found = occurrences_[candidate.pair];
            if (found.count != candidate.count || found.count == 0 ||
                first_place(candidate.pair, found) != candidate.first)
                continue;
            if (candidate.count < min_count) return 0;
            best = candidate.pair;
            join_all(best, found, made);
            offer_changed();
            return candidate.count;
        }
        return 0;
    }

    std::vector<std::vector<int32_t>> chunks() const {
        std::vector<std::vector<int32_t>> result;
        std::vector<int32_t> chunk;
        for (const int32_t id : ids_) {
            if (id == kBetweenChunks) {
                result.push_back(std::move(chunk));
                chunk.clear();
            } else if (id != kDead) {
                chunk.push_back(id);
            }
        }
        return result;
    }

private:
    bool is_pair_at(size_t place, const BpePair& pair) const {
        return ids_[place] == pair.left && after_[place] < ids_.size() && ids_[after_[place]] == pair.right;
    }
    bool counts(size_t place) const {
        return place < ids_.size() && after_[place] < ids_.size() && ids_[place] >= 0 && ids_[after_[place]] >= 0;
    }
    BpePair pair_at(size_t place) const { return {ids_[place], ids_[after_[place]]}; }

    void add(size_t place) {
        if (!counts(place)) return;
        Occurrences& found = occurrences_[pair_at(place)];
        ++found.count;
        found.places.push(place);
        changed_.push_back(pair_at(place));
    }
    void remove(size_t place) {
        if (!counts(place)) return;
        --occurrences_[pair_at(place)].count;
        changed_.push_back(pair_at(place));
    }
    size_t first_place(const BpePair& pair, Occurrences& found) const {
        while (!is_pair_at(found.places.top(), pair)) found.places.pop();
        return found.places.top();
    }

    void join_all(const BpePair& pair, Occurrences& found, int32_t made) {
        auto places = std::move(found.places);
        found.places = {};
        for (; !places.empty(); places.pop()) {
            const size_t place = places.top();
            if (!is_pair_at(place, pair)) continue;
            const size_t second = after_[place];
            remove(before_[place]);
            remove(place);
            remove(second);
            ids_[place] = made;
            ids_[second] = kDead;
            after_[place] = after_[second];
            if (after_[place] < ids_.size()) before_[after_[place]] = place;
            add(before_[place]);
            add(place);
        }
    }

    void offer_changed() {
        std::sort(changed_.begin(), changed_.end());
        changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
        for (const BpePair& pair : changed_) {
            Occurrences& found = occurrences_[pair];
            if (found.count > 0) candidates_.push({found.count, first_place(pair, found), pair});
        }
        changed_.clear();
    }

    std::vector<int32_t> ids_;
    std::vector<size_t> before_, after_;  ///< places of the neighbours; out of range at the ends
    std::map<BpePair, Occurrences> occurrences_;
    std::priority_queue<Candidate> candidates_;
    std::vector<BpePair> changed_;
};

}  // namespace

Result<BpeTraining> train_bpe(std::span<const std::string> chunks, int64_t n_merges) {
    Trainer trainer(chunks);
    std::vector<BpePair> pairs;
    BpeTraining training;
    for (int64_t i = 0; i < n_merges; ++i) {
        BpePair best;
        const int64_t count = trainer.merge_best(best, kByteTokens + static_cast<int32_t>(i));
        if (count == 0) {
            return Error{"bpe.exhausted", "",
                         Message("After {0} merges the text has no pair of tokens left.", {std::to_string(i)}),
                         "Ask for fewer merges, or give a longer text."};
        }
        pairs.push_back(best);
        training.counts.push_back(count);
    }
    training.merges = BpeMerges::from_pairs(std::move(pairs)).value();
    training.chunks = trainer.chunks();
    return training;
}

BpeMerges learn_merges(std::span<const std::string> chunks, int64_t max_merges, int64_t min_count) {
    Trainer trainer(chunks);
    std::vector<BpePair> pairs;
    BpePair best;
    while (std::ssize(pairs) < max_merges &&
           trainer.merge_best(best, kByteTokens + static_cast<int32_t>(pairs.size()), min_count) > 0) {
        pairs.push_back(best);
    }
    return BpeMerges::from_pairs(std::move(pairs)).value();
}

}  // namespace terrarium::core
