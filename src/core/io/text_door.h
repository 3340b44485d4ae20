// The only door for a learner's own text: a file they open, drop or paste, before a model reads it.
//
// People have files in every state. The door helps where it is certain and says what it did, and refuses with a reason
// where it would have to guess, because a model trained on wrongly decoded letters teaches nonsense without a warning:
//   accepted as it is   UTF-8; a byte order mark is dropped, line ends become LF
//   converted, noted    UTF-16 with a mark or with the zero bytes of mostly Latin text; Windows-1252 (Latin-1) when
//                       every unusual byte is a letter or a sign that Western European text has
//   repaired, noted     UTF-8 with a few damaged places (at most 1 in 100 characters): each becomes U+FFFD; a few
//                       control characters: each becomes a space
//   named, noted        a web page; one single character repeated
//   refused             nothing in it; too short; too large; zero bytes; another encoding; PDF, Word, ZIP, images;
//                       a Git LFS pointer

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core::io {

/// What a lab needs of a text.
struct OwnTextLimits {
    int64_t min_characters = 1;        ///< fewer teach nothing; the message says how many are needed
    int64_t max_bytes = 1'048'576;     ///< of the file as it comes, before anything is converted
    bool is_web_page_refused = false;  ///< true for files we fetch ourselves: there a web page is an error page
};

/// A text that is ready to be read.
struct OwnText {
    std::string utf8;            ///< valid UTF-8, LF line ends, no zero bytes, no byte order mark
    std::vector<Message> notes;  ///< sentences for the learner about everything that was changed or is odd
    int64_t n_replaced = 0;      ///< characters that could not be kept and were replaced
};

/// Reads a text.
///
/// bytes      in  the whole file
/// file_name  in  how it is called in messages
/// limits     in  see above
///
/// Never throws. Error codes: text.empty, text.too_short, text.too_large, text.zero_byte, text.encoding,
/// text.not_text, text.lfs_pointer, text.web_page, text.memory.
/// Source: WHATWG Encoding Standard, index windows-1252; The Unicode Standard 15.0, sections 3.9 and 3.10.
[[nodiscard]] Result<OwnText> read_own_text(std::string_view bytes, std::string_view file_name,
                                            const OwnTextLimits& limits = {});

}  // namespace terrarium::core::io
