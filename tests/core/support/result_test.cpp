#include "core/support/result.h"

#include <doctest/doctest.h>

using namespace terrarium::core;

TEST_CASE("result: holds a value or an error, and refuses the other") {
    const Result<int> good = 5;
    CHECK(good.has_value());
    CHECK(good.value() == 5);
    CHECK_THROWS_AS((void)good.error(), CheckFailed);
    const Result<int> bad = Error{"too_large", "line 3", "The text is too large.", "Choose a shorter one."};
    CHECK_FALSE(bad.has_value());
    CHECK(bad.error().code == "too_large");
    CHECK_THROWS_AS((void)bad.value(), CheckFailed);
}

TEST_CASE("check: says the sentence and the file, but no folder") {
    try {
        TERRARIUM_CHECK(1 + 1 == 3, "Numbers are broken.");
        FAIL("not reached");
    } catch (const CheckFailed& failed) {
        const std::string what = failed.what();
        CHECK(what.starts_with("Numbers are broken. (result_test.cpp:"));
    }
}
