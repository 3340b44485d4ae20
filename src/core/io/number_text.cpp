#include "core/io/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

namespace terrarium::core::io {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What the grammar check learns about a number on the way.
struct Shape {
    bool is_number = false;
    bool is_large = false;  ///< 1 or more in size: then "out of range" means too large, else too close to zero
};

Shape look_at(std::string_view text) {
    size_t at = 0;
    int64_t n_digits = 0;
    int64_t exponent = 0;     // of ten, written after the e
    int64_t leading = 0;      // power of ten of the first digit that is not zero, plus one
    bool is_nonzero = false;  // such a digit was seen
    if (at < text.size() && text[at] == '-') ++at;
    for (; at < text.size() && is_digit(text[at]); ++at, ++n_digits) {
        is_nonzero = is_nonzero || text[at] != '0';
        if (is_nonzero) ++leading;
    }
    if (at < text.size() && text[at] == '.') {
        for (++at; at < text.size() && is_digit(text[at]); ++at, ++n_digits) {
            if (!is_nonzero && text[at] == '0') --leading;
            is_nonzero = is_nonzero || text[at] != '0';
        }
    }
    if (n_digits == 0) return {};
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        const bool is_negative = at < text.size() && text[at] == '-';
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        if (at == text.size()) return {};
        for (; at < text.size() && is_digit(text[at]); ++at) {
            // Far beyond any text we read; stops the sum from overflowing on a mile of digits.
            if (exponent < 1'000'000'000) exponent = exponent * 10 + (text[at] - '0');
        }
        if (is_negative) exponent = -exponent;
    }
    return {at == text.size(), is_nonzero && leading + exponent > 0};
}

double read_back(const char* text) {
    double value = 0.0;
#if defined(__cpp_lib_to_chars)
    std::from_chars(text, text + std::strlen(text), value);
#else
    // The C++ library of the web build has no from_chars for floating point yet. Its strtod rounds correctly and
    // knows one locale only.
    value = std::strtod(text, nullptr);
#endif
    return value;
}

/// d.ddd x 10^exponent as "1e22" and as "10000000000000000000000".
std::string scientific(const std::string& digits, int exponent) {
    std::string text = digits.substr(0, 1);
    if (digits.size() > 1) text += "." + digits.substr(1);
    return text + "e" + std::to_string(exponent);
}
std::string fixed_point(const std::string& digits, int exponent) {
    const auto size = static_cast<int>(digits.size());
    if (exponent < 0) return "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
    if (size <= exponent + 1) return digits + std::string(static_cast<size_t>(exponent + 1 - size), '0');
    return digits.substr(0, static_cast<size_t>(exponent) + 1) + "." + digits.substr(static_cast<size_t>(exponent) + 1);
}

/// The fewest correctly rounded digits that read back as the same number. std::to_chars would do, but in the web build
/// it brings 107 kB of tables.
template <typename T>
std::string shortest(T value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    const std::string sign = std::signbit(value) ? "-" : "";
    if (value == 0) return sign + "0";
    std::array<char, 40> buffer{};
    for (int precision = 0; precision < std::numeric_limits<T>::max_digits10; ++precision) {
        std::snprintf(buffer.data(), buffer.size(), "%.*e", precision, std::abs(static_cast<double>(value)));
        buffer[1] = buffer[1] == 'e' ? 'e' : '.';  // whatever the locale puts there
        if (static_cast<T>(read_back(buffer.data())) == std::abs(value)) break;
    }
    const std::string_view text = buffer.data();
    const size_t e = text.find('e');
    std::string digits(1, text[0]);
    if (e > 1) digits += text.substr(2, e - 2);
    const int exponent = std::atoi(text.data() + e + 1);
    const std::string one = fixed_point(digits, exponent);
    const std::string other = scientific(digits, exponent);
    // As std::to_chars compares them: with "e+22" and "e-09", so that 100000 stays and 1e-9 does not become
    // 0.000000001.
    const size_t padding = (exponent >= 0 ? 1u : 0u) + (std::abs(exponent) < 10 ? 1u : 0u);
    return sign + (one.size() <= other.size() + padding ? one : other);
}

template <typename T>
std::optional<T> whole(std::string_view text) {
    T value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string format_number(double value) { return shortest(value); }
std::string format_number(float value) { return shortest(value); }

std::optional<double> parse_number(std::string_view text) {
    const Shape shape = look_at(text);
    if (!shape.is_number) return std::nullopt;
#if defined(__cpp_lib_to_chars)
    double value = 0.0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec == std::errc::result_out_of_range) {
        if (shape.is_large) return std::nullopt;
        return text.front() == '-' ? -0.0 : 0.0;
    }
    if (result.ec != std::errc()) return std::nullopt;
#else
    const double value = read_back(std::string(text).c_str());
#endif
    if (!std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<int64_t> parse_int(std::string_view text) { return whole<int64_t>(text); }
std::optional<uint64_t> parse_uint(std::string_view text) { return whole<uint64_t>(text); }

}  // namespace terrarium::core::io
