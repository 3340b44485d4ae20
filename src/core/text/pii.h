// Private data in a text: found by what it looks like, or by what stands around it, and taken out.
//
//   by pattern   an e-mail address, a telephone number, a card number (with its check digit), an id of a given form
//   by context   a name: capitalised words after a title (Dr Reed) or a role (the baker Ida Moor), or before one
//                (Hagen the miller); and every name of a given list, wherever it stands
//
// Patterns are precise where the form is strict, and blind to what has another form. Context finds names that no list
// holds, and misses those without a title. So a detector is measured (score_spans() of text_spans.h) before it is
// trusted, and what it costs, harmless text taken out, is measured as well.
//
// Kinds are the numbers of PiiKind in TextSpan::kind. Places are bytes.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/text_spans.h"

namespace terrarium::core {

/// In this order: what fits two kinds equally long is of the earlier one.
enum class PiiKind : int32_t { Email, Id, Card, Phone, Name };

struct PiiRules {
    bool finds_emails = true, finds_phones = true, finds_cards = true;
    /// Forms of ids: 9 is a digit, A a capital letter, every other character itself: "AA-9999-A".
    std::vector<std::string> id_forms;
    std::vector<std::string> titles;  ///< before a name, as written, without a point: "Mr", "Dr", "Captain"
    std::vector<std::string> roles;   ///< one word, in lower case: "baker", "miller"
    std::vector<std::string> names;   ///< the list: of one or more words each, as written
};

/// Mr, Mrs, Ms, Miss, Dr, Professor, Captain; no list, no roles, no ids.
[[nodiscard]] PiiRules common_pii_rules();

/// In order of place, without overlaps: of two the longer one stays.
[[nodiscard]] std::vector<TextSpan> find_pii(std::string_view text, const PiiRules& rules);

/// What stands in place of private data.
enum class Redaction {
    Kind,      ///< [EMAIL]: nothing can be connected any more
    Numbered,  ///< [NAME 1]: the same words get the same number within the text, so that it can still be followed
    Removed,   ///< nothing
};
/// Checks: spans in order, without overlaps, inside the text.
[[nodiscard]] std::string redact(std::string_view text, std::span<const TextSpan> spans, Redaction how);

// ---- the patterns by themselves: the length in bytes of what begins at `at`, or 0 ----------------------------------

/// name@host.domain: letters, digits and . _ % + - before the @; behind it labels of letters, digits and -, the last of
/// two or more letters. The character before must not belong to it.
[[nodiscard]] size_t email_at(std::string_view text, size_t at);
/// Begins with + or 0 or an opening bracket with one of them, has 6 to 15 digits in groups of two or more, with one
/// space, point, slash or hyphen between groups. Times (7.10) and dates (2026-11-27) are none.
[[nodiscard]] size_t phone_at(std::string_view text, size_t at);
/// 13 to 19 digits, in groups or not, whose last one is Luhn's check digit.
[[nodiscard]] size_t card_at(std::string_view text, size_t at);
/// A form of PiiRules::id_forms.
[[nodiscard]] size_t id_at(std::string_view text, size_t at, std::string_view form);

}  // namespace terrarium::core
