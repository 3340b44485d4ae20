#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

/// What a first byte promises: how many bytes follow, and which values the first of them may have. The narrower ranges
/// exclude overlong forms, surrogates and numbers above U+10FFFF.
struct Lead {
    int followers = -1;
    uint8_t lowest = 0x80, highest = 0xBF;
};
Lead lead_of(uint8_t byte) {
    if (byte < 0x80) return {0};
    if (byte >= 0xC2 && byte <= 0xDF) return {1};
    if (byte == 0xE0) return {2, 0xA0, 0xBF};
    if (byte == 0xED) return {2, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {2};
    if (byte == 0xF0) return {3, 0x90, 0xBF};
    if (byte >= 0xF1 && byte <= 0xF3) return {3};
    if (byte == 0xF4) return {3, 0x80, 0x8F};
    return {};
}

}  // namespace

DecodedText decode_utf8(std::string_view bytes) {
    DecodedText text;
    text.code_points.reserve(bytes.size());
    std::size_t i = 0;
    while (i < bytes.size()) {
        const uint8_t first = static_cast<uint8_t>(bytes[i]);
        const Lead lead = lead_of(first);
        char32_t point = lead.followers <= 0 ? first : first & (0x3Fu >> lead.followers);
        std::size_t length = 1;
        for (int k = 0; k < lead.followers && i + length < bytes.size(); ++k, ++length) {
            const uint8_t next = static_cast<uint8_t>(bytes[i + length]);
            if (next < (k == 0 ? lead.lowest : 0x80) || next > (k == 0 ? lead.highest : 0xBF)) break;
            point = (point << 6) | (next & 0x3Fu);
        }
        if (lead.followers >= 0 && length == static_cast<std::size_t>(lead.followers) + 1) {
            text.code_points.push_back(point);
        } else {
            text.code_points.push_back(kReplacementCharacter);
            text.replaced_bytes += static_cast<int64_t>(length);
        }
        i += length;
    }
    return text;
}

void append_utf8(std::string& bytes, char32_t point) {
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = kReplacementCharacter;
    const auto put = [&](char32_t byte) { bytes.push_back(static_cast<char>(static_cast<uint8_t>(byte))); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

std::string encode_utf8(std::u32string_view code_points) {
    std::string bytes;
    bytes.reserve(code_points.size());
    for (const char32_t point : code_points) append_utf8(bytes, point);
    return bytes;
}

}  // namespace terrarium::core
