// What the tokens of a text cost a model, what they look like, and whether the challenge is met.

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/text/utf8.h"
#include "labs/m0_foundations/tokens/lab.h"

namespace terrarium::labs::tokens {
namespace {

enum class ByteKind { Word, Other };

ByteKind kind_of(char c) {
    const auto byte = static_cast<uint8_t>(c);
    const bool is_word =
        byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    return is_word ? ByteKind::Word : ByteKind::Other;
}

/// Bytes of the whole character that begins at `at`; 0 when there is none.
size_t character_length(const std::string& bytes, size_t at) {
    for (size_t n = 1; n <= 4 && at + n <= bytes.size(); ++n) {
        const core::DecodedText read = core::decode_utf8(std::string_view(bytes).substr(at, n));
        if (read.replaced_bytes == 0 && read.code_points.size() == 1) return n;
    }
    return 0;
}

std::string percent(double share) { return core::fixed(100 * share, 1); }

}  // namespace

double compression(int64_t n_tokens, int64_t n_bytes) {
    if (n_bytes == 0) return std::numeric_limits<double>::quiet_NaN();
    return 1.0 - static_cast<double>(n_tokens) / static_cast<double>(n_bytes);
}

std::vector<Cost> costs(const Snapshot& snapshot, int32_t width, int32_t context) {
    std::vector<Cost> result;
    for (const Way& way : snapshot.ways) {
        const auto tokens = static_cast<double>(way.n_tokens), bytes = static_cast<double>(snapshot.n_held_bytes);
        const double tokens_per_byte = bytes > 0 ? tokens / bytes : std::numeric_limits<double>::quiet_NaN();
        result.push_back({.way = way,
                          .compression = compression(way.n_tokens, snapshot.n_held_bytes),
                          .n_embedding_numbers = way.n_vocab * width,
                          .n_context_bytes = context / tokens_per_byte,
                          .attention_share = tokens_per_byte * tokens_per_byte});
    }
    return result;
}

std::vector<std::string> token_bytes(std::span<const float> left, std::span<const float> right) {
    std::vector<std::string> bytes;
    for (int i = 0; i < core::kByteTokens; ++i) bytes.emplace_back(1, static_cast<char>(i));
    for (size_t i = 0; i < std::min(left.size(), right.size()); ++i)
        bytes.push_back(bytes[static_cast<size_t>(left[i])] + bytes[static_cast<size_t>(right[i])]);
    return bytes;
}

std::string shown(const std::string& bytes) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (size_t i = 0; i < bytes.size();) {
        const char c = bytes[i];
        const size_t length = character_length(bytes, i);
        const bool is_control = (c >= 0 && c < ' ') || c == 0x7F;
        if (c == ' ' || c == '\n') {
            out += c == ' ' ? "␣" : "⏎";
            ++i;
        } else if (length == 0 || is_control) {
            const auto byte = static_cast<uint8_t>(c);
            out += std::string("‹") + kDigits[byte >> 4u] + kDigits[byte & 15u] + "›";
            ++i;
        } else {
            out += bytes.substr(i, length);
            i += length;
        }
    }
    return out;
}

bool reaches_over_word(const std::string& bytes) {
    bool has_word = false;
    for (const char c : bytes) {
        if (kind_of(c) == ByteKind::Word)
            has_word = true;
        else if (has_word)
            return true;
    }
    return false;
}

Verdict check(const Snapshot& snapshot, const Goal& goal) {
    Verdict verdict;
    const bool is_over = snapshot.status == Status::Done || snapshot.status == Status::Stopped;
    const double now = snapshot.letter_tokens.empty()
                           ? 0
                           : compression(static_cast<int64_t>(snapshot.letter_tokens.back()), snapshot.n_letter_bytes);
    const bool is_short = is_over && now >= goal.min_compression;
    const bool is_within = is_over && snapshot.step > 0 && snapshot.step <= goal.max_merges;
    const bool is_clean = is_over && snapshot.step > 0 && snapshot.n_over_words == 0;
    const bool is_shared = is_over && snapshot.is_builtin_text;
    verdict.conditions = {
        {"compression", is_short, Message("{0} %", {percent(now)}), Message("≥ {0} %", {percent(goal.min_compression)}),
         std::clamp(now / std::max(goal.min_compression, 1e-9), 0.0, 1.0)},
        {"merges", is_within, Message("{0}", {std::to_string(snapshot.step)}),
         Message("≤ {0}", {std::to_string(goal.max_merges)}), is_within ? 1.0 : 0.0},
        {"words", is_clean, is_over ? Message("{0}", {std::to_string(snapshot.n_over_words)}) : Message("not yet"),
         Message("0"), is_clean ? 1.0 : 0.0},
        {"built_in", is_shared,
         is_shared ? Message("yes")
         : is_over ? Message("no")
                   : Message("not yet"),
         Message("yes"), is_shared ? 1.0 : 0.0},
    };
    verdict.passed = is_short && is_within && is_clean && is_shared;
    if (snapshot.status == Status::Idle) {
        verdict.reason = Message("Learn some merges first.");
    } else if (!is_over) {
        verdict.reason = Message("The merges are still being learned.");
    } else if (!snapshot.is_builtin_text) {
        verdict.reason = Message(
            "The challenge counts on the built-in texts: a text of your own could hold the letter itself, and then "
            "nothing would be held out.");
    } else if (snapshot.step > goal.max_merges) {
        verdict.reason = Message("These are {0} merges, and {1} are allowed.",
                                 {std::to_string(snapshot.step), std::to_string(goal.max_merges)});
    } else if (snapshot.n_over_words > 0) {
        verdict.reason =
            Message("Some of the learned tokens reach over the end of a word: {0}. Cut the text before you merge.",
                    {std::to_string(snapshot.n_over_words)});
    } else if (!is_short) {
        verdict.reason = Message(
            "The letter became only {0} % shorter. Look at what it is written in: is that what the merges were "
            "learned from, and are there enough of them?",
            {percent(now)});
    } else {
        verdict.reason = Message(
            "With {0} merges the letter, which the tokenizer never saw, became {1} % shorter, and no token reaches "
            "over a word.",
            {std::to_string(snapshot.step), percent(now)});
    }
    return verdict;
}

}  // namespace terrarium::labs::tokens
