#include "core/io/fields.h"

#include <doctest/doctest.h>

#include "core/io/json_door.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using nlohmann::json;

namespace {

/// The message of reading one value as a whole number from 1 to 64; "" when it was accepted.
std::string int_message(const std::string& value_text) {
    const std::string text = "{\"n\": " + value_text + "}";
    const Result<json> tree = read_json(text, "a.json");
    REQUIRE(tree.has_value());
    FieldReport report("a.json", text);
    Fields fields(tree.value(), report);
    const int64_t value = fields.int_in("n", 1, 64);
    CHECK(value >= 1);
    CHECK(value <= 64);
    if (report.ok()) return "";
    CHECK(value == 1);
    CHECK(report.error().code == "field.value");
    CHECK(report.error().place.english() == "a.json, line 1, column 7, at /n");
    CHECK_FALSE(report.error().next_step.empty());
    return report.error().message.english();
}

}  // namespace

TEST_CASE("fields: a whole number means a whole number") {
    const std::string expected = "Expected a whole number from 1 to 64, found ";
    CHECK(int_message("1") == "");
    CHECK(int_message("64") == "");
    CHECK(int_message("3.0") == "");
    CHECK(int_message("1e1") == "");
    CHECK(int_message("3.9") == expected + "3.9.");
    CHECK(int_message("-1") == expected + "-1.");
    CHECK(int_message("0") == expected + "0.");
    CHECK(int_message("65") == expected + "65.");
    CHECK(int_message("5e9") == expected + "5e9.");
    CHECK(int_message("5000000000") == expected + "5000000000.");  // 705032704 in 32 bits
    CHECK(int_message("4294967297") == expected + "4294967297.");  // 1 in 32 bits
    CHECK(int_message("1e300") == expected + "1e300.");
    CHECK(int_message("-1e300") == expected + "-1e300.");
    CHECK(int_message("9007199254740993") == expected + "9007199254740993.");
    CHECK(int_message("18446744073709551615") == expected + "18446744073709551615.");
    CHECK(int_message("18446744073709551617") == expected + "18446744073709552000.");
    CHECK(int_message("-9223372036854775808") == expected + "-9223372036854775808.");
    CHECK(int_message("\"7\"") == expected + "\"7\".");
    CHECK(int_message("true") == expected + "true.");
    CHECK(int_message("null") == expected + "null.");
    CHECK(int_message("[7]") == expected + "[\u2026].");
    CHECK(int_message("{}") == expected + "{\u2026}.");
}

TEST_CASE("fields: the whole range of 64 bits can be asked for") {
    const json tree =
        json::parse(R"({"low": -9223372036854775808, "high": 9223372036854775807, "far": 9223372036854775808,
                                      "real": 9007199254740994.0})");
    FieldReport report("a.json");
    Fields fields(tree, report);
    CHECK(fields.int_in("low", INT64_MIN, INT64_MAX) == INT64_MIN);
    CHECK(fields.int_in("high", INT64_MIN, INT64_MAX) == INT64_MAX);
    CHECK(report.ok());
    CHECK(fields.int_in_or("real", 0, INT64_MAX, 5) == 5);  // beyond 2^53 a real number is no longer a count
    CHECK_FALSE(report.ok());
    CHECK(fields.int_in_or("far", INT64_MIN, INT64_MAX, 5) == 5);
}

TEST_CASE("fields: every kind of value, right and wrong") {
    const json tree = json::parse(R"({"rate": 0.003, "name": "\u00e9t\u00e9", "on": true, "mode": "b", "id": "m2.x_1",
                                      "list": [1, 2, 3], "inner": {"deep": "x"}, "count": 3})");
    FieldReport good("a.json");
    Fields fields(tree, good);
    CHECK(fields.number_in("rate", 0.0, 1.0) == 0.003);
    CHECK(fields.number_in("count", 0.0, 10.0) == 3.0);
    CHECK(fields.text("name", 3, 3) == "\u00e9t\u00e9");  // three characters, five bytes
    CHECK(fields.boolean("on"));
    CHECK(fields.choice("mode", {"a", "b"}) == "b");
    CHECK(fields.id("id") == "m2.x_1");
    CHECK(fields.object("inner").text("deep", 1, 9) == "x");
    int64_t sum = 0;
    fields.list("list", 3, 3, [&](const Item& item) { sum += item.int_in(1, 3); });
    CHECK(sum == 6);
    fields.finish();
    CHECK(good.ok());
    CHECK(good.warnings().empty());

    const auto message = [&tree](const auto& read) {
        FieldReport report("a.json");
        Fields wrong(tree, report);
        read(wrong);
        REQUIRE_FALSE(report.ok());
        return report.error().place.english() + ": " + report.error().message.english();
    };
    CHECK(message([](Fields& f) { CHECK(f.number_in("rate", 1e-2, 1e3) == 1e-2); }) ==
          "a.json, at /rate: Expected a number from 0.01 to 1000, found 0.003.");
    CHECK(message([](Fields& f) { CHECK(f.number_in("name", 0, 1) == 0); }) ==
          "a.json, at /name: Expected a number from 0 to 1, found \"\u00e9t\u00e9\".");
    CHECK(message([](Fields& f) { CHECK(f.text("name", 4, 9) == ""); }) ==
          "a.json, at /name: Expected a text of 4 to 9 characters, found 3: \"\u00e9t\u00e9\".");
    CHECK(message([](Fields& f) { CHECK(f.text("name", 1, 2) == ""); }) ==
          "a.json, at /name: Expected a text of 1 to 2 characters, found 3: \"\u00e9t\u00e9\".");
    CHECK(message([](Fields& f) { f.list("list", 1, 2, [](const Item&) { FAIL("must not be called"); }); }) ==
          "a.json, at /list: Expected a list of 1 to 2 entries, found 3.");
    CHECK(message([](Fields& f) { CHECK(f.text("rate", 0, 9) == ""); }) ==
          "a.json, at /rate: Expected a text, found 0.003.");
    CHECK(message([](Fields& f) { CHECK_FALSE(f.boolean("count")); }) ==
          "a.json, at /count: Expected true or false, found 3.");
    CHECK(message([](Fields& f) { CHECK(f.choice("mode", {"x", "y", "z"}) == "x"); }) ==
          "a.json, at /mode: Expected one of these: x, y, z. Found \"b\".");
    CHECK(message([](Fields& f) { CHECK(f.id("name") == ""); }).starts_with("a.json, at /name: Expected an id"));
    CHECK(message([](Fields& f) { (void)f.object("list"); }) ==
          "a.json, at /list: Expected an object, found [\u2026].");
    CHECK(message([](Fields& f) { f.list("list", 4, 9, [](const Item&) { FAIL("must not be called"); }); }) ==
          "a.json, at /list: Expected a list of 4 to 9 entries, found 3.");
    CHECK(message([](Fields& f) { f.list("list", 1, 9, [](const Item& item) { (void)item.text(1, 2); }); }) ==
          "a.json, at /list/0: Expected a text, found 1.");
    CHECK(message([](Fields& f) { (void)f.int_in("absent", 1, 2); }) == "a.json: The field \"absent\" is missing.");
    CHECK(message([](Fields& f) { (void)f.object("inner").int_in("absent", 1, 2); }) ==
          "a.json, at /inner: The field \"absent\" is missing.");
}

TEST_CASE("fields: only the first error is kept, and what follows from it stays silent") {
    const json tree = json::parse(R"({"b": "no"})");
    FieldReport report("a.json");
    Fields fields(tree, report);
    Fields missing = fields.object("a");
    CHECK(missing.int_in("x", 3, 9) == 3);
    CHECK(missing.text("y", 1, 9) == "");
    CHECK(missing.object("z").choice("w", {"first", "second"}) == "first");
    CHECK(missing.texts("v", 1, 3, 1, 9).empty());
    missing.finish();
    CHECK(fields.int_in("b", 1, 9) == 1);
    CHECK(report.error().message.english() == "The field \"a\" is missing.");
    CHECK(report.warnings().empty());
}

TEST_CASE("fields: what is not an object at all is one error, and reads as empty") {
    for (const char* text : {"[]", "7", "null", "\"x\""}) {
        const json tree = json::parse(text);
        FieldReport report("a.json");
        Fields fields(tree, report);
        CHECK(fields.int_in("a", 1, 2) == 1);
        fields.finish();
        CHECK(report.error().code == "field.value");
    }
}

TEST_CASE("fields: what is inside a missing object is not reported again, also where every note is kept") {
    const json tree = json::object();
    FieldReport report("the address", {}, Source::Address);
    Fields fields(tree, report);
    Fields missing = fields.object("a");
    (void)missing.int_in("x", 1, 2);
    (void)missing.text("y", 1, 2);
    CHECK(report.warnings().size() == 1);
}

TEST_CASE("fields: a default fills what is missing, and replaces what is wrong with an error") {
    const json tree = json::parse(R"({"n": 99, "x": "?", "m": "q", "t": "", "i": "A", "b": 1})");
    FieldReport absent("a.json");
    const json nothing = json::object();
    Fields empty(nothing, absent);
    CHECK(empty.int_in_or("n", 1, 6, 2) == 2);
    CHECK(empty.number_in_or("x", 0, 1, 0.5) == 0.5);
    CHECK(empty.text_or("t", 1, 9, "word") == "word");
    CHECK(empty.choice_or("m", {"a", "b"}, "b") == "b");
    CHECK(empty.boolean_or("b", true));
    CHECK(empty.id_or("i", "id") == "id");
    empty.list_or_none("l", 1, 2, [](const Item&) { FAIL("must not be called"); });
    CHECK(absent.ok());

    for (int i = 0; i < 6; ++i) {
        FieldReport report("a.json");
        Fields wrong(tree, report);
        if (i == 0) CHECK(wrong.int_in_or("n", 1, 6, 2) == 2);
        if (i == 1) CHECK(wrong.number_in_or("x", 0, 1, 0.5) == 0.5);
        if (i == 2) CHECK(wrong.text_or("t", 1, 9, "word") == "word");
        if (i == 3) CHECK(wrong.choice_or("m", {"a", "b"}, "b") == "b");
        if (i == 4) CHECK(wrong.boolean_or("b", true));
        if (i == 5) CHECK(wrong.id_or("i", "id") == "id");
        CHECK_FALSE(report.ok());
    }
}

TEST_CASE("fields: unknown names are warnings with their place, at most a hundred of them") {
    const std::string text = "{\"$schema\": \"x\",\n \"known\": 1,\n \"knwon\": 2}";
    const json tree = json::parse(text);
    FieldReport report("a.json", text);
    Fields fields(tree, report);
    (void)fields.int_in("known", 1, 1);
    fields.finish();
    REQUIRE(report.warnings().size() == 1);
    CHECK(report.ok());
    CHECK(report.warnings()[0].place.english() == "a.json, line 3, column 11, at /knwon");
    CHECK(report.warnings()[0].message.english() == "The field \"knwon\" is not known here.");

    json many = json::object();
    for (int i = 0; i < 1000; ++i) many["k" + std::to_string(i)] = i;
    FieldReport flood("a.json");
    Fields(many, flood).finish();
    CHECK(flood.warnings().size() == 100);
}

TEST_CASE("fields: a text that is only shown may be cut, with a warning") {
    const json tree = {{"prose", std::string(1'000'000, 'x')}, {"short", "x"}};
    FieldReport report("a.json");
    Fields fields(tree, report);
    CHECK(fields.need("prose")->cut_text(1, 10'000).size() == 10'000 + 3);  // and the ellipsis, three bytes
    CHECK(fields.need("short")->cut_text(1, 10'000) == "x");
    CHECK(report.ok());
    CHECK(report.warnings().size() == 1);
}

TEST_CASE("fields: a file of a newer form says so") {
    for (const auto& [text, code] :
         {std::pair{R"({"schema": 999})", "field.newer_version"}, std::pair{R"({"schema": 0})", "field.value"},
          std::pair{R"({"schema": "1"})", "field.value"}, std::pair{R"({})", "field.missing"}}) {
        const json tree = json::parse(text);
        FieldReport report("a.json");
        Fields fields(tree, report);
        fields.schema_version(1);
        REQUIRE_FALSE(report.ok());
        CHECK(report.error().code == code);
    }
    const json tree = {{"schema", 1}};
    FieldReport report("a.json");
    Fields(tree, report).schema_version(1);
    CHECK(report.ok());
}

TEST_CASE("fields: an id used twice is refused with both places") {
    const std::string text = "[{\"id\":\"a\"},\n{\"id\":\"b\"},\n{\"id\":\"a\"}]";
    const json tree = json::parse(text);
    FieldReport report("a.json", text);
    Item(tree, "", report).list(0, 9, [&](const Item& item) {
        Fields fields = item.object();
        report.check_unique("option", fields.id("id"), item.path());
    });
    REQUIRE_FALSE(report.ok());
    CHECK(report.error().place.english() == "a.json, line 3, column 1, at /2");
    CHECK(report.error().message.english().find("a.json, line 1, column 2, at /0") != std::string::npos);
    report.check_unique("another kind", "a", "/3");  // another scope, another name
}

TEST_CASE("fields: values from the address arrive as text, and a bad one is a note and the default") {
    const json tree = {{"layers", "3"},       {"rate", "1e-3"}, {"shift", "true"},
                       {"sizes", "16,32,64"}, {"steps", "1e9"}, {"prompt", "42"},
                       {"width", "thirty"},   {"mode", "up"},   {"typo", "1"}};
    FieldReport report("the address", {}, Source::Address);
    Fields fields(tree, report);
    CHECK(fields.int_in_or("layers", 1, 6, 2) == 3);
    CHECK(fields.number_in_or("rate", 1e-6, 10, 0.5) == 1e-3);
    CHECK(fields.boolean_or("shift", false));
    CHECK(fields.text_or("prompt", 0, 99, "") == "42");
    int64_t sum = 0;
    fields.list_or_none("sizes", 1, 8, [&](const Item& item) { sum += item.int_in(1, 100); });
    CHECK(sum == 112);
    CHECK(report.warnings().empty());

    CHECK(fields.int_in_or("width", 8, 128, 32) == 32);
    CHECK(fields.int_in_or("steps", 1, 5000, 600) == 600);
    CHECK(fields.choice_or("mode", {"left", "right"}, "right") == "right");
    fields.finish();
    CHECK(report.ok());
    REQUIRE(report.warnings().size() == 4);
    CHECK(report.warnings()[0].place.english() == "the address, at /width");
    CHECK(report.warnings()[0].message.english() == "Expected a whole number from 8 to 128, found \"thirty\".");
    CHECK(report.warnings()[0].next_step.english() == "The lab's default is used instead.");
    CHECK(report.warnings()[3].code == "field.unknown");
}
