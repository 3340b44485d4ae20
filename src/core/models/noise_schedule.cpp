#include "core/models/noise_schedule.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/shape.h"

namespace terrarium::core {
namespace {

constexpr double kLargestBeta = 0.999;

double linear_beta(int32_t level, int32_t T) {
    const double scale = 1000.0 / T, first = 1e-4 * scale, last = 0.02 * scale;
    return T == 1 ? last : first + (last - first) * (level - 1) / (T - 1);
}

double cosine_beta(int32_t level, int32_t T) {
    constexpr double kOffset = 0.008;
    const auto f = [&](int32_t t) {
        const double c = cos((static_cast<double>(t) / T + kOffset) / (1.0 + kOffset) * kPi / 2.0);
        return c * c;
    };
    return 1.0 - f(level) / f(level - 1);
}

}  // namespace

NoiseSchedule::NoiseSchedule(BetaSchedule kind, int32_t n_levels) : betas_{0.0}, alpha_bars_{1.0} {
    TERRARIUM_CHECK(n_levels >= 1 && n_levels <= 10000, "Diffusion has between 1 and 10000 noise levels.");
    for (int32_t level = 1; level <= n_levels; ++level) {
        const double wished =
            kind == BetaSchedule::Linear ? linear_beta(level, n_levels) : cosine_beta(level, n_levels);
        betas_.push_back(std::min(wished, kLargestBeta));
        alpha_bars_.push_back(alpha_bars_.back() * (1.0 - betas_.back()));
    }
}

double NoiseSchedule::beta(int32_t level) const {
    TERRARIUM_CHECK(level >= 1 && level <= n_levels(), "There is no such noise level.");
    return betas_[count_of(level)];
}

double NoiseSchedule::alpha_bar(int32_t level) const {
    TERRARIUM_CHECK(level >= 0 && level <= n_levels(), "There is no such noise level.");
    return alpha_bars_[count_of(level)];
}

double NoiseSchedule::signal(int32_t level) const { return sqrt(alpha_bar(level)); }

double NoiseSchedule::noise(int32_t level) const { return sqrt(1.0 - alpha_bar(level)); }

}  // namespace terrarium::core
