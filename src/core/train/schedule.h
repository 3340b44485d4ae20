// Learning-rate schedules: how the step length changes over a run. A pure function of the step, so a run that is
// resumed continues it, and a plot can draw it before anything is trained.
//
// All start with a warm-up, in which the rate rises in equal parts, (step + 1) / warmup_steps of the peak: the
// optimiser's averages are still forming. What follows, with t = steps since the warm-up, N the t of the run's last
// step, and f the share of the peak that this last step has (final_fraction):
//
//   Constant           peak
//   Linear             peak (1 - (1 - f) t/N)
//   Cosine             peak (f + (1 - f) (1 + cos(pi t/N)) / 2)
//   InverseSquareRoot  peak sqrt(w / (w + t)), w = warmup_steps, at least 1
//   Steps              peak factor^floor(t / interval)
//   WarmupStableDecay  peak until the last decay_fraction of all steps, then linearly down to f
//
// Sources: Loshchilov & Hutter, SGDR (2017), for the cosine; Vaswani et al., Attention Is All You Need (2017), 5.3, for
// the inverse square root; Goodfellow, Bengio, Courville, Deep Learning (2016), 8.3.1; Hu et al., MiniCPM (2024), 4,
// for warm-up, stable, decay.

#pragma once

#include <cstdint>

namespace terrarium::core {

enum class ScheduleKind { Constant, Linear, Cosine, InverseSquareRoot, Steps, WarmupStableDecay };

struct RateSchedule {
    ScheduleKind kind = ScheduleKind::Constant;
    double peak = 1e-3;           ///< largest rate
    int64_t warmup_steps = 0;     ///< 0: none
    int64_t total_steps = 1;      ///< of the run, warm-up included; past it the last value stays
    double final_fraction = 0.0;  ///< f, in [0,1]
    int64_t interval = 1;         ///< Steps only, at least 1
    double factor = 0.5;          ///< Steps only
    double decay_fraction = 0.2;  ///< WarmupStableDecay only, in [0,1]
};

/// The rate of a step; steps count from 0. Checks: step >= 0 and the ranges above.
[[nodiscard]] double rate_at(const RateSchedule& schedule, int64_t step);

}  // namespace terrarium::core
