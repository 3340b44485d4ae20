#include "core/io/golden/labels.h"

#include <doctest/doctest.h>

#include <vector>

using namespace terrarium::core::io;
using nlohmann::json;

TEST_CASE("golden labels: numbers stay themselves, also with a point; words become places in their order") {
    const json a = {3, -1, 3}, b = {2.0, 3.0};
    const GoldenLabels numbers{&a, &b};
    CHECK(numbers.numbers(a) == std::vector<int64_t>{3, -1, 3});
    CHECK(numbers.numbers(b) == std::vector<int64_t>{2, 3});
    CHECK(numbers.label(-1) == -1);
    const json c = {"red", "blue", nullptr}, d = {"green"};
    const GoldenLabels words{&c, &d};
    CHECK(words.numbers(d) == std::vector<int64_t>{1});
    CHECK(words.numbers({"red", "blue"}) == std::vector<int64_t>{2, 0});
    CHECK(words.label(2) == "red");
    const json e = {0.5, 2.0};
    CHECK(GoldenLabels{&e}.numbers(e) == std::vector<int64_t>{0, 1});
}
