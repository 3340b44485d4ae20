// CRC-32: notices every damaged bit of a small record. It finds accidents, not forgeries.

#pragma once

#include <cstdint>
#include <string_view>

namespace terrarium::core::io {

/// The CRC of IEEE 802.3 and zip: reflected polynomial 0xEDB88320, start and final complement 0xFFFFFFFF.
/// "123456789" gives 0xCBF43926.
[[nodiscard]] uint32_t crc32(std::string_view bytes);

}  // namespace terrarium::core::io
