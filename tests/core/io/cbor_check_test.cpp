#include "core/io/cbor_check.h"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "sample_lab.h"

using namespace terrarium::core::io;
using namespace std::string_view_literals;
using nlohmann::json;

namespace {

std::string written(const json& value) {
    std::string bytes;
    json::to_cbor(value, bytes);
    return bytes;
}

}  // namespace

TEST_CASE("cbor_check: what the library writes is plain") {
    CHECK(is_plain_cbor(written(json::parse(kSampleLab))));
    for (const json& value : {json(0), json(-1), json(UINT64_MAX), json(INT64_MIN), json(0.1), json(1.5), json(true),
                              json(nullptr), json(""), json(std::string(70'000, 'x')), json::array(), json::object(),
                              json::array({json::binary({1, 2})}), json::object({{"", json::object()}})}) {
        CHECK_MESSAGE(is_plain_cbor(written(value)), value.type_name());
    }
}

TEST_CASE("cbor_check: every truncation and every added byte is refused") {
    const std::string bytes = written(json::parse(kSampleLab));
    int64_t n_accepted = 0;
    for (size_t n = 0; n < bytes.size(); ++n) n_accepted += is_plain_cbor(bytes.substr(0, n)) ? 1 : 0;
    for (int byte = 0; byte < 256; ++byte) n_accepted += is_plain_cbor(bytes + static_cast<char>(byte)) ? 1 : 0;
    CHECK(n_accepted == 0);
}

TEST_CASE("cbor_check: what is not plain is refused") {
    for (const std::string_view bad : {"\x1C"sv,
                                       "\x1F"sv,
                                       "\x5F\xFF"sv,
                                       "\x7F\xFF"sv,
                                       "\x9F\xFF"sv,
                                       "\xBF\xFF"sv,
                                       "\xFF"sv,
                                       "\xC1\x01"sv,
                                       "\xD8\x20\x01"sv,
                                       "\xF7"sv,
                                       "\xF8\x20"sv,
                                       "\xF9\x3C\x00"sv,
                                       "\xE0"sv,
                                       "\xA1\x01\x01"sv,
                                       "\xA1\x41\x61\x01"sv,
                                       "\xA1\x61\x61"sv,
                                       "\x61\xFF"sv,
                                       "\x41\x00"sv,
                                       "\xA1\x61\x61\x41\x00"sv,
                                       "\x81\x81\x41\x00"sv,
                                       "\x62\x61"sv,
                                       "\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv,
                                       "\xBB\x80\x00\x00\x00\x00\x00\x00\x00"sv,
                                       "\x7B\x00\x00\x00\x01\x00\x00\x00\x00"sv}) {
        CHECK_MESSAGE(!is_plain_cbor(bad), static_cast<int>(static_cast<uint8_t>(bad[0])));
    }
    for (const char head :
         {'\x1C', '\x1D', '\x1E', '\x1F', '\x3C', '\x7C', '\x9C'}) {  // lengths of 16 bytes do not exist
        for (const size_t n : {16u, 32u, 64u, 128u}) CHECK_FALSE(is_plain_cbor(head + std::string(n, '\0')));
    }
    CHECK_FALSE(is_plain_cbor(written(json(std::numeric_limits<double>::infinity()))));
    CHECK_FALSE(is_plain_cbor("\xFA\x7F\x80\x00\x00"sv));
    CHECK_FALSE(is_plain_cbor("\xFB\x7F\xF0\x00\x00\x00\x00\x00\x00"sv));
    CHECK(is_plain_cbor("\xFB\x7F\xEF\xFF\xFF\xFF\xFF\xFF\xFF"sv));
}

TEST_CASE("cbor_check: depth is counted without recursion") {
    CHECK(is_plain_cbor(std::string(32, '\x81') + '\x01'));
    CHECK_FALSE(is_plain_cbor(std::string(33, '\x81') + '\x01'));
    for (const char opening : {'\x81', '\x9F', '\xBF', '\xA1', '\xC1', '\x5F', '\x7F'}) {
        CHECK_FALSE(is_plain_cbor(std::string(1'000'000, opening)));
    }
    // Without a limit of its own the pass itself must survive any depth.
    CHECK(is_plain_cbor(std::string(1'000'000, '\x81') + '\x01', 2'000'000));
}

TEST_CASE("cbor_check: whatever byte is changed, what is called plain can be read by the library") {
    const std::string bytes = written(json::parse(kSampleLab));
    int64_t n_wrong = 0;
    int64_t n_plain = 0;
    for (size_t at = 0; at < bytes.size(); ++at) {
        for (const int change : {0x01, 0x20, 0x40, 0x80, 0xFF}) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(static_cast<uint8_t>(bytes[at]) ^ change);
            if (!is_plain_cbor(changed)) continue;
            ++n_plain;
            if (json::from_cbor(changed, true, false).is_discarded()) ++n_wrong;
        }
    }
    CHECK(n_plain > 1'000);
    CHECK(n_wrong == 0);
}
