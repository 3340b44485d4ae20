// Where words end, by the tokenizers of BLEU.

#include "core/metrics/bleu.h"
#include "core/text/punctuation.h"
#include "core/text/split.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

/// mteval-v13a. A line end inside a segment joins, and takes a hyphen before it along.
std::u32string tokenized_13a(std::u32string_view text) {
    std::u32string result = replaced(text, U"<skipped>", U"");
    result = replaced(result, U"-\n", U"");
    result = replaced(result, U"\n", U" ");
    return with_spaced_points(with_spaced_marks(U" " + without_entities(result) + U" "));
}

/// mteval-v14 with international tokenization. A mark between two numbers stays, as does one at the very end behind a
/// number: no rule has a neighbour to look at there.
std::u32string tokenized_international(std::u32string_view text) {
    const auto is_no_number = [](char32_t c) { return !is_number(c); };
    std::u32string result = with_spaces_between(text, PairSpacing::SecondApart, is_no_number, is_punctuation);
    result = with_spaces_between(result, PairSpacing::FirstApart, is_punctuation, is_no_number);
    return with_spaces_around(result, is_symbol);
}

std::u32string tokenized(std::u32string_view text, BleuTokenizer tokenizer) {
    if (tokenizer == BleuTokenizer::V13a) return tokenized_13a(text);
    if (tokenizer == BleuTokenizer::International) return tokenized_international(text);
    if (tokenizer == BleuTokenizer::Characters) return with_spaces_around(text, [](char32_t) { return true; });
    return std::u32string(text);
}

}  // namespace

std::vector<std::string> bleu_tokens(std::string_view text, BleuTokenizer tokenizer, bool lowercase) {
    std::u32string characters = decode_utf8(text).code_points;
    if (lowercase) characters = to_lower(characters);
    std::vector<std::string> tokens;
    for (const std::u32string& token : split_white_space(tokenized(right_stripped(characters), tokenizer)))
        tokens.push_back(encode_utf8(token));
    return tokens;
}

}  // namespace terrarium::core
