#include "core/train/schedule.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;

namespace {

constexpr ScheduleKind kAll[] = {ScheduleKind::Constant, ScheduleKind::Linear,
                                 ScheduleKind::Cosine,   ScheduleKind::InverseSquareRoot,
                                 ScheduleKind::Steps,    ScheduleKind::WarmupStableDecay};

}  // namespace

TEST_CASE("schedule: every kind warms up in equal parts to its peak") {
    for (const ScheduleKind kind : kAll) {
        const RateSchedule s{.kind = kind, .peak = 2.0, .warmup_steps = 4, .total_steps = 104, .interval = 10};
        CHECK(rate_at(s, 0) == 0.5);
        CHECK(rate_at(s, 1) == 1.0);
        CHECK(rate_at(s, 3) == 2.0);
        CHECK(rate_at(s, 4) == 2.0);
        for (int64_t step = 5; step < 120; ++step) CHECK(rate_at(s, step) <= rate_at(s, step - 1));
    }
}

TEST_CASE("schedule: values known by hand") {
    RateSchedule s{.kind = ScheduleKind::Linear, .peak = 1.0, .total_steps = 11, .final_fraction = 0.1};
    CHECK(rate_at(s, 5) == doctest::Approx(0.55).epsilon(1e-15));
    CHECK(rate_at(s, 10) == doctest::Approx(0.1).epsilon(1e-15));
    CHECK(rate_at(s, 1000) == rate_at(s, 10));
    s.kind = ScheduleKind::Cosine;
    CHECK(rate_at(s, 5) == doctest::Approx(0.55).epsilon(1e-15));
    CHECK(rate_at(s, 10) == doctest::Approx(0.1).epsilon(1e-15));
    CHECK(rate_at(s, 2) > 0.9);  // flat at the start: 0.1 + 0.45 (1 + cos 36 degrees) = 0.914
    CHECK(rate_at(s, 2) == doctest::Approx(0.1 + 0.45 * (1.0 + 0.80901699437494745)).epsilon(1e-14));
    s = {.kind = ScheduleKind::InverseSquareRoot, .peak = 1.0, .warmup_steps = 100, .total_steps = 1000};
    CHECK(rate_at(s, 400) == 0.5);  // 100 / (100 + 300)
    s = {.kind = ScheduleKind::Steps, .peak = 1.0, .total_steps = 1000, .interval = 10, .factor = 0.5};
    CHECK(rate_at(s, 9) == 1.0);
    CHECK(rate_at(s, 10) == 0.5);
    CHECK(rate_at(s, 39) == 0.125);
    s = {.kind = ScheduleKind::WarmupStableDecay, .peak = 1.0, .total_steps = 101, .decay_fraction = 0.2};
    CHECK(rate_at(s, 79) == 1.0);
    CHECK(rate_at(s, 100) == doctest::Approx(0.0).scale(1.0));
    CHECK(rate_at(s, 90) == doctest::Approx(0.4950495).epsilon(1e-6));  // 20.2 steps long, 10 are left
}

TEST_CASE("schedule: runs of one step and decays of no length keep the peak") {
    for (const ScheduleKind kind : kAll) CHECK(rate_at({.kind = kind, .peak = 3.0, .total_steps = 1}, 0) == 3.0);
    const RateSchedule s{
        .kind = ScheduleKind::WarmupStableDecay, .peak = 3.0, .total_steps = 10, .decay_fraction = 0.0};
    CHECK(rate_at(s, 9) == 3.0);
}

TEST_CASE("schedule: what cannot be is refused") {
    CHECK_THROWS_AS((void)rate_at({}, -1), CheckFailed);
    CHECK_THROWS_AS((void)rate_at({.final_fraction = 1.5}, 0), CheckFailed);
    CHECK_THROWS_AS((void)rate_at({.interval = 0}, 0), CheckFailed);
}
