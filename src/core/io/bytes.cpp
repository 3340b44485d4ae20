#include "core/io/bytes.h"

#include <algorithm>

namespace terrarium::core::io {
namespace {

constexpr uint32_t kReplacement = 0xFFFD;

uint8_t byte_at(std::string_view bytes, size_t offset) { return static_cast<uint8_t>(bytes[offset]); }

/// Characters that change how a sentence looks without being seen themselves.
bool is_hidden(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

}  // namespace

Utf8Step decode_utf8(std::string_view bytes, size_t offset) {
    if (offset >= bytes.size()) return {kReplacement, 1, false};
    const uint8_t lead = byte_at(bytes, offset);
    if (lead < 0x80) return {lead, 1, true};
    // The second byte has a narrower range after four of the lead bytes; that is what excludes overlong forms,
    // surrogates and values that are too large (table 3-7).
    size_t length = 0;
    uint8_t low = 0x80;
    uint8_t high = 0xBF;
    uint32_t code_point = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
        code_point = lead & 0x1Fu;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        code_point = lead & 0x0Fu;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        code_point = lead & 0x07u;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {kReplacement, 1, false};
    }
    for (size_t i = 1; i < length; ++i) {
        if (offset + i >= bytes.size()) return {kReplacement, i, false};
        const uint8_t next = byte_at(bytes, offset + i);
        if (next < low || next > high) return {kReplacement, i, false};
        code_point = (code_point << 6) | (next & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    return {code_point, length, true};
}

void append_utf8(std::string& out, uint32_t code_point) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = kReplacement;
    const auto put = [&out](uint32_t byte) { out.push_back(static_cast<char>(static_cast<uint8_t>(byte))); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

std::optional<size_t> find_invalid_utf8(std::string_view bytes) {
    size_t offset = 0;
    while (offset < bytes.size()) {
        const Utf8Step step = decode_utf8(bytes, offset);
        if (!step.is_valid) return offset;
        offset += step.n_bytes;
    }
    return std::nullopt;
}

int64_t count_characters(std::string_view text) {
    int64_t count = 0;
    for (size_t offset = 0; offset < text.size(); ++count) offset += decode_utf8(text, offset).n_bytes;
    return count;
}

std::string cut_characters(std::string_view text, int64_t max_characters) {
    size_t offset = 0;
    for (int64_t count = 0; offset < text.size(); ++count) {
        if (count >= max_characters) return std::string(text.substr(0, offset)) + "\u2026";
        offset += decode_utf8(text, offset).n_bytes;
    }
    return std::string(text);
}

WideText detect_wide_text(std::string_view bytes) {
    const auto starts = [bytes](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
    using namespace std::string_view_literals;
    if (starts("\xFF\xFE\x00\x00"sv) || starts("\x00\x00\xFE\xFF"sv)) return WideText::Utf32;
    if (starts("\xFF\xFE"sv)) return WideText::Utf16Little;
    if (starts("\xFE\xFF"sv)) return WideText::Utf16Big;

    const std::string_view head = bytes.substr(0, 4096);
    const size_t n_pairs = head.size() / 2;
    if (n_pairs < 2) return WideText::None;
    size_t zero_first = 0;
    size_t zero_second = 0;
    for (size_t pair = 0; pair < n_pairs; ++pair) {
        if (head[2 * pair] == '\0') ++zero_first;
        if (head[2 * pair + 1] == '\0') ++zero_second;
    }
    const size_t enough = n_pairs - n_pairs / 10;
    const size_t stray = n_pairs / 20;  // a few characters end in a zero byte themselves: U+0100, half of an emoji
    if (zero_first <= stray && zero_second >= enough) return WideText::Utf16Little;
    if (zero_second <= stray && zero_first >= enough) return WideText::Utf16Big;
    return WideText::None;
}

std::string_view wide_text_name(WideText kind) {
    switch (kind) {
        case WideText::Utf16Little:
            return "UTF-16 (little endian)";
        case WideText::Utf16Big:
            return "UTF-16 (big endian)";
        case WideText::Utf32:
            return "UTF-32";
        case WideText::None:
            break;
    }
    return "UTF-8";
}

TextPosition position_of(std::string_view text, size_t offset) {
    TextPosition position;
    size_t at = text.substr(0, kUtf8Bom.size()) == kUtf8Bom ? kUtf8Bom.size() : 0;
    while (at < offset && at < text.size()) {
        const char c = text[at];
        at += decode_utf8(text, at).n_bytes;
        const bool is_break = c == '\n' || (c == '\r' && !(at < text.size() && text[at] == '\n'));
        if (is_break) {
            ++position.line;
            position.column = 1;
        } else {
            ++position.column;
        }
    }
    return position;
}

std::string in_quotes(std::string_view text, int64_t max_characters) {
    std::string out = "\"";
    size_t offset = 0;
    for (int64_t count = 0; offset < text.size(); ++count) {
        if (count >= max_characters) {
            out += "\u2026";
            break;
        }
        const Utf8Step step = decode_utf8(text, offset);
        append_utf8(out, is_hidden(step.code_point) ? kReplacement : step.code_point);
        offset += step.n_bytes;
    }
    return out + "\"";
}

uint64_t read_little_endian(std::string_view bytes, size_t offset, size_t n_bytes) {
    uint64_t value = 0;
    for (size_t i = n_bytes; i-- > 0;) value = value << 8 | byte_at(bytes, offset + i);
    return value;
}

void append_little_endian(std::string& out, uint64_t value, size_t n_bytes) {
    for (size_t i = 0; i < n_bytes; ++i) out.push_back(static_cast<char>(static_cast<uint8_t>(value >> (8 * i))));
}

std::string grouped(int64_t value) {
    std::string digits = std::to_string(value);
    const size_t first = value < 0 ? 1 : 0;
    for (size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

bool is_id(std::string_view text, size_t max_length) {
    return !text.empty() && text.size() <= max_length && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

}  // namespace terrarium::core::io
