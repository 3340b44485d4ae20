#include "core/world/zipf_language.h"

#include <algorithm>
#include <limits>
#include <set>

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr std::string_view kOnsets = "bdfgklmnprstv", kVowels = "aeiou", kCodas = "lnrs";
constexpr double kRankShift = 2.7;

double entropy_part(double p) { return p > 0 ? -p * log(p) : 0.0; }

}  // namespace

ZipfLanguage::ZipfLanguage(const ZipfLanguageConfig& config) : config_(config) {
    TERRARIUM_CHECK(config.n_words >= 1 && config.n_words <= 20'000, "A language has between 1 and 20,000 words.");
    TERRARIUM_CHECK(config.exponent > 0 && config.full_stop >= 0 && config.full_stop <= 1,
                    "The exponent must be positive and the share of full stops between 0 and 1.");
    spell_words(Rng(config.seed));
    double total = 0;
    for (int32_t rank = 0; rank < config.n_words; ++rank) {
        total += pow(rank + kRankShift, -config.exponent);
        cumulative_.push_back(total);
    }
    for (double& share : cumulative_) share /= total;
}

/// Frequent words are short, as in natural languages: one syllable while they last, then two, then three.
void ZipfLanguage::spell_words(Rng rng) {
    std::set<std::string> taken;
    const auto pick = [&](std::string_view from) { return from[rng.below(static_cast<uint32_t>(from.size()))]; };
    while (std::ssize(words_) < config_.n_words) {
        const auto rank = std::ssize(words_);
        const int n_syllables = rank < 40 ? 1 : rank < 400 ? 2 : 3;
        std::string word;
        for (int i = 0; i < n_syllables; ++i) {
            word += pick(kOnsets);
            word += pick(kVowels);
        }
        if (rng.below(3) == 0) word += pick(kCodas);
        if (taken.insert(word).second) words_.push_back(word);
    }
    for (int32_t word = 0; word < config_.n_words; ++word) by_spelling_.push_back(word);
    std::sort(by_spelling_.begin(), by_spelling_.end(), [&](int32_t a, int32_t b) {
        return words_[static_cast<std::size_t>(a)] < words_[static_cast<std::size_t>(b)];
    });
    std::set<char> letters;
    for (const std::string& word : words_) letters.insert(word.begin(), word.end());
    alphabet_ = " .";
    alphabet_.append(letters.begin(), letters.end());
}

double ZipfLanguage::share_of(int32_t word) const {
    const auto rank = static_cast<std::size_t>(word);
    return cumulative_[rank] - (rank == 0 ? 0.0 : cumulative_[rank - 1]);
}

double ZipfLanguage::entropy_nats() const {
    double nats = entropy_part(config_.full_stop) + entropy_part(1 - config_.full_stop);
    double characters = 1 + config_.full_stop;  // the space, and now and then a full stop
    for (int32_t word = 0; word < config_.n_words; ++word) {
        nats += entropy_part(share_of(word));
        characters += share_of(word) * static_cast<double>(words_[static_cast<std::size_t>(word)].size());
    }
    return nats / characters;
}

void ZipfLanguage::write(std::span<char> window, Rng& rng) const {
    for (std::size_t at = 0; at < window.size();) {
        const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, rng.uniform());
        const bool has_stop = rng.uniform() < config_.full_stop;
        const std::string_view word = words_[static_cast<std::size_t>(found - cumulative_.begin())];
        for (const std::string_view piece : {word, std::string_view(has_stop ? ". " : " ")}) {
            const std::size_t size = std::min(piece.size(), window.size() - at);
            std::copy_n(piece.begin(), size, window.begin() + static_cast<std::ptrdiff_t>(at));
            at += size;
        }
    }
}

double ZipfLanguage::surprise_nats(std::string_view text) const {
    constexpr double kImpossible = std::numeric_limits<double>::infinity();
    const auto spelling_of = [&](int32_t word) { return std::string_view(words_[static_cast<std::size_t>(word)]); };
    double nats = 0;
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        const bool is_cut_off = end == std::string_view::npos;
        std::string_view spelling = text.substr(0, end);
        const bool has_stop = spelling.ends_with('.');
        if (has_stop) spelling.remove_suffix(1);
        auto word = std::lower_bound(by_spelling_.begin(), by_spelling_.end(), spelling,
                                     [&](int32_t one, std::string_view wanted) { return spelling_of(one) < wanted; });
        double p = 0;
        if (is_cut_off && !has_stop) {
            for (; word != by_spelling_.end() && spelling_of(*word).starts_with(spelling); ++word) p += share_of(*word);
        } else if (word != by_spelling_.end() && spelling_of(*word) == spelling) {
            p = share_of(*word) * (has_stop ? config_.full_stop : 1 - config_.full_stop);
        }
        if (!(p > 0)) return kImpossible;
        nats -= log(p);
        text.remove_prefix(is_cut_off ? text.size() : end + 1);
    }
    return nats;
}

}  // namespace terrarium::core
