#include "core/text/bpe.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"
#include "core/text/bpe_split.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

Result<SplitPattern> read_pattern(const json& params) {
    return golden_choice(params, "pattern", SplitPattern::Gpt2,
                         {{"gpt2", SplitPattern::Gpt2}, {"gpt4", SplitPattern::Gpt4}});
}

json as_json(std::span<const BpePair> pairs) {
    json list = json::array();
    for (const BpePair& pair : pairs) list.push_back({pair.left, pair.right});
    return list;
}

Result<json> evaluate_byte_level(std::string_view metric, const json& input, const json& params) {
    const auto bpe = ByteLevelBpe::build(params.at("merges").get<std::vector<std::pair<std::string, std::string>>>());
    if (!bpe) return bpe.error();
    if (metric == "decode") {
        const auto text = bpe.value().decode(input.at("ids").get<std::vector<int32_t>>());
        return text ? Result<json>(json{{"text", text.value()}}) : text.error();
    }
    const std::vector<int32_t> ids = bpe.value().encode(input.at("text").get<std::string>());
    json tokens = json::array();
    for (const int32_t id : ids) tokens.push_back(bpe.value().token(id));
    return json{{"ids", ids}, {"tokens", tokens}};
}

Result<json> evaluate_training(std::string_view metric, const json& input, const json& params) {
    const bool is_encoding = metric == "encode_bytes";
    const auto text = (is_encoding ? params.at("train_text") : input.at("text")).get<std::string>();
    const auto pattern = read_pattern(params);
    if (!pattern) return pattern.error();
    const std::vector<std::string> chunks =
        metric == "train_regex" ? split_for_bpe(text, pattern.value()) : std::vector<std::string>{text};
    const auto training = train_bpe(chunks, params.at("merges").get<int64_t>());
    if (!training) return training.error();
    if (is_encoding) {
        std::vector<int32_t> bytes;
        for (const char c : input.at("text").get<std::string>()) bytes.push_back(static_cast<uint8_t>(c));
        return json{{"ids", training.value().merges.apply(std::move(bytes))}};
    }
    std::vector<int32_t> ids;
    for (const std::vector<int32_t>& chunk : training.value().chunks) ids.insert(ids.end(), chunk.begin(), chunk.end());
    return json{{"merges", as_json(training.value().merges.pairs())}, {"ids", ids}};
}

}  // namespace

Result<json> evaluate_bpe(std::string_view metric, const json& input, const json& params) {
    if (metric == "split") {
        const auto pattern = read_pattern(params);
        if (!pattern) return pattern.error();
        return json{{"pieces", split_for_bpe(input.at("text").get<std::string>(), pattern.value())}};
    }
    if (metric == "encode" || metric == "decode") return evaluate_byte_level(metric, input, params);
    if (metric == "train_bytes" || metric == "train_regex" || metric == "encode_bytes")
        return evaluate_training(metric, input, params);
    if (metric == "gpt2_encode") return missing_golden_table("GPT-2's own merge table");
    return unknown_golden_metric("bpe", metric);
}

}  // namespace terrarium::core::io
