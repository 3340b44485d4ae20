#include "ui/messages.h"

#include <nlohmann/json.hpp>

#include "ui/numbers.h"
#include "ui/words.h"

namespace terrarium::ui {
std::string message_words(const core::Message& message) {
    std::vector<std::string> values;
    for (const std::string& value : message.values()) values.push_back(localized_value(value));
    std::string words = message.empty() ? std::string() : tr(message.pattern(), values);
    for (const core::Message& next : message.next()) words += " " + message_words(next);
    return words;
}

std::string error_words(const core::Error& error) {
    const std::string words = message_words(error.message.then(error.next_step));
    return error.place.empty() ? words : tr("{0}: {1}", {message_words(error.place), words});
}

std::string packed(const core::Message& message) {
    TERRARIUM_CHECK(message.next().empty(), "The record keeps single sentences.");
    if (message.values().empty()) return message.pattern();
    nlohmann::json parts = {message.pattern()};
    for (const std::string& value : message.values()) parts.push_back(value);
    return parts.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

core::Message unpacked(const std::string& text) {
    if (!text.starts_with("[\"")) return text;
    const nlohmann::json parts = nlohmann::json::parse(text, nullptr, false);
    if (!parts.is_array()) return text;
    std::vector<std::string> all;
    for (const nlohmann::json& part : parts) {
        if (!part.is_string()) return text;
        all.push_back(part.get<std::string>());
    }
    return {all.front(), {all.begin() + 1, all.end()}};
}

}  // namespace terrarium::ui
