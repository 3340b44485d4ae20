#include "core/io/base64url.h"

#include <cstdint>

namespace terrarium::core::io {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string base64url_encode(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() / 3 * 4 + 4);
    uint32_t bits = 0;
    int n_bits = 0;
    for (const char c : bytes) {
        bits = (bits << 8) | static_cast<uint8_t>(c);
        n_bits += 8;
        while (n_bits >= 6) {
            n_bits -= 6;
            text.push_back(kAlphabet[(bits >> n_bits) & 63]);
        }
    }
    if (n_bits > 0) text.push_back(kAlphabet[(bits << (6 - n_bits)) & 63]);
    return text;
}

std::optional<std::string> base64url_decode(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    uint32_t bits = 0;
    int n_bits = 0;
    for (const char c : text) {
        const size_t digit = kAlphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        bits = (bits << 6) | static_cast<uint32_t>(digit);
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            bytes.push_back(static_cast<char>(static_cast<uint8_t>(bits >> n_bits)));
        }
    }
    if ((bits & ((1u << n_bits) - 1)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace terrarium::core::io
