// Made-up languages that try out the layout before there is a translator: `lang=x-long` makes every sentence about 40 %
// longer, with accents and in brackets (a missing bracket is a cut sentence, a sentence without is one that nobody can
// translate); `lang=x-cjk` writes ideographs, which have no spaces and are not in the shipped fonts.

#pragma once

#include <string>
#include <string_view>

namespace terrarium::ui {

enum class Pseudo { None, Long, Cjk };

/// "x-long", "x-cjk"; None for every other tag.
Pseudo pseudo_of(std::string_view tag);

/// The words in the made-up language. Values `{0}`, markup (`**`, `[[term|`, code between backticks, formulas between
/// dollars) and digits stay, so that what is drawn still means the same.
std::string pseudo_words(std::string_view words, Pseudo kind);

}  // namespace terrarium::ui
