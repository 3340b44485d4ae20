// Golden files: inputs, options, and the values that an independent program or a publication gives for them.
//
// A learner who trusts our ROUGE must be right to, and this is the proof: every metric of the course is recomputed from
// the file and compared with what the reference implementation said. A file of the same form with other data works as
// well, so anybody can check us with numbers of their own.
//
//     { "schema": 1, "family": "bleu", "fixtures": { "documents": { "main": [...] } },
//       "cases": [ { "id": "bleu/sentence_bleu/001", "metric": "sentence_bleu",
//                    "input": {...}, "params": {...}, "expected": {...},
//                    "tolerance": { "abs": 1e-9, "rel": 1e-9 }, "tags": ["edge"] } ] }
//
// A text "fixtures.documents.main" anywhere in input or params stands for that value of `fixtures`.
//
// Right means, at any depth of `expected`:
//   number              |got - expected| <= abs + rel |expected|
//   "NaN"               got is undefined (a NaN); "Infinity" and "-Infinity" are meant literally
//   text, bool, null    equal; lists have the same length
//   object              every key of `expected` is there; more keys are welcome
//   {"error": ...}      the input is refused; the words are ours
//   objective_at_most   beside other keys: got.objective is at most this, and then the other keys are not compared,
//                       because a flat optimum determines them badly

#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core::io {

/// Computes one case.
struct GoldenFamily {
    std::string_view name;
    /// metric, input and params are those of the case, fixtures filled in; all of them are in params["fixtures"], too.
    /// Returns an object with at least the keys of `expected`, or the error of an input to refuse. May read values of
    /// the wrong type carelessly: what nlohmann throws is caught by the caller and refuses the case.
    Result<nlohmann::json> (*evaluate)(std::string_view metric, const nlohmann::json& input,
                                       const nlohmann::json& params);
};

/// All families of this program, in alphabetical order (families.cpp).
[[nodiscard]] std::span<const GoldenFamily> golden_families();

/// What an evaluator answers when it has no metric of this name: a failure even where an error is expected.
[[nodiscard]] Error unknown_golden_metric(std::string_view family, std::string_view metric);
/// What an evaluator answers when the case needs a table that this build lacks. The case is skipped if its tags say so
/// (`needs-gpt2-vocabulary`), else it fails.
[[nodiscard]] Error missing_golden_table(std::string_view table);

struct GoldenTolerance {
    double abs = 0;
    double rel = 0;
};

/// The first place where `got` is not what `expected` asks for.
struct GoldenDifference {
    std::string path;  ///< JSON pointer into the result, "" for the whole of it
    std::string got;   ///< as JSON text, shortened; "NaN" for an undefined number
    std::string expected;
};
[[nodiscard]] std::optional<GoldenDifference> find_golden_difference(const nlohmann::json& got,
                                                                     const nlohmann::json& expected,
                                                                     const GoldenTolerance& tolerance);

struct GoldenFailure {
    std::string id;  ///< the case
    GoldenDifference difference;
};

struct GoldenReport {
    std::string family;
    int64_t n_passed = 0;
    int64_t n_skipped = 0;
    std::vector<GoldenFailure> failures;  ///< in the file's order
};

/// Reads a golden file and evaluates its cases. Errors: what the JSON door and fields.h refuse, golden.family for a
/// family that is not in the table, golden.fixture for a reference to a fixture that the file lacks.
[[nodiscard]] Result<GoldenReport> run_golden_file(std::string_view bytes, std::string_view file_name,
                                                   std::span<const GoldenFamily> families = golden_families());

}  // namespace terrarium::core::io
