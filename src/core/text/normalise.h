// Normalisation: the same text always written in the same way, so that copies are found, tokens are not wasted on three
// kinds of apostrophe, and a filter that looks for a word finds it.
//
// The steps, in this order; each can be switched off, and each says how much it changed:
//   1. damaged bytes  become U+FFFD (always, because the rest works on characters)
//   2. line_ends      CR LF, CR, U+0085, U+2028 and U+2029 become LF
//   3. invisible      control characters that are no white space, zero-width spaces, soft hyphens and byte-order marks
//                     go. The zero-width joiners stay: emoji and some scripts need them
//   4. compose        a letter and a combining mark become one character where one exists (é). Unicode's NFC for the
//                     Latin-1, Latin Extended-A, Greek and Cyrillic blocks; other scripts stay as they are, and marks
//                     are not put in order
//   5. quotes         curly and angle quotation marks become " and ', dashes become -, an ellipsis becomes ...
//   6. spaces         every other white space (tab, no-break space ...) becomes a space, several become one, none stay
//                     at the ends of lines; more than one empty line becomes one; none at the ends of the text
// Doing it twice changes nothing more.
//
// What is lost: quotes and dashes of different meaning become one, and columns that were aligned by spaces are not
// aligned any more (code!). So keep the original.
//
// Source: The Unicode Standard Annex #15 (NFC); the choice of steps follows common web-text pipelines.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace terrarium::core {

struct NormaliseSteps {
    bool line_ends = true;
    bool invisible = true;
    bool compose = true;
    bool quotes = true;
    bool spaces = true;
};

struct Normalised {
    std::string text;
    int64_t n_damaged_bytes = 0;
    int64_t n_line_ends = 0;  ///< changed
    int64_t n_invisible = 0;  ///< characters removed
    int64_t n_composed = 0;   ///< pairs
    int64_t n_quotes = 0;     ///< characters changed
    int64_t n_spaces = 0;     ///< characters changed or removed
};

[[nodiscard]] Normalised normalise(std::string_view text, const NormaliseSteps& steps = {});

/// The composed character for a letter and a combining mark, or 0.
[[nodiscard]] char32_t composed(char32_t letter, char32_t mark);

}  // namespace terrarium::core
