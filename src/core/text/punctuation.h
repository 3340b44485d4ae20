// Cutting punctuation off words by the rules of the machine-translation evaluations: the pieces that BLEU's "13a" and
// TER's normalisation put together.
//
// The rules are replacements that run over the text one after the other, each from left to right, and a character that
// one match has used is not looked at again by the same rule. So "..." becomes ". . ." but by two rules, not one.
//
// Source: NIST mteval-v13a, the function NormalizeText; written as replacements like sacreBLEU 2.6's tokenizers.

#pragma once

#include <string>
#include <string_view>

namespace terrarium::core {

/// Puts spaces around every character for which `is_separate` holds.
template <typename Predicate>
[[nodiscard]] std::u32string with_spaces_around(std::u32string_view text, Predicate is_separate) {
    std::u32string result;
    result.reserve(text.size() + text.size() / 4);
    for (const char32_t c : text) {
        if (is_separate(c)) {
            result.append({U' ', c, U' '});
        } else {
            result += c;
        }
    }
    return result;
}

enum class PairSpacing {
    SecondApart,  ///< ab -> "a b "
    FirstApart,   ///< ab -> " a b"
};

/// Puts spaces into every two neighbours a, b for which is_first(a) and is_second(b) hold.
template <typename First, typename Second>
[[nodiscard]] std::u32string with_spaces_between(std::u32string_view text, PairSpacing spacing, First is_first,
                                                 Second is_second) {
    std::u32string result;
    result.reserve(text.size() + text.size() / 4);
    for (size_t i = 0; i < text.size(); ++i) {
        if (i + 1 == text.size() || !is_first(text[i]) || !is_second(text[i + 1])) {
            result += text[i];
            continue;
        }
        if (spacing == PairSpacing::FirstApart) result += U' ';
        result.append({text[i], U' ', text[i + 1]});
        if (spacing == PairSpacing::SecondApart) result += U' ';
        ++i;
    }
    return result;
}

/// &quot; &amp; &lt; &gt; become the characters they stand for, in this order.
[[nodiscard]] std::u32string without_entities(std::u32string_view text);

/// Spaces around ASCII punctuation but for . , - and the apostrophe.
[[nodiscard]] std::u32string with_spaced_marks(std::u32string_view text);

/// Spaces around . and , unless a digit stands on both sides, and around a - behind a digit.
[[nodiscard]] std::u32string with_spaced_points(std::u32string_view text);

}  // namespace terrarium::core
