// Looks over CBOR bytes from a stranger before the library may read them.
//
// The library's CBOR reader calls itself for everything that stands inside something else, also for byte and text
// strings in pieces, which it reports to nobody; 12,000 bytes of 0x5F end the stack. So this pass comes first: without
// recursion, without building anything, and only for the plain part of CBOR that the library itself writes.

#pragma once

#include <cstdint>
#include <string_view>

namespace terrarium::core::io {

/// True if the bytes are exactly one CBOR item made of plain parts: whole numbers, finite numbers, UTF-8 text, true,
/// false, null, lists and maps with text names, all with their length in front; byte strings directly in the outermost
/// list only. Not plain: tags, lengths that are not known, undefined and other simple values, more than `max_depth`
/// lists and maps in one another, a length beyond the end, anything after the end.
/// Does not judge: equal names and numbers that could be written shorter (compare with the bytes written again).
/// Source: RFC 8949, section 3.
[[nodiscard]] bool is_plain_cbor(std::string_view bytes, int64_t max_depth = 32);

/// The same for messages of our own between page and worker, which may also hold byte strings anywhere, text that is
/// not UTF-8, and numbers that are not finite.
[[nodiscard]] bool is_message_cbor(std::string_view bytes, int64_t max_depth = 32);

}  // namespace terrarium::core::io
