#include "core/io/code_text.h"

#include <cstdint>

#include "core/io/bytes.h"
#include "core/io/sha256.h"

namespace terrarium::core::io {

std::string check_digits(std::string_view before) { return sha256_hex(before).substr(0, kCheckDigits); }

std::string without_space(std::string_view text) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        const Utf8Step step = decode_utf8(text, at);
        const uint32_t c = step.code_point;
        const bool is_space = c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x202F || c == 0x2060 ||
                              (c >= 0x200B && c <= 0x200D) || c == 0xFEFF;
        if (!is_space) out += text.substr(at, step.n_bytes);
        at += step.n_bytes;
    }
    return out;
}

}  // namespace terrarium::core::io
