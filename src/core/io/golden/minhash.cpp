#include "core/text/minhash.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"
#include "core/io/number_text.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

Error refused(std::string_view name, std::string_view wanted) {
    return {"golden.option", std::string(name), "This must be " + std::string(wanted) + ".", "Correct the case."};
}

/// The first num_perm functions of the file's fixtures; their 64-bit numbers are decimal texts.
Result<std::vector<MinHashFunction>> read_functions(const json& params) {
    const json &a = params.at("fixtures").at("a"), &b = params.at("fixtures").at("b");
    const auto n = params.at("num_perm").get<int64_t>();
    if (n < 1 || n > std::ssize(a) || n > std::ssize(b))
        return refused("num_perm", "at least 1 and at most the number of functions in the fixtures");
    std::vector<MinHashFunction> functions;
    for (size_t i = 0; i < static_cast<size_t>(n); ++i) {
        const auto factor = parse_uint(a.at(i).get<std::string>()), offset = parse_uint(b.at(i).get<std::string>());
        if (!factor || !offset) return refused("fixtures", "lists of whole numbers of 64 bits, as texts");
        functions.push_back({.a = *factor, .b = *offset});
    }
    return functions;
}

Result<json> evaluate_signatures(std::string_view metric, const json& input, const json& params) {
    const auto functions = read_functions(params);
    if (!functions) return functions.error();
    const auto signature_of = [&](const char* name) {
        return minhash_signature(golden_texts(input.at(name)), functions.value());
    };
    if (metric == "signature") return json{{"signature", signature_of("tokens")}};
    const std::vector<uint32_t> a = signature_of("a"), b = signature_of("b");
    if (metric == "union") return json{{"signature", minhash_union(a, b)}};
    return json{{"estimate", estimated_jaccard(a, b)},
                {"exact", jaccard(golden_texts(input.at("a")), golden_texts(input.at("b")))}};
}

}  // namespace

Result<json> evaluate_minhash(std::string_view metric, const json& input, const json& params) {
    if (metric == "hash32") {
        json hashes = json::array();
        for (const std::string& token : golden_texts(input.at("tokens"))) hashes.push_back(shingle_hash(token));
        return json{{"hashes", hashes}};
    }
    if (metric == "signature" || metric == "union" || metric == "jaccard")
        return evaluate_signatures(metric, input, params);
    if (metric == "shingles") {
        const auto n = params.at("n").get<int64_t>();
        if (n < 1) return refused("n", "1 or more");
        return json{{"shingles", word_shingles(input.at("text").get<std::string>(), n)}};
    }
    if (metric == "lsh_probability") {
        const auto n_bands = params.at("bands").get<int64_t>(), n_rows = params.at("rows").get<int64_t>();
        if (n_bands < 1 || n_rows < 1) return refused("bands", "1 or more, and so must be the rows");
        return json{{"probability", shared_band_probability(golden_number(input.at("similarity")), n_bands, n_rows)}};
    }
    return unknown_golden_metric("minhash", metric);
}

}  // namespace terrarium::core::io
