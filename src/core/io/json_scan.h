// Reads JSON text from front to back without building anything, and says exactly where it is wrong.
//
// The JSON library behind the door builds a tree and is a good reader but a lenient judge: it keeps the last of two
// equal keys, follows any depth, and its messages speak to programmers. So this pass comes first. It knows the
// grammar (RFC 8259), the limits, and the place of everything; only text that passes is given to the library. Two
// readers that know nothing of each other also check one another: the tests compare them on every damaged file.
//
// One pass, an explicit stack of at most `max_depth` levels, no recursion: a million brackets cost a microsecond.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/support/message.h"

namespace terrarium::core::io {

/// What a JSON file may cost before it is refused. The defaults are those of content files.
struct JsonLimits {
    int64_t max_bytes = 2 * 1024 * 1024;
    int64_t max_depth = 32;       ///< arrays and objects inside one another; the outermost counts as 1
    int64_t max_nodes = 200'000;  ///< values of every kind; a tree costs up to 27 times its text
};

/// What is wrong, and where.
struct JsonFault {
    std::string code;  ///< json.syntax, json.trailing, json.depth, json.nodes, json.duplicate_key, json.number
    Message message;
    Message next_step;
    size_t offset = 0;  ///< byte in the text
    std::string path;   ///< JSON pointer (RFC 6901) of the value being read, "" for the outermost
};

/// The first fault of a JSON text, or nothing.
/// text  in  valid UTF-8 without zero bytes (the door has checked), without a byte order mark
[[nodiscard]] std::optional<JsonFault> find_json_fault(std::string_view text, const JsonLimits& limits);

/// Byte offset at which the value with this JSON pointer begins; nothing when there is none. This is how a complaint
/// about "/steps/run" made long after reading still names a line.
[[nodiscard]] std::optional<size_t> find_json_value(std::string_view text, std::string_view pointer);

/// parent + "/" + key, with ~ and / of the key escaped as RFC 6901 asks.
[[nodiscard]] std::string json_path(std::string_view parent, std::string_view key);
[[nodiscard]] std::string json_path(std::string_view parent, int64_t index);

}  // namespace terrarium::core::io
