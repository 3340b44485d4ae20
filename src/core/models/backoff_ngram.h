// Counting model of any order: looks several tokens back, and where it has seen too little it asks a shorter view.
//
//   p_0(w)   = 1 / V
//   p_k(w|h) = (c(h w) + U(h) p_{k-1}(w | h without its first token)) / (c(h) + U(h))
//
// h are the k-1 tokens before, c counts in the training text, U(h) is the number of different tokens that followed h:
// the more of them, the likelier is one more that was never seen. A context that never occurred passes the question on.
//
// It answers without arithmetic to speak of, but it has to hold a row for every piece of text that it saw.
// Source: Witten & Bell, The Zero-Frequency Problem (1991), method C; interpolated as in Chen & Goodman (1999).

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terrarium::core {

class BackoffNgram {
public:
    /// order  how many tokens a view has, the predicted one included: 1 counts tokens, 2 pairs ...
    /// Checks: 1 <= order <= 6, ids in [0,V), 2 <= V <= 1024, at least one id.
    BackoffNgram(std::span<const int32_t> train_ids, int32_t vocab_size, int32_t order);

    /// out [V] sums to 1. `context` are the tokens before; only the last order-1 count, fewer are fine.
    /// Returns how many stored entries it read.
    int64_t probabilities(std::span<double> out, std::span<const int32_t> context) const;

    [[nodiscard]] int32_t vocab_size() const { return vocab_size_; }
    [[nodiscard]] int32_t order() const { return static_cast<int32_t>(views_.size()); }
    /// Stored pairs of a context and a token that followed it, over all orders.
    [[nodiscard]] int64_t n_entries() const;

private:
    struct Entry {
        uint64_t context = 0;  ///< its tokens as one number, base V
        int32_t id = 0;
        int32_t count = 0;
    };
    [[nodiscard]] uint64_t key(std::span<const int32_t> tokens) const;

    int32_t vocab_size_ = 0;
    std::vector<std::vector<Entry>> views_;  ///< [order], each sorted by context, then id
};

}  // namespace terrarium::core
