#include "core/io/json_door.h"

#include <doctest/doctest.h>

#include "core/io/bytes.h"
#include "sample_lab.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using namespace std::string_view_literals;

namespace {

/// The error of a text that must be refused; an empty one if it was not.
Error refused(std::string_view text) {
    const Result<nlohmann::json> result = read_json(text, "a.json");
    CHECK_MESSAGE(!result.has_value(), text.substr(0, 60));
    if (result.has_value()) return {};
    CHECK(result.error().place.english().starts_with("a.json"));
    CHECK_FALSE(result.error().message.empty());
    CHECK(result.error().message.english() !=
          "The file is not valid JSON.");  // our own pass must have seen it, not the library
    CHECK_FALSE(result.error().next_step.empty());
    return result.error();
}

}  // namespace

TEST_CASE("json_door: a good file comes through as the library alone would read it") {
    const Result<nlohmann::json> result = read_json(kSampleLab, "sample.json");
    REQUIRE(result.has_value());
    CHECK(result.value() == nlohmann::json::parse(kSampleLab));
    CHECK(read_json("7", "a.json").value() == 7);
    CHECK(read_json(" \r\n\t\"x\" ", "a.json").value() == "x");
    CHECK(read_json("[]", "a.json").value().empty());
}

TEST_CASE("json_door: a byte order mark is accepted and takes no column") {
    const std::string file = std::string(kUtf8Bom) + "{\"a\":1}";
    CHECK(read_json(file, "a.json").value()["a"] == 1);
    CHECK(refused(std::string(kUtf8Bom) + "{x").place.english() == "a.json, line 1, column 2");
}

TEST_CASE("json_door: an error names file, line, column and path") {
    const Error error = refused("{\n  \"steps\": {\n    \"run\": [1, 2, oops]\n  }\n}");
    CHECK(error.code == "json.syntax");
    CHECK(error.place.english() == "a.json, line 3, column 19, at /steps/run/2");
    CHECK(error.message.english() == "Expected a value, found \"oops\".");
    CHECK(refused("{\"a/b\": {\"m~n\": ?}}").place.english() == "a.json, line 1, column 17, at /a~1b/m~0n");
}

TEST_CASE("json_door: what is not UTF-8 text is refused before it is read") {
    CHECK(refused("{\0\"\0a\0\"\0:\0001\0}\0"sv).message.english() ==
          "The file is UTF-16 (little endian) text, not UTF-8.");
    CHECK(refused("\xFE\xFF\0{\0}"sv).message.english() == "The file is UTF-16 (big endian) text, not UTF-8.");
    CHECK(refused("{\"a\":1}\0<script>"sv).code == "json.zero_byte");
    for (const std::string_view bad : {"\xC0\xAF"sv, "\xED\xA0\x80"sv, "\xFF"sv, "\xE2\x82"sv, "\xF4\x90\x80\x80"sv}) {
        const Error error = refused("{\"a\":\n\"x" + std::string(bad) + "\"}");
        CHECK(error.code == "json.encoding");
        CHECK(error.place.english() == "a.json, line 2, column 3");
        CHECK(error.message.english().find("byte 8 ") != std::string::npos);
    }
    CHECK(refused("<!DOCTYPE html><html></html>").message.english() ==
          "The file is not JSON; it looks like a web page.");
}

TEST_CASE("json_door: equal names in one object are refused with both places, also when written differently") {
    const Error error = refused("{\n \"a\": 1,\n \"b\": {\"a\": 2},\n \"\\u0061\": 3\n}");
    CHECK(error.code == "json.duplicate_key");
    CHECK(error.place.english() == "a.json, line 4, column 2, at /a");
    CHECK(error.message.english() == "The name \"a\" stands twice in one object; the first is on line 2, column 2.");
    CHECK(refused("[[{\"x\":{\"\":0,\"y\":1,\"\":0}}]]").place.english() == "a.json, line 1, column 20, at /0/0/x/");
    CHECK(read_json("[{\"a\":1},{\"a\":2,\"b\":{\"a\":3}}]", "a.json").has_value());
}

TEST_CASE("json_door: trailing text is refused") {
    CHECK(refused("{} {}").code == "json.trailing");
    CHECK(refused("{},").code == "json.trailing");
    CHECK(refused("1 2").place.english() == "a.json, line 1, column 3");
    CHECK(refused("{\"a\":[1]} x").place.english() == "a.json, line 1, column 11");
    CHECK(refused("{\"a\":[[1] x]}").place.english() == "a.json, line 1, column 11, at /a/0");
    CHECK(refused("[]]").code == "json.trailing");
}

TEST_CASE("json_door: common mistakes are called by their names") {
    CHECK(refused("").message.english() == "The file holds no JSON value.");
    CHECK(refused("  \n ").message.english() == "The file holds no JSON value.");
    CHECK(refused("{\"a\":1,}").message.english() == "A comma stands before the closing }.");
    CHECK(refused("[1,]").place.english() == "a.json, line 1, column 3, at /0");
    CHECK(refused("[1 2]").message.english() == "Expected a comma or ] inside a list, found \"2\".");
    CHECK(refused("{\"a\":1 \"b\":2}").message.english() == "Expected a comma or } inside an object, found \"\"\".");
    CHECK(refused("{\"a\":[1,2}").message.english() == "Expected a comma or ] inside a list, found \"}\".");
    CHECK(refused("{a:1}").message.english() == "Expected a name in double quotes, found \"a\".");
    CHECK(refused("{\"a\" 1}").message.english() == "Expected a colon after the name \"a\", found \"1\".");
    CHECK(refused("['a']").message.english() == "Texts stand in double quotes.");
    CHECK(refused("// note\n{}").message.english() == "JSON has no comments.");
    CHECK(refused("{ /* x */ }").message.english() == "JSON has no comments.");
    CHECK(refused("[1, // x\n 2]").message.english() == "JSON has no comments.");
    CHECK(refused("[\"a\nb\"]").message.english() == "A line ends inside a text.");
    CHECK(refused("[\"a\tb\"]").message.english() == "A control character stands inside a text.");
    CHECK(refused("[NaN]").message.english() == "Expected a value, found \"NaN\".");
    CHECK(refused("[True]").message.english() == "Expected a value, found \"True\".");
    CHECK(refused("[\"\\x41\"]").message.english() == "An unknown escape stands inside a text: \"\\x\".");
    CHECK(refused("[\"\\u12g4\"]").message.english() == "Four hexadecimal digits belong after \\u.");
    CHECK(refused("{\n \"a\": [\n 1,\n").message.english() == "The file ends inside a list that began on line 2.");
    CHECK(refused("[\"abc").message.english() == "The file ends inside a text that began on line 1.");
    CHECK(refused("[\"abc\\").message.english() == "The file ends inside a text that began on line 1.");
}

TEST_CASE("json_door: half surrogates and the zero character are refused inside escapes") {
    for (const char* bad : {"[\"\\ud800\"]", "[\"\\udc00\"]", "[\"\\ud800\\u0041\"]", "[\"\\ud800\\ud800\"]",
                            "[\"\\ud800x\"]", "[\"\\u0000\"]", "[\"\\ud83d\\u\"]"}) {
        CHECK_MESSAGE(refused(bad).code == "json.syntax", bad);
    }
    CHECK(read_json("[\"\\uD83D\\ude00\"]", "a.json").value()[0] == "\U0001F600");
}

TEST_CASE("json_door: numbers are those of JSON, and fit") {
    for (const char* good : {"0", "-0", "1e308", "-1.5E+3", "1e-400", "123456789012345678901234567890", "0.1"}) {
        CHECK_MESSAGE(read_json(good, "a.json").has_value(), good);
    }
    for (const char* bad :
         {"007", "+1", ".5", "1.", "-", "1e", "1e+", "0x1F", "1_000", "--1", "1.2.3", "Infinity", "-inf"}) {
        CHECK_MESSAGE(refused(bad).code == "json.syntax", bad);
    }
    for (const char* large : {"1e400", "-1e400", "1e309", "1e99999999999"}) {
        const Error error = refused("{\"a\":[0," + std::string(large) + "]}");
        CHECK(error.code == "json.number");
        CHECK(error.place.english() == "a.json, line 1, column 9, at /a/1");
    }
}

TEST_CASE("json_door: size, depth and number of values are limited, exactly at the limit") {
    const JsonLimits tight{.max_bytes = 10, .max_depth = 2, .max_nodes = 4};
    CHECK(read_json("[[],[],[]]", "a.json", tight).has_value());
    CHECK(read_json("[[],[],[] ]", "a.json", tight).error().message.english() ==
          "The file has 11 bytes; at most 10 are read.");
    CHECK(read_json("[[[]]]", "a.json", tight).error().code == "json.depth");
    CHECK(read_json("[1,2,3]", "a.json", tight).has_value());
    CHECK(read_json("[1,2,3,4]", "a.json", tight).error().code == "json.nodes");
    CHECK(read_json(std::string(32, '[') + std::string(32, ']'), "a.json").has_value());
    CHECK(refused(std::string(33, '[') + std::string(33, ']')).code == "json.depth");
}

TEST_CASE("json_door: a message stays short and clean whatever the file holds") {
    const std::string key(100'000, 'k');
    const Error error = refused("{\"" + key + "\":1,\"" + key + "\":2}");
    CHECK(error.message.english().size() < 200);
    CHECK(error.place.english().size() < 400);
    CHECK(refused("{\"\xE2\x80\xAE\":x}").place.english().find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("json_door: the place of a value is found again by its path") {
    const std::string_view text = "\xEF\xBB\xBF{\n \"a\": [10, {\"b/c\": true}]\n}"sv;
    CHECK(find_json_value(text, "") == 3);
    CHECK(text.substr(*find_json_value(text, "/a/0")).starts_with("10"));
    CHECK(text.substr(*find_json_value(text, "/a/1/b~1c")).starts_with("true"));
    CHECK_FALSE(find_json_value(text, "/a/2").has_value());
    CHECK_FALSE(find_json_value(text, "/b").has_value());
    CHECK(json_path("/a", "b/c~") == "/a/b~1c~0");
    CHECK(json_path("", 7) == "/7");
}
