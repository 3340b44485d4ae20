// Counting baselines: how well one can predict without any network, just by counting one or two tokens.
//
// A transformer is worth its effort only where it beats these lines, so they are made as strong as counting allows:
//   uniform   every token equally likely                                              log V nats per token
//   unigram   how often is each token?           p(w)   = (max(c(w) - d, 0) + d U / V) / n
//   bigram    how often does w follow v?         p(w|v) = (max(c(vw) - d, 0) + d N(v) q(w)) / c(v)
// c counts tokens or pairs in the training text of n tokens, U is the number of different tokens, N(v) the number of
// different followers of v. A discount d between 0 and 1 is taken from every count and given to what was never seen.
// q(w) asks *after how many different tokens* w was seen, not how often: "Francisco" is frequent but follows one word.
//
// Source: Kneser & Ney, Improved Backing-off for M-gram Language Modeling (1995); Chen & Goodman, An Empirical Study of
// Smoothing Techniques for Language Modeling (1999), interpolated form, d = n1 / (n1 + 2 n2) from the numbers of pairs
// seen once and twice.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terrarium::core {

/// Mean surprise in nats per token of the same validation positions.
struct NgramBaselines {
    double uniform_nats = 0.0;
    double unigram_nats = 0.0;
    double bigram_nats = 0.0;
};

class NgramModel {
public:
    /// Counts a training text. Checks: at least 2 ids, all in [0,V), V >= 2.
    NgramModel(std::span<const int32_t> train_ids, int32_t vocab_size);

    [[nodiscard]] int32_t vocab_size() const { return vocab_size_; }

    /// p(w) and p(w | previous). Never 0: unseen events have a share.
    [[nodiscard]] double unigram(int32_t id) const;
    [[nodiscard]] double bigram(int32_t previous, int32_t id) const;

    /// All of p(. | previous), which sums to 1. out has V numbers.
    void bigram_row(std::span<double> out, int32_t previous) const;
    [[nodiscard]] std::vector<double> bigram_row(int32_t previous) const;

    /// Surprise on every token of the text but the first, which has no left neighbour. Checks: at least 2 valid ids.
    [[nodiscard]] NgramBaselines evaluate(std::span<const int32_t> validation_ids) const;

private:
    struct Follower {
        int32_t id = 0;
        int64_t count = 0;
    };
    [[nodiscard]] std::span<const Follower> followers(int32_t previous) const;
    [[nodiscard]] double continuation(int32_t id) const;

    int32_t vocab_size_ = 0;
    int64_t n_tokens_ = 0;
    std::vector<int64_t> token_counts_;    ///< [V]
    std::vector<int64_t> context_counts_;  ///< [V] how often a token was followed by something
    std::vector<int64_t> left_variety_;    ///< [V] after how many different tokens it was seen
    std::vector<Follower> followers_;      ///< all pairs, sorted by first then second token
    std::vector<std::size_t> starts_;      ///< [V+1] where each first token's followers begin
    int64_t n_seen_tokens_ = 0, n_left_seen_ = 0;
    double unigram_discount_ = 0.5, bigram_discount_ = 0.5, left_discount_ = 0.5;
};

/// Counts the one text and measures on the other.
[[nodiscard]] NgramBaselines fit_ngram_baselines(std::span<const int32_t> train_ids,
                                                 std::span<const int32_t> validation_ids, int32_t vocab_size);

}  // namespace terrarium::core
