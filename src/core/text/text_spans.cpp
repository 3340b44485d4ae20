#include "core/text/text_spans.h"

#include <algorithm>
#include <limits>

#include "core/support/check.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

double share(int64_t part, int64_t whole) {
    if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(part) / static_cast<double>(whole);
}

bool agree(const TextSpan& a, const TextSpan& b, SpanMatch match) {
    if (a.kind != b.kind) return false;
    if (match == SpanMatch::Exact) return a.begin == b.begin && a.end == b.end;
    return a.begin < b.end && b.begin < a.end;
}

struct PlacedCharacter {
    char32_t c = 0;
    size_t begin = 0, end = 0;
};

/// The character that begins at `at`; one damaged byte is U+FFFD.
PlacedCharacter character_at(std::string_view text, size_t at) {
    for (size_t n = 1; n <= 4 && at + n <= text.size(); ++n) {
        const DecodedText read = decode_utf8(text.substr(at, n));
        if (read.replaced_bytes == 0 && read.code_points.size() == 1) return {read.code_points[0], at, at + n};
    }
    return {kReplacementCharacter, at, at + 1};
}

bool is_word_character(char32_t c) {
    const Category category = general_category(c);
    return is_letter(c) || is_number(c) || category == Category::Mn || category == Category::Mc;
}

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’'; }

}  // namespace

SpanScore& SpanScore::operator+=(const SpanScore& other) {
    n_found += other.n_found;
    n_right += other.n_right;
    n_planted += other.n_planted;
    n_caught += other.n_caught;
    return *this;
}

double SpanScore::precision() const { return share(n_right, n_found); }
double SpanScore::recall() const { return share(n_caught, n_planted); }
double SpanScore::f1() const {
    const double p = precision(), r = recall();
    if (p == 0 && r == 0) return 0;
    return 2 * p * r / (p + r);
}

SpanScore score_spans(std::span<const TextSpan> found, std::span<const TextSpan> planted, SpanMatch match,
                      int32_t kind) {
    SpanScore score;
    const auto counts = [&](const TextSpan& one) { return kind == kAnyKind || one.kind == kind; };
    const auto is_among = [&](const TextSpan& one, std::span<const TextSpan> others) {
        return std::any_of(others.begin(), others.end(), [&](const TextSpan& it) { return agree(one, it, match); });
    };
    for (const TextSpan& one : found) {
        if (!counts(one)) continue;
        ++score.n_found;
        if (is_among(one, planted)) ++score.n_right;
    }
    for (const TextSpan& one : planted) {
        if (!counts(one)) continue;
        ++score.n_planted;
        if (is_among(one, found)) ++score.n_caught;
    }
    return score;
}

SpanScore score_flags(std::span<const uint8_t> found, std::span<const uint8_t> planted) {
    TERRARIUM_CHECK(found.size() == planted.size(), "Every text has a found and a planted flag.");
    SpanScore score;
    for (size_t i = 0; i < found.size(); ++i) {
        const bool is_found = found[i] != 0, is_planted = planted[i] != 0;
        score.n_found += is_found ? 1 : 0;
        score.n_planted += is_planted ? 1 : 0;
        score.n_right += is_found && is_planted ? 1 : 0;
        score.n_caught += is_found && is_planted ? 1 : 0;
    }
    return score;
}

std::vector<TextSpan> without_overlaps(std::vector<TextSpan> spans) {
    std::stable_sort(spans.begin(), spans.end(), [](const TextSpan& a, const TextSpan& b) {
        const int64_t a_size = a.end - a.begin, b_size = b.end - b.begin;
        return a_size != b_size ? a_size > b_size : a < b;
    });
    std::vector<TextSpan> kept;
    for (const TextSpan& one : spans) {
        const bool is_free = std::none_of(kept.begin(), kept.end(), [&](const TextSpan& other) {
            return one.begin < other.end && other.begin < one.end;
        });
        if (is_free && one.end > one.begin) kept.push_back(one);
    }
    std::sort(kept.begin(), kept.end());
    return kept;
}

std::vector<PlacedWord> placed_words(std::string_view text) {
    std::vector<PlacedWord> words;
    size_t begin = 0, end = 0;
    bool is_open = false;
    const auto close = [&] {
        if (is_open)
            words.push_back({text.substr(begin, end - begin), static_cast<int64_t>(begin), static_cast<int64_t>(end)});
        is_open = false;
    };
    for (size_t at = 0; at < text.size();) {
        const PlacedCharacter here = character_at(text, at);
        const bool is_inner =
            is_open && is_apostrophe(here.c) && here.end < text.size() && is_letter(character_at(text, here.end).c);
        if (is_word_character(here.c) || is_inner) {
            if (!is_open) begin = here.begin;
            end = here.end;
            is_open = true;
        } else {
            close();
        }
        at = here.end;
    }
    close();
    return words;
}

}  // namespace terrarium::core
