#include "core/support/sort_numbers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

namespace terrarium::core {
namespace {

constexpr uint64_t kSign = uint64_t{1} << 63;
constexpr int kDigitBits = 11;
constexpr size_t kDigits = 6;  ///< 6 * 11 bits cover 64
constexpr size_t kDigitValues = size_t{1} << kDigitBits;
constexpr size_t kSmall = 4096;  ///< below, comparing is faster than counting

/// Positive numbers get the sign bit, negative ones are turned round: then unsigned order is the order of numbers.
uint64_t key_of(double value) {
    const auto bits = std::bit_cast<uint64_t>(value);
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}
double value_of(uint64_t key) { return std::bit_cast<double>((key & kSign) != 0 ? key & ~kSign : ~key); }

size_t digit_of(uint64_t key, size_t place) {
    return static_cast<size_t>(key >> (place * kDigitBits)) & (kDigitValues - 1);
}

void deal_out(std::vector<uint64_t>& keys) {
    std::vector<std::array<size_t, kDigitValues>> counts(kDigits);
    for (auto& of_digit : counts) of_digit.fill(0);
    for (const uint64_t key : keys) {
        for (size_t place = 0; place < kDigits; ++place) ++counts[place][digit_of(key, place)];
    }
    std::vector<uint64_t> dealt(keys.size());
    for (size_t place = 0; place < kDigits; ++place) {
        auto& next = counts[place];
        if (next[digit_of(keys[0], place)] == keys.size()) continue;  // all have the same digit here
        size_t begin = 0;
        for (size_t& count : next) begin += std::exchange(count, begin);
        for (const uint64_t key : keys) dealt[next[digit_of(key, place)]++] = key;
        keys.swap(dealt);
    }
}

}  // namespace

void sort_numbers(std::vector<double>& values) {
    std::vector<uint64_t> keys(values.size());
    for (size_t i = 0; i < keys.size(); ++i) keys[i] = key_of(values[i]);
    if (keys.size() < kSmall) {
        std::sort(keys.begin(), keys.end());
    } else {
        deal_out(keys);
    }
    for (size_t i = 0; i < keys.size(); ++i) values[i] = value_of(keys[i]);
}

}  // namespace terrarium::core
