#include "core/metrics/ngrams.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Texts = std::vector<std::vector<std::string>>;

/// The slow way: n-grams as lists of words in a map.
int64_t common_slowly(const std::vector<std::string>& a, const std::vector<std::string>& b, size_t n) {
    std::map<std::vector<std::string>, std::pair<int64_t, int64_t>> counts;
    const auto run = [n](const std::vector<std::string>& text, size_t i) {
        return std::vector<std::string>(text.begin() + static_cast<std::ptrdiff_t>(i),
                                        text.begin() + static_cast<std::ptrdiff_t>(i + n));
    };
    for (size_t i = 0; i + n <= a.size(); ++i) ++counts[run(a, i)].first;
    for (size_t i = 0; i + n <= b.size(); ++i) ++counts[run(b, i)].second;
    int64_t sum = 0;
    for (const auto& [ngram, both] : counts) sum += std::min(both.first, both.second);
    return sum;
}

}  // namespace

TEST_CASE("ngrams: equal runs have equal numbers across texts") {
    const Texts texts{{"a", "b", "a", "b"}, {"b", "a", "b"}};
    NgramNumbers numbers{std::span<const std::vector<std::string>>(texts)};
    CHECK(numbers.n_distinct() == 2);
    numbers.extend();
    CHECK(numbers.order() == 2);
    CHECK(numbers.n_distinct() == 2);  // ab, ba
    CHECK(numbers.of(0).size() == 3);
    CHECK(numbers.of(0)[0] == numbers.of(0)[2]);
    CHECK(numbers.of(0)[1] == numbers.of(1)[0]);
    CHECK(numbers.counts(0) == std::vector<int64_t>{2, 1});
    numbers.extend();
    numbers.extend();
    CHECK(numbers.of(0).size() == 1);
    CHECK(numbers.of(1).empty());  // shorter than 4
}

TEST_CASE("ngrams: counts agree with lists of words in a map") {
    Rng rng(7);
    for (int round = 0; round < 50; ++round) {
        Texts texts(2);
        for (auto& text : texts) {
            const size_t length = rng.below(12);
            for (size_t i = 0; i < length; ++i) text.push_back(std::string(1, static_cast<char>('a' + rng.below(3))));
        }
        NgramNumbers numbers{std::span<const std::vector<std::string>>(texts)};
        for (size_t n = 1; n <= 5; ++n) {
            CHECK(n_common(numbers.counts(0), numbers.counts(1)) == common_slowly(texts[0], texts[1], n));
            numbers.extend();
        }
    }
}

TEST_CASE("ngrams: empty texts have none, characters work like words") {
    const Texts empty{{}, {}};
    NgramNumbers none{std::span<const std::vector<std::string>>(empty)};
    none.extend();
    CHECK(none.n_distinct() == 0);
    const std::vector<std::u32string> texts{U"abab", U"ba"};
    NgramNumbers numbers{std::span<const std::u32string>(texts)};
    numbers.extend();
    CHECK(n_common(numbers.counts(0), numbers.counts(1)) == 1);
}
