#include "core/metrics/bm25.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace terrarium::core;
using doctest::Approx;

namespace {

using Words = std::vector<std::string>;

const std::vector<Words> kDocuments{{"old", "gate"}, {"old", "old", "lamp", "lamp"}, {"boat", "lamp", "boat"}};
constexpr Bm25Variant kVariants[] = {Bm25Variant::Okapi,  Bm25Variant::L,         Bm25Variant::Plus,
                                     Bm25Variant::Lucene, Bm25Variant::Robertson, Bm25Variant::Atire};

Bm25Index index() { return Bm25Index::build(kDocuments).value(); }

}  // namespace

TEST_CASE("bm25: one word by hand, in all variants") {
    // "gate": N 3, df 1, tf 1 in the first document of 2 words, mean length 3, so L = 1/4 + 3/4 * 2/3 = 3/4.
    const auto part_of = [](Bm25Variant variant) {
        return index().term("gate", {.variant = variant, .k1 = 2, .b = 0.75, .delta = 1}).parts[0];
    };
    CHECK(part_of(Bm25Variant::Okapi) == Approx(std::log(2.5 / 1.5) * 3 / 2.5));
    CHECK(part_of(Bm25Variant::L) == Approx(std::log(4 / 1.5) * 3 * (4.0 / 3 + 1) / (2 + 4.0 / 3 + 1)));
    CHECK(part_of(Bm25Variant::Plus) == Approx(std::log(4.0) * (1 + 3 / 2.5)));
    CHECK(part_of(Bm25Variant::Lucene) == Approx(std::log(1 + 2.5 / 1.5) / 2.5));
    CHECK(part_of(Bm25Variant::Robertson) == Approx(std::log(2.5 / 1.5) / 2.5));
    CHECK(part_of(Bm25Variant::Atire) == Approx(std::log(3.0) * 3 / 2.5));
}

TEST_CASE("bm25: a word in most documents: Okapi lends it a share of the mean, Robertson nothing") {
    const auto idf_of = [](Bm25Variant variant) { return index().term("lamp", {.variant = variant}).idf; };
    const double rare = std::log(2.5 / 1.5), common = std::log(1.5 / 2.5);  // gate, boat; old, lamp
    CHECK(idf_of(Bm25Variant::Okapi) == Approx(0.25 * (2 * rare + 2 * common) / 4));
    CHECK(idf_of(Bm25Variant::Robertson) == 0);
    CHECK(idf_of(Bm25Variant::Lucene) > 0);
}

TEST_CASE("bm25: scores are sums over the words of the query, each as often as it is asked") {
    for (const Bm25Variant variant : kVariants) {
        const Bm25Options options{.variant = variant};
        const auto scores = index().scores(Words{"old", "boat", "old", "unknown"}, options);
        const auto old = index().term("old", options).parts, boat = index().term("boat", options).parts;
        for (size_t i = 0; i < 3; ++i) CHECK(scores[i] == Approx(2 * old[i] + boat[i]));
        CHECK(index().scores(Words{}, options) == std::vector<double>{0, 0, 0});
        CHECK(index().scores(Words{"unknown"}, options) == std::vector<double>{0, 0, 0});
    }
}

TEST_CASE("bm25: without k1 a document lacking the word is undefined in the first variant, 0 in Lucene's") {
    CHECK(std::isnan(index().scores(Words{"gate"}, {.variant = Bm25Variant::Okapi, .k1 = 0})[1]));
    CHECK(index().scores(Words{"gate"}, {.variant = Bm25Variant::Lucene, .k1 = 0})[1] == 0);
}

TEST_CASE("bm25: the best come first, ties in the order of the documents, undefined ones last") {
    const std::vector<double> scores{1, std::nan(""), 3, 1, 3};
    CHECK(best_documents(scores, 10) == std::vector<size_t>{2, 4, 0, 3, 1});
    CHECK(best_documents(scores, 2) == std::vector<size_t>{2, 4});
    CHECK(best_documents(scores, 0).empty());
    CHECK(best_documents(scores, -1).empty());
}

TEST_CASE("bm25: no document is refused, an empty one scores nothing") {
    CHECK(Bm25Index::build({}).error().code == "bm25.empty");
    const Bm25Index some = Bm25Index::build(std::vector<Words>{{}, {"a"}}).value();
    CHECK(some.n_words() == 1);
    CHECK(some.scores(Words{"a"}, {.variant = Bm25Variant::Lucene})[0] == 0);
}
