// Tokens as a learner can read them.

#pragma once

#include <string>

namespace terrarium::labs {

/// Blanks and line ends as signs, so that they can be seen.
std::string shown_token(const std::string& token);
/// The same by name where a sign alone would say nothing: "space", "line end".
std::string named_token(const std::string& token);
/// "42 %", without decimals.
std::string whole_percent(float fraction);

}  // namespace terrarium::labs
