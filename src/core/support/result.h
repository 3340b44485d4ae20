// The answer of a door for outside data: either a value or an error that a person can act on.
//
// Used where text, files, messages or addresses come in. Our own mistakes are checks (check.h) instead.

#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/support/check.h"
#include "core/support/message.h"

namespace terrarium::core {

/// What went wrong, where, and what to do now: said in the learner's language on the page, in English elsewhere.
struct Error {
    std::string code;   ///< short and stable, for tests and search: "too_large"
    Message place;      ///< file, line and path, or the name of a field; empty when there is none
    Message message;    ///< one full sentence for the reader
    Message next_step;  ///< one full sentence; what to try
};

/// "PLACE: message next step", for the command line.
inline std::string english(const Error& error) {
    const std::string words = error.message.then(error.next_step).english();
    return error.place.empty() ? words : error.place.english() + ": " + words;
}

/// Holds either a T or an Error, never both.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : value_(std::move(value)) {}      // NOLINT: `return value;` should read naturally
    Result(Error error) : error_(std::move(error)) {}  // NOLINT: so should `return Error{...};`

    [[nodiscard]] bool has_value() const { return value_.has_value(); }
    explicit operator bool() const { return has_value(); }

    /// The value. Checks: there is one.
    [[nodiscard]] const T& value() const& {
        TERRARIUM_CHECK(value_.has_value(), "A result without a value was asked for its value.");
        return *value_;
    }
    [[nodiscard]] T&& value() && {
        TERRARIUM_CHECK(value_.has_value(), "A result without a value was asked for its value.");
        return std::move(*value_);
    }

    /// The error. Checks: there is no value.
    [[nodiscard]] const Error& error() const {
        TERRARIUM_CHECK(!value_.has_value(), "A result with a value was asked for its error.");
        return error_;
    }

private:
    std::optional<T> value_;
    Error error_;
};

}  // namespace terrarium::core
