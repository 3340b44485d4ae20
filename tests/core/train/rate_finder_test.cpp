#include "core/train/rate_finder.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;

TEST_CASE("rate_finder: rates grow by equal factors from the lowest to the highest") {
    const RateFinder finder({.lowest_rate = 1e-4, .highest_rate = 1.0, .n_steps = 5});
    for (int i = 0; i < 5; ++i) CHECK(finder.rate(i) == doctest::Approx(1e-4 * terrarium::core::pow(10.0, i)));
    CHECK(finder.next_rate() == finder.rate(0));
}

TEST_CASE("rate_finder: the smoothed loss is a corrected running mean, known by hand") {
    RateFinder finder({.n_steps = 3, .smoothing = 0.5, .stop_factor = 100.0});
    finder.record(4.0);
    finder.record(1.0);
    finder.record(2.0);
    CHECK(finder.smoothed_losses()[0] == 4.0);
    CHECK(finder.smoothed_losses()[1] == doctest::Approx(2.0));       // (4 + 2*1) / 3
    CHECK(finder.smoothed_losses()[2] == doctest::Approx(14.0 / 7));  // (4 + 2*1 + 4*2) / 7
    CHECK(finder.is_done());
    CHECK_FALSE(finder.has_stopped());
    CHECK_THROWS_AS(finder.record(1.0), CheckFailed);
}

TEST_CASE("rate_finder: on a curve with one steepest place and one minimum, both are found") {
    RateFinder finder({.lowest_rate = 1e-4, .highest_rate = 1.0, .n_steps = 41, .smoothing = 0.0});
    while (!finder.is_done()) {
        const double decades = terrarium::core::log(finder.next_rate()) / terrarium::core::log(10.0);  // -4 .. 0
        // Falls around 10^-2.5, has its minimum near 10^-1.3, explodes after it.
        finder.record(4.0 - 2.0 * terrarium::core::tanh(2.0 * (decades + 2.5)) +
                      terrarium::core::exp(6.0 * (decades + 0.6)));
    }
    CHECK(finder.has_stopped());
    CHECK(finder.recorded() < 41);
    CHECK(finder.steepest_rate().value() == doctest::Approx(terrarium::core::pow(10.0, -2.5)).epsilon(0.01));
    CHECK(finder.tenth_of_minimum_rate().value() > 0.1 * terrarium::core::pow(10.0, -1.8));
    CHECK(finder.tenth_of_minimum_rate().value() < 0.1 * terrarium::core::pow(10.0, -1.0));
}

TEST_CASE("rate_finder: a loss that is no number ends the run, and without a fall there is no suggestion") {
    RateFinder finder({.n_steps = 10});
    CHECK_FALSE(finder.tenth_of_minimum_rate().has_value());
    finder.record(2.0);
    finder.record(2.0);
    finder.record(2.0);
    CHECK_FALSE(finder.steepest_rate().has_value());
    finder.record(std::numeric_limits<double>::quiet_NaN());
    CHECK(finder.has_stopped());
    CHECK(finder.tenth_of_minimum_rate().value() == doctest::Approx(1e-6));
    CHECK_THROWS_AS(RateFinder({.lowest_rate = 0.0}), CheckFailed);
    CHECK_THROWS_AS(RateFinder({.n_steps = 1}), CheckFailed);
}
