// Which words TER compares.

#include "core/metrics/ter.h"
#include "core/text/punctuation.h"
#include "core/text/split.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

bool is_between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// Chinese characters and signs, each of which is a word. The block from U+3200 reaches further than its name because
/// the reference implementation's does.
bool is_ideograph(char32_t c) {
    return is_between(c, 0x4E00, 0x9FFF) || is_between(c, 0x3200, 0x4DBF) || is_between(c, 0x31C0, 0x31EF) ||
           is_between(c, 0x2E80, 0x2EFF) || is_between(c, 0xF900, 0xFAFF) || is_between(c, 0xFE30, 0xFE4F);
}

bool is_asian_mark(char32_t c) {
    constexpr std::u32string_view kSingle = U"\u3001\u3002\u30FB\uFF0E\uFF0C\uFF1F\uFF1A\uFF1B\uFF01\uFF02\uFF08\uFF09";
    return is_between(c, 0x3008, 0x3011) || is_between(c, 0x3014, 0x301F) || is_between(c, 0xFF61, 0xFF65) ||
           kSingle.find(c) != std::u32string_view::npos;
}

bool is_western_mark(char32_t c) { return std::u32string_view(U".,?:;!\"()").find(c) != std::u32string_view::npos; }

std::u32string normalized(std::u32string_view text, bool asian_support) {
    std::u32string result = replaced(text, U"\n-", U"");
    result = replaced(result, U"\n", U" ");
    result = with_spaced_marks(U" " + without_entities(result) + U" ");
    result = with_spaced_points(replaced(result, U"'s ", U" 's "));
    if (!asian_support) return result;
    return with_spaces_around(result, [](char32_t c) { return is_ideograph(c) || is_asian_mark(c); });
}

}  // namespace

std::vector<std::string> ter_words(std::string_view text, const TerOptions& options) {
    std::u32string characters(right_stripped(decode_utf8(text).code_points));
    if (!options.case_sensitive) characters = to_lower(characters);
    if (options.normalized) characters = normalized(characters, options.asian_support);
    if (options.no_punct) {
        std::erase_if(characters, is_western_mark);
        if (options.asian_support) std::erase_if(characters, is_asian_mark);
    }
    std::vector<std::string> words;
    for (const std::u32string& word : split_white_space(characters)) words.push_back(encode_utf8(word));
    return words;
}

}  // namespace terrarium::core
