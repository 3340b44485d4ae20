#include "core/support/sha1.h"

#include <bit>
#include <cstddef>
#include <string>

namespace terrarium::core {
namespace {

constexpr size_t kBlockBytes = 64;

using State = std::array<uint32_t, 5>;

void add_block(State& state, const char* block) {
    std::array<uint32_t, 80> words{};
    for (size_t t = 0; t < 16; ++t) {
        for (size_t byte = 0; byte < 4; ++byte) words[t] = words[t] << 8 | static_cast<uint8_t>(block[4 * t + byte]);
    }
    for (size_t t = 16; t < 80; ++t)
        words[t] = std::rotl(words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], 1);
    auto [a, b, c, d, e] = state;
    for (size_t t = 0; t < 80; ++t) {
        uint32_t mixed = b ^ c ^ d, constant = t < 40 ? 0x6ED9EBA1 : 0xCA62C1D6;
        if (t < 20) {
            mixed = (b & c) | (~b & d);
            constant = 0x5A827999;
        } else if (t >= 40 && t < 60) {
            mixed = (b & c) | (b & d) | (c & d);
            constant = 0x8F1BBCDC;
        }
        const uint32_t next = std::rotl(a, 5) + mixed + e + constant + words[t];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    const State added{a, b, c, d, e};
    for (size_t i = 0; i < state.size(); ++i) state[i] += added[i];
}

}  // namespace

std::array<uint8_t, 20> sha1(std::string_view bytes) {
    State state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    const uint64_t n_bits = static_cast<uint64_t>(bytes.size()) * 8;
    for (; bytes.size() >= kBlockBytes; bytes.remove_prefix(kBlockBytes)) add_block(state, bytes.data());
    std::string rest(bytes);
    rest += static_cast<char>(0x80);
    while (rest.size() % kBlockBytes != kBlockBytes - 8) rest += '\0';
    for (int shift = 56; shift >= 0; shift -= 8) rest += static_cast<char>(n_bits >> shift & 0xFF);
    for (size_t at = 0; at < rest.size(); at += kBlockBytes) add_block(state, rest.data() + at);
    std::array<uint8_t, 20> digest{};
    for (size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
    return digest;
}

}  // namespace terrarium::core
