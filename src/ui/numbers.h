// Numbers as the learner's language writes them. The platform is asked once per language for the signs (in a browser by
// Intl.NumberFormat); from then on numbers are put together here, without a question per number. Data (CSV, addresses,
// result codes) never comes this way: it always has a decimal point.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace terrarium::ui {

struct NumberSigns {
    std::string decimal = ".";
    std::string group = ",";
    std::string percent = "{0} %";  ///< where the number stands
    int64_t min_grouped = 1000;     ///< some languages group from 10 000 on
    bool operator==(const NumberSigns&) const = default;
};

/// 0.1234, 2 -> "0.12"
std::string number(double value, int digits);
/// 12345 -> "12,345"
std::string grouped(int64_t value);
/// 0.123, 1 -> "12.3 %"
std::string percent(double fraction, int digits);
/// A number in data form ("0.003", "1e-5") with the language's own decimal sign.
std::string localized(std::string_view data_number);
/// A value that may be a number in data form, "1,500" or "2.31", with the language's own signs; every other value as it
/// is.
std::string localized_value(const std::string& value);
/// A sentence that has no translation: the numbers in it, "0.3 nats" and "1,500 steps", get the language's own signs,
/// so that a page does not write numbers in two ways. Code between backticks, formulas between dollars, addresses and
/// what has more than one point (a version) stay as they are.
std::string localized_sentence(const std::string& sentence);
/// What was typed, in data form: takes the language's decimal sign as well as the point, and drops group signs that
/// cannot be mistaken. "1,5" is 1.5 where the comma is the decimal sign.
std::string to_data_number(std::string_view typed);

}  // namespace terrarium::ui
