#include "core/io/result_code.h"

#include <doctest/doctest.h>

#include "core/io/base64url.h"
#include "core/io/bytes.h"
#include "core/io/sha256.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using nlohmann::json;

namespace {

ResultCode sample() {
    return {.build_id = "1.0+a1b2c3d4",
            .content_hash = sha256_hex("content"),
            .lab = "m2.pretraining",
            .seed = 7,
            .config = {{"layers", 2}, {"learning_rate", 0.003}, {"corpus", "lighthouse"}, {"shift", true}},
            .actions = {{100, "learning_rate", 0.001}, {100, "set", {{"a", -1}}}, {250, "stop", nullptr}},
            .evidence = sha256_hex("final state")};
}

/// A code with any payload and good check digits, as someone who knows the form could make it.
std::string forged(const std::string& cbor) {
    const std::string body = "T1-" + base64url_encode(cbor);
    return body + "-" + sha256_hex(body).substr(0, 12);
}

std::string forged(const json& list) {
    std::string cbor;
    json::to_cbor(list, cbor);
    return forged(cbor);
}

json list_of_sample() {
    const auto bytes = [](uint8_t value) { return json::binary(std::vector<uint8_t>(32, value)); };
    json list = json::array();
    for (json part : {json("build"), bytes(1), json("m2.x"), json(7u), json::object({{"a", 1}}),
                      json::array({5u, "set", 1}), bytes(2)}) {
        list.push_back(std::move(part));
    }
    return list;
}

bool is_refused(std::string_view code, std::string_view error_code = "") {
    const Result<ResultCode> result = decode(code);
    if (result.has_value()) return false;
    const Error& error = result.error();
    const bool is_helpful = !error.message.empty() && !error.next_step.empty() &&
                            error.message.english().ends_with(".") && !find_invalid_utf8(error.message.english());
    return is_helpful && (error_code.empty() || error.code == error_code);
}

}  // namespace

TEST_CASE("result_code: a result survives the trip, and equal results give equal codes") {
    const std::string code = encode(sample());
    CHECK(code.starts_with("T1-"));
    CHECK(code.size() < 350);
    CHECK(code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    const Result<ResultCode> back = decode(code);
    REQUIRE(back.has_value());
    CHECK(back.value() == sample());
    CHECK(encode(back.value()) == code);
    // The same code from every machine and in every later version: learners' codes stay valid.
    CHECK(sha256_hex(code) == "45731f2d577c61e8a31e58379e4b04b2fb25edea4a292b22eb84df4142fcc9df");

    ResultCode least{.build_id = "b",
                     .content_hash = "00",
                     .lab = "a",
                     .seed = 0,
                     .config = json::object(),
                     .actions = {},
                     .evidence = "ff"};
    CHECK(decode(encode(least)).value() == least);
    least.seed = UINT64_MAX;
    CHECK(decode(encode(least)).value().seed == UINT64_MAX);
}

TEST_CASE("result_code: any changed, missing, added or swapped character is refused with a sentence") {
    const std::string code = encode(sample());
    constexpr std::string_view kOthers = "ABCQZabcxz0189-_.=+/T\x80";
    int64_t n_accepted = 0;
    // By the form or the check digits, before anyone looks at the contents.
    const auto is_caught = [](std::string_view text) {
        return is_refused(text) && !is_refused(text, "result_code.content");
    };
    for (size_t at = 0; at < code.size(); ++at) {
        for (const char other : kOthers) {
            std::string changed = code;
            if (changed[at] != other) {
                changed[at] = other;
                n_accepted += is_caught(changed) ? 0 : 1;
            }
            changed = code;
            changed.insert(at, 1, other);
            n_accepted += is_caught(changed) ? 0 : 1;
        }
        std::string missing = code;
        missing.erase(at, 1);
        n_accepted += is_caught(missing) ? 0 : 1;
        n_accepted += is_caught(code.substr(0, at)) ? 0 : 1;
        for (size_t with = at + 1; with < code.size(); with += 1 + at % 3) {
            std::string swapped = code;
            std::swap(swapped[at], swapped[with]);
            if (swapped != code) n_accepted += is_caught(swapped) ? 0 : 1;
        }
    }
    n_accepted += is_caught(code + "0") ? 0 : 1;
    n_accepted += is_caught(code + code) ? 0 : 1;
    CHECK(n_accepted == 0);
}

TEST_CASE("result_code: white space from e-mail does no harm, anywhere") {
    const std::string code = encode(sample());
    std::string wrapped = "\xEF\xBB\xBF \t";
    for (size_t at = 0; at < code.size(); ++at) {
        wrapped += code[at];
        if (at % 20 == 19) wrapped += at % 40 == 19 ? "\r\n" : "\xC2\xA0\n";
        if (at % 33 == 0) wrapped += "\xE2\x80\x8B";
    }
    CHECK(decode(wrapped + "\n\n").value() == sample());
    CHECK(is_refused(code + " Thanks", "result_code.form"));
}

TEST_CASE("result_code: what is no code is told apart from a damaged one") {
    for (const char* text : {"", " ", "hello", "T1", "T1-", "T1--", "T1-AAAA", "t1-AAAA-000000000000",
                             "https://example.org", "T1-AAAA_000000000000", "T1--000000000000"}) {
        CHECK_MESSAGE(is_refused(text, "result_code.form"), text);
    }
    CHECK(is_refused("T1-AAAA-000000000000", "result_code.changed"));
    CHECK(is_refused("T2-AAAA-000000000000", "result_code.newer_version"));
    CHECK(is_refused("T17-AAAA", "result_code.newer_version"));
    CHECK(is_refused(std::string(kMaxResultCodeBytes + 1, 'A'), "result_code.too_long"));
    CHECK(is_refused(std::string(10'000'000, ' '), "result_code.too_long"));
    CHECK(is_refused(std::string(kMaxResultCodeBytes * 3, ' '), "result_code.form"));
    std::string upper = encode(sample());
    for (size_t at = upper.size() - 12; at < upper.size(); ++at) {
        if (upper[at] >= 'a' && upper[at] <= 'f') upper[at] = static_cast<char>(upper[at] - 'a' + 'A');
    }
    CHECK(is_refused(upper));
}

TEST_CASE("result_code: good check digits do not make wrong contents good") {
    CHECK(decode(forged(list_of_sample())).has_value());  // the form of the forgeries below is right
    const std::pair<int, json> kWrong[] = {{0, 7},
                                           {0, ""},
                                           {0, std::string(101, 'b')},
                                           {1, "00"},
                                           {1, json::binary({})},
                                           {2, "M2"},
                                           {2, ""},
                                           {2, nullptr},
                                           {3, -1},
                                           {3, 1.5},
                                           {3, "7"},
                                           {4, json::array()},
                                           {4, nullptr},
                                           {5, nullptr},
                                           {5, {5u, "set"}},
                                           {5, {-5, "set", 1}},
                                           {5, {"5", "set", 1}},
                                           {5, {5u, "S", 1}},
                                           {5, {5u, 5, 1}},
                                           {5, {5u, "set", 1, 4u, "set", 1}},
                                           {5, {UINT64_MAX, "set", 1}},
                                           {6, json::binary(std::vector<uint8_t>(65, 1))},
                                           {6, "evidence"},
                                           {4, {{"a", json::binary({1})}}}};
    for (const auto& [part, value] : kWrong) {
        json list = list_of_sample();
        list[static_cast<size_t>(part)] = value;
        CHECK_MESSAGE(is_refused(forged(list), "result_code.content"), part << " " << value.dump());
    }
    json longer = list_of_sample();
    longer.push_back(1);
    CHECK(is_refused(forged(longer), "result_code.content"));
    CHECK(is_refused(forged(json(7)), "result_code.content"));
    json not_finite = list_of_sample();
    not_finite[4]["x"] = std::numeric_limits<double>::infinity();
    CHECK(is_refused(forged(not_finite), "result_code.content"));
    json not_text = list_of_sample();
    not_text[4]["x"] = "\xFF";
    CHECK(is_refused(forged(not_text), "result_code.content"));
}

TEST_CASE("result_code: hostile CBOR is refused at once: depth, lengths, other spellings of the same value") {
    for (const char opening : {'\x81', '\x9F', '\xBF', '\xA1', '\xC1', '\xD8', '\x5F', '\x7F'}) {
        CHECK(is_refused(forged(std::string(12'000, opening)), "result_code.content"));
        CHECK(is_refused(forged("\x87" + std::string(11'000, opening)), "result_code.content"));
    }
    std::string maps = "\x87";
    for (int i = 0; i < 4'000; ++i) maps += "\xA1\x61\x61";
    CHECK(is_refused(forged(maps), "result_code.content"));
    for (const char* lengths :
         {"\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", "\x9B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
          "\xBB\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE", "\x7B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
          "\x5B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", "\x9A\xFF\xFF\xFF\xFF", "\x7A\x7F\xFF\xFF\xFF"}) {
        CHECK(is_refused(forged(std::string(lengths)), "result_code.content"));
    }
    std::string cbor;
    json::to_cbor(list_of_sample(), cbor);
    CHECK(is_refused(forged(cbor + std::string(1, '\0')), "result_code.content"));  // something after the end
    std::string other_length = cbor;                                                // 7 items, written in two bytes
    other_length.replace(0, 1, "\x98\x07");
    CHECK(is_refused(forged(other_length), "result_code.content"));
    for (size_t at = 1; at < cbor.size(); ++at) CHECK(is_refused(forged(cbor.substr(0, at)), "result_code.content"));
}

TEST_CASE("result_code: every byte of the contents changed: refused, or it is exactly what encode() writes") {
    std::string cbor;
    json::to_cbor(list_of_sample(), cbor);
    int64_t n_wrong = 0;
    int64_t n_accepted = 0;
    for (size_t at = 0; at < cbor.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = cbor;
            changed[at] = static_cast<char>(byte);
            const std::string code = forged(changed);
            const Result<ResultCode> result = decode(code);
            if (!result.has_value()) continue;
            ++n_accepted;
            if (encode(result.value()) != code) ++n_wrong;
        }
    }
    CHECK(n_wrong == 0);
    CHECK(n_accepted > 64 * 255);  // the 64 bytes of the two hashes may be anything
}
