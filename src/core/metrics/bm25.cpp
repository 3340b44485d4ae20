#include "core/metrics/bm25.h"

#include <algorithm>
#include <numeric>

#include "core/metrics/ngrams.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// part(tf) of the table in the header; length is L.
double part(double tf, double length, const Bm25Options& options) {
    const double k1 = options.k1, delta = options.delta;
    switch (options.variant) {
        case Bm25Variant::Okapi:
            return tf * (k1 + 1) / (tf + k1 * length);
        case Bm25Variant::L:
            return (k1 + 1) * (tf / length + delta) / (k1 + tf / length + delta);
        case Bm25Variant::Plus:
            return delta + tf * (k1 + 1) / (tf + k1 * length);
        case Bm25Variant::Lucene:
        case Bm25Variant::Robertson:
            return tf == 0 ? 0 : tf / (tf + k1 * length);
        case Bm25Variant::Atire:
            return tf == 0 ? 0 : tf * (k1 + 1) / (tf + k1 * length);
    }
    return 0;
}

}  // namespace

Result<Bm25Index> Bm25Index::build(std::span<const std::vector<std::string>> documents) {
    if (documents.empty()) return Error{"bm25.empty", "", "There is no document to search in.", "Give at least one."};
    const NgramNumbers numbers(documents);
    Bm25Index index;
    index.words_.resize(static_cast<size_t>(numbers.n_distinct()));
    std::vector<std::vector<Posting>> postings(index.words_.size());
    double n_words = 0;
    for (size_t document = 0; document < documents.size(); ++document) {
        index.lengths_.push_back(static_cast<double>(documents[document].size()));
        n_words += index.lengths_.back();
        for (size_t i = 0; i < documents[document].size(); ++i) {
            const auto number = static_cast<size_t>(numbers.of(document)[i]);
            index.words_[number] = documents[document][i];
            std::vector<Posting>& list = postings[number];
            if (list.empty() || list.back().document != document) list.push_back({.document = document});
            ++list.back().count;
        }
    }
    index.mean_length_ = n_words / static_cast<double>(documents.size());
    for (const std::vector<Posting>& list : postings) {
        index.starts_.push_back(index.postings_.size());
        index.postings_.insert(index.postings_.end(), list.begin(), list.end());
    }
    index.starts_.push_back(index.postings_.size());
    return index;
}

double Bm25Index::plain_okapi_idf(int64_t document_frequency) const {
    const auto n = static_cast<double>(n_documents()), df = static_cast<double>(document_frequency);
    return log(n - df + 0.5) - log(df + 0.5);
}

double Bm25Index::mean_okapi_idf() const {
    double sum = 0;
    for (size_t i = 0; i < words_.size(); ++i)
        sum += plain_okapi_idf(static_cast<int64_t>(starts_[i + 1] - starts_[i]));
    return sum / static_cast<double>(words_.size());
}

double Bm25Index::idf(int64_t document_frequency, const Bm25Options& options) const {
    const auto n = static_cast<double>(n_documents()), df = static_cast<double>(document_frequency);
    const double odds = (n - df + 0.5) / (df + 0.5);
    switch (options.variant) {
        case Bm25Variant::Okapi: {
            const double plain = plain_okapi_idf(document_frequency);
            return plain < 0 ? options.epsilon * mean_okapi_idf() : plain;
        }
        case Bm25Variant::L:
            return log(n + 1) - log(df + 0.5);
        case Bm25Variant::Plus:
            return log(n + 1) - log(df);
        case Bm25Variant::Lucene:
            return log(1 + odds);
        case Bm25Variant::Robertson:
            return odds > 1 ? log(odds) : 0;
        case Bm25Variant::Atire:
            return log(n / df);
    }
    return 0;
}

Bm25Term Bm25Index::term(std::string_view word, const Bm25Options& options) const {
    const auto found = std::lower_bound(words_.begin(), words_.end(), word);
    std::span<const Posting> postings;
    if (found != words_.end() && *found == word) {
        const auto number = static_cast<size_t>(found - words_.begin());
        postings = std::span(postings_).subspan(starts_[number], starts_[number + 1] - starts_[number]);
    }
    Bm25Term term{.document_frequency = std::ssize(postings)};
    if (!postings.empty()) term.idf = idf(term.document_frequency, options);
    std::vector<double> counts(lengths_.size(), 0);
    for (const Posting& posting : postings) counts[posting.document] = static_cast<double>(posting.count);
    for (size_t document = 0; document < lengths_.size(); ++document) {
        const double length = 1 - options.b + options.b * lengths_[document] / mean_length_;
        term.parts.push_back(term.idf * part(counts[document], length, options));
    }
    return term;
}

std::vector<double> Bm25Index::scores(std::span<const std::string> query, const Bm25Options& options) const {
    std::vector<double> scores(lengths_.size(), 0);
    for (const std::string& word : query) {
        const std::vector<double> parts = term(word, options).parts;
        for (size_t i = 0; i < scores.size(); ++i) scores[i] += parts[i];
    }
    return scores;
}

std::vector<size_t> best_documents(std::span<const double> scores, int64_t k) {
    std::vector<size_t> order(scores.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const auto is_undefined = [&](size_t i) { return scores[i] != scores[i]; };
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        if (is_undefined(a) != is_undefined(b)) return is_undefined(b);
        if (!is_undefined(a) && scores[a] != scores[b]) return scores[a] > scores[b];
        return a < b;
    });
    order.resize(std::min(order.size(), static_cast<size_t>(std::max<int64_t>(k, 0))));
    return order;
}

}  // namespace terrarium::core
