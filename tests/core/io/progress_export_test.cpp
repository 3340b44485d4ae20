#include "core/io/progress_export.h"

#include <doctest/doctest.h>

#include "core/io/progress_merge.h"
#include "core/io/progress_samples.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using terrarium::tests::golden_progress;
using terrarium::tests::random_progress;
using terrarium::tests::source_file;

namespace {

std::string golden_file() { return source_file("tests/golden/progress/v1-export.json"); }

std::string code_of(std::string_view bytes) {
    const auto read = import_progress(bytes, "file.json");
    return read ? "" : read.error().code;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("progress export: the golden file of schema 1 reads as it was written, for ever") {
    const auto read = import_progress(golden_file(), "file.json");
    REQUIRE(read);
    CHECK(read.value() == golden_progress());
}

TEST_CASE("progress export: our file has the fingerprint that Python computed, and its bytes") {
    CHECK(export_progress(golden_progress(), "0123abcd") == golden_file());
}

TEST_CASE("progress export: out and in again changes nothing") {
    Rng rng(9);
    for (int i = 0; i < 300; ++i) {
        const Progress progress = random_progress(rng);
        const auto read = import_progress(export_progress(progress, "b"), "file.json");
        REQUIRE(read);
        REQUIRE(read.value() == progress);
    }
}

TEST_CASE("progress import: spaces may change, content may not") {
    std::string squeezed;
    for (const char c : golden_file()) squeezed += c == '\n' ? ' ' : c;
    CHECK(code_of(squeezed) == "");
    CHECK(code_of(replaced(golden_file(), "\"best_share\": 0.5", "\"best_share\": 1.0")) == "progress.import_changed");
    CHECK(code_of(replaced(golden_file(), "\"is_passed\": false", "\"is_passed\": true")) == "progress.import_changed");
    CHECK(code_of(replaced(golden_file(), "\"schema\": 1", "\"schema\": 0")) == "progress.import_changed");
}

TEST_CASE("progress import: a newer version's file is refused in those words") {
    CHECK(code_of(replaced(golden_file(), "\"schema\": 1", "\"schema\": 2")) == "progress.newer");
    CHECK(code_of(replaced(golden_file(), "\"schema\": 1", "\"schema\": 18446744073709551615")) == "progress.newer");
    CHECK(code_of(replaced(golden_file(), "\"schema\": 1", "\"schema\": -5")) == "progress.import_changed");
}

TEST_CASE("progress import: other files are refused with what they are") {
    CHECK(code_of("") == "json.syntax");
    CHECK(code_of("[]") == "progress.import_form");
    CHECK(code_of("{}") == "progress.import_form");
    CHECK(code_of("{\"format\":\"Terrarium progress\"}") == "progress.import_form");
    CHECK(code_of("{\"format\":\"Terrarium progress\",\"schema\":\"1\",\"progress\":{}}") == "progress.import_form");
    CHECK(code_of("{\"__proto__\":{\"a\":1}}") == "progress.import_form");
    CHECK(code_of(std::string("\x1f\x8b\x08\x00", 4)).starts_with("json."));  // a packed file
    CHECK(code_of(std::string(static_cast<size_t>(kMaxImportBytes) + 1, ' ')) == "json.too_large");
    CHECK(code_of(std::string(100'000, '[')) == "json.depth");
}

TEST_CASE("progress import: every truncation of an exported file is refused") {
    const std::string golden = golden_file();
    for (size_t length = 0; length + 2 < golden.size(); length += 3) {  // the last two are the brace and the newline
        REQUIRE(code_of(std::string_view(golden).substr(0, length)) != "");
    }
}

TEST_CASE("progress import: no flipped bit changes what is read") {
    const std::string golden = golden_file();
    const Progress expected = golden_progress();
    for (size_t at = 0; at < golden.size(); ++at) {
        std::string broken = golden;
        broken[at] = static_cast<char>(broken[at] ^ 1 << at % 8);
        const auto read = import_progress(broken, "file.json");
        if (read) REQUIRE(read.value() == expected);  // a flipped space, or a letter of the build's name
    }
}
