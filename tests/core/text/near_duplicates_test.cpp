#include "core/text/near_duplicates.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/support/check.h"
#include "core/support/rng.h"
#include "core/text/minhash.h"

using namespace terrarium::core;

namespace {

std::string random_text(Rng& rng, int n_words) {
    std::string text;
    for (int i = 0; i < n_words; ++i) text += (i > 0 ? " w" : "w") + std::to_string(rng.below(2000));
    return text;
}

/// A copy in which some words are others.
std::string edited(const std::string& text, Rng& rng, uint32_t percent) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find(' ', at), text.size());
        out += (out.empty() ? "" : " ");
        out += rng.below(100) < percent ? "x" + std::to_string(rng.below(5000)) : text.substr(at, end - at);
        at = end + 1;
    }
    return out;
}

struct Corpus {
    std::vector<std::string> texts;
    std::vector<int64_t> planted;
};

/// Originals, and after each of some of them an edited copy.
Corpus corpus_with_copies(uint64_t seed, int n_texts, uint32_t percent) {
    Rng rng(seed);
    Corpus corpus;
    for (int i = 0; i < n_texts; ++i) {
        const auto original = static_cast<int64_t>(corpus.texts.size());
        corpus.texts.push_back(random_text(rng, 60));
        corpus.planted.push_back(original);
        if (i % 3 != 0) continue;
        corpus.texts.push_back(edited(corpus.texts.back(), rng, percent));
        corpus.planted.push_back(original);
    }
    return corpus;
}

}  // namespace

TEST_CASE("near_duplicates: exact copies differ at most in white space and capitals") {
    const std::vector<std::string> texts = {"The boat.", "the  boat.\n", "The boats.", "THE BOAT.", "", " "};
    CHECK(exact_duplicates(texts) == std::vector<int64_t>{0, 0, 2, 0, 4, 4});
    CHECK(comparison_form("  A\tB \n c ") == "a b c");
    CHECK(exact_duplicates({}).empty());
}

TEST_CASE("near_duplicates: copies with a few other words are found, others are left alone, on many seeds") {
    for (uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        const Corpus corpus = corpus_with_copies(seed, 60, 3);
        const NearDuplicates found = near_duplicates(corpus.texts, {.seed = seed});
        const ClusterScore score = score_clusters(found.cluster, corpus.planted);
        CHECK(score.n_true == 20);
        CHECK(score.precision() == 1);
        CHECK(score.recall() >= 0.8);
        CHECK(score_clusters(exact_duplicates(corpus.texts), corpus.planted).n_found <= 10);  // exact finds few
    }
}

TEST_CASE(
    "near_duplicates: every pair that is named is as similar as it says, and bands miss few that comparing all finds") {
    const Corpus corpus = corpus_with_copies(11, 60, 6);
    const NearDuplicateOptions options{.threshold = 0.5};
    const NearDuplicates found = near_duplicates(corpus.texts, options);
    int64_t n_similar = 0;
    for (size_t a = 0; a < corpus.texts.size(); ++a) {
        for (size_t b = a + 1; b < corpus.texts.size(); ++b) {
            const double similarity = jaccard(word_shingles(corpus.texts[a], 3), word_shingles(corpus.texts[b], 3));
            const NearPair pair{static_cast<int64_t>(a), static_cast<int64_t>(b), similarity};
            const bool is_named = std::find(found.pairs.begin(), found.pairs.end(), pair) != found.pairs.end();
            if (similarity >= options.threshold) ++n_similar;
            if (is_named) CHECK(similarity >= options.threshold);
        }
    }
    CHECK(n_similar > 8);
    CHECK(std::ssize(found.pairs) <= n_similar);
    CHECK(std::ssize(found.pairs) * 10 >= n_similar * 7);
    CHECK(found.n_candidates < 200);  // of 3,160 pairs
}

TEST_CASE("near_duplicates: a chain of similar texts is one cluster, named by its first text") {
    const std::string a = "one two three four five six seven eight nine ten";
    const std::string b = "one two three four five six seven eight nine zehn";
    const std::string c = "eins two three four five six seven eight nine zehn";
    const NearDuplicates found =
        near_duplicates(std::vector<std::string>{"something else entirely stands here now", a, c, b},
                        {.n_bands = 60, .n_rows = 2, .threshold = 0.7});
    CHECK(found.cluster == std::vector<int64_t>{0, 1, 1, 1});
    CHECK(found.pairs.size() == 2);  // a and c are not alike enough by themselves
}

TEST_CASE("near_duplicates: short and empty texts, and options out of range") {
    const NearDuplicates found = near_duplicates(std::vector<std::string>{"hi", "", "Hi", "", "ho"}, {});
    CHECK(found.cluster == std::vector<int64_t>{0, 1, 0, 3, 4});
    CHECK(near_duplicates({}, {}).cluster.empty());
    CHECK_THROWS_AS((void)near_duplicates({}, {.n_bands = 0}), CheckFailed);
    CHECK_THROWS_AS((void)near_duplicates({}, {.threshold = 1.5}), CheckFailed);
}

TEST_CASE("near_duplicates: pairs of clusters, by hand") {
    const ClusterScore score = score_clusters(std::vector<int64_t>{0, 0, 0, 3, 4}, std::vector<int64_t>{7, 7, 8, 8, 9});
    CHECK(score.n_found == 3);
    CHECK(score.n_true == 2);
    CHECK(score.n_right == 1);
    CHECK(score.precision() == doctest::Approx(1.0 / 3));
    CHECK(score.recall() == doctest::Approx(0.5));
    CHECK(std::isnan(score_clusters(std::vector<int64_t>{0, 1}, std::vector<int64_t>{0, 1}).recall()));
    CHECK_THROWS_AS((void)score_clusters(std::vector<int64_t>{0}, {}), CheckFailed);
}
