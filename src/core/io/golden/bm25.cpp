#include "core/metrics/bm25.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"
#include "core/text/split.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

/// A list of words, or a text of words with white space between them.
std::vector<std::string> read_words(const json& text) {
    return text.is_string() ? split_white_space(std::string_view(text.get_ref<const std::string&>()))
                            : golden_texts(text);
}

}  // namespace

Result<json> evaluate_bm25(std::string_view metric, const json& input, const json& params) {
    const bool is_top_k = metric == "top_k";
    const auto variant = golden_choice(json{{"variant", is_top_k ? "okapi" : metric}}, "variant", Bm25Variant::Okapi,
                                       {{"okapi", Bm25Variant::Okapi},
                                        {"bm25l", Bm25Variant::L},
                                        {"bm25plus", Bm25Variant::Plus},
                                        {"lucene", Bm25Variant::Lucene},
                                        {"robertson", Bm25Variant::Robertson},
                                        {"atire", Bm25Variant::Atire}});
    if (!variant) return unknown_golden_metric("bm25", metric);
    Bm25Options options{.variant = variant.value()};
    options.k1 = golden_option(params, "k1", options.k1);
    options.b = golden_option(params, "b", options.b);
    options.epsilon = golden_option(params, "epsilon", options.epsilon);
    options.delta = golden_option(params, "delta", options.variant == Bm25Variant::Plus ? 1.0 : options.delta);
    std::vector<std::vector<std::string>> documents;
    for (const json& document : input.at("documents")) documents.push_back(read_words(document));
    const auto index = Bm25Index::build(documents);
    if (!index) return index.error();
    const std::vector<double> scores = index.value().scores(read_words(input.at("query")), options);
    if (!is_top_k) return json{{"scores", scores}};
    return json{{"documents", best_documents(scores, golden_option<int64_t>(params, "k", 5))}};
}

}  // namespace terrarium::core::io
