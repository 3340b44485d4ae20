#include "core/text/bpe_trainer.h"

#include <algorithm>

#include "core/support/check.h"

namespace terrarium::core {
namespace {

constexpr int32_t kBetweenChunks = -2;  ///< an id that no pair counts
constexpr int32_t kDead = -1;

}  // namespace

BpeTrainer::BpeTrainer(std::span<const std::string> chunks) {
    for (const std::string& chunk : chunks) {
        for (const char c : chunk) ids_.push_back(static_cast<uint8_t>(c));
        ids_.push_back(kBetweenChunks);
        n_tokens_ += std::ssize(chunk);
    }
    for (size_t i = 0; i < ids_.size(); ++i) {
        before_.push_back(i - 1);
        after_.push_back(i + 1);
    }
    for (size_t i = 0; i + 1 < ids_.size(); ++i) add(i);
    offer_changed();
}

BpeCount BpeTrainer::merge_best() {
    while (!candidates_.empty()) {
        const Candidate candidate = candidates_.top();
        candidates_.pop();
        Occurrences& found = occurrences_[candidate.pair];
        if (found.count != candidate.count || found.count == 0 || first_place(candidate.pair, found) != candidate.first)
            continue;
        join_all(candidate.pair, found, kByteTokens + n_merges_);
        ++n_merges_;
        offer_changed();
        return {candidate.pair, candidate.count};
    }
    return {};
}

std::vector<BpeCount> BpeTrainer::most_frequent(int64_t n) {
    TERRARIUM_CHECK(n >= 0, "A number of pairs is not negative.");
    std::vector<Candidate> best;
    for (auto& [pair, found] : occurrences_) {
        // Without this, the first places of thousands of rare pairs would be looked up at every merge.
        const bool may_be_among = found.count > 0 && (std::ssize(best) < n || (n > 0 && found.count >= best[0].count));
        if (!may_be_among) continue;
        best.push_back({found.count, first_place(pair, found), pair});
        std::push_heap(best.begin(), best.end(), [](const Candidate& a, const Candidate& b) { return b < a; });
        if (std::ssize(best) <= n) continue;
        std::pop_heap(best.begin(), best.end(), [](const Candidate& a, const Candidate& b) { return b < a; });
        best.pop_back();
    }
    std::sort(best.begin(), best.end(), [](const Candidate& a, const Candidate& b) { return b < a; });
    std::vector<BpeCount> result;
    for (const Candidate& candidate : best) result.push_back({candidate.pair, candidate.count});
    return result;
}

std::vector<std::vector<int32_t>> BpeTrainer::chunks() const {
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

bool BpeTrainer::is_pair_at(size_t place, const BpePair& pair) const {
    return ids_[place] == pair.left && after_[place] < ids_.size() && ids_[after_[place]] == pair.right;
}

bool BpeTrainer::counts(size_t place) const {
    return place < ids_.size() && after_[place] < ids_.size() && ids_[place] >= 0 && ids_[after_[place]] >= 0;
}

void BpeTrainer::add(size_t place) {
    if (!counts(place)) return;
    Occurrences& found = occurrences_[pair_at(place)];
    ++found.count;
    found.places.push(place);
    changed_.push_back(pair_at(place));
}

void BpeTrainer::remove(size_t place) {
    if (!counts(place)) return;
    --occurrences_[pair_at(place)].count;
    changed_.push_back(pair_at(place));
}

size_t BpeTrainer::first_place(const BpePair& pair, Occurrences& found) const {
    while (!is_pair_at(found.places.top(), pair)) found.places.pop();
    return found.places.top();
}

void BpeTrainer::join_all(const BpePair& pair, Occurrences& found, int32_t made) {
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
        --n_tokens_;
        after_[place] = after_[second];
        if (after_[place] < ids_.size()) before_[after_[place]] = place;
        add(before_[place]);
        add(place);
    }
}

void BpeTrainer::offer_changed() {
    std::sort(changed_.begin(), changed_.end());
    changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
    for (const BpePair& pair : changed_) {
        Occurrences& found = occurrences_[pair];
        if (found.count > 0) candidates_.push({found.count, first_place(pair, found), pair});
    }
    changed_.clear();
}

Result<BpeTraining> train_bpe(std::span<const std::string> chunks, int64_t n_merges) {
    BpeTrainer trainer(chunks);
    std::vector<BpePair> pairs;
    BpeTraining training;
    for (int64_t i = 0; i < n_merges; ++i) {
        const BpeCount best = trainer.merge_best();
        if (best.count == 0) {
            return Error{"bpe.exhausted", "",
                         Message("After {0} merges the text has no pair of tokens left.", {std::to_string(i)}),
                         "Ask for fewer merges, or give a longer text."};
        }
        pairs.push_back(best.pair);
        training.counts.push_back(best.count);
    }
    training.merges = BpeMerges::from_pairs(std::move(pairs)).value();
    training.chunks = trainer.chunks();
    return training;
}

BpeMerges learn_merges(std::span<const std::string> chunks, int64_t max_merges, int64_t min_count) {
    BpeTrainer trainer(chunks);
    std::vector<BpePair> pairs;
    while (std::ssize(pairs) < max_merges) {
        const BpeCount best = trainer.merge_best();
        if (best.count < std::max<int64_t>(1, min_count)) break;
        pairs.push_back(best.pair);
    }
    return BpeMerges::from_pairs(std::move(pairs)).value();
}

}  // namespace terrarium::core
