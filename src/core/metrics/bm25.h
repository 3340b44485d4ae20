// BM25: how well a document answers a query of words, by counting.
//
//     score(document) = sum over the words of the query of  idf(word) * part(tf)
//
// tf is how often the document has the word, df how many of the N documents have it, L = 1 - b + b * length / mean
// length. A rare word weighs more (idf), a repeated word less and less (k1), and a long document is marked down (b):
//
//     Okapi      ln((N - df + 1/2) / (df + 1/2)); where negative, epsilon * the mean of all idf     tf (k1 + 1) / (tf +
//     k1 L) L          ln(N + 1) - ln(df + 1/2)                            (k1 + 1)(c + delta) / (k1 + c + delta), c =
//     tf / L Plus       ln(N + 1) - ln(df)                                  delta + tf (k1 + 1) / (tf + k1 L) Lucene
//     ln(1 + (N - df + 1/2) / (df + 1/2))                 tf / (tf + k1 L) Robertson  max(ln((N - df + 1/2) / (df +
//     1/2)), 0)             tf / (tf + k1 L) Atire      ln(N / df)                                          tf (k1 + 1)
//     / (tf + k1 L)
//
// A word counts once per occurrence in the query; a word that no document has adds nothing. L and Plus give delta's
// part to documents without the word, too. Every one of these is called BM25 somewhere, so a score needs the variant's
// name. 0/0 (k1 = 0 in a document without the word, in the first three) is undefined, a NaN.
//
// Source: Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009); Lv & Zhai,
// Lower-Bounding Term Frequency Normalization (2011); Kamphuis et al., Which BM25 Do You Mean? (2020). Same numbers as
// rank_bm25 0.2.2 (the first three) and bm25s 0.3 (the others, which store single precision).

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

enum class Bm25Variant { Okapi, L, Plus, Lucene, Robertson, Atire };

struct Bm25Options {
    Bm25Variant variant = Bm25Variant::Okapi;
    double k1 = 1.5;
    double b = 0.75;
    double epsilon = 0.25;  ///< of Okapi
    double delta = 0.5;     ///< of L and Plus, where 1 is usual for Plus
};

/// What one word of a query adds.
struct Bm25Term {
    int64_t document_frequency = 0;
    double idf = 0;
    std::vector<double> parts;  ///< [documents] idf * part(tf)
};

/// Documents prepared for queries.
class Bm25Index {
public:
    /// Counts words. Errors: bm25.empty for no documents.
    [[nodiscard]] static Result<Bm25Index> build(std::span<const std::vector<std::string>> documents);

    [[nodiscard]] int64_t n_documents() const { return static_cast<int64_t>(lengths_.size()); }
    [[nodiscard]] int64_t n_words() const { return static_cast<int64_t>(words_.size()); }  ///< different ones

    [[nodiscard]] Bm25Term term(std::string_view word, const Bm25Options& options) const;
    /// [documents]
    [[nodiscard]] std::vector<double> scores(std::span<const std::string> query, const Bm25Options& options) const;

private:
    struct Posting {
        size_t document = 0;
        int64_t count = 0;
    };
    [[nodiscard]] double idf(int64_t document_frequency, const Bm25Options& options) const;
    [[nodiscard]] double plain_okapi_idf(int64_t document_frequency) const;
    [[nodiscard]] double mean_okapi_idf() const;

    std::vector<std::string> words_;  ///< ascending
    std::vector<size_t> starts_;      ///< [words + 1] where each word's postings begin
    std::vector<Posting> postings_;   ///< ascending in the document within a word
    std::vector<double> lengths_;     ///< [documents] words
    double mean_length_ = 0;
};

/// The k best documents, best first; equal scores in the order of the documents, undefined ones last.
[[nodiscard]] std::vector<size_t> best_documents(std::span<const double> scores, int64_t k);

}  // namespace terrarium::core
