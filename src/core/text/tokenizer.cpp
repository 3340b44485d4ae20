#include "core/text/tokenizer.h"

#include <algorithm>
#include <map>

#include "core/support/check.h"
#include "core/tensor/shape.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

constexpr std::string_view kOtherText = "\xEF\xBF\xBD";  // U+FFFD

enum class CharacterClass { Space, Letter, Digit, Mark };

CharacterClass class_of(char32_t c) {
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
        c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000) {
        return CharacterClass::Space;
    }
    if (c >= '0' && c <= '9') return CharacterClass::Digit;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return CharacterClass::Letter;
    const bool is_punctuation = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2010 && c <= 0x2BFF) ||
                                (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3020) ||
                                c == kReplacementCharacter;
    return is_punctuation ? CharacterClass::Mark : CharacterClass::Letter;
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019; }

/// A place in valid UTF-8 text.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}
    [[nodiscard]] bool at_end(std::size_t i) const { return i >= text_.size(); }
    [[nodiscard]] std::size_t after(std::size_t i) const {
        const uint8_t byte = static_cast<uint8_t>(text_[i]);
        return std::min(text_.size(), i + (byte < 0xC0 ? 1u : byte < 0xE0 ? 2u : byte < 0xF0 ? 3u : 4u));
    }
    [[nodiscard]] char32_t at(std::size_t i) const {
        const std::size_t length = after(i) - i;
        char32_t c = static_cast<uint8_t>(text_[i]);
        if (length == 1) return c;
        c &= 0x7Fu >> length;
        for (std::size_t k = 1; k < length; ++k) c = (c << 6) | (static_cast<uint8_t>(text_[i + k]) & 0x3Fu);
        return c;
    }
    [[nodiscard]] bool is(std::size_t i, CharacterClass wanted) const {
        return !at_end(i) && class_of(at(i)) == wanted;
    }

private:
    std::string_view text_;
};

/// Where the word-level piece that begins at `start` ends.
std::size_t word_piece_end(const Cursor& cursor, std::string_view text, std::size_t start) {
    std::size_t i = start;
    if (text[i] == ' ' && !cursor.at_end(i + 1) && class_of(cursor.at(i + 1)) != CharacterClass::Space) ++i;
    const CharacterClass kind = class_of(cursor.at(i));
    i = cursor.after(i);
    if (kind == CharacterClass::Digit) {
        while (cursor.is(i, CharacterClass::Digit)) i = cursor.after(i);
    } else if (kind == CharacterClass::Letter) {
        for (;;) {
            if (cursor.is(i, CharacterClass::Letter) || cursor.is(i, CharacterClass::Digit)) {
                i = cursor.after(i);
            } else if (!cursor.at_end(i) && is_apostrophe(cursor.at(i)) &&
                       cursor.is(cursor.after(i), CharacterClass::Letter)) {
                i = cursor.after(i);
            } else {
                break;
            }
        }
    }
    return i;
}

/// Calls visit(piece) for every piece of valid UTF-8 text, in order.
template <class Visit>
void for_each_piece(TokenizerKind kind, std::string_view text, Visit visit) {
    const Cursor cursor(text);
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end =
            kind == TokenizerKind::Characters ? cursor.after(start) : word_piece_end(cursor, text, start);
        visit(text.substr(start, end - start));
        start = end;
    }
}

/// The same text with damaged bytes replaced; most texts have none.
std::string valid_utf8(std::string_view text) { return encode_utf8(decode_utf8(text).code_points); }

}  // namespace

Tokenizer Tokenizer::learn(TokenizerKind kind, std::string_view text, int32_t max_vocab_size) {
    TERRARIUM_CHECK(kind != TokenizerKind::Subwords, "Subwords are learned by learn_subwords().");
    TERRARIUM_CHECK(max_vocab_size >= 2, "A vocabulary needs room for one piece besides \"other\".");
    const std::string valid = valid_utf8(text);
    std::map<std::string_view, int64_t> counts;
    for_each_piece(kind, valid, [&](std::string_view piece) { ++counts[piece]; });

    std::vector<std::pair<std::string_view, int64_t>> ranked(counts.begin(), counts.end());
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second
                                    : a.first < b.first;  // a total order: no two pieces are equal
    });
    ranked.resize(std::min(ranked.size(), count_of(max_vocab_size - 1)));
    std::vector<std::string> pieces;
    for (const auto& [piece, count] : ranked) pieces.emplace_back(piece);
    std::sort(pieces.begin(), pieces.end());
    return from_pieces(kind, std::move(pieces));
}

Tokenizer Tokenizer::from_pieces(TokenizerKind kind, std::vector<std::string> pieces) {
    Tokenizer tokenizer;
    tokenizer.kind_ = kind;
    tokenizer.ascii_ids_.assign(128, static_cast<int32_t>(pieces.size()));
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        TERRARIUM_CHECK(!pieces[i].empty() && (i == 0 || pieces[i - 1] < pieces[i]),
                        "The pieces of a vocabulary must be different and in code-point order.");
        const uint8_t byte = static_cast<uint8_t>(pieces[i][0]);
        if (pieces[i].size() == 1 && byte < 128) tokenizer.ascii_ids_[byte] = static_cast<int32_t>(i);
    }
    tokenizer.pieces_ = std::move(pieces);
    return tokenizer;
}

Tokenizer Tokenizer::learn_subwords(std::string_view text, int32_t vocab_size) {
    TERRARIUM_CHECK(vocab_size >= kByteTokens, "Every byte is a token: a vocabulary of subwords has at least 256.");
    const std::string valid = valid_utf8(text);
    std::vector<std::string> words;
    for_each_piece(TokenizerKind::Subwords, valid, [&](std::string_view word) { words.emplace_back(word); });
    Tokenizer tokenizer;
    tokenizer.kind_ = TokenizerKind::Subwords;
    tokenizer.merges_ = learn_merges(words, vocab_size - kByteTokens);
    for (int32_t byte = 0; byte < kByteTokens; ++byte) tokenizer.pieces_.emplace_back(1, static_cast<char>(byte));
    for (const BpePair& pair : tokenizer.merges_.pairs()) {
        tokenizer.pieces_.push_back(tokenizer.pieces_[count_of(pair.left)] + tokenizer.pieces_[count_of(pair.right)]);
    }
    return tokenizer;
}

int32_t Tokenizer::id_of(std::string_view piece) const {
    if (piece.size() == 1) return ascii_ids_[static_cast<uint8_t>(piece[0]) & 127u];
    const auto found = std::lower_bound(pieces_.begin(), pieces_.end(), piece);
    return found != pieces_.end() && *found == piece ? static_cast<int32_t>(found - pieces_.begin()) : other_id();
}

std::vector<int32_t> Tokenizer::encode(std::string_view text) const {
    const std::string valid = valid_utf8(text);
    std::vector<int32_t> ids;
    for_each_piece(kind_, valid, [&](std::string_view piece) {
        if (has_other()) return ids.push_back(id_of(piece));
        std::vector<int32_t> bytes;
        for (const char byte : piece) bytes.push_back(static_cast<uint8_t>(byte));
        const std::vector<int32_t> merged = merges_.apply(std::move(bytes));
        ids.insert(ids.end(), merged.begin(), merged.end());
    });
    return ids;
}

std::string Tokenizer::decode(std::span<const int32_t> ids) const {
    std::string text;
    for (const int32_t id : ids) text += token_text(id);
    return has_other() ? text : valid_utf8(text);
}

std::string_view Tokenizer::token_text(int32_t id) const {
    TERRARIUM_CHECK(id >= 0 && id < vocab_size(), "A token id is outside the vocabulary.");
    return id == other_id() ? kOtherText : std::string_view(pieces_[count_of(id)]);
}

double Tokenizer::other_fraction(std::span<const int32_t> ids) const {
    if (ids.empty()) return 0.0;
    const auto n = std::count(ids.begin(), ids.end(), other_id());
    return static_cast<double>(n) / static_cast<double>(ids.size());
}

std::vector<std::string_view> split_into_pieces(TokenizerKind kind, std::string_view text) {
    std::vector<std::string_view> pieces;
    for_each_piece(kind, text, [&](std::string_view piece) { pieces.push_back(piece); });
    return pieces;
}

}  // namespace terrarium::core
