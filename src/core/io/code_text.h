// What all codes that people copy have in common: check digits at the end, and white space that means nothing.

#pragma once

#include <string>
#include <string_view>

namespace terrarium::core::io {

/// Digits at the end of a code.
inline constexpr size_t kCheckDigits = 12;

/// The beginning of the SHA-256 of everything before them, in hexadecimal digits.
[[nodiscard]] std::string check_digits(std::string_view before);

/// Without what e-mail programs add: white space, no-break spaces, zero-width spaces and joiners, byte order marks.
[[nodiscard]] std::string without_space(std::string_view text);

}  // namespace terrarium::core::io
