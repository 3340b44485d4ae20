#include "ui/scripts.h"

#include <algorithm>

#include "core/text/utf8.h"

namespace terrarium::ui {
namespace {

struct Block {
    char32_t first, last;
};

// Source: The Unicode Standard 15, Blocks.txt. Hebrew to Mandaic, Arabic extended, Devanagari to Myanmar with Thai, Lao
// and Tibetan between them, Khmer, Mongolian, presentation forms, and the right-to-left scripts of the second plane.
constexpr Block kShaped[] = {{0x0590, 0x08FF},   {0x0900, 0x109F},   {0x1780, 0x18AF},  {0x1A20, 0x1CFF},
                             {0xA8E0, 0xA8FF},   {0xAA60, 0xAADF},   {0xFB1D, 0xFDFF},  {0xFE70, 0xFEFE},
                             {0x10800, 0x10FFF}, {0x11000, 0x11FFF}, {0x1E800, 0x1EFFF}};

constexpr Block kBreaking[] = {{0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},  {0x4E00, 0x9FFF},
                               {0xF900, 0xFAFF}, {0xFF01, 0xFF60}, {0x20000, 0x3FFFF}};

constexpr std::u32string_view kNeverFirst = U"、。，．：；！？）］｝」』】〉》〕ー々";

template <size_t N>
bool is_in(const Block (&blocks)[N], char32_t character) {
    return std::any_of(std::begin(blocks), std::end(blocks),
                       [&](const Block& block) { return character >= block.first && character <= block.last; });
}

char32_t character(std::string_view bytes) {
    const auto decoded = core::decode_utf8(bytes).code_points;
    return decoded.empty() ? U'\0' : decoded.front();
}

}  // namespace

bool needs_shaping(std::string_view words) {
    // No letter of these scripts is shorter than two bytes from 0xD6 on: most text is done with one look at its bytes.
    if (std::none_of(words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xD6; })) {
        return false;
    }
    const auto decoded = core::decode_utf8(words).code_points;
    return std::any_of(decoded.begin(), decoded.end(), [](char32_t one) { return is_in(kShaped, one); });
}

size_t character_length(std::string_view words) {
    size_t length = 1;
    while (length < words.size() && (static_cast<unsigned char>(words[length]) & 0xC0) == 0x80) ++length;
    return length;
}

bool may_break_between(std::string_view last, std::string_view next) {
    const char32_t after = character(next);
    if (kNeverFirst.find(after) != std::u32string_view::npos) return false;
    return is_in(kBreaking, character(last)) || is_in(kBreaking, after);
}

}  // namespace terrarium::ui
