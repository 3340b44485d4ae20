#include "core/train/early_stopping.h"

#include <doctest/doctest.h>

#include "core/support/check.h"

using namespace terrarium::core;

TEST_CASE("early_stopping: patience counts values in a row without an improvement") {
    EarlyStopping stop({.patience = 2, .min_delta = 0.1});
    CHECK_FALSE(stop.has_best());
    CHECK_FALSE(stop.update(10, 3.0));
    CHECK_FALSE(stop.update(20, 2.95));  // less than min_delta better
    CHECK_FALSE(stop.update(30, 2.5));
    CHECK_FALSE(stop.update(40, 2.6));
    CHECK(stop.update(50, 2.45));
    CHECK(stop.best_step() == 30);
    CHECK(stop.best_loss() == 2.5);
}

TEST_CASE("early_stopping: a diverged loss is no improvement, and the state can be kept") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EarlyStopping stop({.patience = 3});
    CHECK_FALSE(stop.update(0, nan));
    CHECK_FALSE(stop.has_best());
    CHECK_FALSE(stop.update(1, 1.0));
    CHECK_FALSE(stop.update(2, nan));
    CHECK_FALSE(stop.update(3, 1.0));  // equal is not better
    EarlyStopping resumed({.patience = 3});
    resumed.restore(stop.state());
    CHECK(resumed.update(4, 2.0));
    CHECK(resumed.best_step() == 1);
    CHECK_THROWS_AS(EarlyStopping({.patience = 0}), CheckFailed);
}
