#include "core/train/schedule.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

/// factor^n by multiplication: also for a factor of 0, and exact where the factor is a power of two.
double power(double factor, int64_t n) {
    double product = 1.0;
    for (int64_t i = 0; i < n && product != 0.0; ++i) product *= factor;
    return product;
}

/// The share of the peak at t steps after the warm-up of N that follow it.
double share_after_warmup(const RateSchedule& s, double t, double N) {
    const double progress = t < N ? t / N : (t > 0.0 ? 1.0 : 0.0), f = s.final_fraction;
    switch (s.kind) {
        case ScheduleKind::Constant:
            return 1.0;
        case ScheduleKind::Linear:
            return 1.0 - (1.0 - f) * progress;
        case ScheduleKind::Cosine:
            return f + (1.0 - f) * 0.5 * (1.0 + cos(kPi * progress));
        case ScheduleKind::InverseSquareRoot: {
            const double w = static_cast<double>(std::max<int64_t>(s.warmup_steps, 1));
            return sqrt(w / (w + t));
        }
        case ScheduleKind::Steps:
            return power(s.factor, static_cast<int64_t>(t) / s.interval);
        case ScheduleKind::WarmupStableDecay: {
            const double length = std::min(s.decay_fraction * static_cast<double>(s.total_steps), N);
            const double stable = N - length;
            if (t <= stable || length <= 0.0) return 1.0;
            return 1.0 - (1.0 - f) * std::min((t - stable) / length, 1.0);
        }
    }
    return 1.0;
}

}  // namespace

double rate_at(const RateSchedule& s, int64_t step) {
    TERRARIUM_CHECK(step >= 0 && s.warmup_steps >= 0 && s.total_steps >= 1, "Steps of a schedule count from 0.");
    TERRARIUM_CHECK(s.final_fraction >= 0.0 && s.final_fraction <= 1.0, "The last rate is a fraction of the peak.");
    TERRARIUM_CHECK(s.decay_fraction >= 0.0 && s.decay_fraction <= 1.0, "The decay takes a fraction of the steps.");
    TERRARIUM_CHECK(s.interval >= 1, "A rate that falls in steps keeps each for at least one step.");
    if (step < s.warmup_steps) {
        return s.peak * static_cast<double>(step + 1) / static_cast<double>(s.warmup_steps);
    }
    const int64_t after = std::max<int64_t>(s.total_steps - s.warmup_steps, 0);
    const double N = static_cast<double>(std::max<int64_t>(after - 1, 0));
    return s.peak * share_after_warmup(s, static_cast<double>(step - s.warmup_steps), N);
}

}  // namespace terrarium::core
