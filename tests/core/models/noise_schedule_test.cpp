#include "core/models/noise_schedule.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;

TEST_CASE("noise_schedule: the linear one is the paper's at 1000 levels") {
    const NoiseSchedule schedule(BetaSchedule::Linear, 1000);
    CHECK(schedule.beta(1) == doctest::Approx(1e-4).epsilon(1e-12));
    CHECK(schedule.beta(1000) == doctest::Approx(0.02).epsilon(1e-12));
    CHECK(schedule.beta(500) - schedule.beta(499) == doctest::Approx(0.0199 / 999).epsilon(1e-9));
    // log alpha_bar = sum log(1 - beta) = -(sum beta + sum beta^2 / 2 + ...) = -(10.05 + 0.0674 + ...)
    CHECK(schedule.alpha_bar(1000) == doctest::Approx(4.04e-5).epsilon(0.01));
}

TEST_CASE("noise_schedule: the cosine one follows its formula up to the cap, and is symmetric in the middle") {
    const NoiseSchedule schedule(BetaSchedule::Cosine, 200);
    const double zero = terrarium::core::cos(0.008 / 1.008 * kPi / 2.0);
    for (const int32_t level : {1, 50, 100, 150, 199}) {
        const double c = terrarium::core::cos((level / 200.0 + 0.008) / 1.008 * kPi / 2.0);
        CHECK(schedule.alpha_bar(level) == doctest::Approx(c * c / (zero * zero)).epsilon(1e-10));
    }
    CHECK(schedule.beta(200) == 0.999);
    CHECK(schedule.alpha_bar(100) == doctest::Approx(0.4938).epsilon(1e-3));
}

TEST_CASE("noise_schedule: one level after another gives the same mean and variance as all at once") {
    for (const BetaSchedule kind : {BetaSchedule::Linear, BetaSchedule::Cosine}) {
        for (const int32_t T : {1, 2, 10, 50, 1000}) {
            const NoiseSchedule schedule(kind, T);
            double mean = 1.0, variance = 0.0;  // of x_t for x_0 = 1
            for (int32_t level = 1; level <= T; ++level) {
                mean *= terrarium::core::sqrt(1.0 - schedule.beta(level));
                variance = (1.0 - schedule.beta(level)) * variance + schedule.beta(level);
                CHECK(schedule.signal(level) == doctest::Approx(mean).epsilon(1e-11));
                CHECK(schedule.noise(level) * schedule.noise(level) == doctest::Approx(variance).epsilon(1e-11));
                CHECK(mean * mean + variance == doctest::Approx(1.0).epsilon(1e-12));  // variance is preserved
                CHECK(schedule.alpha_bar(level) < schedule.alpha_bar(level - 1));
            }
            CHECK(schedule.alpha_bar(0) == 1.0);
            CHECK(schedule.noise(0) == 0.0);
            if (T >= 10) CHECK(schedule.signal(T) < 0.02);
        }
    }
}

TEST_CASE("noise_schedule: levels that do not exist are refused") {
    const NoiseSchedule schedule(BetaSchedule::Linear, 5);
    CHECK_THROWS_AS((void)schedule.beta(0), CheckFailed);
    CHECK_THROWS_AS((void)schedule.alpha_bar(6), CheckFailed);
    CHECK_THROWS_AS(NoiseSchedule(BetaSchedule::Cosine, 0), CheckFailed);
}
