#include "core/io/golden/golden.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace terrarium::core;
using namespace terrarium::core::io;
using nlohmann::json;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool equal(const json& got, const json& expected, GoldenTolerance tolerance = {}) {
    return !find_golden_difference(got, expected, tolerance).has_value();
}

/// A family of one metric, whose mistakes a test can choose: the sum of numbers, refused when there are none.
Result<json> evaluate_sum(std::string_view metric, const json& input, const json& params) {
    if (metric == "table") return missing_golden_table("the table of a test");
    if (metric != "sum") return unknown_golden_metric("sums", metric);
    if (input["numbers"].empty()) return Error{"sum.empty", "", "There are no numbers.", "Give some."};
    double sum = params.value("start", 0.0);
    for (const json& number : input["numbers"]) sum += number.get<double>();
    return json{{"sum", sum}, {"count", input["numbers"].size()}};
}

constexpr GoldenFamily kSums[] = {{"sums", evaluate_sum}};

Result<GoldenReport> run(const json& file) { return run_golden_file(file.dump(), "sums.json", kSums); }

json file_with(const json& cases) {
    return {{"schema", 1},
            {"family", "sums"},
            {"fixtures", {{"lists", {{"short", {1, 2, 3}}}}, {"one", 1}}},
            {"cases", cases}};
}

json sum_case(const json& numbers, const json& expected) {
    return {{"id", "sums/sum/001"}, {"metric", "sum"}, {"input", {{"numbers", numbers}}}, {"expected", expected}};
}

}  // namespace

TEST_CASE("golden: a number is right within the absolute plus the relative tolerance") {
    CHECK(equal(1.0, 1));
    CHECK(equal(1, 1.0));
    CHECK_FALSE(equal(1.0000001, 1.0));
    CHECK(equal(1.25, 1.0, {.abs = 0.25}));
    CHECK_FALSE(equal(1.2500001, 1.0, {.abs = 0.25}));
    CHECK(equal(-15.0, -10.0, {.rel = 0.5}));
    CHECK(equal(-16.0, -10.0, {.abs = 1.0, .rel = 0.5}));
    CHECK_FALSE(equal(-16.1, -10.0, {.abs = 1.0, .rel = 0.5}));
    CHECK_FALSE(equal("1", 1.0));
    CHECK_FALSE(equal(true, 1.0));
}

TEST_CASE("golden: undefined and infinite numbers are right only where they are expected") {
    CHECK(equal(kNan, "NaN"));
    CHECK(equal(kInfinity, "Infinity"));
    CHECK(equal(-kInfinity, "-Infinity"));
    CHECK_FALSE(equal(-kInfinity, "Infinity"));
    CHECK_FALSE(equal(0.0, "NaN"));
    CHECK_FALSE(equal(kNan, 0.0, {.abs = 1e300}));
    CHECK_FALSE(equal(kInfinity, 1.0, {.abs = 1e300}));
    CHECK(equal("NaN", "NaN"));  // a token may be called so
}

TEST_CASE("golden: lists have the same length, objects may have more keys, and the path names the place") {
    CHECK(equal({1, 2}, {1, 2}));
    CHECK_FALSE(equal(json::array({1, 2, 3}), json::array({1, 2})));
    CHECK_FALSE(equal(json::array({1}), json::array({1, 2})));
    CHECK(equal({{"a", 1}, {"b", 2}}, {{"a", 1}}));
    CHECK_FALSE(equal({{"b", 2}}, {{"a", 1}}));
    CHECK_FALSE(equal(nullptr, false));
    const auto difference =
        find_golden_difference({{"rows", {{{"x/y", 1.5}}}}}, {{"rows", {{{"x/y", 2}}}}}, {.abs = 0.1});
    REQUIRE(difference);
    CHECK(difference->path == "/rows/0/x~1y");
    CHECK(difference->got == "1.5");
    CHECK(difference->expected == "2");
}

TEST_CASE("golden: a fit is judged by its objective") {
    const json expected = {{"A", 400.0}, {"objective_at_most", 0.5}};
    CHECK(equal({{"A", 7.0}, {"objective", 0.5}}, expected));
    CHECK_FALSE(equal({{"A", 400.0}, {"objective", 0.51}}, expected));
    CHECK_FALSE(equal({{"A", 400.0}, {"objective", kNan}}, expected));
    CHECK_FALSE(equal({{"A", 400.0}}, expected));
}

TEST_CASE("golden: a file's cases are counted, fixtures filled in, options passed on") {
    json with_start = sum_case("fixtures.lists.short", {{"sum", 7}});
    with_start["params"] = {{"start", "fixtures.one"}};
    const auto report =
        run(file_with(json::array({sum_case({1, 2}, {{"sum", 3}}), with_start, sum_case({1, 2}, {{"sum", 4}})})));
    REQUIRE(report);
    CHECK(report.value().family == "sums");
    CHECK(report.value().n_passed == 2);
    REQUIRE(report.value().failures.size() == 1);
    CHECK(report.value().failures[0].id == "sums/sum/001");
    CHECK(report.value().failures[0].difference.path == "/sum");
}

TEST_CASE("golden: what must be refused is right only when it is refused") {
    const json refusal = {{"error", "no numbers"}};
    CHECK(run(file_with(json::array({sum_case(json::array(), refusal)}))).value().n_passed == 1);
    CHECK(run(file_with(json::array({sum_case({"x"}, refusal)}))).value().n_passed == 1);  // a value of the wrong type
    CHECK(run(file_with(json::array({sum_case({1}, refusal)}))).value().failures.size() == 1);
    CHECK(run(file_with(json::array({sum_case(json::array(), {{"sum", 0}})}))).value().failures.size() == 1);
    json unknown = sum_case({1}, refusal);
    unknown["metric"] = "product";
    CHECK(run(file_with(json::array({unknown}))).value().failures.size() == 1);
}

TEST_CASE("golden: a case is skipped when its table is missing and its tag says so, never for another reason") {
    json one = sum_case({1}, {{"sum", 1}});
    one["tags"] = {"edge", "needs-gpt2-vocabulary"};
    CHECK(run(file_with(json::array({one}))).value().n_passed == 1);
    one["metric"] = "table";
    CHECK(run(file_with(json::array({one}))).value().n_skipped == 1);
    one["tags"] = {"edge"};
    CHECK(run(file_with(json::array({one}))).value().failures.size() == 1);
    one["expected"] = {{"error", "no table"}};
    CHECK(run(file_with(json::array({one}))).value().failures.size() == 1);
}

TEST_CASE("golden: a file that cannot be read says where and why") {
    json file = file_with(json::array({sum_case("fixtures.lists.long", {{"sum", 3}})}));
    auto report = run(file);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == "golden.fixture");
    CHECK(report.error().place.english().find("/cases/0/input") != std::string::npos);
    file = file_with(json::array({sum_case({1}, {{"sum", 1}})}));
    file["family"] = "products";
    CHECK(run(file).error().code == "golden.family");
    file = file_with(json::array({{{"id", "sums/sum/001"}}}));
    CHECK(run(file).error().place.english().find("/cases/0") != std::string::npos);
    file = file_with(json::array({sum_case({1}, "three")}));
    CHECK(run(file).error().place.english().find("/cases/0/expected") != std::string::npos);
    file = file_with(json::array());
    file["schema"] = 2;
    CHECK(run(file).error().code == "field.newer_version");
    CHECK(run_golden_file("", "empty.json", kSums).error().code == "json.syntax");
    CHECK(run_golden_file("\xff", "bytes.json", kSums).error().code == "json.encoding");
}

TEST_CASE("golden: a text that only begins like a reference to a fixture is a text") {
    const json one = {{"id", "sums/sum/001"},
                      {"metric", "sum"},
                      {"input", {{"numbers", {1}}, {"text", "fixtures. That was all."}}},
                      {"expected", {{"sum", 1}}}};
    CHECK(run(file_with(json::array({one}))).value().n_passed == 1);
}
