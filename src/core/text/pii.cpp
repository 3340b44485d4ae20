#include "core/text/pii.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/support/check.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
/// Bytes from 128 on belong to letters of other alphabets more often than not.
bool is_word_byte(char c) {
    return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || static_cast<uint8_t>(c) >= 0x80;
}
bool is_ascii_word(char c) { return is_word_byte(c) && static_cast<uint8_t>(c) < 0x80; }

bool begins_a_word(std::string_view text, size_t at) { return at == 0 || !is_word_byte(text[at - 1]); }
bool ends_a_word(std::string_view text, size_t end) { return end >= text.size() || !is_word_byte(text[end]); }

bool is_local_part(char c) { return is_ascii_word(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; }

/// A capital at its beginning, in any alphabet, and not all of it in capitals (that is shouting, or an abbreviation).
bool looks_like_name(std::string_view word) {
    const std::u32string letters = decode_utf8(word).code_points;
    if (letters.size() < 2 || general_category(letters[0]) != Category::Lu) return false;
    return std::any_of(letters.begin() + 1, letters.end(),
                       [](char32_t c) { return general_category(c) == Category::Ll; });
}

bool is_among(std::string_view word, const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

TextSpan named(int64_t begin, int64_t end) { return {begin, end, static_cast<int32_t>(PiiKind::Name)}; }

constexpr size_t kMaxNameWords = 3;

/// Names by what stands around them.
class NameFinder {
public:
    NameFinder(std::string_view text, const PiiRules& rules) : text_(text), rules_(rules), words_(placed_words(text)) {}

    void find(std::vector<TextSpan>& found) const {
        for (size_t i = 0; i < words_.size(); ++i) {
            if (is_among(words_[i].text, rules_.titles)) name_after(i, true, found);
            if (!is_among(words_[i].text, rules_.roles)) continue;
            name_after(i, false, found);
            if (i >= 2 && words_[i - 1].text == "the") name_before(i - 1, found);
        }
        for (const std::string& name : rules_.names) find_listed(name, found);
    }

private:
    /// Nothing but one space, or after a title a point and a space, stands between two words.
    bool are_neighbours(size_t left, size_t right, bool may_have_point) const {
        const auto begin = static_cast<size_t>(words_[left].end), end = static_cast<size_t>(words_[right].begin);
        const std::string_view between = text_.substr(begin, end - begin);
        return between == " " || (may_have_point && between == ". ");
    }

    void name_after(size_t sign, bool may_have_point, std::vector<TextSpan>& found) const {
        const size_t first = sign + 1;
        size_t end = first;
        while (end < words_.size() && end < first + kMaxNameWords && looks_like_name(words_[end].text) &&
               are_neighbours(end - 1, end, may_have_point && end == first))
            ++end;
        if (end > first) found.push_back(named(words_[first].begin, words_[end - 1].end));
    }

    /// "Hagen the miller", "Hagen Berg, the miller": the capitalised words that end before word `the`.
    void name_before(size_t the, std::vector<TextSpan>& found) const {
        const auto gap_begin = static_cast<size_t>(words_[the - 1].end);
        const std::string_view gap = text_.substr(gap_begin, static_cast<size_t>(words_[the].begin) - gap_begin);
        if (gap != " " && gap != ", ") return;
        size_t begin = the;
        while (begin > 0 && the - begin < kMaxNameWords && looks_like_name(words_[begin - 1].text) &&
               (begin == the || are_neighbours(begin - 1, begin, false)))
            --begin;
        if (begin < the) found.push_back(named(words_[begin].begin, words_[the - 1].end));
    }

    void find_listed(const std::string& name, std::vector<TextSpan>& found) const {
        if (name.empty()) return;
        for (size_t at = text_.find(name); at != std::string_view::npos; at = text_.find(name, at + 1)) {
            const size_t end = at + name.size();
            if (begins_a_word(text_, at) && ends_a_word(text_, end))
                found.push_back(named(static_cast<int64_t>(at), static_cast<int64_t>(end)));
        }
    }

    std::string_view text_;
    const PiiRules& rules_;
    std::vector<PlacedWord> words_;
};

constexpr std::array<std::string_view, 5> kKindWords = {"EMAIL", "ID", "CARD", "PHONE", "NAME"};

}  // namespace

PiiRules common_pii_rules() {
    PiiRules rules;
    rules.titles = {"Mr", "Mrs", "Ms", "Miss", "Dr", "Professor", "Captain"};
    return rules;
}

size_t email_at(std::string_view text, size_t at) {
    if (at > 0 && (is_local_part(text[at - 1]) || is_word_byte(text[at - 1]))) return 0;
    size_t end = at;
    while (end < text.size() && is_local_part(text[end])) ++end;
    if (end == at || !is_ascii_word(text[at]) || end >= text.size() || text[end] != '@') return 0;
    size_t label = end + 1, last_good = 0;
    bool has_point = false;
    for (;;) {
        size_t label_end = label;
        while (label_end < text.size() && (is_ascii_word(text[label_end]) || text[label_end] == '-')) ++label_end;
        if (label_end == label) break;
        const bool is_letters = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(label),
                                            text.begin() + static_cast<std::ptrdiff_t>(label_end),
                                            [](char c) { return is_ascii_word(c) && !is_digit(c); });
        if (has_point && is_letters && label_end - label >= 2) last_good = label_end;
        if (label_end >= text.size() || text[label_end] != '.') break;
        has_point = true;
        label = label_end + 1;
    }
    return last_good == 0 || !ends_a_word(text, last_good) ? 0 : last_good - at;
}

size_t phone_at(std::string_view text, size_t at) {
    if (!begins_a_word(text, at) || (at > 0 && (text[at - 1] == '+' || text[at - 1] == '('))) return 0;
    size_t i = at;
    const bool has_bracket = text[i] == '(';
    if (has_bracket) ++i;
    const bool has_plus = i < text.size() && text[i] == '+';
    if (has_plus) ++i;
    if (i >= text.size() || !is_digit(text[i]) || (!has_plus && text[i] != '0')) return 0;
    size_t n_digits = 0, end = 0;
    bool is_bracket_open = has_bracket;
    for (;;) {
        const size_t group = i;
        while (i < text.size() && is_digit(text[i])) ++i;
        if (i - group < 2) break;
        n_digits += i - group;
        end = i;
        if (is_bracket_open && i < text.size() && text[i] == ')') {
            is_bracket_open = false;
            ++i;
        }
        const bool has_separator =
            i < text.size() && (text[i] == ' ' || text[i] == '-' || text[i] == '/' || text[i] == '.');
        if (has_separator) ++i;
        if (i >= text.size() || !is_digit(text[i])) break;
    }
    const bool is_whole = end > 0 && ends_a_word(text, end) && !is_bracket_open;
    return is_whole && n_digits >= 6 && n_digits <= 15 ? end - at : 0;
}

size_t card_at(std::string_view text, size_t at) {
    if (!begins_a_word(text, at) || !is_digit(text[at])) return 0;
    std::string digits;
    size_t end = at;
    for (size_t i = at; i < text.size(); ++i) {
        const bool is_separator = (text[i] == ' ' || text[i] == '-') && i + 1 < text.size() && is_digit(text[i + 1]);
        if (!is_digit(text[i]) && !is_separator) break;
        if (is_digit(text[i])) digits += text[i];
        end = i + 1;
    }
    if (digits.size() < 13 || digits.size() > 19 || !ends_a_word(text, end)) return 0;
    int sum = 0;
    for (size_t i = 0; i < digits.size(); ++i) {
        const int digit = digits[digits.size() - 1 - i] - '0';
        const int doubled = 2 * digit > 9 ? 2 * digit - 9 : 2 * digit;
        sum += i % 2 == 1 ? doubled : digit;
    }
    return sum % 10 == 0 ? end - at : 0;
}

size_t id_at(std::string_view text, size_t at, std::string_view form) {
    if (form.empty() || !begins_a_word(text, at) || at + form.size() > text.size()) return 0;
    for (size_t i = 0; i < form.size(); ++i) {
        const char c = text[at + i];
        const bool fits = form[i] == '9' ? is_digit(c) : form[i] == 'A' ? is_capital(c) : c == form[i];
        if (!fits) return 0;
    }
    return ends_a_word(text, at + form.size()) ? form.size() : 0;
}

std::vector<TextSpan> find_pii(std::string_view text, const PiiRules& rules) {
    std::vector<TextSpan> found;
    const auto add = [&](size_t at, size_t length, PiiKind kind) {
        if (length > 0)
            found.push_back({static_cast<int64_t>(at), static_cast<int64_t>(at + length), static_cast<int32_t>(kind)});
    };
    for (size_t at = 0; at < text.size(); ++at) {
        for (const std::string& form : rules.id_forms) add(at, id_at(text, at, form), PiiKind::Id);
        if (rules.finds_emails) add(at, email_at(text, at), PiiKind::Email);
        if (rules.finds_cards) add(at, card_at(text, at), PiiKind::Card);
        if (rules.finds_phones) add(at, phone_at(text, at), PiiKind::Phone);
    }
    NameFinder(text, rules).find(found);
    return without_overlaps(std::move(found));
}

std::string redact(std::string_view text, std::span<const TextSpan> spans, Redaction how) {
    std::string out;
    int64_t at = 0;
    std::map<std::pair<int32_t, std::string>, int64_t> numbers;
    std::map<int32_t, int64_t> n_of_kind;
    for (const TextSpan& span : spans) {
        TERRARIUM_CHECK(span.begin >= at && span.end >= span.begin && span.end <= std::ssize(text),
                        "Spans are in order and inside the text.");
        TERRARIUM_CHECK(span.kind >= 0 && span.kind < std::ssize(kKindWords), "A span has a kind of private data.");
        out += text.substr(static_cast<size_t>(at), static_cast<size_t>(span.begin - at));
        const std::string words(
            text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin)));
        const std::string kind(kKindWords[static_cast<size_t>(span.kind)]);
        if (how == Redaction::Kind) out += "[" + kind + "]";
        if (how == Redaction::Numbered) {
            const auto [number, is_new] = numbers.try_emplace({span.kind, words}, n_of_kind[span.kind] + 1);
            if (is_new) ++n_of_kind[span.kind];
            out += "[" + kind + " " + std::to_string(number->second) + "]";
        }
        at = span.end;
    }
    out += text.substr(static_cast<size_t>(at));
    return out;
}

}  // namespace terrarium::core
