// Bytes as letters that survive addresses, file names and e-mail: the URL-safe alphabet of RFC 4648, without padding.
//
// Strict on the way back: every text that decodes is the one text that encodes those bytes. So changing one letter
// either changes the bytes or is refused; nothing can be altered unseen.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace terrarium::core::io {

/// 3 bytes become 4 letters out of A-Z a-z 0-9 - _, the rest 2 or 3 letters.
[[nodiscard]] std::string base64url_encode(std::string_view bytes);

/// Nothing for a letter outside the alphabet (also =, + and /), a length that cannot be, or leftover bits that are
/// not zero. Source: RFC 4648, sections 3.5 and 5.
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace terrarium::core::io
