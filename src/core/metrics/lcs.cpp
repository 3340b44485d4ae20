#include "core/metrics/lcs.h"

#include <algorithm>

namespace terrarium::core {
namespace {

/// Fills the table row by row and calls at(i, j, is_left_longer) for every cell.
template <typename At>
int64_t fill_table(std::span<const int32_t> a, std::span<const int32_t> b, At at) {
    std::vector<int32_t> row(b.size() + 1, 0);
    for (size_t i = 0; i < a.size(); ++i) {
        int32_t diagonal = 0;  // L[i-1][j-1]
        for (size_t j = 0; j < b.size(); ++j) {
            const int32_t above = row[j + 1];
            const bool is_left_longer = row[j] > above;
            row[j + 1] = a[i] == b[j] ? diagonal + 1 : std::max(above, row[j]);
            diagonal = above;
            at(i, j, is_left_longer);
        }
    }
    return row.back();
}

}  // namespace

int64_t lcs_length(std::span<const int32_t> a, std::span<const int32_t> b) {
    return fill_table(a, b, [](size_t, size_t, bool) {});
}

std::vector<LcsPair> lcs_path(std::span<const int32_t> a, std::span<const int32_t> b) {
    std::vector<bool> goes_left(a.size() * b.size());
    const int64_t length = fill_table(
        a, b, [&](size_t i, size_t j, bool is_left_longer) { goes_left[i * b.size() + j] = is_left_longer; });
    std::vector<LcsPair> path;
    path.reserve(static_cast<size_t>(length));
    for (size_t i = a.size(), j = b.size(); i > 0 && j > 0;) {
        if (a[i - 1] == b[j - 1]) {
            path.push_back({--i, --j});
        } else if (goes_left[(i - 1) * b.size() + j - 1]) {
            --j;
        } else {
            --i;
        }
    }
    std::reverse(path.begin(), path.end());
    return path;
}

}  // namespace terrarium::core
