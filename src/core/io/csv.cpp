#include "core/io/csv.h"

#include "core/io/number_text.h"
#include "core/support/check.h"

namespace terrarium::core::io {
namespace {

bool looks_like_formula(std::string_view text) {
    constexpr std::string_view kSingle = "=+-@\t\r\n";
    constexpr std::string_view kFullWidth[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    if (text.empty()) return false;
    if (kSingle.find(text.front()) != std::string_view::npos) return true;
    for (const std::string_view sign : kFullWidth) {
        if (text.starts_with(sign)) return true;
    }
    return false;
}

std::string cell_text(const CsvCell& cell) {
    if (const auto* whole = std::get_if<int64_t>(&cell)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&cell)) return format_number(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return csv_text_cell(*text);
    return "";
}

}  // namespace

std::string csv_text_cell(std::string_view text) {
    std::string cell = looks_like_formula(text) ? "'" : "";
    cell += text;
    const bool needs_quotes =
        cell.find_first_of(",\"\r\n") != std::string::npos || cell.starts_with(' ') || cell.ends_with(' ');
    if (!needs_quotes) return cell;
    std::string in_double_quotes = "\"";
    for (const char c : cell) {
        if (c == '"') in_double_quotes += '"';
        in_double_quotes += c;
    }
    return in_double_quotes + "\"";
}

CsvWriter::CsvWriter(std::span<const std::string> columns) : n_columns_(columns.size()) {
    TERRARIUM_CHECK(!columns.empty(), "A table needs at least one column.");
    std::vector<CsvCell> names(columns.begin(), columns.end());
    row(names);
}

void CsvWriter::row(std::span<const CsvCell> cells) {
    TERRARIUM_CHECK(cells.size() == n_columns_, "A row of a table must have a cell for every column.");
    for (size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text_ += ',';
        text_ += cell_text(cells[i]);
    }
    // A single empty cell would be an empty line, which readers skip.
    if (n_columns_ == 1 && cell_text(cells[0]).empty()) text_ += "\"\"";
    text_ += "\r\n";
}

}  // namespace terrarium::core::io
