// Small readers that the evaluators of golden cases share: JSON values to plain ones. They throw what nlohmann throws;
// run_golden_file() catches it.

#pragma once

#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core::io {

/// A number, or one of the words "NaN", "Infinity", "-Infinity".
[[nodiscard]] inline double golden_number(const nlohmann::json& value) {
    if (value == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (value == "Infinity") return std::numeric_limits<double>::infinity();
    if (value == "-Infinity") return -std::numeric_limits<double>::infinity();
    return value.get<double>();
}

[[nodiscard]] inline std::vector<double> golden_numbers(const nlohmann::json& list) {
    std::vector<double> numbers;
    numbers.reserve(list.size());
    for (const nlohmann::json& value : list) numbers.push_back(golden_number(value));
    return numbers;
}

[[nodiscard]] inline std::vector<std::string> golden_texts(const nlohmann::json& list) {
    return list.get<std::vector<std::string>>();
}

[[nodiscard]] inline std::vector<std::vector<std::string>> golden_text_lists(const nlohmann::json& lists) {
    return lists.get<std::vector<std::vector<std::string>>>();
}

/// The option of this name, or the fallback where it is absent or null.
template <typename T>
[[nodiscard]] T golden_option(const nlohmann::json& params, std::string_view name, T fallback) {
    const auto found = params.find(name);
    return found == params.end() || found->is_null() ? fallback : found->template get<T>();
}

/// The value that an option's word stands for. Refuses other words; absent or null is the fallback.
template <typename T>
[[nodiscard]] Result<T> golden_choice(const nlohmann::json& params, std::string_view name, T fallback,
                                      std::initializer_list<std::pair<std::string_view, T>> choices) {
    const auto found = params.find(name);
    if (found == params.end() || found->is_null()) return fallback;
    const auto word = found->get<std::string>();
    for (const auto& [known, value] : choices) {
        if (word == known) return value;
    }
    return Error{"golden.option", std::string(name), Message("There is no choice called {0} here.", {word}),
                 "The golden files' README names the choices."};
}

}  // namespace terrarium::core::io
