// Every public golden case of the families that judge labels, numbers and samples passes.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "core/io/golden/golden.h"

using namespace terrarium::core;

namespace {

std::string read_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("golden: every case of the families of labels, numbers and samples passes") {
    for (const char* family : {"agreement", "bias_posttraining", "bias_pretraining", "classification", "clustering",
                               "drift", "pass_at_k", "probabilistic", "ranking_curves", "rating", "regression"}) {
        const std::string path = std::string(TERRARIUM_SOURCE_DIR) + "/tests/golden/metrics/" + family + ".json";
        const auto report = io::run_golden_file(read_text(path), path);
        REQUIRE_MESSAGE(report, path);
        CHECK(report.value().n_passed > 0);
        CHECK(report.value().n_skipped == 0);
        for (const io::GoldenFailure& failure : report.value().failures) {
            FAIL_CHECK(failure.id, failure.difference.path, ": ", failure.difference.got, " instead of ",
                       failure.difference.expected);
        }
    }
}
