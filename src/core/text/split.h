// Cutting text at white space, and other things that several metrics do to a text before they count.
//
// White space is what Python's str.split() takes for it, because the reference implementations are written in Python.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::core {

/// The pieces between runs of white space; no empty ones.
[[nodiscard]] std::vector<std::u32string> split_white_space(std::u32string_view text);
/// The same for UTF-8; damaged bytes become U+FFFD.
[[nodiscard]] std::vector<std::string> split_white_space(std::string_view utf8);

/// Without the white space at the end, or at both ends.
[[nodiscard]] std::u32string_view right_stripped(std::u32string_view text);
[[nodiscard]] std::u32string_view stripped(std::u32string_view text);

/// Every `from`, found from left to right, becomes `to`. `from` is not empty.
[[nodiscard]] std::u32string replaced(std::u32string_view text, std::u32string_view from, std::u32string_view to);

}  // namespace terrarium::core
