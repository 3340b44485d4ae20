// Tables of golden cases: lists of equally long lists of numbers, laid row behind row.

#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/io/golden/values.h"
#include "core/metrics/inputs.h"

namespace terrarium::core::io {

struct GoldenTable {
    size_t columns = 0;
    std::vector<double> values;  ///< [rows,columns] row-major
};

/// Refuses rows of different lengths.
[[nodiscard]] inline Result<GoldenTable> golden_table(const nlohmann::json& rows) {
    GoldenTable table{.columns = rows.empty() ? 0 : rows.at(0).size()};
    for (const nlohmann::json& row : rows) {
        if (row.size() != table.columns) {
            return refused("unequal_counts", "The rows of the table differ in length.",
                           "Give each row the same number of values.");
        }
        for (const nlohmann::json& value : row) table.values.push_back(golden_number(value));
    }
    return table;
}

}  // namespace terrarium::core::io
