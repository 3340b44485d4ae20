// Union-find: which things belong together, when one only learns pairs. Each set is named by its smallest member, so
// the result does not depend on the order in which the pairs come.
//
// Finding halves the paths that it walks; a sequence of m calls on n things takes about m steps (m log n at worst).
// Source: Tarjan and van Leeuwen, Worst-Case Analysis of Set Union Algorithms (1984).

#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "core/support/check.h"

namespace terrarium::core {

class UnionFind {
public:
    explicit UnionFind(size_t n) : parents_(n) { std::iota(parents_.begin(), parents_.end(), size_t{0}); }

    /// The smallest member of the set that holds `thing`. Checks: a thing that there is.
    size_t find(size_t thing) {
        TERRARIUM_CHECK(thing < parents_.size(), "There is no such thing.");
        while (parents_[thing] != thing) thing = parents_[thing] = parents_[parents_[thing]];
        return thing;
    }
    /// Puts both sets together. True when they were two.
    bool unite(size_t a, size_t b) {
        const size_t first = find(a), second = find(b);
        parents_[std::max(first, second)] = std::min(first, second);
        return first != second;
    }
    [[nodiscard]] size_t size() const { return parents_.size(); }

private:
    std::vector<size_t> parents_;
};

}  // namespace terrarium::core
