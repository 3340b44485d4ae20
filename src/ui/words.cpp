#include "ui/words.h"

#include "ui/context.h"

namespace terrarium::ui {

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

std::string tr(std::string_view english, std::span<const std::string> values) {
    const Locale& locale = context().locale;
    if (locale.pseudo != Pseudo::None) return filled(pseudo_words(english, locale.pseudo), values);
    const auto found = locale.words.find(english);
    return filled(found == locale.words.end() ? english : std::string_view(found->second), values);
}

std::string tr(std::string_view english) { return tr(english, std::span<const std::string>()); }

}  // namespace terrarium::ui
