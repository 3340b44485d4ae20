#include "core/metrics/qa_match.h"

#include "core/metrics/ngrams.h"
#include "core/metrics/segments.h"
#include "core/text/split.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

bool is_word_character(char32_t c) { return c == '_' || is_letter(c) || is_number(c); }
bool is_article(std::u32string_view word) { return word == U"a" || word == U"an" || word == U"the"; }

std::u32string without_articles(std::u32string_view text) {
    std::u32string result;
    for (size_t begin = 0; begin < text.size();) {
        size_t end = begin;
        while (end < text.size() && is_word_character(text[end])) ++end;
        const std::u32string_view word = text.substr(begin, end - begin);
        result += is_article(word) ? U" " : word;
        if (end < text.size()) result += text[end];
        begin = end + 1;
    }
    return result;
}

AnswerMatch match_one(std::string_view prediction, std::string_view answer, SquadRules rules) {
    const std::string normalized[] = {normalized_answer(prediction), normalized_answer(answer)};
    const std::vector<std::string> tokens[] = {split_white_space(normalized[0]), split_white_space(normalized[1])};
    const NgramNumbers numbers{std::span<const std::vector<std::string>>(tokens)};
    AnswerMatch match{.exact_match = normalized[0] == normalized[1] ? 1.0 : 0.0,
                      .n_common = n_common(numbers.counts(0), numbers.counts(1)),
                      .n_prediction = std::ssize(tokens[0]),
                      .n_answer = std::ssize(tokens[1])};
    if (match.n_common > 0) {
        const double precision = static_cast<double>(match.n_common) / static_cast<double>(match.n_prediction);
        const double recall = static_cast<double>(match.n_common) / static_cast<double>(match.n_answer);
        match.f1 = 2 * precision * recall / (precision + recall);
    } else if (rules == SquadRules::V2 && match.n_prediction == 0 && match.n_answer == 0) {
        match.f1 = 1;
    }
    return match;
}

}  // namespace

std::string normalized_answer(std::string_view answer) {
    std::u32string kept;
    for (const char32_t c : to_lower(decode_utf8(answer).code_points)) {
        if (!is_ascii_punctuation(c)) kept += c;
    }
    std::string result;
    for (const std::u32string& word : split_white_space(without_articles(kept)))
        result += (result.empty() ? "" : " ") + encode_utf8(word);
    return result;
}

Result<AnswerMatch> match_answer(std::string_view prediction, std::span<const std::string> answers, SquadRules rules) {
    if (answers.empty() && rules == SquadRules::V1) {
        return Error{"qa.no_answer", "", "The question has no gold answer.",
                     "Give one, or use the rules of SQuAD 2.0, in which such a question is unanswerable."};
    }
    AnswerMatch best;
    bool is_first = true;
    const auto consider = [&](size_t index, std::string_view answer) {
        AnswerMatch match = match_one(prediction, answer, rules);
        match.best_answer = index;
        const double exact_match =
            is_first || match.exact_match > best.exact_match ? match.exact_match : best.exact_match;
        if (is_first || match.f1 > best.f1) best = match;
        best.exact_match = exact_match;
        is_first = false;
    };
    for (size_t i = 0; i < answers.size(); ++i) {
        if (rules == SquadRules::V1 || !normalized_answer(answers[i]).empty()) consider(i, answers[i]);
    }
    if (is_first) consider(0, "");
    return best;
}

Result<AnswerMatch> match_answers(std::span<const std::string> predictions,
                                  std::span<const std::vector<std::string>> answers, SquadRules rules) {
    if (predictions.size() != answers.size() || predictions.empty()) return *find_segment_fault(predictions, answers);
    AnswerMatch mean;
    const double share = 100.0 / static_cast<double>(predictions.size());
    for (size_t i = 0; i < predictions.size(); ++i) {
        const auto match = match_answer(predictions[i], answers[i], rules);
        if (!match) return match.error();
        mean.exact_match += match.value().exact_match;
        mean.f1 += match.value().f1;
    }
    mean.exact_match *= share;
    mean.f1 *= share;
    return mean;
}

}  // namespace terrarium::core
