#include "core/text/normalise.h"

#include <algorithm>

#include "core/text/normalise_tables.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

std::u32string with_line_ends(std::u32string_view text, int64_t& n_changed) {
    std::u32string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        const bool is_other = c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
        if (c == U'\r' && i + 1 < text.size() && text[i + 1] == U'\n') ++i;
        if (is_other) ++n_changed;
        out += is_other ? U'\n' : c;
    }
    return out;
}

std::u32string with_composed(std::u32string_view text, int64_t& n_changed) {
    std::u32string out;
    for (const char32_t c : text) {
        const char32_t joined = out.empty() ? 0 : composed(out.back(), c);
        if (joined == 0) {
            out += c;
            continue;
        }
        out.back() = joined;
        ++n_changed;
    }
    return out;
}

/// What a quotation mark, a dash or an ellipsis becomes; empty for everything else.
std::u32string_view plain_mark(char32_t c) {
    if ((c >= 0x2018 && c <= 0x201B) || c == 0x2039 || c == 0x203A || c == 0x2032) return U"'";
    if ((c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2033) return U"\"";
    if (c >= 0x2010 && c <= 0x2015) return U"-";
    if (c == 0x2026) return U"...";
    return {};
}

std::u32string with_plain_marks(std::u32string_view text, int64_t& n_changed) {
    std::u32string out;
    for (const char32_t c : text) {
        const std::u32string_view plain = plain_mark(c);
        if (plain.empty()) {
            out += c;
            continue;
        }
        out += plain;
        ++n_changed;
    }
    return out;
}

bool is_invisible(char32_t c) {
    const bool is_control = general_category(c) == Category::Cc && !is_white_space(c);
    return is_control || c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0xAD;
}

std::u32string without_invisible(std::u32string_view text, int64_t& n_removed) {
    std::u32string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char32_t c) { return !is_invisible(c); });
    n_removed += std::ssize(text) - std::ssize(out);
    return out;
}

/// Counts a changed or removed character once.
std::u32string with_single_spaces(std::u32string_view text, int64_t& n_changed) {
    std::u32string out;
    size_t n_line_ends = 0;
    bool has_space = false;
    for (const char32_t c : text) {
        const bool is_line_end = c == U'\n';
        if (!is_line_end && is_white_space(c)) {
            if (has_space || n_line_ends > 0 || out.empty() || c != U' ') ++n_changed;
            has_space = true;
            continue;
        }
        if (is_line_end) {
            if (has_space) ++n_changed;
            if (n_line_ends >= 2 || out.empty()) ++n_changed;
            has_space = false;
            ++n_line_ends;
            continue;
        }
        if (!out.empty()) out.append(std::min<size_t>(n_line_ends, 2), U'\n');
        if (has_space && n_line_ends == 0 && !out.empty()) out += U' ';
        n_line_ends = 0;
        has_space = false;
        out += c;
    }
    n_changed += static_cast<int64_t>(std::min<size_t>(n_line_ends, 2)) + (has_space ? 1 : 0);
    return out;
}

}  // namespace

char32_t composed(char32_t letter, char32_t mark) {
    const auto found = std::lower_bound(kCompositions, kCompositions + kCompositionCount, Composition{letter, mark, 0},
                                        [](const Composition& a, const Composition& b) {
                                            return a.letter != b.letter ? a.letter < b.letter : a.mark < b.mark;
                                        });
    const bool is_known = found != kCompositions + kCompositionCount && found->letter == letter && found->mark == mark;
    return is_known ? found->joined : 0;
}

Normalised normalise(std::string_view text, const NormaliseSteps& steps) {
    Normalised result;
    DecodedText read = decode_utf8(text);
    result.n_damaged_bytes = read.replaced_bytes;
    std::u32string now = std::move(read.code_points);
    if (steps.line_ends) now = with_line_ends(now, result.n_line_ends);
    if (steps.invisible) now = without_invisible(now, result.n_invisible);
    if (steps.compose) now = with_composed(now, result.n_composed);
    if (steps.quotes) now = with_plain_marks(now, result.n_quotes);
    if (steps.spaces) now = with_single_spaces(now, result.n_spaces);
    result.text = encode_utf8(now);
    return result;
}

}  // namespace terrarium::core
