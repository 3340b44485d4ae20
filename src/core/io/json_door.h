// The only door for JSON from outside: content files, glossaries, host messages, saved progress.
//
// Bytes in, a tree or one clear sentence out. The checks come in this order, cheap ones first, so that nothing
// large is built before the text is known to be good:
//   1. at most max_bytes
//   2. not UTF-16, not a web page; no zero byte; valid UTF-8 (a byte order mark in front is accepted)
//   3. one pass over the text (json_scan.h): grammar, depth, number of values, equal keys, text after the end,
//      numbers that do not fit
//   4. the tree
// What the values mean is the next step's business: fields.h.

#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/io/json_scan.h"
#include "core/support/result.h"

namespace terrarium::core::io {

/// Reads one JSON text.
///
/// bytes      in  the whole file
/// file_name  in  how the file is called in messages, for example "content/m2/pretraining.json"
/// limits     in  see JsonLimits
///
/// Never throws: every failure is an Error with
///   code     json.too_large, json.encoding, json.zero_byte, json.syntax, json.trailing, json.depth, json.nodes,
///            json.duplicate_key, json.number, json.memory
///   place    "FILE, line 3, column 7, at /steps/run"
///   message  one sentence; next_step, what the author can do
/// A refused text leaves nothing behind.
[[nodiscard]] Result<nlohmann::json> read_json(std::string_view bytes, std::string_view file_name,
                                               const JsonLimits& limits = {});

/// "FILE, line 3, column 7, at /steps/run": the form every message about a JSON file uses. An offset past the end is
/// the end; an empty path means the whole file and is left out.
[[nodiscard]] Message json_place(std::string_view file_name, std::string_view text, size_t offset,
                                 std::string_view path);

}  // namespace terrarium::core::io
