#include "core/text/near_duplicates.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "core/support/check.h"
#include "core/support/hash.h"
#include "core/support/rng.h"
#include "core/support/union_find.h"
#include "core/text/minhash.h"
#include "core/text/split.h"
#include "core/text/unicode.h"

namespace terrarium::core {
namespace {

double share(int64_t part, int64_t whole) {
    if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(part) / static_cast<double>(whole);
}

int64_t pairs_of(int64_t n) { return n * (n - 1) / 2; }

std::vector<MinHashFunction> draw_functions(int64_t n, uint64_t seed) {
    Rng rng = Rng(seed).fork("minhash");
    std::vector<MinHashFunction> functions;
    for (int64_t i = 0; i < n; ++i) {
        const uint64_t a = static_cast<uint64_t>(rng.next_u32()) << 29u ^ rng.next_u32();
        const uint64_t b = static_cast<uint64_t>(rng.next_u32()) << 29u ^ rng.next_u32();
        functions.push_back({.a = a | 1u, .b = b});
    }
    return functions;
}

std::vector<std::string> shingles_of(const std::string& text, int64_t n_words) {
    const std::string form = comparison_form(text);
    std::vector<std::string> shingles = word_shingles(form, n_words);
    if (shingles.empty() && !form.empty()) shingles.push_back(form);
    return shingles;
}

uint64_t band_hash(std::span<const uint32_t> slots, int64_t band) {
    uint64_t hash = fnv1a64_byte(kFnvOffset, static_cast<uint8_t>(band));
    for (const uint32_t slot : slots) {
        for (unsigned shift = 0; shift < 32; shift += 8) hash = fnv1a64_byte(hash, static_cast<uint8_t>(slot >> shift));
    }
    return hash;
}

using Pair = std::pair<int64_t, int64_t>;

/// All pairs that share a bucket of a band, each once.
std::vector<Pair> candidates(const std::vector<std::vector<uint32_t>>& signatures,
                             const std::vector<std::vector<std::string>>& shingles,
                             const NearDuplicateOptions& options) {
    std::vector<Pair> found;
    for (int64_t band = 0; band < options.n_bands; ++band) {
        std::map<uint64_t, std::vector<int64_t>> buckets;
        for (size_t i = 0; i < signatures.size(); ++i) {
            if (shingles[i].empty()) continue;
            const auto slots =
                std::span(signatures[i])
                    .subspan(static_cast<size_t>(band * options.n_rows), static_cast<size_t>(options.n_rows));
            buckets[band_hash(slots, band)].push_back(static_cast<int64_t>(i));
        }
        for (const auto& [hash, members] : buckets) {
            for (size_t a = 0; a < members.size(); ++a) {
                for (size_t b = a + 1; b < members.size(); ++b) found.emplace_back(members[a], members[b]);
            }
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace

std::string comparison_form(const std::string& text) {
    std::string form;
    for (const std::string& word : split_white_space(std::string_view(to_lower(std::string_view(text))))) {
        if (!form.empty()) form += ' ';
        form += word;
    }
    return form;
}

std::vector<int64_t> exact_duplicates(std::span<const std::string> texts) {
    std::vector<int64_t> cluster;
    std::vector<std::string> forms;
    std::map<uint64_t, std::vector<size_t>> firsts;  ///< by fingerprint: the first text of each form
    for (size_t i = 0; i < texts.size(); ++i) {
        forms.push_back(comparison_form(texts[i]));
        std::vector<size_t>& same = firsts[fnv1a64(forms[i])];
        const auto first = std::find_if(same.begin(), same.end(), [&](size_t j) { return forms[j] == forms[i]; });
        cluster.push_back(static_cast<int64_t>(first == same.end() ? i : *first));
        if (first == same.end()) same.push_back(i);
    }
    return cluster;
}

NearDuplicates near_duplicates(std::span<const std::string> texts, const NearDuplicateOptions& options) {
    TERRARIUM_CHECK(options.shingle_words >= 1 && options.n_bands >= 1 && options.n_rows >= 1,
                    "There is at least one word in a shingle, one band and one row.");
    TERRARIUM_CHECK(options.threshold >= 0 && options.threshold <= 1, "A similarity is between 0 and 1.");
    const std::vector<MinHashFunction> functions = draw_functions(options.n_bands * options.n_rows, options.seed);
    std::vector<std::vector<std::string>> shingles;
    std::vector<std::vector<uint32_t>> signatures;
    for (const std::string& text : texts) {
        shingles.push_back(shingles_of(text, options.shingle_words));
        signatures.push_back(minhash_signature(shingles.back(), functions));
    }
    NearDuplicates result;
    UnionFind clusters(texts.size());
    const std::vector<Pair> pairs = candidates(signatures, shingles, options);
    result.n_candidates = std::ssize(pairs);
    for (const auto& [first, second] : pairs) {
        const double similarity = jaccard(shingles[static_cast<size_t>(first)], shingles[static_cast<size_t>(second)]);
        if (similarity < options.threshold) continue;
        result.pairs.push_back({first, second, similarity});
        clusters.unite(static_cast<size_t>(first), static_cast<size_t>(second));
    }
    for (size_t i = 0; i < texts.size(); ++i) result.cluster.push_back(static_cast<int64_t>(clusters.find(i)));
    return result;
}

double ClusterScore::precision() const { return share(n_right, n_found); }
double ClusterScore::recall() const { return share(n_right, n_true); }

ClusterScore score_clusters(std::span<const int64_t> found, std::span<const int64_t> planted) {
    TERRARIUM_CHECK(found.size() == planted.size(), "Every text has a found and a planted cluster.");
    std::map<int64_t, int64_t> found_sizes, planted_sizes;
    std::map<Pair, int64_t> shared_sizes;
    for (size_t i = 0; i < found.size(); ++i) {
        ++found_sizes[found[i]];
        ++planted_sizes[planted[i]];
        ++shared_sizes[{found[i], planted[i]}];
    }
    ClusterScore score;
    for (const auto& [name, n] : found_sizes) score.n_found += pairs_of(n);
    for (const auto& [name, n] : planted_sizes) score.n_true += pairs_of(n);
    for (const auto& [name, n] : shared_sizes) score.n_right += pairs_of(n);
    return score;
}

}  // namespace terrarium::core
