#include "ui/numbers.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "ui/context.h"
#include "ui/words.h"

namespace terrarium::ui {
namespace {

const NumberSigns& signs() { return context().locale.numbers; }

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    if (what.empty()) return;
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "1,500", "2.31" and "1,234.5": groups of three, at most one point with digits on both sides.
bool is_data_number(std::string_view text) {
    const size_t point = std::min(text.find('.'), text.size());
    if (point < text.size() &&
        !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(point) + 1, text.end(), is_digit))
        return false;
    if (text.empty() || text.back() == '.') return false;
    for (size_t at = 0; at < point; ++at) {
        const bool is_group = (point - at) % 4 == 0;
        if (text[at] == ',' ? !is_group || at == 0 : !is_digit(text[at])) return false;
        if (is_group && text[at] != ',' && text.find(',') < point) return false;
    }
    return point > 0;
}

/// Where what must stay as it is ends, if it begins at `at`: code, a formula, the address of a link; else `at`.
size_t end_of_kept(std::string_view text, size_t at) {
    for (const auto& [open, close] : {std::pair{"`", "`"}, {"$", "$"}, {"](", ")"}, {"[[", "|"}, {"http", " "}}) {
        if (!text.substr(at).starts_with(open)) continue;
        const size_t end = text.find(close, at + std::string_view(open).size());
        return end == std::string_view::npos ? text.size() : end + 1;
    }
    return at;
}

}  // namespace

std::string localized_value(const std::string& value) {
    if (!is_data_number(value)) return value;
    std::string words;
    for (const char c : value) words += c == ',' ? signs().group : c == '.' ? signs().decimal : std::string(1, c);
    return words;
}

std::string localized_sentence(const std::string& sentence) {
    if (signs() == NumberSigns{}) return sentence;
    const auto belongs = [](char c) { return is_digit(c) || c == '.' || c == ','; };
    std::string words;
    for (size_t at = 0; at < sentence.size();) {
        if (const size_t end = end_of_kept(sentence, at); end > at) {
            words += sentence.substr(at, end - at);
            at = end;
            continue;
        }
        const bool begins =
            is_digit(sentence[at]) &&
            (at == 0 || (sentence[at - 1] != '.' && std::isalnum(static_cast<unsigned char>(sentence[at - 1])) == 0));
        size_t end = at + 1;
        while (begins && end < sentence.size() && belongs(sentence[end])) ++end;
        while (begins && end > at + 1 && !is_digit(sentence[end - 1])) --end;  // the full stop after it
        words += begins ? localized_value(sentence.substr(at, end - at)) : sentence.substr(at, 1);
        at = end;
    }
    return words;
}

std::string number(double value, int digits) {
    char text[400];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return localized(text);
}

std::string grouped(int64_t value) {
    std::string digits = std::to_string(value);
    if (value < signs().min_grouped && value > -signs().min_grouped) return digits;
    const int64_t first = value < 0 ? 1 : 0;
    for (int64_t at = std::ssize(digits) - 3; at > first; at -= 3)
        digits.insert(static_cast<size_t>(at), signs().group);
    return digits;
}

std::string percent(double fraction, int digits) { return filled(signs().percent, {number(fraction * 100, digits)}); }

std::string localized(std::string_view data_number) {
    std::string text(data_number);
    if (const size_t point = text.find('.'); point != std::string::npos) text.replace(point, 1, signs().decimal);
    return text;
}

std::string to_data_number(std::string_view typed) {
    std::string text(typed);
    const NumberSigns& s = signs();
    if (s.decimal == "." || text.find(s.decimal) == std::string::npos) return text;
    // With the decimal sign there, the others can only be group signs.
    for (const std::string_view group : {std::string_view(s.group), std::string_view(" ")}) {
        if (group != s.decimal) replace_all(text, group, "");
    }
    replace_all(text, s.decimal, ".");
    return text;
}

}  // namespace terrarium::ui
