// Tables that one works with, and sheets of prices.

#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ui/scroll_box.h"
#include "ui/ui.h"

namespace terrarium::ui {

struct Column {
    std::string id, title;
    bool is_number = false;  ///< sorted by value and set to the right
    bool is_editable = false;
    float share = 1;  ///< of the width
};

/// What a data table shows. Cells are asked for one by one: all of them when it sorts or filters, else only those of
/// the page.
struct TableSource {
    int n_rows = 0;
    std::function<std::string(int row, int column)> cell;
    std::function<void(int row, int column, const std::string& typed)> edit;  ///< for editable columns
};

struct TableState {
    std::string filter;  ///< rows that have it in any cell, whatever the case of its ASCII letters
    int sort_column = -1;
    bool is_descending = false;
    int page = 0;                  ///< the kRowsPerPage rows that the twin has: those that are scrolled to
    internal::ScrollState scroll;  ///< of the rows on the canvas
    std::set<int> selected;        ///< rows of the source
    int edit_row = -1, edit_column = -1;
    std::vector<int> rows;  ///< filtered and sorted; renewed when `is_stale` or the number of rows changes
    int known_rows = -1;
    bool is_stale = true;  ///< set it when the source changed
};
inline constexpr int kRowsPerPage = 50;

/// Header buttons sort (KEY.sort.ID), a field filters (KEY.filter), rows are selected (KEY.row.N, N counts the source's
/// rows), cells of editable columns are pressed to edit (KEY.row.N.ID). All rows stand below each other in one part
/// that scrolls by itself (KEY.rows) under a header that stays, and only those in sight are drawn. The twin has a page
/// of them, which follows the scrolling and can be turned (KEY.previous, KEY.next). On narrow screens each row is a
/// stack of lines. True when selection or a cell changed.
bool data_table(std::string_view key, std::string_view name, const std::vector<Column>& columns,
                const TableSource& source, TableState& state);

struct Price {
    std::string id, name, unit;  ///< "Input tokens", "USD per million"
    double value = 0, standard = 0;
    std::optional<std::string> refused = {};  ///< what was typed and is no price; the value stayed
};
/// Named prices to edit (KEY.ID), with what was changed or refused said beside them, and one button (KEY.reset) for all
/// defaults. True when one changed.
bool price_sheet(std::string_view key, std::string_view name, std::vector<Price>& prices);

}  // namespace terrarium::ui
