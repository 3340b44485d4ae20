// UTF-8: how text is stored in bytes, and what to do with bytes that are not text.
//
// Damaged bytes become U+FFFD, one for each longest piece that could have begun a character, and are counted, so that a
// lab can say "3 bytes were not valid UTF-8" instead of failing or hiding it.
// Source: The Unicode Standard 15, section 3.9, table 3-7 and "U+FFFD Substitution of Maximal Subparts".

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace terrarium::core {

inline constexpr char32_t kReplacementCharacter = U'\uFFFD';

struct DecodedText {
    std::u32string code_points;
    int64_t replaced_bytes = 0;  ///< bytes that were not part of a valid character
};

[[nodiscard]] DecodedText decode_utf8(std::string_view bytes);

/// Surrogates and numbers above U+10FFFF, which are no characters, are written as U+FFFD.
void append_utf8(std::string& bytes, char32_t code_point);
[[nodiscard]] std::string encode_utf8(std::u32string_view code_points);

}  // namespace terrarium::core
