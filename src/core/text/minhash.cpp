#include "core/text/minhash.h"

#include <algorithm>
#include <iterator>

#include "core/support/check.h"
#include "core/support/sha1.h"
#include "core/text/split.h"

namespace terrarium::core {
namespace {

constexpr uint64_t kMersennePrime = (uint64_t{1} << 61) - 1;
constexpr uint32_t kLargestHash = 0xFFFFFFFF;

std::vector<std::string> distinct(std::span<const std::string> texts) {
    std::vector<std::string> sorted(texts.begin(), texts.end());
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return sorted;
}

/// x to a whole power, by squaring.
double whole_power(double x, int64_t exponent) {
    double result = 1;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2 == 1) result *= x;
        x *= x;
    }
    return result;
}

}  // namespace

std::vector<std::string> word_shingles(std::string_view text, int64_t n) {
    TERRARIUM_CHECK(n >= 1, "A shingle has at least one word.");
    const std::vector<std::string> words = split_white_space(text);
    std::vector<std::string> shingles;
    for (size_t i = 0; i + static_cast<size_t>(n) <= words.size(); ++i) {
        std::string shingle = words[i];
        for (size_t word = i + 1; word < i + static_cast<size_t>(n); ++word) shingle += " " + words[word];
        shingles.push_back(std::move(shingle));
    }
    return distinct(shingles);
}

uint32_t shingle_hash(std::string_view shingle) {
    const auto digest = sha1(shingle);
    return digest[0] | static_cast<uint32_t>(digest[1]) << 8 | static_cast<uint32_t>(digest[2]) << 16 |
           static_cast<uint32_t>(digest[3]) << 24;
}

std::vector<uint32_t> minhash_signature(std::span<const std::string> shingles,
                                        std::span<const MinHashFunction> functions) {
    std::vector<uint32_t> slots(functions.size(), kLargestHash);
    for (const std::string& shingle : shingles) {
        const uint64_t hash = shingle_hash(shingle);
        for (size_t i = 0; i < functions.size(); ++i) {
            const uint64_t value = (functions[i].a * hash + functions[i].b) % kMersennePrime;
            slots[i] = std::min(slots[i], static_cast<uint32_t>(value & kLargestHash));
        }
    }
    return slots;
}

std::vector<uint32_t> minhash_union(std::span<const uint32_t> a, std::span<const uint32_t> b) {
    TERRARIUM_CHECK(a.size() == b.size(), "Signatures must have as many slots.");
    std::vector<uint32_t> slots;
    for (size_t i = 0; i < a.size(); ++i) slots.push_back(std::min(a[i], b[i]));
    return slots;
}

double estimated_jaccard(std::span<const uint32_t> a, std::span<const uint32_t> b) {
    TERRARIUM_CHECK(a.size() == b.size() && !a.empty(), "Signatures must have as many slots, and some.");
    double n_equal = 0;
    for (size_t i = 0; i < a.size(); ++i) n_equal += a[i] == b[i] ? 1 : 0;
    return n_equal / static_cast<double>(a.size());
}

double jaccard(std::span<const std::string> a, std::span<const std::string> b) {
    const std::vector<std::string> first = distinct(a), second = distinct(b);
    std::vector<std::string> shared;
    std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(shared));
    return static_cast<double>(shared.size()) / static_cast<double>(first.size() + second.size() - shared.size());
}

double shared_band_probability(double similarity, int64_t n_bands, int64_t n_rows) {
    TERRARIUM_CHECK(n_bands >= 1 && n_rows >= 1, "There is at least one band and one row.");
    return 1 - whole_power(1 - whole_power(similarity, n_rows), n_bands);
}

}  // namespace terrarium::core
