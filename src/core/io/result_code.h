// A result code: one line of text that says "this was trained, in this way, and ended like this", and that anybody
// can check by running it again.
//
//     T1-<letters>-<12 hexadecimal digits>
//
// A learner sends it to a teacher; `terrarium verify CODE` repeats the run from seed, settings and actions and compares
// the final state with the evidence. The check digits at the end (the beginning of the SHA-256 of everything before
// them) catch every copying mistake; they are no signature. What makes a code honest is the replay, not the digits.
//
// On the way through e-mail and chat a code may gain white space, line breaks, no-break or zero-width spaces, around
// it and inside: those are skipped. Any other changed, missing, swapped or added character is refused.

#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core::io {

/// Longest code that is read, white space not counted. About 500 actions fit; callers that record actions compare the
/// length of encode() with this before they show a code.
inline constexpr size_t kMaxResultCodeBytes = 16 * 1024;

/// Something the learner did during a run that changed it.
struct RecordedAction {
    int64_t step = 0;      ///< training step before which it took effect, >= 0, never decreasing
    std::string name;      ///< id: "set", "pause", or the name of a setting
    nlohmann::json value;  ///< anything without NaN and infinity

    bool operator==(const RecordedAction&) const = default;
};

/// Everything needed to repeat a run and to compare its end.
struct ResultCode {
    std::string build_id;      ///< of the program that ran it, at most 100 characters
    std::string content_hash;  ///< lower-case hexadecimal, of the lab's content file
    std::string lab;           ///< id
    uint64_t seed = 0;
    nlohmann::json config = nlohmann::json::object();  ///< an object
    std::vector<RecordedAction> actions;
    std::string evidence;  ///< lower-case hexadecimal, of the final state

    bool operator==(const ResultCode&) const = default;
};

/// The code. Payload: the CBOR (RFC 8949) of the list [build_id, content_hash, lab, seed, config, [step, name, value,
/// ...], evidence] in base64url; hashes as bytes rather than digits, which halves them. Equal results give equal codes.
[[nodiscard]] std::string encode(const ResultCode& result);

/// Reads a code. Never throws; errors have the codes
///   result_code.too_long, result_code.form (not such a code at all), result_code.newer_version,
///   result_code.changed (the check digits do not fit), result_code.content (they fit, but what is inside cannot be)
/// Accepts only what encode() writes, byte for byte: decode() then encode() gives the same code again.
[[nodiscard]] Result<ResultCode> decode(std::string_view text);

}  // namespace terrarium::core::io
