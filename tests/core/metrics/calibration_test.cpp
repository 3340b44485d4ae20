#include "core/metrics/calibration.h"

#include <doctest/doctest.h>

#include <vector>

using namespace terrarium::core;

TEST_CASE("calibration: the Brier score is the mean squared miss") {
    CHECK(brier_score(std::vector<Forecast>{{1, true}, {0, false}}) == doctest::Approx(0));
    CHECK(brier_score(std::vector<Forecast>{{0.5, true}, {0.5, false}}) == doctest::Approx(0.25));
    CHECK(brier_score(std::vector<Forecast>{{0.9, true}, {0.8, false}}) == doctest::Approx((0.01 + 0.64) / 2));
}

TEST_CASE("calibration: bins hold what was said and what came true; empty ones are left out") {
    const std::vector<Forecast> forecasts{{0.0, false}, {0.1, true}, {0.8, true}, {0.9, true}, {1.0, false}};
    const auto bins = calibration_bins(forecasts, 5);
    REQUIRE(bins.size() == 2);
    CHECK(bins[0].count == 2);
    CHECK(bins[0].mean_probability == doctest::Approx(0.05));
    CHECK(bins[0].share_true == doctest::Approx(0.5));
    CHECK(bins[1].count == 3);  // 1.0 belongs to the last bin
    CHECK(bins[1].mean_probability == doctest::Approx(0.9));
    CHECK(bins[1].share_true == doctest::Approx(2.0 / 3));
}
