// Marked parts of a text, and how well marks that were found agree with marks that are known to be right.
//
// A detector (of private data, of abuse, of copies) gives spans; whoever planted the text has spans, too. Then every
// found span is right or wrong and every planted one found or missed, and precision and recall follow by counting.
//
//   Exact    a found span is right when begin, end and kind agree with a planted one
//   Overlap  it is enough to share a byte with a planted one of the same kind. A planted span is found when any found
//            span of its kind shares a byte with it; a found span is right when it shares one with any planted span.
//            So one long guess over everything has full recall, and precision alone shows it.
//
// Places are bytes of UTF-8, [begin, end).

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terrarium::core {

struct TextSpan {
    int64_t begin = 0, end = 0;  ///< bytes
    int32_t kind = 0;            ///< what it marks; the caller's numbers
    auto operator<=>(const TextSpan&) const = default;
};

enum class SpanMatch { Exact, Overlap };

/// Counts that can be added up over many texts.
struct SpanScore {
    int64_t n_found = 0, n_right = 0;     ///< spans that were found, and those of them that are right
    int64_t n_planted = 0, n_caught = 0;  ///< spans that should be found, and those of them that were
    SpanScore& operator+=(const SpanScore& other);
    [[nodiscard]] double precision() const;  ///< n_right / n_found; NaN when nothing was found
    [[nodiscard]] double recall() const;     ///< n_caught / n_planted; NaN when nothing was planted
    [[nodiscard]] double f1() const;         ///< harmonic mean; 0 when nothing is right; NaN when either is
};

/// Spans of one kind, or with kind = kAnyKind of all kinds (which must still agree).
inline constexpr int32_t kAnyKind = -1;
[[nodiscard]] SpanScore score_spans(std::span<const TextSpan> found, std::span<const TextSpan> planted, SpanMatch match,
                                    int32_t kind = kAnyKind);

/// The same for whole texts: flags that were set, and flags that should be (a copy, contaminated, toxic ...).
/// Checks: same length.
[[nodiscard]] SpanScore score_flags(std::span<const uint8_t> found, std::span<const uint8_t> planted);

/// Sorted by place; of spans that overlap the longer one stays, of equally long ones the first.
[[nodiscard]] std::vector<TextSpan> without_overlaps(std::vector<TextSpan> spans);

/// A word and where it stands: letters and digits, and an apostrophe between letters.
struct PlacedWord {
    std::string_view text;
    int64_t begin = 0, end = 0;  ///< bytes
};
/// Checks nothing: damaged bytes are no letters and end a word.
[[nodiscard]] std::vector<PlacedWord> placed_words(std::string_view text);

}  // namespace terrarium::core
