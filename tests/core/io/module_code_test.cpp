#include "core/io/module_code.h"

#include <doctest/doctest.h>

#include "core/io/base64url.h"
#include "core/io/code_text.h"
#include "core/io/sha256.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using nlohmann::json;

namespace {

ResultCode result(const std::string& lab) {
    return {.build_id = "1.0+a1b2c3d4",
            .content_hash = sha256_hex("content"),
            .lab = lab,
            .seed = 7,
            .config = {{"layers", 2}, {"learning_rate", 0.003}},
            .actions = {{250, "until", nullptr}},
            .evidence = sha256_hex(lab)};
}

ModuleCode sample() { return {.module = "m2", .results = {result("m2.pretraining"), result("m2.tokens")}}; }

/// A code with any payload and good check digits, as someone who knows the form could make it.
std::string forged(const json& list) {
    std::string cbor;
    json::to_cbor(list, cbor);
    const std::string body = "TM1." + base64url_encode(cbor);
    return body + "." + check_digits(body);
}

std::string error_of(std::string_view text) {
    const auto read = decode_any_code(text);
    return read ? "" : read.error().code;
}

}  // namespace

TEST_CASE("module code: comes back as it was, also with white space") {
    const std::string code = encode(sample());
    CHECK(code.starts_with("TM1."));
    REQUIRE(decode_module_code(code).has_value());
    CHECK(decode_module_code(code).value() == sample());
    std::string spaced = " \n";
    for (const char c : code) spaced += std::string(1, c) + "\u200b ";
    REQUIRE(decode_any_code(spaced).has_value());
    CHECK(decode_any_code(spaced).value() == sample());
}

TEST_CASE("module code: the code of one lab is read by the same door") {
    const auto read = decode_any_code(encode(result("m2.pretraining")));
    REQUIRE(read.has_value());
    CHECK(read.value().module.empty());
    REQUIRE(read.value().results.size() == 1);
    CHECK(read.value().results[0] == result("m2.pretraining"));
}

TEST_CASE("module code: every changed or missing character is refused") {
    const std::string code = encode(sample());
    for (size_t i = 0; i < code.size(); i += 7) {
        std::string changed = code;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK_MESSAGE(!decode_any_code(changed).has_value(), changed);
        CHECK_FALSE(decode_any_code(code.substr(0, i)).has_value());
    }
}

TEST_CASE("module code: each kind of wrong text has its own error") {
    const std::string code = encode(sample());
    std::string changed = code;
    changed[20] = changed[20] == 'A' ? 'B' : 'A';
    CHECK(error_of(changed) == "module_code.changed");
    CHECK(error_of("TM2." + code.substr(4)) == "module_code.newer_version");
    CHECK(error_of("TM1.abc") == "module_code.form");
    CHECK(error_of("TM1." + std::string(kMaxModuleCodeBytes, 'A')) == "module_code.too_long");
    CHECK(error_of("hello") == "result_code.form");
    CHECK(error_of("") == "result_code.form");
}

TEST_CASE("module code: what is inside must be a module") {
    const auto bytes_of = [](const ResultCode& it) {
        const std::string code = encode(it);
        const auto bytes = base64url_decode(std::string_view(code).substr(3, code.size() - 3 - 13));
        return json::binary(std::vector<uint8_t>(bytes->begin(), bytes->end()));
    };
    const json one = bytes_of(result("m2.pretraining"));
    const auto with = [](std::vector<json> parts) {
        json list = json::array();
        for (json& part : parts) list.push_back(std::move(part));
        return list;
    };
    CHECK(error_of(forged(with({"m2", one}))).empty());
    CHECK(error_of(forged(with({"m2"}))) == "module_code.content");             // no lab
    CHECK(error_of(forged(with({"Module 2", one}))) == "module_code.content");  // not an id
    CHECK(error_of(forged(with({"m2", one, one}))) == "module_code.content");   // the same lab twice
    CHECK(error_of(forged(with({"m2", "text"}))) == "module_code.content");
    CHECK(error_of(forged(with({"m2", json::binary({1, 2, 3})}))) == "module_code.content");
    CHECK(error_of(forged(json::object())) == "module_code.content");
    std::vector<json> many{"m2"};
    for (size_t i = 0; i <= kMaxModuleResults; ++i) many.push_back(bytes_of(result("m2.lab" + std::to_string(i))));
    CHECK(error_of(forged(with(many))) == "module_code.content");
    many.pop_back();
    CHECK(error_of(forged(with(many))).empty());
}
