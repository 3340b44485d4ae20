// Numbers as text: the shortest digits that read back as the same number, and the strict way back.
//
// A learning rate of 0.003 must stay "0.003" in the address bar, not "0.0030000000260770321", and must come back as
// the same bits on every machine, so the same number gives the same text natively and in the browser.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrarium::core::io {

/// Shortest decimal text that reads back as exactly this number: 0.003, 1e-9, -7, 1e22; with an exponent where that is
/// shorter than without, counting it as "e-09" or "e+22" (so 100000 stays, and 0.00001 becomes 1e-5). "NaN", "inf" and
/// "-inf" for the three kinds that are no numbers. Never a plus sign: an address bar may turn it into a space. The
/// float form is the shortest for float precision: format_number(0.003f) is "0.003".
[[nodiscard]] std::string format_number(double value);
[[nodiscard]] std::string format_number(float value);

/// Reads a decimal number: [-] digits [. digits] [e [+-] digits], with at least one digit before or after the point.
/// The whole text must match. Nothing for anything else: spaces, "inf", "0x1f", "1,5", or a number too large to be
/// held (1e400). A number too close to zero (1e-400) is zero.
/// The result is the nearest double, ties to even.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// Reads a whole number in digits ("7", "-3"). Nothing when it does not fit into 64 bits or is written otherwise.
[[nodiscard]] std::optional<int64_t> parse_int(std::string_view text);
[[nodiscard]] std::optional<uint64_t> parse_uint(std::string_view text);

}  // namespace terrarium::core::io
