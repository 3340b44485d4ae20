#include "core/text/language_id.h"

#include <algorithm>
#include <limits>
#include <map>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

double share(int64_t part, int64_t whole) {
    if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(part) / static_cast<double>(whole);
}

/// Lower case, everything that is no letter as one space, a space at both ends.
std::u32string spaced_letters(std::string_view text) {
    std::u32string out = U" ";
    for (const char32_t c : to_lower(decode_utf8(text).code_points)) {
        const bool belongs = is_letter(c) || general_category(c) == Category::Mn;
        if (belongs)
            out += c;
        else if (out.back() != U' ')
            out += U' ';
    }
    if (out.back() != U' ') out += U' ';
    return out;
}

}  // namespace

std::vector<std::string> character_runs(std::string_view text, int32_t max_n) {
    const std::u32string letters = spaced_letters(text);
    std::vector<std::string> runs;
    for (size_t at = 0; at < letters.size(); ++at) {
        for (size_t n = 1; n <= static_cast<size_t>(max_n) && at + n <= letters.size(); ++n) {
            const std::u32string_view run = std::u32string_view(letters).substr(at, n);
            if (run != U" ") runs.push_back(encode_utf8(run));
        }
    }
    return runs;
}

LanguageIdentifier LanguageIdentifier::learn(std::span<const LabelledText> texts, int32_t n_classes,
                                             const LanguageOptions& options) {
    TERRARIUM_CHECK(n_classes >= 2, "There are at least two classes to tell apart.");
    TERRARIUM_CHECK(options.max_n >= 1 && options.max_n <= 5 && options.smoothing > 0, "An option is out of range.");
    const auto n = static_cast<size_t>(n_classes);
    std::map<std::string, std::vector<int64_t>> counts;
    std::vector<int64_t> totals(n, 0), n_texts(n, 0);
    for (const LabelledText& one : texts) {
        TERRARIUM_CHECK(one.label >= 0 && one.label < n_classes, "A label names a class.");
        const auto label = static_cast<size_t>(one.label);
        ++n_texts[label];
        for (const std::string& run : character_runs(one.text, options.max_n)) {
            std::vector<int64_t>& count = counts[run];
            count.resize(n);
            ++count[label];
            ++totals[label];
        }
    }
    LanguageIdentifier identifier;
    identifier.options_ = options;
    identifier.n_classes_ = n_classes;
    for (size_t label = 0; label < n; ++label) {
        identifier.log_priors_.push_back(log(static_cast<double>(n_texts[label]) + 1) -
                                         log(static_cast<double>(texts.size() + n)));
    }
    const auto n_runs = static_cast<double>(counts.size());
    for (const auto& [run, count] : counts) {
        identifier.runs_.push_back(run);
        for (size_t label = 0; label < n; ++label) {
            const double all = static_cast<double>(totals[label]) + options.smoothing * n_runs;
            identifier.log_chances_.push_back(log((static_cast<double>(count[label]) + options.smoothing) / all));
        }
    }
    return identifier;
}

LanguageGuess LanguageIdentifier::guess(std::string_view text) const {
    const auto n = static_cast<size_t>(n_classes_);
    LanguageGuess result;
    std::vector<double> score = log_priors_;
    int64_t n_known = 0;
    for (const std::string& run : character_runs(text, options_.max_n)) {
        const auto found = std::lower_bound(runs_.begin(), runs_.end(), run);
        if (found == runs_.end() || *found != run) continue;
        ++n_known;
        const auto at = static_cast<size_t>(found - runs_.begin()) * n;
        for (size_t label = 0; label < n; ++label) score[label] += log_chances_[at + label];
    }
    result.probabilities.assign(n, 1.0 / static_cast<double>(n));
    if (n_known == 0) return result;
    std::vector<double> sorted = score;
    std::sort(sorted.begin(), sorted.end(), [](double a, double b) { return a > b; });
    result.label = static_cast<int32_t>(std::max_element(score.begin(), score.end()) - score.begin());
    result.nats_per_run = (sorted[0] - sorted[1]) / static_cast<double>(n_known);
    double sum = 0;
    for (const double one : score) sum += exp(one - sorted[0]);
    for (size_t label = 0; label < n; ++label) result.probabilities[label] = exp(score[label] - sorted[0]) / sum;
    return result;
}

double LanguageScore::accuracy() const { return share(n_right, n_texts); }
double LanguageScore::precision(int32_t label) const {
    return share(n_both[static_cast<size_t>(label)], n_guessed[static_cast<size_t>(label)]);
}
double LanguageScore::recall(int32_t label) const {
    return share(n_both[static_cast<size_t>(label)], n_true[static_cast<size_t>(label)]);
}

LanguageScore score_languages(const LanguageIdentifier& identifier, std::span<const LabelledText> texts) {
    const auto n = static_cast<size_t>(identifier.n_classes());
    LanguageScore score{
        .n_true = std::vector<int64_t>(n), .n_guessed = std::vector<int64_t>(n), .n_both = std::vector<int64_t>(n)};
    for (const LabelledText& one : texts) {
        TERRARIUM_CHECK(one.label >= 0 && one.label < identifier.n_classes(), "A label names a class.");
        const int32_t guessed = identifier.guess(one.text).label;
        ++score.n_texts;
        ++score.n_true[static_cast<size_t>(one.label)];
        if (guessed >= 0) ++score.n_guessed[static_cast<size_t>(guessed)];
        if (guessed != one.label) continue;
        ++score.n_right;
        ++score.n_both[static_cast<size_t>(one.label)];
    }
    return score;
}

}  // namespace terrarium::core
