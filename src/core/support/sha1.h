// SHA-1: 160 bits that stand for a text. Kept for compatibility with programs that number texts by it; it protects
// nothing any more, since collisions can be made on purpose.
// Source: FIPS 180-4, section 6.1.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace terrarium::core {

[[nodiscard]] std::array<uint8_t, 20> sha1(std::string_view bytes);

}  // namespace terrarium::core
