// Our small text markup, as runs: **bold**, `code`, [[term-id|words]]. Anything else is plain text; an unclosed mark is
// too.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::ui {

struct Run {
    std::string text;
    bool is_bold = false;
    bool is_code = false;
    std::string term;  ///< glossary id, "" when it is not a term
};

std::vector<Run> parse_markup(std::string_view markup);
/// The words without marks: names in the twin, tests.
std::string plain_words(std::string_view markup);

}  // namespace terrarium::ui
