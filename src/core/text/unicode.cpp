#include "core/text/unicode.h"

#include <algorithm>
#include <span>

#include "core/text/unicode_tables.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

constexpr char32_t kCapitalSigma = 0x3A3, kSmallSigma = 0x3C3, kFinalSigma = 0x3C2;
constexpr char32_t kCapitalDottedI = 0x130, kCombiningDotAbove = 0x307;

Category category_from_table(char32_t c) {
    const std::span starts(kCategoryStarts, kCategoryStartCount);
    const uint32_t wanted = static_cast<uint32_t>(c) << 8 | 0xFF;
    const uint32_t entry = *(std::upper_bound(starts.begin(), starts.end(), wanted) - 1);
    if ((entry & 0xFF) != kUpperLowerRun) return static_cast<Category>(entry & 0xFF);
    return (c - (entry >> 8)) % 2 == 0 ? Category::Lu : Category::Ll;
}

char32_t lower_of(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    const std::span ranges(kLowerRanges, kLowerRangeCount);
    const auto range = std::lower_bound(ranges.begin(), ranges.end(), static_cast<uint32_t>(c),
                                        [](const LowerRange& known, uint32_t wanted) { return known.last < wanted; });
    if (range == ranges.end() || c < range->first || (c - range->first) % range->step != 0) return c;
    return static_cast<char32_t>(static_cast<int32_t>(c) + range->delta);
}

bool has_case(char32_t c) {
    const Category category = general_category(c);
    const bool is_lettered_number = (c >= 0x2160 && c <= 0x217F) || (c >= 0x24B6 && c <= 0x24E9);  // Roman, circled
    return category == Category::Lu || category == Category::Ll || category == Category::Lt || is_lettered_number;
}

/// What may stand inside or behind a word without ending it.
bool is_case_ignorable(char32_t c) {
    constexpr std::u32string_view kMarks = U"'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027";
    const Category category = general_category(c);
    return category == Category::Mn || category == Category::Me || category == Category::Cf ||
           category == Category::Lm || category == Category::Sk || kMarks.find(c) != std::u32string_view::npos;
}

bool ends_a_word(std::u32string_view text, size_t at) {
    size_t before = at;
    while (before > 0 && is_case_ignorable(text[before - 1])) --before;
    if (before == 0 || !has_case(text[before - 1])) return false;
    size_t after = at + 1;
    while (after < text.size() && is_case_ignorable(text[after])) ++after;
    return after == text.size() || !has_case(text[after]);
}

}  // namespace

Category general_category(char32_t c) { return c > 0x10FFFF ? Category::Cn : category_from_table(c); }

bool is_white_space(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

std::u32string to_lower(std::u32string_view text) {
    std::u32string lower;
    lower.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == kCapitalSigma) {
            lower += ends_a_word(text, i) ? kFinalSigma : kSmallSigma;
        } else if (text[i] == kCapitalDottedI) {
            lower += U'i';
            lower += kCombiningDotAbove;
        } else {
            lower += lower_of(text[i]);
        }
    }
    return lower;
}

std::string to_lower(std::string_view utf8) {
    const bool is_ascii = std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<uint8_t>(c) < 0x80; });
    if (!is_ascii) return encode_utf8(to_lower(decode_utf8(utf8).code_points));
    std::string lower(utf8);
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return lower;
}

}  // namespace terrarium::core
