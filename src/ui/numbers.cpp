#include "ui/numbers.h"

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

}  // namespace

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
