// GPT-2's form of byte-pair encoding: a printable alphabet for bytes, and ids in its order.

#include <algorithm>

#include "core/support/check.h"
#include "core/text/bpe.h"
#include "core/text/bpe_split.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

constexpr std::string_view kEndOfText = "<|endoftext|>";

bool is_printable(int byte) { return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xFF && byte != 0xAD); }

}  // namespace

std::array<uint8_t, 256> gpt2_byte_order() {
    std::array<uint8_t, 256> order{};
    size_t n = 0;
    for (const bool wanted : {true, false}) {
        for (int byte = 0; byte < kByteTokens; ++byte) {
            if (is_printable(byte) == wanted) order[n++] = static_cast<uint8_t>(byte);
        }
    }
    return order;
}

char32_t gpt2_byte_character(int32_t place) {
    TERRARIUM_CHECK(place >= 0 && place < kByteTokens, "There are 256 bytes.");
    const std::array<uint8_t, 256> order = gpt2_byte_order();
    const int byte = order[static_cast<size_t>(place)];
    if (is_printable(byte)) return static_cast<char32_t>(byte);
    const auto n_printable = std::count_if(order.begin(), order.end(), [](uint8_t b) { return is_printable(b); });
    return static_cast<char32_t>(0x100 + place - n_printable);
}

Result<ByteLevelBpe> ByteLevelBpe::build(std::span<const std::pair<std::string, std::string>> merges) {
    std::map<std::string, int32_t> ids;
    for (int32_t place = 0; place < kByteTokens; ++place) {
        std::string character;
        append_utf8(character, gpt2_byte_character(place));
        ids[character] = place;
    }
    std::vector<BpePair> pairs;
    for (const auto& [left, right] : merges) {
        const auto id_of = [&](const std::string& token) {
            const auto found = ids.find(token);
            return found == ids.end() ? -1 : found->second;
        };
        pairs.push_back({id_of(left), id_of(right)});
        ids[left + right] = kByteTokens + static_cast<int32_t>(pairs.size()) - 1;
    }
    auto built = BpeMerges::from_pairs(std::move(pairs));
    if (!built) return built.error();
    ByteLevelBpe bpe;
    bpe.merges_ = std::move(built).value();
    return bpe;
}

std::vector<int32_t> ByteLevelBpe::encode(std::string_view text) const {
    std::array<int32_t, 256> place_of{};
    const std::array<uint8_t, 256> order = gpt2_byte_order();
    for (size_t place = 0; place < order.size(); ++place) place_of[order[place]] = static_cast<int32_t>(place);
    std::vector<int32_t> ids;
    for (const std::string& chunk : split_for_bpe(text, SplitPattern::Gpt2)) {
        std::vector<int32_t> bytes;
        for (const char c : chunk) bytes.push_back(place_of[static_cast<uint8_t>(c)]);
        const std::vector<int32_t> merged = merges_.apply(std::move(bytes));
        ids.insert(ids.end(), merged.begin(), merged.end());
    }
    return ids;
}

Result<std::string> ByteLevelBpe::decode(std::span<const int32_t> ids) const {
    const std::array<uint8_t, 256> order = gpt2_byte_order();
    std::string bytes;
    for (const int32_t id : ids) {
        if (id < 0 || id > end_of_text_id()) {
            return Error{"bpe.id", std::to_string(id), "There is no token with this id.",
                         Message("Ids go from 0 to {0}.", {std::to_string(end_of_text_id())})};
        }
        if (id == end_of_text_id()) {
            bytes += kEndOfText;
            continue;
        }
        for (const int32_t place : merges_.bytes_of(id)) bytes += static_cast<char>(order[static_cast<size_t>(place)]);
    }
    return encode_utf8(decode_utf8(bytes).code_points);
}

std::string ByteLevelBpe::token(int32_t id) const {
    if (id == end_of_text_id()) return std::string(kEndOfText);
    std::string text;
    for (const int32_t place : merges_.bytes_of(id)) append_utf8(text, gpt2_byte_character(place));
    return text;
}

}  // namespace terrarium::core
