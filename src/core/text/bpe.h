// Byte-pair encoding: how a language model's vocabulary is learned and used.
//
// Begin with the 256 bytes as tokens. Find the pair of neighbours that stands most often in the text, make it a new
// token, replace it everywhere, and repeat. The list of merges is the tokenizer: a new text is encoded by making the
// same merges, the earliest learned first. Every text can be encoded, because every byte is a token; frequent words
// become one token and rare ones several.
//
// Equally frequent pairs: the one that comes first in the text as it then is. A run aaa holds the pair aa twice when
// counted but is replaced once, from the left.
//
// Time: n log n for n bytes, in training for all merges together and in encoding.
// Source: Sennrich, Haddow, Birch, Neural Machine Translation of Rare Words with Subword Units (2016); Radford et al.
// (2019) for bytes instead of characters. Same merges and ids as karpathy/minbpe and openai/gpt-2's encoder.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

inline constexpr int32_t kByteTokens = 256;

struct BpePair {
    int32_t left = 0, right = 0;
    auto operator<=>(const BpePair&) const = default;
};

/// Merge i makes token 256 + i.
class BpeMerges {
public:
    BpeMerges() = default;
    /// Errors: bpe.merge for a pair of tokens that no earlier merge makes, or one that is merged twice.
    [[nodiscard]] static Result<BpeMerges> from_pairs(std::vector<BpePair> pairs);

    [[nodiscard]] std::span<const BpePair> pairs() const { return pairs_; }
    [[nodiscard]] int32_t n_tokens() const { return kByteTokens + static_cast<int32_t>(pairs_.size()); }
    /// Makes all merges inside one list of tokens. Checks: ids of this vocabulary.
    [[nodiscard]] std::vector<int32_t> apply(std::vector<int32_t> ids) const;
    /// The byte tokens a token is made of. Checks: a valid id.
    [[nodiscard]] std::vector<int32_t> bytes_of(int32_t id) const;

private:
    std::vector<BpePair> pairs_;
    std::map<BpePair, int32_t> ids_;  ///< pair -> the token it makes
};

struct BpeTraining {
    BpeMerges merges;
    std::vector<std::vector<int32_t>> chunks;  ///< the training text in the learned tokens
    std::vector<int64_t> counts;               ///< [merges] how often the pair stood in the text when it was merged
};

/// Learns n_merges merges. Byte b is token b here. Pairs are counted inside chunks only.
/// Errors: bpe.exhausted when no pair is left before that many merges.
[[nodiscard]] Result<BpeTraining> train_bpe(std::span<const std::string> chunks, int64_t n_merges);

/// The same without an error: at most max_merges, and none of a pair that stands fewer than min_count times.
[[nodiscard]] BpeMerges learn_merges(std::span<const std::string> chunks, int64_t max_merges, int64_t min_count = 2);

// ---- GPT-2's form --------------------------------------------------------------------------------------------------

/// A byte-level tokenizer in the manner of GPT-2: texts are cut into chunks first (bpe_split.h), and tokens are written
/// in an alphabet of 256 printable characters, in which a space is Ġ. Ids: the bytes in the order of that alphabet,
/// then the merges, then <|endoftext|>, whose text inside a text is encoded as plain text.
class ByteLevelBpe {
public:
    /// merges  in  pairs of tokens in the printable alphabet, earliest first
    /// Errors: bpe.merge, as BpeMerges::from_pairs().
    [[nodiscard]] static Result<ByteLevelBpe> build(std::span<const std::pair<std::string, std::string>> merges);

    [[nodiscard]] int32_t end_of_text_id() const { return merges_.n_tokens(); }
    [[nodiscard]] std::vector<int32_t> encode(std::string_view text) const;
    /// Damaged UTF-8 becomes U+FFFD. Errors: bpe.id for an id that is not in the vocabulary.
    [[nodiscard]] Result<std::string> decode(std::span<const int32_t> ids) const;
    /// In the printable alphabet. Checks: a valid id.
    [[nodiscard]] std::string token(int32_t id) const;

private:
    BpeMerges merges_;
};

/// The bytes in GPT-2's order: printable Latin-1 first, then the others.
[[nodiscard]] std::array<uint8_t, 256> gpt2_byte_order();
/// The character that stands for byte gpt2_byte_order()[place]: the byte's own where printable, else U+0100 and on.
[[nodiscard]] char32_t gpt2_byte_character(int32_t place);

}  // namespace terrarium::core
