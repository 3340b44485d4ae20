// N-grams as numbers: equal runs of n tokens get equal numbers, so that counting needs no texts any more.
//
// An n-gram is its first n-1 tokens and its last one, and the first n-1 are an (n-1)-gram whose number is known. So the
// numbers of one order come from those of the order below by sorting pairs, in time N log N for N tokens.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace terrarium::core {

class NgramNumbers {
public:
    /// Begins with order 1, single tokens. Numbers are shared by all texts given here.
    explicit NgramNumbers(std::span<const std::vector<std::string>> texts);
    explicit NgramNumbers(std::span<const std::u32string> texts);  ///< tokens are characters

    [[nodiscard]] int order() const { return order_; }
    /// Goes on to the next order.
    void extend();

    /// The numbers of a text's n-grams from left to right; none when it is shorter than n.
    [[nodiscard]] std::span<const int32_t> of(size_t text) const;
    /// Numbers are 0 to n_distinct() - 1.
    [[nodiscard]] int32_t n_distinct() const { return n_distinct_; }
    /// How often each number stands in a text: [n_distinct].
    [[nodiscard]] std::vector<int64_t> counts(size_t text) const;

private:
    std::vector<size_t> starts_;    ///< where each text begins among all tokens, and the end
    std::vector<int32_t> tokens_;   ///< numbers of single tokens, all texts one after the other
    std::vector<int32_t> numbers_;  ///< [position] of the n-gram that begins there
    int32_t n_distinct_ = 0;
    int order_ = 1;
};

/// What two bags of n-grams have in common: sum over n-grams of min(count here, count there).
[[nodiscard]] int64_t n_common(std::span<const int64_t> counts, std::span<const int64_t> other_counts);

}  // namespace terrarium::core
