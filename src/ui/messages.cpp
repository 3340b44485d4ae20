#include "ui/messages.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ui/context.h"
#include "ui/words.h"

namespace terrarium::ui {
namespace {

/// "1,500" and "2.31" with the signs of the language; every other value as it is.
std::string value_words(const std::string& value) {
    const bool is_number = !value.empty() && value.find_first_not_of("0123456789,.") == std::string::npos &&
                           std::count(value.begin(), value.end(), '.') <= 1 && value.front() != ',' &&
                           value.front() != '.' && value.back() != ',' && value.back() != '.';
    if (!is_number) return value;
    const NumberSigns& signs = context().locale.numbers;
    std::string words;
    for (const char c : value) words += c == ',' ? signs.group : c == '.' ? signs.decimal : std::string(1, c);
    return words;
}

}  // namespace

std::string message_words(const core::Message& message) {
    std::vector<std::string> values;
    for (const std::string& value : message.values()) values.push_back(value_words(value));
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
