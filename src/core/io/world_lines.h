// Documents of the closed world as lines of text or of JSON, for files and pipes.
//
// Constant memory: one document and one buffer, whatever the length of the stream.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/world/world.h"

namespace terrarium::core::io {

/// One document with everything that is known of it, as one line of JSON without a line end:
///   {"id", "text", "domain", "source", "licence", "consent", "dialect", "group", "voice", "day", "access", "cluster",
///    "near_duplicate", "junk", "poisoned", "incident", "nats", "spans": [{"kind", "begin", "end", ...}]}
/// Places are bytes of the UTF-8 of the text. "nats" is -log p of the text (world.h); null when it is infinite.
/// Spans of facts also carry "truth", "fact", "relation" and "subject"; others "entity" where there is one.
[[nodiscard]] std::string world_line(const world::Document& document, const world::World& world);

struct WorldStream {
    int64_t first_document = 0;
    int64_t size_bytes = 0;   ///< stops after the first document that reaches it
    bool with_truth = false;  ///< JSON lines; else text, each document followed by one line end
};

/// Hands the stream over in pieces of about 64 kB. `out` returns false to end it early (a pipe that was closed).
/// Returns the number of documents written. Checks: nothing is negative.
int64_t stream_world(const world::World& world, const WorldStream& stream,
                     const std::function<bool(std::string_view)>& out);

}  // namespace terrarium::core::io
