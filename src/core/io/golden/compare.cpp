// When a result counts as the expected one.

#include <algorithm>
#include <cmath>

#include "core/io/bytes.h"
#include "core/io/golden/golden.h"
#include "core/io/json_scan.h"
#include "core/io/number_text.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

constexpr int64_t kShownCharacters = 120;

std::string shown(const json& value) {
    if (value.is_number_float()) return format_number(value.get<double>());
    return cut_characters(value.dump(-1, ' ', false, json::error_handler_t::replace), kShownCharacters);
}

/// One of the three kinds of number that JSON has no digits for.
bool is_the_number(const json& got, std::string_view word) {
    if (!got.is_number_float()) return false;
    const double number = got.get<double>();
    if (word == "NaN") return std::isnan(number);
    if (word == "Infinity") return std::isinf(number) && number > 0;
    if (word == "-Infinity") return std::isinf(number) && number < 0;
    return false;
}

bool is_near(const json& got, const json& expected, const GoldenTolerance& tolerance) {
    if (!got.is_number()) return false;
    const double want = expected.get<double>();
    const double miss = got.get<double>() - want;
    return (miss < 0 ? -miss : miss) <= tolerance.abs + tolerance.rel * (want < 0 ? -want : want);
}

std::optional<GoldenDifference> difference_at(const std::string& path, const json& got, const json& expected,
                                              const GoldenTolerance& tolerance) {
    const auto differs = [&]() { return GoldenDifference{path, shown(got), shown(expected)}; };
    if (expected.is_object()) {
        if (!got.is_object()) return differs();
        if (const auto most = expected.find("objective_at_most"); most != expected.end()) {
            const auto objective = got.find("objective");
            if (objective != got.end() && objective->is_number() && objective->get<double>() <= most->get<double>())
                return std::nullopt;
            return GoldenDifference{json_path(path, "objective"),
                                    objective == got.end() ? "nothing" : shown(*objective), "at most " + shown(*most)};
        }
        for (const auto& [key, value] : expected.items()) {
            const auto found = got.find(key);
            if (found == got.end()) return GoldenDifference{json_path(path, key), "nothing", shown(value)};
            if (auto difference = difference_at(json_path(path, key), *found, value, tolerance)) return difference;
        }
        return std::nullopt;
    }
    if (expected.is_array()) {
        if (!got.is_array()) return differs();
        for (size_t i = 0; i < std::min(got.size(), expected.size()); ++i) {
            auto difference = difference_at(json_path(path, static_cast<int64_t>(i)), got[i], expected[i], tolerance);
            if (difference) return difference;
        }
        return got.size() == expected.size() ? std::nullopt : std::optional(differs());
    }
    if (expected.is_number()) return is_near(got, expected, tolerance) ? std::nullopt : std::optional(differs());
    if (expected.is_string() && is_the_number(got, expected.get_ref<const std::string&>())) return std::nullopt;
    return got == expected ? std::nullopt : std::optional(differs());
}

}  // namespace

std::optional<GoldenDifference> find_golden_difference(const json& got, const json& expected,
                                                       const GoldenTolerance& tolerance) {
    return difference_at("", got, expected, tolerance);
}

}  // namespace terrarium::core::io
