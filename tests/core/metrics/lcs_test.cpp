#include "core/metrics/lcs.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Ids = std::vector<int32_t>;

/// The definition: every subset of the shorter text.
int64_t length_slowly(const Ids& a, const Ids& b) {
    int64_t best = 0;
    for (uint32_t subset = 0; subset < (1u << a.size()); ++subset) {
        size_t at = 0;
        int64_t length = 0;
        for (size_t i = 0; i < a.size(); ++i) {
            if ((subset >> i & 1) == 0) continue;
            at = static_cast<size_t>(std::find(b.begin() + static_cast<std::ptrdiff_t>(at), b.end(), a[i]) - b.begin());
            if (at == b.size()) {
                length = -1;
                break;
            }
            ++at;
            ++length;
        }
        best = std::max(best, length);
    }
    return best;
}

}  // namespace

TEST_CASE("lcs: agrees with trying every subset, and the path is one of that length") {
    Rng rng(3);
    for (int round = 0; round < 200; ++round) {
        Ids a, b;
        for (uint32_t i = rng.below(9); i > 0; --i) a.push_back(static_cast<int32_t>(rng.below(3)));
        for (uint32_t i = rng.below(9); i > 0; --i) b.push_back(static_cast<int32_t>(rng.below(3)));
        const int64_t length = lcs_length(a, b);
        CHECK(length == length_slowly(a, b));
        CHECK(length == lcs_length(b, a));
        const auto path = lcs_path(a, b);
        CHECK(std::ssize(path) == length);
        for (size_t i = 0; i < path.size(); ++i) {
            CHECK(a[path[i].a] == b[path[i].b]);
            if (i > 0) CHECK((path[i - 1].a < path[i].a && path[i - 1].b < path[i].b));
        }
    }
}

TEST_CASE("lcs: nothing in common with nothing, everything with oneself, and ties move in the first text") {
    CHECK(lcs_length(Ids{}, Ids{1}) == 0);
    CHECK(lcs_path(Ids{1}, Ids{}).empty());
    CHECK(lcs_length(Ids{1, 2, 3}, Ids{1, 2, 3}) == 3);
    CHECK(lcs_path(Ids{1, 2}, Ids{2, 1}) == std::vector<LcsPair>{{0, 1}});
}
