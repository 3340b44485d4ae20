#include "core/metrics/rouge.h"

#include <algorithm>

#include "core/metrics/lcs.h"
#include "core/metrics/ngrams.h"
#include "core/support/check.h"
#include "core/text/porter_stemmer.h"
#include "core/text/unicode.h"

namespace terrarium::core {
namespace {

using Tokens = std::vector<std::string>;

constexpr size_t kShortToken = 3;

RougeScore score_from(int64_t n_matches, int64_t n_prediction, int64_t n_target) {
    RougeScore score{.n_matches = n_matches, .n_prediction = n_prediction, .n_target = n_target};
    const auto matches = static_cast<double>(n_matches);
    if (n_prediction > 0) score.precision = matches / static_cast<double>(n_prediction);
    if (n_target > 0) score.recall = matches / static_cast<double>(n_target);
    const double sum = score.precision + score.recall;
    if (sum > 0) score.fmeasure = 2 * score.precision * score.recall / sum;
    return score;
}

bool is_token_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::vector<Tokens> sentences(std::string_view text, bool use_stemmer) {
    std::vector<Tokens> result;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) result.push_back(rouge_tokens(text.substr(0, end), use_stemmer));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

}  // namespace

std::vector<std::string> rouge_tokens(std::string_view text, bool use_stemmer) {
    std::vector<std::string> tokens;
    const std::string lower = to_lower(text);
    for (size_t begin = 0; begin < lower.size();) {
        size_t end = begin;
        while (end < lower.size() && is_token_character(lower[end])) ++end;
        if (end > begin) tokens.push_back(lower.substr(begin, end - begin));
        begin = end + 1;
    }
    if (use_stemmer) {
        for (std::string& token : tokens) {
            if (token.size() > kShortToken) token = porter_stem(token);
        }
    }
    return tokens;
}

RougeScore rouge_n(const Tokens& target, const Tokens& prediction, int n) {
    TERRARIUM_CHECK(n >= 1, "An n-gram has at least one token.");
    const Tokens texts[] = {target, prediction};
    NgramNumbers numbers{std::span<const Tokens>(texts)};
    while (numbers.order() < n) numbers.extend();
    return score_from(n_common(numbers.counts(0), numbers.counts(1)), std::ssize(numbers.of(1)),
                      std::ssize(numbers.of(0)));
}

RougeScore rouge_l(const Tokens& target, const Tokens& prediction) {
    const Tokens texts[] = {target, prediction};
    const NgramNumbers numbers{std::span<const Tokens>(texts)};
    return score_from(lcs_length(numbers.of(0), numbers.of(1)), std::ssize(prediction), std::ssize(target));
}

RougeLsum rouge_lsum(std::span<const Tokens> target, std::span<const Tokens> prediction) {
    std::vector<Tokens> texts(target.begin(), target.end());
    texts.insert(texts.end(), prediction.begin(), prediction.end());
    const NgramNumbers numbers{std::span<const Tokens>(texts)};
    std::vector<int64_t> left_in_target(static_cast<size_t>(numbers.n_distinct()), 0);
    std::vector<int64_t> left_in_prediction = left_in_target;
    int64_t n_target = 0, n_prediction = 0;
    for (size_t i = 0; i < texts.size(); ++i) {
        const bool is_target = i < target.size();
        for (const int32_t token : numbers.of(i))
            ++(is_target ? left_in_target : left_in_prediction)[static_cast<size_t>(token)];
        (is_target ? n_target : n_prediction) += std::ssize(texts[i]);
    }
    RougeLsum result;
    int64_t n_matches = 0;
    for (size_t i = 0; i < target.size(); ++i) {
        std::vector<bool> is_in_union(target[i].size());
        for (size_t j = target.size(); j < texts.size(); ++j) {
            for (const LcsPair& pair : lcs_path(numbers.of(i), numbers.of(j))) is_in_union[pair.a] = true;
        }
        std::vector<size_t>& places = result.unions.emplace_back();
        for (size_t place = 0; place < is_in_union.size(); ++place) {
            if (!is_in_union[place]) continue;
            places.push_back(place);
            const auto token = static_cast<size_t>(numbers.of(i)[place]);
            if (left_in_target[token] == 0 || left_in_prediction[token] == 0) continue;
            --left_in_target[token];
            --left_in_prediction[token];
            ++n_matches;
        }
    }
    result.score = score_from(n_matches, n_prediction, n_target);
    return result;
}

Result<RougeScore> rouge(std::string_view type, std::string_view target, std::string_view prediction,
                         bool use_stemmer) {
    if (type == "rougeLsum")
        return rouge_lsum(sentences(target, use_stemmer), sentences(prediction, use_stemmer)).score;
    const bool is_n = type.size() == 6 && type.starts_with("rouge") && type[5] >= '1' && type[5] <= '9';
    if (!is_n && type != "rougeL") {
        return Error{"rouge.type", std::string(type), "There is no ROUGE of this name.",
                     "Use rouge1 to rouge9, rougeL or rougeLsum."};
    }
    const Tokens target_tokens = rouge_tokens(target, use_stemmer);
    const Tokens prediction_tokens = rouge_tokens(prediction, use_stemmer);
    return is_n ? rouge_n(target_tokens, prediction_tokens, type[5] - '0') : rouge_l(target_tokens, prediction_tokens);
}

}  // namespace terrarium::core
