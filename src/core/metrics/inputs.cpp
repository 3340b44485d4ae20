#include "core/metrics/inputs.h"

#include <utility>

namespace terrarium::core {
namespace {

bool is_finite(double value) { return value - value == 0.0; }

}  // namespace

Error refused(std::string code, std::string message, std::string next_step) {
    return Error{std::move(code), "", std::move(message), std::move(next_step)};
}

std::optional<Error> check_columns(size_t first, size_t second) {
    if (first != second) {
        return refused("unequal_counts",
                       "The two columns have " + std::to_string(first) + " and " + std::to_string(second) + " values.",
                       "Give both the same number of values, one pair a row.");
    }
    if (first == 0) return refused("empty", "There are no values to measure.", "Give at least one pair of values.");
    return std::nullopt;
}

std::optional<Error> check_finite(std::span<const double> values) {
    for (size_t i = 0; i < values.size(); ++i) {
        if (is_finite(values[i])) continue;
        Error error = refused("not_finite", "Value " + std::to_string(i + 1) + " is not a finite number.",
                              "Remove the row or repair the value; NaN and infinity cannot be ranked or averaged.");
        error.place = "value " + std::to_string(i + 1);
        return error;
    }
    return std::nullopt;
}

std::optional<Error> check_probabilities(std::span<const double> values) {
    if (auto error = check_finite(values)) return error;
    for (size_t i = 0; i < values.size(); ++i) {
        if (values[i] >= 0.0 && values[i] <= 1.0) continue;
        Error error = refused("not_a_probability", "Value " + std::to_string(i + 1) + " lies outside 0 to 1.",
                              "Give probabilities, not scores or percentages.");
        error.place = "value " + std::to_string(i + 1);
        return error;
    }
    return std::nullopt;
}

std::optional<Error> check_pairs(std::span<const double> a, std::span<const double> b) {
    if (auto error = check_columns(a.size(), b.size())) return error;
    if (auto error = check_finite(a)) return error;
    return check_finite(b);
}

}  // namespace terrarium::core
