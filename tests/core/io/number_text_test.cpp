#include "core/io/number_text.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "core/support/hash.h"

using namespace terrarium::core;
using namespace terrarium::core::io;

TEST_CASE("number_text: the shortest text, without a plus sign") {
    CHECK(format_number(0.003) == "0.003");
    CHECK(format_number(0.003f) == "0.003");
    CHECK(format_number(0.1 + 0.2) == "0.30000000000000004");
    CHECK(format_number(7.0) == "7");
    CHECK(format_number(-0.0) == "-0");
    CHECK(format_number(1e22) == "1e22");
    CHECK(format_number(1e-9) == "1e-9");
    CHECK(format_number(5e-324) == "5e-324");
    CHECK(format_number(std::nan("")) == "NaN");
    CHECK(format_number(-std::numeric_limits<double>::infinity()) == "-inf");
}

TEST_CASE(
    "number_text: two hundred thousand doubles and floats come back bit for bit, with the same text on every machine") {
    uint64_t state = 1;
    uint64_t text_hash = kFnvOffset;
    int64_t n_wrong = 0;
    for (int i = 0; i < 100'000; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const double number = std::bit_cast<double>(state);
        if (std::isfinite(number)) {
            const std::string text = format_number(number);
            const auto back = parse_number(text);
            if (!back || std::bit_cast<uint64_t>(*back) != state) ++n_wrong;
            text_hash = fnv1a64(text, text_hash);
        }
        const auto bits = static_cast<uint32_t>(state >> 32);
        const float small = std::bit_cast<float>(bits);
        if (std::isfinite(small)) {
            const auto back = parse_number(format_number(small));
            if (!back || std::bit_cast<uint32_t>(static_cast<float>(*back)) != bits) ++n_wrong;
        }
    }
    CHECK(n_wrong == 0);
    // The same natively, as wasm, and from the digits that Python's repr() gives, laid out by the rule in the header.
    CHECK(text_hash == 11624345092345858231ULL);
}

TEST_CASE("number_text: only decimal numbers are numbers") {
    CHECK(parse_number("0.003") == 0.003);
    CHECK(parse_number("-12e-7") == -12e-7);
    CHECK(parse_number(".5") == 0.5);
    CHECK(parse_number("5.") == 5.0);
    CHECK(parse_number("1E+3") == 1000.0);
    CHECK(parse_number("9007199254740993") == 9007199254740992.0);  // a tie, to even
    for (const char* bad : {"", "-", ".", "e5", "1e", "1e+", "+1", " 1", "1 ", "1,5", "0x1f", "inf", "nan", "NaN",
                            "1.2.3", "--1", "1f", "1_000"}) {
        CHECK_MESSAGE(!parse_number(bad).has_value(), bad);
    }
}

TEST_CASE("number_text: too large is no number, too small is zero") {
    CHECK_FALSE(parse_number("1e400").has_value());
    CHECK_FALSE(parse_number("-1e309").has_value());
    CHECK_FALSE(parse_number("1e99999999999999999999").has_value());
    CHECK_FALSE(parse_number("1" + std::string(400, '0')).has_value());
    CHECK_FALSE(parse_number("0.001e999").has_value());
    CHECK(parse_number("1e308") == 1e308);
    CHECK(parse_number("1e-400") == 0.0);
    CHECK(parse_number("0." + std::string(5000, '0') + "1") == 0.0);
    CHECK(parse_number("1e-99999999999999999999") == 0.0);
    CHECK(parse_number("0e99999999999999999999") == 0.0);
    CHECK(parse_number("1" + std::string(400, '0') + "e-400") == 1.0);
    CHECK(parse_number("5e-324") == 5e-324);
    CHECK(std::signbit(*parse_number("-1e-400")));
}

TEST_CASE("number_text: whole numbers fit or are refused") {
    CHECK(parse_int("-9223372036854775808") == std::numeric_limits<int64_t>::min());
    CHECK_FALSE(parse_int("9223372036854775808").has_value());
    CHECK(parse_uint("18446744073709551615") == std::numeric_limits<uint64_t>::max());
    for (const char* bad : {"", "-1", "+1", "1.0", "1e3", " 1", "18446744073709551616", "4294967312x"}) {
        CHECK_MESSAGE(!parse_uint(bad).has_value(), bad);
    }
    CHECK(parse_uint("4294967312") == 4294967312ULL);  // 2^32 + 16: would be 16 in a 32-bit size
}
