// An invented language without end, whose entropy is known exactly: the text of the scaling lab.
//
// A scaling law needs fresh text for every step (text that comes back can be learned by heart) and a loss that falls
// smoothly with size. Natural languages have both because their words follow Zipf's law: a few words are everywhere,
// most are rare, and a larger model or a longer run learns ever rarer ones. So this language has only that:
//
//   word         p(w) = 1 / (rank + 2.7)^s, made to sum to 1                            (Zipf-Mandelbrot)
//   sentence     after each word a full stop with probability q, then a space
//
// Because a space ends every word and no two words are spelt alike, a text can be read back in one way only. Its
// probability is therefore exact, and so is the entropy, the loss that no model can go below:
//
//   entropy = (sum over w of -p(w) log p(w) - q log q - (1 - q) log(1 - q)) / mean characters per word
//
// Logarithms are natural, so it is in nats per character. What is simplified: words follow each other by chance.
// Sources: Zipf, Human Behavior and the Principle of Least Effort (1949); Mandelbrot, An Informational Theory of the
// Statistical Structure of Language (1953) for the shift; Michaud et al., The Quantization Model of Neural Scaling
// (2023), for the link from Zipf's law to scaling laws.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/rng.h"

namespace terrarium::core {

struct ZipfLanguageConfig {
    uint64_t seed = 1;       ///< another seed, another language of the same kind
    int32_t n_words = 4000;  ///< 1 to 20,000
    double exponent = 1.2;   ///< s above, positive; larger: the rare words are rarer
    double full_stop = 0.1;  ///< q above, between 0 and 1
};

class ZipfLanguage {
public:
    /// Checks the limits named above.
    explicit ZipfLanguage(const ZipfLanguageConfig& config);

    /// Fills a window with a text that begins with a word and is cut off where the window ends.
    void write(std::span<char> window, Rng& rng) const;

    /// All characters that can occur: the space, the full stop, then letters in the order of the alphabet.
    [[nodiscard]] std::string_view alphabet() const { return alphabet_; }
    /// From the most frequent to the rarest.
    [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

    /// Nats per character of an endless text.
    [[nodiscard]] double entropy_nats() const;

    /// -log p that a text, from the beginning of a word on, reads like this. The last word may be cut off: then all
    /// words count that begin so. Infinity when this language cannot say it.
    [[nodiscard]] double surprise_nats(std::string_view text) const;

private:
    void spell_words(Rng rng);
    [[nodiscard]] double share_of(int32_t word) const;

    ZipfLanguageConfig config_;
    std::vector<std::string> words_;
    std::vector<int32_t> by_spelling_;  ///< all words in the order of their letters
    std::vector<double> cumulative_;    ///< of p(w) by rank, the last one is 1
    std::string alphabet_;
};

}  // namespace terrarium::core
