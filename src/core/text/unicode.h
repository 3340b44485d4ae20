// What kind of character is this, and what is its lower-case form?
//
// Metrics decide with it where a word ends: ROUGE cuts an "é" out of a word because it knows only a to z, BLEU's
// international tokenizer asks for the category of every character, GPT-2's for letters and digits.
//
// Numbers that are compared across implementations depend on the version of the Unicode data; which one ours is stands
// in unicode_tables.cpp. Versions differ in characters that were added, hardly ever in old ones.
//
// Source: The Unicode Standard, chapter 4 (general category), section 3.13 (case mappings) and SpecialCasing.txt.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace terrarium::core {

/// General categories, in the order of unicode_tables.cpp. Cn: not assigned.
enum class Category : uint8_t {
    Cn,
    Lu,
    Ll,
    Lt,
    Lm,
    Lo,
    Mn,
    Mc,
    Me,
    Nd,
    Nl,
    No,
    Pc,
    Pd,
    Ps,
    Pe,
    Pi,
    Pf,
    Po,
    Sm,
    Sc,
    Sk,
    So,
    Zs,
    Zl,
    Zp,
    Cc,
    Cf,
    Cs,
    Co,
};

/// Values above U+10FFFF are not assigned. Logarithmic in the number of ranges.
[[nodiscard]] Category general_category(char32_t c);

[[nodiscard]] inline bool is_letter(char32_t c) {
    const Category category = general_category(c);
    return category >= Category::Lu && category <= Category::Lo;
}
[[nodiscard]] inline bool is_number(char32_t c) {
    const Category category = general_category(c);
    return category >= Category::Nd && category <= Category::No;
}
[[nodiscard]] inline bool is_punctuation(char32_t c) {
    const Category category = general_category(c);
    return category >= Category::Pc && category <= Category::Po;
}
[[nodiscard]] inline bool is_symbol(char32_t c) {
    const Category category = general_category(c);
    return category >= Category::Sm && category <= Category::So;
}

/// The Unicode property White_Space: what \s means in most regular expressions.
[[nodiscard]] bool is_white_space(char32_t c);

/// White space as Python's str.split() and str.strip() see it: the property, and the four separators U+001C to U+001F.
[[nodiscard]] inline bool is_python_space(char32_t c) { return is_white_space(c) || (c >= 0x1C && c <= 0x1F); }

/// The 32 punctuation marks and symbols of ASCII (Python's string.punctuation).
[[nodiscard]] inline bool is_ascii_punctuation(char32_t c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/// Lower case as Python's str.lower(): character by character, but U+0130 becomes an i and a combining dot, and a
/// capital sigma at the end of a word becomes its final form. Simplification: a word's end is found by categories alone
/// (letters with case; marks, modifiers and the apostrophe do not count).
[[nodiscard]] std::u32string to_lower(std::u32string_view text);
/// The same for UTF-8; damaged bytes become U+FFFD.
[[nodiscard]] std::string to_lower(std::string_view utf8);

}  // namespace terrarium::core
