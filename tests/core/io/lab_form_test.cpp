// J11 of the fault table: in a file of the form of a lab, every required field removed and every value's type swapped,
// each in turn, is refused with its path. The reader here is a small one in the form of content/schema/lab.schema.json;
// what is tested are the door and the getters, not one lab.

#include <doctest/doctest.h>

#include <set>

#include "core/io/fields.h"
#include "core/io/json_door.h"
#include "sample_lab.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using nlohmann::json;

namespace {

void read_named_text(const Item& item, std::initializer_list<std::string_view> keys) {
    Fields fields = item.object();
    (void)fields.id("id");
    for (const std::string_view key : keys) (void)fields.text(key, 1, 400);
    fields.finish();
}

void read_question(const Item& item) {
    Fields question = item.object();
    (void)question.id("id");
    (void)question.text("text", 1, 400);
    if (question.choice("kind", {"choice", "number"}) == "choice") {
        question.list("options", 2, 8, [](const Item& option) { read_named_text(option, {"text"}); });
    } else {
        const double min = question.number_in("min", -1e9, 1e9);
        const double max = question.number_in("max", min, 1e9);
        (void)question.number_in("default", min, max);
        (void)question.text_or("unit", 0, 40, "");
    }
    question.finish();
}

void read_steps(Fields steps) {
    Fields predict = steps.object("predict");
    (void)predict.texts("text", 1, 8, 1, 2000);
    predict.list("questions", 1, 6, read_question);
    predict.finish();
    Fields run = steps.object("run");
    (void)run.texts("text", 1, 8, 1, 2000);
    run.finish();
    steps.list("explain", 1, 8, [](const Item& item) {
        Fields part = item.object();
        (void)part.text("title", 1, 120);
        (void)part.texts("text", 1, 8, 1, 2000);
        part.finish();
    });
    Fields challenge = steps.object("challenge");
    (void)challenge.text("task", 1, 1000);
    (void)challenge.object("goal");
    (void)challenge.texts("hints", 3, 3, 1, 2000);
    challenge.list("conditions", 1, 8, [](const Item& item) { read_named_text(item, {"text"}); });
    challenge.finish();
    steps.finish();
}

/// Reads a whole lab. Nothing on success, else the error.
std::optional<Error> read_lab(const std::string& file, size_t* n_warnings = nullptr) {
    const Result<json> tree = read_json(file, "lab.json");
    if (!tree.has_value()) return tree.error();
    FieldReport report("lab.json", file);
    Fields lab(tree.value(), report);
    lab.schema_version(1);
    (void)lab.id("id");
    for (const char* key : {"title", "subtitle", "idea"}) (void)lab.text(key, 1, 500);
    (void)lab.id("module");
    (void)lab.int_in("minutes", 1, 240);
    (void)lab.object("defaults");
    (void)lab.object("limits");
    lab.list("corpora", 0, 20, [](const Item& item) { read_named_text(item, {"title", "file", "about"}); });
    read_steps(lab.object("steps"));
    for (const char* key : {"simplified", "terms", "sources"}) (void)lab.texts(key, 1, 20, 1, 2000);
    lab.finish();
    if (n_warnings != nullptr) *n_warnings = report.warnings().size();
    if (report.ok()) return std::nullopt;
    return report.error();
}

/// Paths of all values, parents first; what lies inside settings, limits, goal and padding is the lab's own.
void collect(std::vector<std::string>& paths, const json& value, const std::string& path) {
    static const std::set<std::string> kOpaque = {"/defaults", "/limits", "/steps/challenge/goal", "/padding"};
    paths.push_back(path);
    if (kOpaque.contains(path)) return;
    int64_t index = 0;
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items()) collect(paths, inner, json_path(path, key));
    } else if (value.is_array()) {
        for (const json& inner : value) collect(paths, inner, json_path(path, index++));
    }
}

bool is_optional(const std::string& path) {
    return path == "/$schema" || path == "/padding" || path.ends_with("/unit");
}

std::vector<std::string> all_paths() {
    std::vector<std::string> paths;
    collect(paths, json::parse(kSampleLab), "");
    return paths;
}

}  // namespace

TEST_CASE("lab form: the sample is accepted, with a warning for what is not known") {
    size_t n_warnings = 0;
    const std::optional<Error> error = read_lab(std::string(kSampleLab), &n_warnings);
    CHECK_FALSE(error.has_value());
    CHECK(n_warnings == 1);
}

TEST_CASE("lab form: every required field removed in turn is refused and named") {
    int64_t n_removed = 0;
    for (const std::string& path : all_paths()) {
        json lab = json::parse(kSampleLab);
        const json::json_pointer pointer(path);
        if (path.empty() || !lab[pointer.parent_pointer()].is_object()) continue;
        lab[pointer.parent_pointer()].erase(pointer.back());
        const std::optional<Error> error = read_lab(lab.dump(1));
        CHECK_MESSAGE(error.has_value() != is_optional(path), path);
        if (!error) continue;
        ++n_removed;
        CHECK_MESSAGE(error->message.english() == "The field \"" + pointer.back() + "\" is missing.", path);
        const std::string parent = pointer.parent_pointer().to_string();
        CHECK_MESSAGE(error->place.english().starts_with("lab.json, line "), error->place.english());
        CHECK_MESSAGE(error->place.english().ends_with(parent.empty() ? "column 1" : ", at " + parent),
                      error->place.english());
    }
    CHECK(n_removed > 50);
}

TEST_CASE("lab form: every value's type swapped in turn is refused with its path") {
    int64_t n_swapped = 0;
    for (const std::string& path : all_paths()) {
        for (const json& other : {json(nullptr), json(-7.5), json("?"), json::array(), json::object(), json(true)}) {
            json lab = json::parse(kSampleLab);
            json& value = lab[json::json_pointer(path)];
            if (value.type() == other.type() || (value.is_number() && other.is_number())) continue;
            // A prose text may be any text; and what nobody reads may be anything.
            if (path == "/$schema" || path == "/padding") continue;
            value = other;
            const std::optional<Error> error = read_lab(lab.dump(1));
            // An empty object or list inside the right type is the only thing that can still be acceptable.
            CHECK_MESSAGE(error.has_value(), path << " " << other.dump());
            if (!error) continue;
            ++n_swapped;
            CHECK_MESSAGE((path.empty() || error->place.english().ends_with(", at " + path)),
                          error->place.english() << " instead of " << path);
        }
    }
    CHECK(n_swapped > 300);
}
