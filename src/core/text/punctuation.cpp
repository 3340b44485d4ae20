#include "core/text/punctuation.h"

#include "core/text/split.h"
#include "core/text/unicode.h"

namespace terrarium::core {
namespace {

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_no_digit(char32_t c) { return !is_digit(c); }
bool is_point(char32_t c) { return c == '.' || c == ','; }
bool is_dash(char32_t c) { return c == '-'; }
bool is_mark(char32_t c) { return is_ascii_punctuation(c) && !is_point(c) && !is_dash(c) && c != '\''; }
bool is_mark_or_space(char32_t c) { return is_mark(c) || c == ' '; }

}  // namespace

std::u32string without_entities(std::u32string_view text) {
    if (text.find(U'&') == std::u32string_view::npos) return std::u32string(text);
    std::u32string result = replaced(text, U"&quot;", U"\"");
    result = replaced(result, U"&amp;", U"&");
    result = replaced(result, U"&lt;", U"<");
    return replaced(result, U"&gt;", U">");
}

std::u32string with_spaced_marks(std::u32string_view text) { return with_spaces_around(text, is_mark_or_space); }

std::u32string with_spaced_points(std::u32string_view text) {
    std::u32string result = with_spaces_between(text, PairSpacing::SecondApart, is_no_digit, is_point);
    result = with_spaces_between(result, PairSpacing::FirstApart, is_point, is_no_digit);
    return with_spaces_between(result, PairSpacing::SecondApart, is_digit, is_dash);
}

}  // namespace terrarium::core
