// Which writing can be drawn letter by letter, and where lines may break without a space.

#pragma once

#include <string_view>

namespace terrarium::ui {

/// True when a letter of `words` changes with its neighbours or runs from right to left (Arabic, Hebrew, the scripts of
/// India and South-East Asia). Drawn letter by letter it would be wrong, so the browser draws such a line: the twin's
/// text layer shows it instead of the canvas.
bool needs_shaping(std::string_view words);

/// Bytes of the first character of `words` (UTF-8), at least 1.
size_t character_length(std::string_view words);

/// True when a line may break before `next` although no space stands there: between ideographs and kana, but not before
/// a closing mark.
bool may_break_between(std::string_view last, std::string_view next);

}  // namespace terrarium::ui
