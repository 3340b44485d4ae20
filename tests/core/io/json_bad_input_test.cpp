// Damaged files by the ten thousand: nothing crashes, nothing hangs, nothing wrong is accepted. The second reader (the
// JSON library) is the witness: our own pass and the library must agree on what is JSON.

#include <doctest/doctest.h>

#include <chrono>

#include "core/io/bytes.h"
#include "core/io/json_door.h"
#include "sample_lab.h"

using namespace terrarium::core;
using namespace terrarium::core::io;

namespace {

struct Count {
    int64_t n_accepted = 0;
    int64_t n_refused = 0;
    int64_t n_disagreements = 0;  ///< of the two readers
    int64_t n_unhelpful = 0;      ///< errors without place, message or next step
    int64_t n_changed_twice = 0;  ///< accepted, but written and read again something else
};

/// One file through the door, compared with the library.
void try_file(Count& count, const std::string& file) {
    const Result<nlohmann::json> result = read_json(file, "a.json");
    // Zero bytes are left out: the library stops at one and takes the rest for nothing (its known weakness).
    const bool is_json = file.find('\0') == std::string::npos && nlohmann::json::accept(file);
    if (result.has_value()) {
        ++count.n_accepted;
        if (!is_json) ++count.n_disagreements;
        if (count.n_accepted % 16 != 0) return;  // writing and reading again costs most of the time
        const Result<nlohmann::json> again = read_json(result.value().dump(), "again.json");
        if (!again.has_value() || again.value() != result.value()) ++count.n_changed_twice;
        return;
    }
    ++count.n_refused;
    const Error& error = result.error();
    if (error.code.empty() || !error.place.english().starts_with("a.json") || error.message.empty() ||
        error.next_step.empty() ||
        error.message.english() ==
            "The file is not valid JSON." ||  // the library saw what our own pass should have seen
        find_invalid_utf8(error.place.english() + error.message.english() + error.next_step.english())) {
        ++count.n_unhelpful;
    }
    const bool is_ours_alone = error.code == "json.duplicate_key" || error.code == "json.depth";
    if (is_json && !is_ours_alone && error.message.english().find("u0000") == std::string::npos)
        ++count.n_disagreements;
}

void check_clean(const Count& count) {
    CHECK(count.n_disagreements == 0);
    CHECK(count.n_unhelpful == 0);
    CHECK(count.n_changed_twice == 0);
}

/// Reads a text that must be refused and says how long that took.
double refuse_ms(const std::string& text, std::string_view code) {
    const auto begin = std::chrono::steady_clock::now();
    const Result<nlohmann::json> result = read_json(text, "a.json");
    const auto end = std::chrono::steady_clock::now();
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == code);
    return std::chrono::duration<double, std::milli>(end - begin).count();
}

}  // namespace

TEST_CASE("json bad input: every truncation of a file is refused with its place") {
    const std::string golden(kSampleLab.substr(0, kSampleLab.rfind('}') + 1));
    Count count;
    for (size_t n = 0; n < golden.size(); ++n) try_file(count, golden.substr(0, n));
    CHECK(count.n_refused == static_cast<int64_t>(golden.size()));
    check_clean(count);
}

TEST_CASE("json bad input: every byte changed to several values is refused or still the same grammar") {
    const std::string golden(kSampleLab);
    constexpr std::string_view kValues("\0\n\"\\}[,0\xC3", 9);
    Count count;
    for (size_t at = 0; at < golden.size(); ++at) {
        std::string file = golden;
        for (const char value : kValues) {
            file[at] = value;
            try_file(count, file);
        }
        file[at] = static_cast<char>(static_cast<uint8_t>(golden[at]) ^ 1u);
        try_file(count, file);
    }
    CHECK(count.n_accepted + count.n_refused == static_cast<int64_t>(golden.size()) * 10);
    CHECK(count.n_accepted > 5'000);  // a changed letter inside a text is still JSON: the test is not vacuous
    CHECK(count.n_refused > 10'000);
    check_clean(count);
}

TEST_CASE("json bad input: a byte removed, doubled or two swapped") {
    const std::string golden(kSampleLab);
    Count count;
    for (size_t at = 0; at + 1 < golden.size(); ++at) {
        std::string file = golden;
        file.erase(at, 1);
        try_file(count, file);
        file = golden;
        file.insert(at, 1, golden[at]);
        try_file(count, file);
        file = golden;
        std::swap(file[at], file[at + 1]);
        try_file(count, file);
    }
    CHECK(count.n_refused > 1'000);
    check_clean(count);
}

TEST_CASE("json bad input: any depth is refused at the limit, at once, before a tree exists") {
    // With a tree the library's own functions would use up the stack: in the web build from about 1,000 levels on.
    for (const int depth : {33, 1'000, 100'000, 1'000'000}) {
        std::string brackets;
        std::string objects;
        for (int i = 0; i < depth; ++i) brackets += "[";
        for (int i = 0; i < depth && objects.size() < 2'000'000; ++i) objects += "{\"a\":";
        CHECK(refuse_ms(brackets, "json.depth") < 1000);
        CHECK(refuse_ms(objects, "json.depth") < 1000);
    }
    CHECK(refuse_ms(std::string(3'000'000, '['), "json.too_large") < 1000);
}

TEST_CASE("json bad input: two megabytes of tiny objects are refused before they become a tree") {
    std::string file = "[";
    while (file.size() < 2'000'000) file += "{\"\":0},";
    file += "0]";
    CHECK(refuse_ms(file, "json.nodes") < 2000);
    const JsonLimits no_limit{.max_bytes = 1 << 30, .max_depth = 32, .max_nodes = 100};
    CHECK(read_json(file, "a.json", no_limit).error().code == "json.nodes");
}

TEST_CASE("json bad input: a long name around many values costs no more than its length") {
    std::string file = "{\"" + std::string(1'000'000, 'k') + "\":[0";
    while (file.size() < 1'300'000) file += ",0";
    CHECK(refuse_ms(file, "json.syntax") < 2000);
}
