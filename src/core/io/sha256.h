// SHA-256: the fingerprint that names a text, a model or a final state, and that nobody can forge.
//
// Used for artefact names ("artefact:<sha256>") and for result codes. Our own, so that native program, worker and page
// give the same answer without asking the browser. For quick comparisons inside the program support/hash.h is enough.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace terrarium::core::io {

/// Takes bytes in any portions; digest() gives the 32 bytes and ends it.
/// Source: NIST FIPS 180-4, sections 4.1.2, 5 and 6.2.
class Sha256 {
public:
    void update(std::string_view bytes);
    [[nodiscard]] std::array<uint8_t, 32> digest();  ///< call once, after the last update

private:
    void compress(const uint8_t* block);

    std::array<uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<uint8_t, 64> block_{};
    size_t n_in_block_ = 0;
    uint64_t n_bytes_ = 0;
};

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace terrarium::core::io
