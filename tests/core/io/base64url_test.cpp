#include "core/io/base64url.h"

#include <doctest/doctest.h>

#include <set>

using namespace terrarium::core::io;

TEST_CASE("base64url: the examples of RFC 4648, without padding") {
    const std::pair<const char*, const char*> kExamples[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xFB\xFF\xBF", "-_-_"}};
    for (const auto& [bytes, text] : kExamples) {
        CHECK(base64url_encode(bytes) == text);
        CHECK(base64url_decode(text) == bytes);
    }
}

TEST_CASE("base64url: every text of up to three letters decodes to bytes that encode to it, or is refused") {
    int64_t n_wrong = 0;
    std::set<std::string> seen;
    for (int a = 0; a < 256; ++a) {
        for (int b = -1; b < 256; ++b) {
            std::string text(1, static_cast<char>(a));
            if (b >= 0) text.push_back(static_cast<char>(b));
            const auto bytes = base64url_decode(text);
            if (bytes && base64url_encode(*bytes) != text) ++n_wrong;
            if (bytes) seen.insert(*bytes);
        }
    }
    CHECK(n_wrong == 0);
    CHECK(seen.size() == 256);  // two letters are one byte, each in one way only; one letter is nothing
}

TEST_CASE("base64url: padding, other alphabets, impossible lengths and leftover bits are refused") {
    for (const char* bad : {"Zg==", "Zg=", "Z", "Zm9vY", "Zh", "Zm9", "+/+/", "Zm 8", "Zm8\n", "Zm9v.", "\xC3\xA9zz"}) {
        CHECK_MESSAGE(!base64url_decode(bad).has_value(), bad);
    }
}

TEST_CASE("base64url: all bytes survive") {
    std::string bytes;
    for (int i = 0; i < 1000; ++i) bytes.push_back(static_cast<char>(i * 7));
    for (size_t n = 0; n <= bytes.size(); ++n)
        REQUIRE(base64url_decode(base64url_encode(bytes.substr(0, n))) == bytes.substr(0, n));
}
