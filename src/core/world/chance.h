// Where a document's choices come from: a generator, or a list when a test wants to see every document there is.
//
// Wordings (words that mean the same) are drawn from a generator of their own. A near-duplicate keeps the one and
// draws about a third of the other anew. All numbers are still independent and even, so a near-duplicate alone is as
// likely as any other document with its text: copies do not change the probability of a text, only how often it comes.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/rng.h"

namespace terrarium::core::world {

class Chance {
public:
    /// Of the document with this key. With reword_key: its near-duplicate.
    explicit Chance(uint64_t key) : content_(key), wording_(key, 7), new_wording_(key, 7) {}
    Chance(uint64_t key, uint64_t reword_key)
        : content_(key), wording_(key, 7), new_wording_(reword_key, 7), is_reworded_(true) {}
    /// Takes choice number i from the list and 0 beyond its end; made() is the list as it was used.
    explicit Chance(std::vector<int32_t> script) : Chance(0) { script_ = std::move(script), is_scripted_ = true; }

    /// Which of n even possibilities.
    int32_t below(int32_t n) {
        if (is_scripted_) return scripted(n);
        return static_cast<int32_t>(content_.below(static_cast<uint32_t>(n)));
    }
    /// Which of n even wordings.
    int32_t wording(int32_t n) {
        if (is_scripted_) return scripted(n);
        const auto old = static_cast<int32_t>(wording_.below(static_cast<uint32_t>(n)));
        if (!is_reworded_ || new_wording_.below(3) != 0) return old;
        return static_cast<int32_t>(new_wording_.below(static_cast<uint32_t>(n)));
    }
    /// Which of n possibilities with probability_of(i), which sum to 1.
    template <class ProbabilityOf>
    int32_t pick(int32_t n, const ProbabilityOf& probability_of) {
        if (is_scripted_) return scripted(n);
        double left = content_.uniform();
        int32_t last_possible = 0;
        for (int32_t i = 0; i < n; ++i) {
            const double p = probability_of(i);
            if (p <= 0) continue;
            last_possible = i;
            left -= p;
            if (left < 0) return i;
        }
        return last_possible;  // what rounding left over
    }

    struct Made {
        int32_t chosen = 0, n = 0;
    };
    [[nodiscard]] const std::vector<Made>& made() const { return made_; }

private:
    int32_t scripted(int32_t n) {
        const int32_t chosen = made_.size() < script_.size() ? script_[made_.size()] : 0;
        made_.push_back({chosen, n});
        return chosen;
    }

    Rng content_, wording_, new_wording_;
    bool is_reworded_ = false, is_scripted_ = false;
    std::vector<int32_t> script_;
    std::vector<Made> made_;
};

}  // namespace terrarium::core::world
