#include "ui/words.h"

#include "core/support/message.h"
#include "ui/context.h"

namespace terrarium::ui {

std::string filled(std::string_view pattern, std::span<const std::string> values) {
    return core::filled(pattern, values);
}

std::string tr(std::string_view english, std::span<const std::string> values) {
    const Locale& locale = context().locale;
    if (locale.pseudo != Pseudo::None) return filled(pseudo_words(english, locale.pseudo), values);
    const auto found = locale.words.find(english);
    return filled(found == locale.words.end() ? english : std::string_view(found->second), values);
}

bool is_translated(std::string_view english) {
    const Locale& locale = context().locale;
    return locale.pseudo != Pseudo::None || locale.words.contains(english);
}

std::string tr(std::string_view english) { return tr(english, std::span<const std::string>()); }

}  // namespace terrarium::ui
