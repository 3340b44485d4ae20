#include "core/text/minhash.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;
using doctest::Approx;

namespace {

using Texts = std::vector<std::string>;

std::vector<MinHashFunction> functions(size_t n) {
    Rng rng(1);
    std::vector<MinHashFunction> result(n);
    const auto next = [&]() { return (static_cast<uint64_t>(rng.next_u32()) << 32 | rng.next_u32()) >> 3; };
    for (MinHashFunction& function : result) function = {.a = next() | 1, .b = next()};
    return result;
}

Texts numbered(int begin, int end) {
    Texts texts;
    for (int i = begin; i < end; ++i) texts.push_back("shingle " + std::to_string(i));
    return texts;
}

}  // namespace

TEST_CASE("minhash: shingles are runs of words, each once, ascending") {
    CHECK(word_shingles("b  a b\na b", 2) == Texts{"a b", "b a"});
    CHECK(word_shingles("a b", 1) == Texts{"a", "b"});
    CHECK(word_shingles("a b", 3).empty());
    CHECK(word_shingles("", 1).empty());
    CHECK_THROWS_AS((void)word_shingles("a", 0), CheckFailed);
}

TEST_CASE("minhash: the hash is the beginning of SHA-1, little endian, and one function by hand") {
    CHECK(shingle_hash("abc") == 0x363E99A9);  // a9 99 3e 36 ...
    const std::vector<MinHashFunction> plain{{.a = 1, .b = 0}, {.a = 1, .b = 5}};
    CHECK(minhash_signature(Texts{"abc"}, plain) == std::vector<uint32_t>{0x363E99A9, 0x363E99AE});
    CHECK(minhash_signature(Texts{}, plain) == std::vector<uint32_t>{0xFFFFFFFF, 0xFFFFFFFF});
}

TEST_CASE("minhash: order and repetition do not matter, and the union's signature is made of the parts'") {
    const auto many = functions(64);
    CHECK(minhash_signature(Texts{"a", "b", "a"}, many) == minhash_signature(Texts{"b", "a"}, many));
    CHECK(minhash_union(minhash_signature(Texts{"a"}, many), minhash_signature(Texts{"b"}, many)) ==
          minhash_signature(Texts{"a", "b"}, many));
}

TEST_CASE("minhash: the share of equal slots comes close to the true similarity") {
    const auto many = functions(512);
    const Texts a = numbered(0, 150), b = numbered(50, 200);  // 100 of 200 shared
    CHECK(jaccard(a, b) == Approx(0.5));
    const double estimate = estimated_jaccard(minhash_signature(a, many), minhash_signature(b, many));
    CHECK(std::abs(estimate - 0.5) < 4 * std::sqrt(0.25 / 512));  // four standard errors
}

TEST_CASE("minhash: extremes of similarity") {
    CHECK(jaccard(Texts{"a", "a"}, Texts{"a"}) == 1);
    CHECK(jaccard(Texts{"a"}, Texts{"b"}) == 0);
    CHECK(jaccard(Texts{}, Texts{"b"}) == 0);
    CHECK(std::isnan(jaccard(Texts{}, Texts{})));
    const std::vector<uint32_t> one{1}, two{1, 2};
    CHECK_THROWS_AS((void)estimated_jaccard(one, two), CheckFailed);
    CHECK_THROWS_AS((void)estimated_jaccard({}, {}), CheckFailed);
    CHECK_THROWS_AS((void)minhash_union(one, two), CheckFailed);
}

TEST_CASE("minhash: the banding curve by hand, from 0 to 1 and rising") {
    CHECK(shared_band_probability(0.5, 2, 1) == Approx(0.75));
    CHECK(shared_band_probability(0.5, 1, 2) == Approx(0.25));
    CHECK(shared_band_probability(0, 20, 5) == 0);
    CHECK(shared_band_probability(1, 20, 5) == 1);
    for (double s = 0; s < 1; s += 0.05)
        CHECK(shared_band_probability(s, 20, 5) <= shared_band_probability(s + 0.05, 20, 5));
}
