// Tokenizer: cuts text into the pieces that a model reads, and numbers them.
//
// Three ways, all learned from a text by counting:
//   characters  each code point is a piece. Few tokens, long sequences; every word can be spelled.
//   words       words, numbers, punctuation marks and white space are pieces. Many tokens, short sequences.
//   subwords    bytes, joined to longer pieces by byte-pair merges (text/bpe.h) inside words. In between; nothing is
//               left over, because every byte is a token.
// Of characters and words the most frequent get an id each. All others share the last id, "other"; decoding shows it as
// U+FFFD, and a lab says on screen how large its share is.
//
// The rule for words, tried in this order at each place:
//   1. an optional single space, then letters (with digits, _ and inner apostrophes:  don't, b2, été)
//   2. an optional single space, then digits
//   3. an optional single space, then one other visible character
//   4. one white-space character
// Every code point above U+00BF that is neither white space nor general punctuation counts as a letter: a
// simplification that keeps the rule the same everywhere. The pieces put together are the text again, nothing is lost
// or added.
//
// Source: the idea of a leading space in the piece is from Radford et al. (2019), GPT-2's tokenizer.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/bpe.h"

namespace terrarium::core {

enum class TokenizerKind { Characters, Words, Subwords };

class Tokenizer {
public:
    /// Size of the vocabulary, "other" included, that is usual for characters: one byte's worth.
    static constexpr int32_t kCharacterVocabSize = 256;

    /// Counts the pieces of a text and keeps the max_vocab_size - 1 most frequent; equally frequent ones by code point.
    /// Ids follow the order of code points, so a small change of the text hardly moves them. Damaged UTF-8 counts as
    /// U+FFFD. Checks: max_vocab_size >= 2. An empty text gives a vocabulary of "other" alone.
    [[nodiscard]] static Tokenizer learn(TokenizerKind kind, std::string_view text,
                                         int32_t max_vocab_size = kCharacterVocabSize);

    /// Learns byte-pair merges inside words until the vocabulary has vocab_size tokens, or no pair is left that stands
    /// twice. Ids: the 256 bytes, then the merges as they were learned. Checks: vocab_size >= 256.
    [[nodiscard]] static Tokenizer learn_subwords(std::string_view text, int32_t vocab_size);

    /// From a stored list of pieces, e.g. of a saved model: ids are places in the list, without "other".
    /// Checks: strictly ascending in code-point order; not for subwords.
    [[nodiscard]] static Tokenizer from_pieces(TokenizerKind kind, std::vector<std::string> pieces);

    [[nodiscard]] TokenizerKind kind() const { return kind_; }
    [[nodiscard]] int32_t vocab_size() const { return static_cast<int32_t>(pieces_.size()) + (has_other() ? 1 : 0); }
    /// The id of "other"; -1 for subwords, which leave nothing over.
    [[nodiscard]] int32_t other_id() const { return has_other() ? static_cast<int32_t>(pieces_.size()) : -1; }
    [[nodiscard]] std::span<const std::string> pieces() const { return pieces_; }

    [[nodiscard]] std::vector<int32_t> encode(std::string_view text) const;

    /// Pieces put together; "other", and bytes that make no character, become U+FFFD. Checks: valid ids.
    [[nodiscard]] std::string decode(std::span<const int32_t> ids) const;

    /// One token as it stands in the text (a leading space included); of subwords it may be a part of a character.
    /// Checks: valid id.
    [[nodiscard]] std::string_view token_text(int32_t id) const;

    /// The share of "other" among the ids, 0..1; 0 for no ids.
    [[nodiscard]] double other_fraction(std::span<const int32_t> ids) const;

private:
    [[nodiscard]] bool has_other() const { return kind_ != TokenizerKind::Subwords; }
    [[nodiscard]] int32_t id_of(std::string_view piece) const;

    TokenizerKind kind_ = TokenizerKind::Characters;
    std::vector<std::string> pieces_;  ///< by id; of characters and words ascending, UTF-8 sorts in code-point order
    std::vector<int32_t> ascii_ids_;   ///< ids of single-byte pieces, for speed
    BpeMerges merges_;                 ///< of subwords
};

/// Cuts text into pieces by the rule above; for subwords into the words inside which merges are made. The pieces are
/// views into `text`, which must be valid UTF-8.
[[nodiscard]] std::vector<std::string_view> split_into_pieces(TokenizerKind kind, std::string_view text);

}  // namespace terrarium::core
