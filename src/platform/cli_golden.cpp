// terrarium golden: recomputes the cases of golden files and says which differ.

#include <cstdio>

#include "core/io/golden/golden.h"
#include "platform/cli.h"
#include "platform/content_files.h"

namespace terrarium::platform {
namespace {

using core::io::GoldenFailure;
using core::io::GoldenReport;
using labs::json;

core::Result<GoldenReport> report_of(const std::string& name) {
    const auto bytes = read_file(name);
    if (!bytes) {
        return core::Error{"file.missing", name, "This file cannot be read.", "Check its name and rights."};
    }
    return core::io::run_golden_file(*bytes, name);
}

json as_json(const std::string& name, const GoldenReport& report) {
    json failures = json::array();
    for (const GoldenFailure& failure : report.failures) {
        failures.push_back({{"id", failure.id},
                            {"path", failure.difference.path},
                            {"got", failure.difference.got},
                            {"expected", failure.difference.expected}});
    }
    return {{"file", name},
            {"family", report.family},
            {"passed", report.n_passed},
            {"failed", report.failures.size()},
            {"skipped", report.n_skipped},
            {"failures", failures}};
}

}  // namespace

int golden_command(int count, char** values) {
    const Arguments arguments = parse_arguments(count, values, {}, {"json"});
    if (!arguments.problem.empty()) return print_problem({"usage", "", arguments.problem, "See terrarium help."});
    if (arguments.words.empty()) {
        return print_problem({"usage", "", "terrarium golden wants one file or more.",
                              "For example: terrarium golden tests/golden/metrics/bleu.json"});
    }
    long long n_passed = 0, n_failed = 0, n_skipped = 0;
    bool is_bad_input = false;
    json listed = json::array();
    for (const std::string& name : arguments.words) {
        const auto report = report_of(name);
        if (!report) {
            print_problem(report.error());
            is_bad_input = true;
            continue;
        }
        n_passed += report.value().n_passed;
        n_failed += std::ssize(report.value().failures);
        n_skipped += report.value().n_skipped;
        if (arguments.has("json")) listed.push_back(as_json(name, report.value()));
        for (const GoldenFailure& failure : report.value().failures) {
            if (arguments.has("json")) break;
            std::printf("%s: at \"%s\": got %s, expected %s\n", failure.id.c_str(), failure.difference.path.c_str(),
                        failure.difference.got.c_str(), failure.difference.expected.c_str());
        }
    }
    if (arguments.has("json")) {
        const json whole = {{"passed", n_passed}, {"failed", n_failed}, {"skipped", n_skipped}, {"files", listed}};
        std::printf("%s\n", whole.dump(2).c_str());
    } else {
        std::printf("%lld passed, %lld failed, %lld skipped\n", n_passed, n_failed, n_skipped);
    }
    if (is_bad_input) return kBadInput;
    return n_failed == 0 && n_passed + n_skipped > 0 ? kOk : kFailed;
}

}  // namespace terrarium::platform
