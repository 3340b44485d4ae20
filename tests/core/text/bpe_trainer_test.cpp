#include "core/text/bpe_trainer.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

/// Counts every pair of the text as it now is, in the order in which they are seen.
std::vector<BpeCount> counted_anew(const BpeTrainer& trainer) {
    std::vector<BpeCount> counts;
    for (const std::vector<int32_t>& chunk : trainer.chunks()) {
        for (size_t i = 0; i + 1 < chunk.size(); ++i) {
            const BpePair pair{chunk[i], chunk[i + 1]};
            const auto found =
                std::find_if(counts.begin(), counts.end(), [&](const BpeCount& c) { return c.pair == pair; });
            if (found == counts.end())
                counts.push_back({pair, 1});
            else
                ++found->count;
        }
    }
    std::stable_sort(counts.begin(), counts.end(),
                     [](const BpeCount& a, const BpeCount& b) { return a.count > b.count; });
    return counts;
}

}  // namespace

TEST_CASE("bpe_trainer: one merge after the other, by hand") {
    BpeTrainer trainer(std::vector<std::string>{"the then", "hen"});
    CHECK(trainer.n_tokens() == 11);
    CHECK(trainer.most_frequent(2) == std::vector<BpeCount>{{{'h', 'e'}, 3}, {{'t', 'h'}, 2}});
    CHECK(trainer.merge_best() == BpeCount{{'h', 'e'}, 3});
    CHECK(trainer.n_tokens() == 8);
    CHECK(trainer.most_frequent(2) == std::vector<BpeCount>{{{'t', 256}, 2}, {{256, 'n'}, 2}});
    CHECK(trainer.merge_best() == BpeCount{{'t', 256}, 2});
    CHECK(trainer.n_merges() == 2);
}

TEST_CASE("bpe_trainer: the pairs that it names are those that counting anew finds, and the first is merged next") {
    Rng rng(5);
    for (int round = 0; round < 40; ++round) {
        std::vector<std::string> chunks(1 + rng.below(3));
        for (std::string& chunk : chunks) {
            for (uint32_t i = rng.below(60); i > 0; --i) chunk += static_cast<char>('a' + rng.below(4));
        }
        BpeTrainer trainer(chunks);
        for (int merge = 0; merge < 12; ++merge) {
            std::vector<BpeCount> expected = counted_anew(trainer);
            expected.resize(std::min<size_t>(expected.size(), 5));
            const std::vector<BpeCount> named = trainer.most_frequent(5);
            CHECK(named == expected);
            int64_t n_tokens = 0;
            for (const auto& chunk : trainer.chunks()) n_tokens += std::ssize(chunk);
            CHECK(trainer.n_tokens() == n_tokens);
            const BpeCount made = trainer.merge_best();
            if (named.empty()) {
                CHECK(made.count == 0);
                break;
            }
            CHECK(made == named.front());
        }
    }
}

TEST_CASE("bpe_trainer: a text without pairs has nothing to merge") {
    BpeTrainer trainer(std::vector<std::string>{"a", "b", ""});
    CHECK(trainer.most_frequent(3).empty());
    CHECK(trainer.merge_best().count == 0);
    CHECK(trainer.n_merges() == 0);
    CHECK(trainer.most_frequent(0).empty());
    CHECK_THROWS_AS((void)trainer.most_frequent(-1), CheckFailed);
}
