// The Markdown of our lessons, read with md4c: paragraphs, lists, quotes, code, small tables; **bold**, *italic*,
// `code`, [words](https://...), [[term-id|words]], $formula$ and, alone in its paragraph, $$formula$$.
//
// There is no HTML, no picture from outside, and no link but https: such things stay the words that they are, and are
// named as problems, which `terrarium check` shows to the author.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::ui {

struct Run {
    std::string text;
    bool is_bold = false;
    bool is_italic = false;
    bool is_code = false;
    bool is_formula = false;  ///< text is the formula's source
    std::string term;         ///< glossary id, "" when it is not a term
    std::string address;      ///< https address of a link, "" when it is not one; its text ends with the host
};

struct Block {
    enum class Kind { Paragraph, Item, Quote, Code, Table, Formula };
    Kind kind = Kind::Paragraph;
    std::vector<Run> runs;                             ///< of a paragraph, an item, a quote
    std::string text;                                  ///< of code and of a formula
    std::string mark;                                  ///< of a numbered item, "3."; "" is a dot
    int depth = 0;                                     ///< lists inside lists
    std::vector<std::vector<std::vector<Run>>> table;  ///< rows of cells; the first row is the head
};

/// What an author has to mend: a sentence and a next step.
struct MarkupProblem {
    std::string message, next_step;
};

struct Markdown {
    std::vector<Block> blocks;
    std::vector<MarkupProblem> problems;
};

Markdown read_markdown(std::string_view markdown);
/// Marks inside one paragraph only: "1. Go" stays what it is.
std::vector<Run> parse_markup(std::string_view markup);
/// The words without marks, formulas as they are spoken: names in the twin, tests.
std::string plain_words(std::string_view markup);
std::string plain_words(const std::vector<Run>& runs);

/// The host of an address that may be opened: https, a plain host name, no user name, no sign that could mislead.
/// "" for anything else.
std::string safe_host(std::string_view address);

}  // namespace terrarium::ui
