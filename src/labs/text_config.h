// The text that a run reads, as far as config and door know it.

#pragma once

#include <cstdint>
#include <string>

namespace terrarium::core::io {
class Fields;
}

namespace terrarium::labs {

struct Content;

/// An own text with fewer characters teaches nothing; the door refuses it.
inline constexpr int64_t kMinOwnCharacters = 400;

/// The field "text": a built-in text of this lab ("corpus:ID"), "own", or "artefact:SHA-256". Anything else becomes the
/// first built-in text, and says so.
void read_text_name(core::io::Fields& fields, const Content& content, std::string& text);

}  // namespace terrarium::labs
