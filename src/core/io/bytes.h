// Looking at bytes before anyone reads them as JSON or as text: are they valid UTF-8, where is the first fault,
// on which line would an author find it?
//
// Every file, address and pasted text that enters the program comes through one of the doors of this folder, and
// every door needs the same few answers. They live here so that two doors cannot disagree.
//
// Offsets count bytes from 0; lines and columns count from 1, columns in characters, as editors show them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrarium::core::io {

/// One step through UTF-8 bytes.
struct Utf8Step {
    uint32_t code_point = 0;  ///< the character, or U+FFFD where the bytes are not valid
    size_t n_bytes = 1;       ///< how far to go: the character, or the longest part that began like one
    bool is_valid = true;
};

/// Reads the character at `offset`. Overlong forms, surrogates and values above U+10FFFF are not valid.
/// bytes   in   any bytes
/// offset  in   < bytes.size(), else one invalid step is returned
/// Source: The Unicode Standard 15.0, table 3-7 (well-formed sequences) and section 3.9 (maximal subparts).
[[nodiscard]] Utf8Step decode_utf8(std::string_view bytes, size_t offset);

/// Appends one character. Surrogates and values above U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, uint32_t code_point);

/// Offset of the first byte that is not UTF-8; nothing when all are.
[[nodiscard]] std::optional<size_t> find_invalid_utf8(std::string_view bytes);

/// Number of characters (code points); a faulty sequence counts as one.
[[nodiscard]] int64_t count_characters(std::string_view text);

/// The first `max_characters` of a text, with an ellipsis when something was cut. Never cuts inside a character.
[[nodiscard]] std::string cut_characters(std::string_view text, int64_t max_characters);

/// The three bytes EF BB BF that some editors put in front of UTF-8.
inline constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

/// UTF-16 or UTF-32, known by its byte order mark or by where its zero bytes stand.
enum class WideText { None, Utf16Little, Utf16Big, Utf32 };

/// Says whether bytes are UTF-16 or UTF-32 text.
///
/// With a mark (FF FE or FE FF) the answer is certain. Without one the zero bytes decide: at least nine of ten bytes
/// on one side of the pairs are zero and at most one of twenty on the other, which is what mostly Latin text looks like
/// and what binary files practically never do. Looks at the first 4,096 bytes only.
[[nodiscard]] WideText detect_wide_text(std::string_view bytes);

/// "UTF-16 (little endian)" and the like, for messages.
[[nodiscard]] std::string_view wide_text_name(WideText kind);

/// A place in a text, as an editor counts it.
struct TextPosition {
    int64_t line = 1;
    int64_t column = 1;
};

/// Line and column of a byte offset. LF, CR LF and a lone CR end a line; a byte order mark takes no column.
[[nodiscard]] TextPosition position_of(std::string_view text, size_t offset);

/// A stranger's text made safe to show inside a sentence: in double quotes, at most `max_characters`, with control
/// characters, direction marks and faulty bytes shown as U+FFFD. "The text of a file cannot write our messages."
[[nodiscard]] std::string in_quotes(std::string_view text, int64_t max_characters = 40);

/// A whole number of 1 to 8 bytes, lowest byte first, as files of numbers hold it. Requires offset + n_bytes <= size.
[[nodiscard]] uint64_t read_little_endian(std::string_view bytes, size_t offset, size_t n_bytes);
void append_little_endian(std::string& out, uint64_t value, size_t n_bytes);

/// 1048576 -> "1,048,576": sizes in sentences are read by people.
[[nodiscard]] std::string grouped(int64_t value);

/// True for 1..max_length characters out of a-z 0-9 _ and dot: ids of labs, parameters, questions and terms.
[[nodiscard]] bool is_id(std::string_view text, size_t max_length = 64);

}  // namespace terrarium::core::io
