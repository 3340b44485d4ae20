// What every metric asks of its input before it computes: something to measure, columns of equal length, real numbers.
//
// Data come from learners' files, so a fault is a sentence with a next step, never a check that ends the program.

#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/support/result.h"

namespace terrarium::core {

/// A refusal: `message` and `next_step` are one full sentence each, `code` is short and stable.
[[nodiscard]] Error refused(std::string code, std::string message, std::string next_step);

/// Nothing when the two columns are equally long and not empty; otherwise the error "unequal_counts" or "empty".
[[nodiscard]] std::optional<Error> check_columns(size_t first, size_t second);

/// Nothing when no value is NaN or infinite; otherwise the error "not_finite" with the place of the first one.
[[nodiscard]] std::optional<Error> check_finite(std::span<const double> values);

/// Nothing when every value is finite and in [0, 1]; otherwise "not_finite" or "not_a_probability".
[[nodiscard]] std::optional<Error> check_probabilities(std::span<const double> values);

/// Refuses two columns of numbers that are empty, of unequal length, or not finite somewhere.
[[nodiscard]] std::optional<Error> check_pairs(std::span<const double> a, std::span<const double> b);

}  // namespace terrarium::core
