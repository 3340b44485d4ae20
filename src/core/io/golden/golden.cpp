#include "core/io/golden/golden.h"

#include <algorithm>

#include "core/io/fields.h"
#include "core/io/json_door.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

constexpr std::string_view kUnknownMetric = "golden.metric";
constexpr std::string_view kMissingTable = "golden.table";
constexpr std::string_view kNeedsTable = "needs-gpt2-vocabulary";
constexpr JsonLimits kLimits{.max_bytes = 64 * 1024 * 1024, .max_depth = 32, .max_nodes = 10'000'000};
constexpr double kAnyNumber = 1e300;
constexpr int64_t kAnyCount = 10'000'000;

bool is_reference(std::string_view text) {
    constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    return text.starts_with("fixtures.") && text.find_first_not_of(kNameCharacters) == std::string_view::npos;
}

/// The value that "fixtures.a.b" names; nullptr when there is none.
const json* find_fixture(const json& fixtures, std::string_view reference) {
    const json* value = &fixtures;
    size_t begin = reference.find('.') + 1;
    while (begin <= reference.size()) {
        const size_t end = std::min(reference.find('.', begin), reference.size());
        const auto found = value->find(std::string(reference.substr(begin, end - begin)));
        if (found == value->end()) return nullptr;
        value = &*found;
        begin = end + 1;
    }
    return value;
}

/// Replaces every reference inside `value`; returns the first that names nothing, or "".
std::string fill_fixtures(json& value, const json& fixtures) {
    if (value.is_string()) {
        const std::string text = value.get<std::string>();
        if (!is_reference(text)) return "";
        const json* fixture = find_fixture(fixtures, text);
        if (fixture == nullptr) return text;
        value = *fixture;
    } else if (value.is_structured()) {
        for (json& part : value) {
            if (std::string missing = fill_fixtures(part, fixtures); !missing.empty()) return missing;
        }
    }
    return "";
}

struct Case {
    std::string id, metric;
    json input, params, expected;
    GoldenTolerance tolerance;
    bool may_be_skipped = false;
};

Case read_case(const Item& item, const json& fixtures) {
    Fields fields = item.object();
    Case one{.id = fields.text("id", 1, 200), .metric = fields.text("metric", 1, 100)};
    const auto filled = [&](std::string_view key, bool is_optional) {
        const auto found = is_optional ? fields.find(key) : fields.need(key);
        json value = found ? found->raw() : json::object();
        const std::string missing = fill_fixtures(value, fixtures);
        if (!missing.empty()) {
            found->refuse("golden.fixture", "The file has no \"" + missing + "\".",
                          "Add it to the file's fixtures, or correct the name.");
        }
        return value;
    };
    one.input = filled("input", false);
    one.params = filled("params", true);
    if (!fixtures.empty() && one.params.is_object()) one.params["fixtures"] = fixtures;
    if (const auto expected = fields.need("expected")) {
        (void)expected->object();  // reports what is no object
        one.expected = expected->raw();
    }
    if (fields.find("tolerance")) {
        Fields tolerance = fields.object("tolerance");
        one.tolerance = {tolerance.number_in_or("abs", 0, kAnyNumber, 0),
                         tolerance.number_in_or("rel", 0, kAnyNumber, 0)};
    }
    fields.list_or_none("tags", 0, 100,
                        [&](const Item& tag) { one.may_be_skipped |= tag.text(0, 200) == kNeedsTable; });
    return one;
}

Result<json> evaluate(const GoldenFamily& family, const Case& one) {
    try {
        return family.evaluate(one.metric, one.input, one.params);
    } catch (const json::exception& fault) {
        return Error{"golden.type", one.id, "A value of the case has another type or name than this metric reads.",
                     fault.what()};
    }
}

void count_case(GoldenReport& report, const GoldenFamily& family, const Case& one) {
    const auto fail = [&](GoldenDifference difference) { report.failures.push_back({one.id, std::move(difference)}); };
    const Result<json> got = evaluate(family, one);
    const bool wants_refusal = one.expected.contains("error");
    if (got) {
        if (wants_refusal) return fail({"", "a result", "a refusal: " + one.expected["error"].dump()});
        if (auto difference = find_golden_difference(got.value(), one.expected, one.tolerance))
            return fail(std::move(*difference));
    } else {
        const Error& error = got.error();
        if (error.code == kMissingTable && one.may_be_skipped) {
            ++report.n_skipped;
            return;
        }
        const bool is_refusal = error.code != kUnknownMetric && error.code != kMissingTable;
        if (!(wants_refusal && is_refusal))
            return fail({"", error.message.then(error.next_step).english(), "a result"});
    }
    ++report.n_passed;
}

}  // namespace

Error unknown_golden_metric(std::string_view family, std::string_view metric) {
    return {std::string(kUnknownMetric), std::string(family),
            "The family " + std::string(family) + " has no metric called " + std::string(metric) + ".",
            "Correct the name, or use a newer program."};
}

Error missing_golden_table(std::string_view table) {
    return {std::string(kMissingTable), "", "This build does not contain " + std::string(table) + ".",
            "Use a build that has it."};
}

Result<GoldenReport> run_golden_file(std::string_view bytes, std::string_view file_name,
                                     std::span<const GoldenFamily> families) {
    const Result<json> tree = read_json(bytes, file_name, kLimits);
    if (!tree) return tree.error();
    FieldReport problems{std::string(file_name), bytes};
    Fields file(tree.value(), problems);
    file.schema_version(1);
    GoldenReport report{.family = file.text("family", 1, 100)};
    const auto family = std::find_if(families.begin(), families.end(),
                                     [&](const GoldenFamily& known) { return known.name == report.family; });
    if (problems.ok() && family == families.end()) {
        problems.refuse("golden.family", "/family", "This program has no family called " + report.family + ".",
                        "Correct the name, or use a newer program.");
    }
    const auto fixtures = file.find("fixtures");
    const json none = json::object();
    file.list("cases", 0, kAnyCount, [&](const Item& item) {
        if (!problems.ok()) return;
        const Case one = read_case(item, fixtures ? fixtures->raw() : none);
        if (problems.ok()) count_case(report, *family, one);
    });
    if (!problems.ok()) return problems.error();
    return report;
}

}  // namespace terrarium::core::io
