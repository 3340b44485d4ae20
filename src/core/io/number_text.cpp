#include "core/io/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

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

template <typename T>
std::string shortest(T value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    std::array<char, 64> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    std::string text(buffer.data(), result.ptr);
    // "1e+22" and "1e-09" become "1e22" and "1e-9".
    if (const size_t e = text.find('e'); e != std::string::npos) {
        if (text[e + 1] == '+') text.erase(e + 1, 1);
        const size_t first_digit = text[e + 1] == '-' ? e + 2 : e + 1;
        if (text[first_digit] == '0') text.erase(first_digit, 1);
    }
    return text;
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
    double value = 0.0;
#if defined(__cpp_lib_to_chars)
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec == std::errc::result_out_of_range) {
        if (shape.is_large) return std::nullopt;
        return text.front() == '-' ? -0.0 : 0.0;
    }
    if (result.ec != std::errc()) return std::nullopt;
#else
    // The C++ library of the web build has no from_chars for floating point yet. Its strtod rounds correctly and
    // knows one locale only, and the grammar was checked above.
    value = std::strtod(std::string(text).c_str(), nullptr);
#endif
    if (!std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<int64_t> parse_int(std::string_view text) { return whole<int64_t>(text); }
std::optional<uint64_t> parse_uint(std::string_view text) { return whole<uint64_t>(text); }

}  // namespace terrarium::core::io
