#include "core/text/bpe.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Ids = std::vector<int32_t>;

Ids bytes_of(std::string_view text) {
    Ids ids;
    for (const char c : text) ids.push_back(static_cast<uint8_t>(c));
    return ids;
}

void merge_slowly(Ids& ids, const BpePair& pair, int32_t made) {
    Ids result;
    for (size_t i = 0; i < ids.size(); ++i) {
        const bool is_pair = i + 1 < ids.size() && ids[i] == pair.left && ids[i + 1] == pair.right;
        result.push_back(is_pair ? made : ids[i]);
        i += is_pair ? 1 : 0;
    }
    ids = result;
}

/// The definition: count all pairs again for every merge, in the order in which they are seen.
std::vector<BpePair> train_slowly(std::vector<Ids> chunks, int n_merges) {
    std::vector<BpePair> merges;
    for (int merge = 0; merge < n_merges; ++merge) {
        std::vector<std::pair<BpePair, int>> counts;
        for (const Ids& chunk : chunks) {
            for (size_t i = 0; i + 1 < chunk.size(); ++i) {
                const BpePair pair{chunk[i], chunk[i + 1]};
                const auto found =
                    std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.first == pair; });
                if (found == counts.end())
                    counts.push_back({pair, 1});
                else
                    ++found->second;
            }
        }
        if (counts.empty()) break;
        const auto best = std::max_element(counts.begin(), counts.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        merges.push_back(best->first);
        for (Ids& chunk : chunks) merge_slowly(chunk, best->first, kByteTokens + merge);
    }
    return merges;
}

const std::vector<std::pair<std::string, std::string>> kMerges{{"Ġ", "t"}, {"h", "e"}, {"Ġt", "he"}};

}  // namespace

TEST_CASE("bpe: the well-known aaabdaaabac, by hand") {
    const BpeTraining training = train_bpe(std::vector<std::string>{"aaabdaaabac"}, 3).value();
    CHECK(std::vector(training.merges.pairs().begin(), training.merges.pairs().end()) ==
          std::vector<BpePair>{{97, 97}, {256, 97}, {257, 98}});
    CHECK(training.chunks == std::vector<Ids>{{258, 100, 258, 97, 99}});
    CHECK(training.counts == std::vector<int64_t>{4, 2, 2});
}

TEST_CASE("bpe: keeping counts up to date learns what counting anew learns, and encodes alike") {
    Rng rng(12);
    for (int round = 0; round < 60; ++round) {
        std::vector<std::string> chunks(1 + rng.below(3));
        std::vector<Ids> lists;
        for (std::string& chunk : chunks) {
            for (uint32_t i = rng.below(40); i > 0; --i) chunk += static_cast<char>('a' + rng.below(3));
            lists.push_back(bytes_of(chunk));
        }
        const std::vector<BpePair> slow = train_slowly(lists, 12);
        const BpeTraining fast = train_bpe(chunks, std::ssize(slow)).value();
        CHECK(std::vector(fast.merges.pairs().begin(), fast.merges.pairs().end()) == slow);
        for (size_t i = 0; i < chunks.size(); ++i) CHECK(fast.merges.apply(lists[i]) == fast.chunks[i]);
        Ids other;
        for (uint32_t i = rng.below(40); i > 0; --i) other.push_back(static_cast<int32_t>('a' + rng.below(3)));
        Ids expected = other;
        for (size_t i = 0; i < slow.size(); ++i) merge_slowly(expected, slow[i], kByteTokens + static_cast<int32_t>(i));
        CHECK(fast.merges.apply(other) == expected);
    }
}

TEST_CASE("bpe: a text without pairs left is refused, no merges and no text are fine") {
    CHECK(train_bpe(std::vector<std::string>{"ab"}, 2).error().code == "bpe.exhausted");
    CHECK(train_bpe(std::vector<std::string>{"a", "b"}, 1).error().code == "bpe.exhausted");  // no pair across chunks
    CHECK(train_bpe({}, 0).value().chunks.empty());
    CHECK(BpeMerges().apply({}).empty());
    CHECK(BpeMerges().apply({97, 97}) == Ids{97, 97});
}

TEST_CASE("bpe: merges of unknown tokens and repeated ones are refused, ids of no vocabulary checked") {
    CHECK(BpeMerges::from_pairs({{97, 257}}).error().code == "bpe.merge");
    CHECK(BpeMerges::from_pairs({{-1, 97}}).error().code == "bpe.merge");
    CHECK(BpeMerges::from_pairs({{97, 98}, {97, 98}}).error().code == "bpe.merge");
    CHECK_THROWS_AS((void)BpeMerges().apply({256}), CheckFailed);
}

TEST_CASE("bpe: GPT-2's alphabet begins with ! and writes a space as G with a dot") {
    const auto order = gpt2_byte_order();
    CHECK(order[0] == '!');
    CHECK(order[64] == 'a');
    CHECK(order[220] == ' ');
    CHECK(gpt2_byte_character(220) == U'Ġ');
    CHECK(gpt2_byte_character(188) == U'Ā');  // byte 0, the first without a character of its own
    auto sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (int i = 0; i < 256; ++i) CHECK(sorted[static_cast<size_t>(i)] == i);
}

TEST_CASE("bpe: encoding merges inside chunks, decoding brings every text back") {
    const ByteLevelBpe bpe = ByteLevelBpe::build(kMerges).value();
    CHECK(bpe.encode("the the") == Ids{83, 257, 258});
    CHECK(bpe.token(258) == "Ġthe");
    CHECK(bpe.end_of_text_id() == 259);
    for (const char* text : {"", "the théâtre", "語 😀\n\n  x", "<|endoftext|>"})
        CHECK(bpe.decode(bpe.encode(text)).value() == text);
    CHECK(bpe.encode("<|endoftext|>").size() > 1);  // plain text
    CHECK(bpe.decode(Ids{259}).value() == "<|endoftext|>");
}

TEST_CASE("bpe: bytes that are no text become U+FFFD, ids that are no token are refused") {
    const ByteLevelBpe bpe = ByteLevelBpe::build(kMerges).value();
    const Ids lone{static_cast<int32_t>(bpe.encode("é")[0]), 64};
    CHECK(bpe.decode(lone).value() == "\uFFFDa");
    CHECK(bpe.decode(Ids{260}).error().code == "bpe.id");
    CHECK(bpe.decode(Ids{-1}).error().code == "bpe.id");
    CHECK(ByteLevelBpe::build(std::vector<std::pair<std::string, std::string>>{{"x", "yz"}}).error().code ==
          "bpe.merge");
}
