#include "core/support/message.h"

#include <cstdio>

namespace terrarium::core {

std::string filled(std::string_view pattern, std::span<const std::string> values) {
    std::string words;
    for (size_t i = 0; i < pattern.size(); ++i) {
        const bool is_hole = i + 2 < pattern.size() && pattern[i] == '{' && pattern[i + 2] == '}' &&
                             pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
        const auto index = is_hole ? static_cast<size_t>(pattern[i + 1] - '0') : values.size();
        if (index >= values.size()) {
            words += pattern[i];
            continue;
        }
        words += values[index];
        i += 2;
    }
    return words;
}

std::string Message::english() const {
    std::string words = filled(pattern_, values_);
    for (const Message& one : next_) words += " " + one.english();
    return words;
}

Message Message::then(Message next) const {
    if (empty()) return next;
    Message all = *this;
    if (!next.empty()) all.next_.push_back(std::move(next));
    return all;
}

std::string fixed(double value, int digits) {
    char text[400];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

}  // namespace terrarium::core
