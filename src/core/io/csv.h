// Tables as CSV, for spreadsheets and notebooks. Writing only; reading tables from outside is a door of its own.
//
// Lines end with CR LF and cells are quoted where needed, as RFC 4180 has it. A text that a spreadsheet would take for
// a formula (=HYPERLINK(...) in a learner's corpus, say) gets an apostrophe in front, so that opening an exported
// file never runs anything. Numbers stay numbers, also negative ones.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace terrarium::core::io {

/// A whole number, a number, or text. NaN and infinity are written as NaN, inf and -inf, which analysis programs read;
/// std::monostate is an empty cell.
using CsvCell = std::variant<std::monostate, int64_t, double, std::string>;

/// Builds one file.
class CsvWriter {
public:
    /// columns  in  the names in the first line, at least one
    explicit CsvWriter(std::span<const std::string> columns);

    /// One line. Checks that it has a cell for every column.
    void row(std::span<const CsvCell> cells);
    void row(std::initializer_list<CsvCell> cells) { row(std::span<const CsvCell>(cells.begin(), cells.size())); }

    [[nodiscard]] const std::string& text() const { return text_; }  ///< UTF-8 without byte order mark

private:
    size_t n_columns_;
    std::string text_;
};

/// One cell of text as it stands in the file: with the apostrophe if it begins with = + - @, their full-width forms,
/// tab, CR or LF; in double quotes if it holds a comma, a quote, a line break, or a space at either end.
/// Source: RFC 4180, section 2; OWASP, CSV Injection.
[[nodiscard]] std::string csv_text_cell(std::string_view text);

}  // namespace terrarium::core::io
