#include "core/text/bpe.h"

#include <algorithm>
#include <queue>

#include "core/support/check.h"

namespace terrarium::core {
namespace {

constexpr int64_t kNone = -1;

/// A list of tokens in which neighbours can be joined in constant time. A place is alive while its token begins there.
struct TokenList {
    std::vector<int32_t> ids;
    std::vector<int64_t> before, after;

    explicit TokenList(std::vector<int32_t> tokens) : ids(std::move(tokens)), before(ids.size()), after(ids.size()) {
        for (int64_t i = 0; i < std::ssize(ids); ++i) {
            before[static_cast<size_t>(i)] = i - 1;
            after[static_cast<size_t>(i)] = i + 1 < std::ssize(ids) ? i + 1 : kNone;
        }
    }
    int64_t next(int64_t at) const { return after[static_cast<size_t>(at)]; }
    int32_t id(int64_t at) const { return ids[static_cast<size_t>(at)]; }
    /// Joins the token at `at` with the one behind it, which dies.
    void join(int64_t at, int32_t joined) {
        const int64_t dead = next(at), behind = next(dead);
        ids[static_cast<size_t>(at)] = joined;
        ids[static_cast<size_t>(dead)] = -1;
        after[static_cast<size_t>(at)] = behind;
        if (behind != kNone) before[static_cast<size_t>(behind)] = at;
    }
    bool has_pair(int64_t at, const BpePair& pair) const {
        return id(at) == pair.left && next(at) != kNone && id(next(at)) == pair.right;
    }
    std::vector<int32_t> left_over() const {
        std::vector<int32_t> result;
        std::copy_if(ids.begin(), ids.end(), std::back_inserter(result), [](int32_t token) { return token >= 0; });
        return result;
    }
};

}  // namespace

Result<BpeMerges> BpeMerges::from_pairs(std::vector<BpePair> pairs) {
    BpeMerges merges;
    for (const BpePair& pair : pairs) {
        const int32_t id = kByteTokens + static_cast<int32_t>(merges.ids_.size());
        const auto is_known = [&](int32_t part) { return part >= 0 && part < id; };
        if (!is_known(pair.left) || !is_known(pair.right) || !merges.ids_.emplace(pair, id).second) {
            return Error{"bpe.merge", Message("merge {0}", {std::to_string(id - kByteTokens)}),
                         "This merge joins a token that no earlier merge makes, or repeats an earlier one.",
                         "List the merges in the order in which they were learned."};
        }
    }
    merges.pairs_ = std::move(pairs);
    return merges;
}

std::vector<int32_t> BpeMerges::apply(std::vector<int32_t> ids) const {
    for (const int32_t id : ids) TERRARIUM_CHECK(id >= 0 && id < n_tokens(), "A token must be of this vocabulary.");
    TokenList list(std::move(ids));
    // The earliest merge first, and of equal ones the leftmost. What a merge makes can only be part of later merges.
    struct Candidate {
        int32_t made;
        int64_t at;
        bool operator>(const Candidate& other) const { return made != other.made ? made > other.made : at > other.at; }
    };
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates;
    const auto consider = [&](int64_t at) {
        if (at == kNone || list.next(at) == kNone) return;
        const auto found = ids_.find({list.id(at), list.id(list.next(at))});
        if (found != ids_.end()) candidates.push({found->second, at});
    };
    for (int64_t at = 0; at < std::ssize(list.ids); ++at) consider(at);
    while (!candidates.empty()) {
        const auto [made, at] = candidates.top();
        candidates.pop();
        if (!list.has_pair(at, pairs_[static_cast<size_t>(made - kByteTokens)])) continue;
        list.join(at, made);
        consider(list.before[static_cast<size_t>(at)]);
        consider(at);
    }
    return list.left_over();
}

std::vector<int32_t> BpeMerges::bytes_of(int32_t id) const {
    TERRARIUM_CHECK(id >= 0 && id < n_tokens(), "A token must be of this vocabulary.");
    std::vector<int32_t> bytes, open{id};
    while (!open.empty()) {
        const int32_t token = open.back();
        open.pop_back();
        if (token < kByteTokens) {
            bytes.push_back(token);
            continue;
        }
        const BpePair& pair = pairs_[static_cast<size_t>(token - kByteTokens)];
        open.push_back(pair.right);
        open.push_back(pair.left);
    }
    return bytes;
}

}  // namespace terrarium::core
