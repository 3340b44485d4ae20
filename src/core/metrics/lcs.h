// The longest common subsequence: the most tokens that two texts share in the same order, gaps allowed.
//
//     L[i][j] = L[i-1][j-1] + 1           where a[i] = b[j]
//             = max(L[i-1][j], L[i][j-1]) elsewhere
//
// Time n m for lengths n and m. Source: Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms, 15.4.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terrarium::core {

/// Its length. Space: one row.
[[nodiscard]] int64_t lcs_length(std::span<const int32_t> a, std::span<const int32_t> b);

struct LcsPair {
    size_t a = 0, b = 0;  ///< places of the same token
    bool operator==(const LcsPair&) const = default;
};

/// One longest common subsequence, ascending. Of several, the one found by walking back from both ends and moving in
/// `a` on ties, as ROUGE-Lsum needs it. Space: one bit for every pair of tokens.
[[nodiscard]] std::vector<LcsPair> lcs_path(std::span<const int32_t> a, std::span<const int32_t> b);

}  // namespace terrarium::core
